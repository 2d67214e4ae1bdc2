"""Tables of the hub. ``key`` columns are ``EntryId.key`` (journal << 32 | seq): one index, every order.

Kept: journals, heads, checkpoints, what is set apart, units and grants. Derived: the readings at the end,
which ``reading`` drops and makes again from the journals.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, MetaData, Table, Text

META = MetaData()


def number(name: str, *, primary: bool = False) -> Column[int]:
    """An integer of 64 bits."""
    kind: Any = BigInteger().with_variant(Integer(), "sqlite")
    return Column(name, kind, primary_key=primary, nullable=False, autoincrement=False)


def blob(name: str, *, primary: bool = False, null: bool = False) -> Column[bytes]:
    """Exact bytes."""
    return Column(name, LargeBinary, primary_key=primary, nullable=null)


def words(name: str, *, primary: bool = False) -> Column[str]:
    """Text, NFC."""
    return Column(name, Text, primary_key=primary, nullable=False)


settings = Table("settings", META, words("name", primary=True), words("value"))
"""The hub's own facts: schema version, practice or real, life."""

units = Table("units", META, words("unit", primary=True), words("name"), number("added"))
"""Units served."""

grants = Table(
    "grants",
    META,
    number("device", primary=True),
    number("spare", primary=True),
    words("unit"),
    number("counter"),
    words("name"),
    blob("signed"),
    number("withdrawn"),
)
"""Grants signed, first and spares; ``withdrawn`` in ms, 0 while good."""
Index("ix_grants_unit", grants.c.unit)

journal_heads = Table(
    "journal_heads",
    META,
    number("journal", primary=True),
    words("unit"),
    number("seq"),
    blob("head"),
    number("covered"),
    blob("covered_head"),
)
"""How far each journal is held and signed; ``unit`` is empty for ``common``."""
Index("ix_journal_heads_unit", journal_heads.c.unit)

entries = Table(
    "entries",
    META,
    number("key", primary=True),
    number("journal"),
    number("seq"),
    number("at"),
    number("kind"),
    blob("facts"),
    blob("body", null=True),
    blob("digest"),
    blob("seal"),
    blob("header_hash"),
    number("arrived"),
)
"""Entries as their authors wrote them; ``arrived`` is the hub's clock in ms. PostgreSQL: a part a year."""
Index("ix_entries_journal_kind", entries.c.journal, entries.c.kind)

entry_subjects = Table(
    "entry_subjects",
    META,
    number("subject", primary=True),
    number("key", primary=True),
    number("position"),
)
"""Which entries concern which subject, inner ids for carried entries; position 0 is the main one."""

checkpoints = Table(
    "checkpoints",
    META,
    number("journal", primary=True),
    number("seq", primary=True),
    blob("head"),
    blob("signature"),
)
"""Signatures of authors over their heads."""

tails = Table(
    "tails",
    META,
    number("key", primary=True),
    blob("header_hash", primary=True),
    number("journal"),
    blob("packed"),
    number("arrived"),
)
"""Entries that no signature covers yet: kept apart, neither read nor passed on."""

parked = Table(
    "parked",
    META,
    blob("digest", primary=True),
    number("journal"),
    number("first_seq"),
    words("unit"),
    words("code"),
    words("detail"),
    blob("packed"),
    number("arrived"),
)
"""What was refused on arrival, for the technician."""

stray = Table(
    "stray",
    META,
    number("journal", primary=True),
    number("seq", primary=True),
    blob("header_hash", primary=True),
    blob("packed"),
    number("arrived"),
)
"""The other branch of a fork: whole, never read."""

carried = Table("carried", META, number("key", primary=True), number("envelope"), blob("packed"))
"""Entries that came inside an envelope and whose own journal does not hold them here."""

set_aside = Table("set_aside", META, number("key", primary=True), words("reason"))
"""Held and passed on, not read: a revoked writer's later entries, acts without their seal."""

unread = Table("unread", META, words("unit", primary=True), number("key", primary=True))
"""Entries that the reader of a unit has not looked at yet."""

unruled = Table("unruled", META, words("unit", primary=True), number("key", primary=True), number("since"))
"""Entries read whose surroundings are not all known yet, so that asking would be rash."""

