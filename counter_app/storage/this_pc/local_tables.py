"""This PC's own tables, never exchanged: drafts, print jobs, sessions, settings, read log, sealed keys."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, ForeignKeyConstraint, Index, Integer, LargeBinary, Table

from counter_app.storage.journals.journal_tables import KEPT, blob, number, words

__all__ = ["KEPT"]

drafts = Table(
    "drafts",
    KEPT,
    number("official", primary=True),
    words("screen", primary=True),
    words("slot", primary=True),
    blob("content"),
    number("saved_at"),
)
"""What is being typed, saved at each field; ``content`` belongs to the screen. ``official`` 0: nobody's."""

print_jobs = Table(
    "print_jobs",
    KEPT,
    Column("id", Integer, primary_key=True),
    words("form"),
    words("title"),
    blob("content"),
    number("subject"),
    number("copy_no"),
    words("printer"),
    words("state"),
    number("asked_at"),
    CheckConstraint("state IN ('waiting', 'sent', 'done', 'failed', 'dropped')", name="state"),
)
"""Papers to print: committed with the act that wants them, before any printer hears of it."""

Index("ix_print_jobs_state", print_jobs.c.state, print_jobs.c.id)

print_attempts = Table(
    "print_attempts",
    KEPT,
    Column("id", Integer, primary_key=True),
    number("job"),
    number("at"),
    words("printer"),
    words("outcome"),
    words("detail"),
    number("pages"),
    ForeignKeyConstraint(["job"], ["print_jobs.id"], name="fk_print_attempts_job"),
)
"""Each try of a job, with what the printer said."""

sessions = Table(
    "sessions",
    KEPT,
    Column("id", Integer, primary_key=True),
    number("official"),
    number("post"),
    number("begun_at"),
    number("seen_at"),
    number("ended_at"),
    words("ended_by"),
)
"""Who worked here when; ``ended_at`` 0 while it lasts."""

lockouts = Table(
    "lockouts",
    KEPT,
    words("login", primary=True),
    number("failures"),
    number("last_failure"),
    number("locked_until"),
)
"""Failed sign-ins; written before the answer is shown, so that kill and restart change nothing."""

settings = Table("settings", KEPT, words("name", primary=True), words("value"))
"""Settings of this PC and facts about this store (own journal, unit, use counter)."""

read_log = Table(
    "read_log",
    KEPT,
    Column("id", Integer, primary_key=True),
    number("at"),
    number("official"),
    number("subject"),
    words("what"),
    words("reason"),
    number("shown"),
    blob("more"),
    blob("chain"),
)
"""Who looked at whose data and why (``read_log``); each row's ``chain`` covers all before it."""

Index("ix_read_log_at", read_log.c.at)

measurements = Table(
    "measurements",
    KEPT,
    Column("id", Integer, primary_key=True),
    number("at"),
    words("name"),
    number("value"),
)
"""Durations (microseconds) and sizes (bytes) measured on this PC, for the technician."""

Index("ix_measurements_name", measurements.c.name, measurements.c.id)

sealed_keys = Table("sealed_keys", KEPT, words("name", primary=True), blob("sealed"), number("made_at"))
"""Private keys as their sealing left them; nothing here opens without a passphrase or a device secret."""

hub_words = Table(
    "hub_words",
    KEPT,
    number("journal", primary=True),
    number("received"),
    number("backed_up"),
    number("at"),
    number("life"),
)
"""What the province's last signed vector covers: "at the province" and "in its verified backup"."""

hub_word = Table("hub_word", KEPT, words("unit", primary=True), blob("packed"))
"""The province's newest signed vector itself, as it was verified."""

peers = Table(
    "peers",
    KEPT,
    words("peer", primary=True),
    number("journal", primary=True),
    number("seq"),
    number("at"),
)
"""How far other counters were last known to hold which journal: where the second copy is."""

reading_versions = Table("reading_versions", KEPT, words("name", primary=True), number("version"))
"""Which version of each reading fills its tables."""

attachments = Table(
    "attachments",
    KEPT,
    Column("digest", LargeBinary, primary_key=True, nullable=False),
    words("way", primary=True),
    words("folder"),
    number("subject"),
    words("state"),
    blob("salt"),
    number("key_version"),
    number("length"),
    number("taken"),
    number("tries"),
    number("asked_at"),
    number("life"),
    CheckConstraint("way IN ('out', 'in')", name="way"),
)
"""Files that entries name, on their way to the province or from it (``attachments``)."""

Index("ix_attachments_waiting", attachments.c.way, attachments.c.state)