rulings = Table(
    "rulings", META, number("entry", primary=True), words("code", primary=True), number("question")
)
"""Questions already asked: one for each ``(entry, code)``."""

concerned = Table("concerned", META, number("subject", primary=True), words("unit", primary=True))
"""Units that a shared subject concerns besides the one where it began."""

routed = Table("routed", META, words("unit", primary=True), number("key", primary=True))
"""Entries carried to a unit: once each."""

backup_marks = Table("backup_marks", META, number("journal", primary=True), number("seq"), blob("head"))
"""How far each journal is inside a backup that was opened and checked."""

# Readings: dropped and made again at will.
register_rows = Table(
    "register_rows",
    META,
    number("subject", primary=True),
    words("unit"),
    words("register"),
    words("symbol"),
    number("year"),
    number("next_number"),
    number("book"),
    number("term"),
    number("holder"),
    number("unknown"),
    number("doubles"),
    number("missing_lines"),
    number("closed_month"),
    number("closed"),
)
"""One row a register-year."""
Index("ix_register_rows", register_rows.c.unit, register_rows.c.register, register_rows.c.year)

line_rows = Table(
    "line_rows",
    META,
    number("subject", primary=True),
    words("unit"),
    number("register"),
    number("number"),
    number("book"),
    number("year"),
    number("day"),
    words("requester_name"),
    words("original_name"),
    words("signatory_line"),
    number("copies"),
    number("fee"),
    words("state"),
    words("remarks"),
    number("signed_day"),
)
"""One row a line of a register."""
Index("ix_line_rows_day", line_rows.c.register, line_rows.c.day, line_rows.c.number)
Index("ix_line_rows_unit", line_rows.c.unit, line_rows.c.day)
Index("ix_line_rows_signed", line_rows.c.unit, line_rows.c.signed_day)

request_rows = Table(
    "request_rows",
    META,
    number("subject", primary=True),
    words("unit"),
    words("code"),
    number("day"),
    words("channel"),
    words("stage"),
    number("originals"),
    number("copies"),
    number("fees"),
    number("paid"),
    number("due_at"),
    number("handed_day"),
    number("late"),
)
"""One row a request; no name of a citizen: the province counts, the unit knows."""
Index("ix_request_rows_day", request_rows.c.unit, request_rows.c.day)
Index("ix_request_rows_handed", request_rows.c.unit, request_rows.c.handed_day)

dossier_rows = Table(
    "dossier_rows",
    META,
    number("subject", primary=True),
    words("unit"),
    words("code"),
    words("official_code"),
    words("portal_code"),
    number("day"),
    words("channel"),
    words("procedure"),
    words("field"),
    words("stage"),
    number("portal"),
    number("due_at"),
    number("done_at"),
    number("late"),
    number("returned_day"),
)
"""One row a dossier; no name of a citizen: the province counts, the unit knows."""
Index("ix_dossier_rows_day", dossier_rows.c.unit, dossier_rows.c.day)
Index("ix_dossier_rows_code", dossier_rows.c.code)
Index("ix_dossier_rows_official", dossier_rows.c.official_code)
Index("ix_dossier_rows_portal", dossier_rows.c.unit, dossier_rows.c.portal)
Index("ix_dossier_rows_portal_code", dossier_rows.c.portal_code)

refusal_rows = Table(
    "refusal_rows", META, number("subject", primary=True), words("unit"), number("day"), words("ground")
)
"""One row a written refusal."""
Index("ix_refusal_rows_day", refusal_rows.c.unit, refusal_rows.c.day)

question_rows = Table(
    "question_rows",
    META,
    number("subject", primary=True),
    words("unit"),
    number("entry"),
    words("code"),
    words("field"),
    words("words"),
    words("status"),
    words("how"),
    number("asked"),
)
"""One row a question of the province."""
Index("ix_question_rows", question_rows.c.unit, question_rows.c.status)

snapshots = Table(
    "snapshots", META, number("subject", primary=True), words("aggregate"), blob("folded"), blob("state")
)
"""Folded subjects that many entries touch, so that a long year reads no slower than a short one."""

READINGS = (register_rows, line_rows, request_rows, dossier_rows, refusal_rows, question_rows)
"""Tables of the readings."""
