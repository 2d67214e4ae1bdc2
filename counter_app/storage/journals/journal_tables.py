"""Tables of the journal: what was written, by whom, and how far it is proved. Changed only by migrations.

``key`` columns are ``EntryId.key`` (journal << 32 | seq), so one index keeps each journal in order.
"""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    text,
)

KEPT = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
    }
)
"""Every table that migrations look after: journal and this PC's own. Readings live elsewhere."""


def number(name: str, *, primary: bool = False, null: bool = False) -> Column[int]:
    """An integer column of 64 bits."""
    return Column(name, Integer, primary_key=primary, nullable=null, autoincrement=False)


def blob(name: str, *, null: bool = False) -> Column[bytes]:
    """A column of exact bytes."""
    return Column(name, LargeBinary, nullable=null)


def words(name: str, *, primary: bool = False, default: str | None = None) -> Column[str]:
    """A column of text, NFC."""
    return Column(
        name,
        Text,
        primary_key=primary,
        nullable=False,
        server_default=None if default is None else text(f"'{default}'"),
    )


entries = Table(
    "entries",
    KEPT,
    number("key", primary=True),
    number("journal"),
    number("seq"),
    number("at"),
    number("kind"),
    number("version"),
    number("flags"),
    blob("facts"),
    blob("body", null=True),
    blob("digest"),
    blob("seal"),
    blob("header_hash"),
    number("arrived"),
    CheckConstraint("key = journal * 4294967296 + seq", name="position"),
    CheckConstraint("seq > 0", name="counted_from_one"),
    CheckConstraint("length(digest) = 32 AND length(header_hash) = 32", name="hashes"),
    CheckConstraint("length(seal) IN (0, 64)", name="seal"),
)
"""Entries as their authors wrote them; ``body`` is null once redacted, ``arrived`` our clock in ms."""

Index("ix_entries_kind", entries.c.kind, entries.c.key)

entry_subjects = Table(
    "entry_subjects",
    KEPT,
    number("subject", primary=True),
    number("key", primary=True),
    number("position", primary=True),
    sqlite_with_rowid=False,
)
"""Which entries concern which subject; inner ids for carried entries; position 0 is the main subject."""

entry_parents = Table(
    "entry_parents",
    KEPT,
    number("parent", primary=True),
    number("key", primary=True),
    sqlite_with_rowid=False,
)
"""Who names whom in ``after``."""

subject_heads = Table(
    "subject_heads",
    KEPT,
    number("subject", primary=True),
    number("head", primary=True),
    sqlite_with_rowid=False,
)
"""The latest entries on each subject: what the next act names in ``after``. Derived, kept for speed."""

journal_heads = Table(
    "journal_heads",
    KEPT,
    number("journal", primary=True),
    number("seq"),
    blob("head"),
    number("covered"),
    CheckConstraint("covered <= seq", name="covered"),
)
"""How far each journal is held, its head there, and up to which seq its author has signed."""

checkpoints = Table(
    "checkpoints",
    KEPT,
    number("journal", primary=True),
    number("seq", primary=True),
    blob("head"),
    blob("signature"),
    sqlite_with_rowid=False,
)
"""Signatures of authors over their heads."""

carried = Table(
    "carried",
    KEPT,
    number("key", primary=True),
    number("envelope"),
    blob("packed"),
    ForeignKeyConstraint(["envelope"], ["entries.key"], name="fk_carried_envelope"),
)
"""Entries of other units: their own (inner) id, the entry of the province that brought them, their bytes."""

set_aside = Table(
    "set_aside",
    KEPT,
    number("key", primary=True),
    words("reason"),
)
"""Entries that are held and passed on but not read: a revoked writer's later ones."""

stray = Table(
    "stray",
    KEPT,
    Column("id", Integer, primary_key=True),
    number("journal"),
    number("seq"),
    blob("packed"),
    blob("header_hash"),
    number("arrived"),
)
"""The other branch of a fork: kept whole, never read."""

Index("uq_stray_entry", stray.c.journal, stray.c.seq, stray.c.header_hash, unique=True)

parked = Table(
    "parked",
    KEPT,
    Column("id", Integer, primary_key=True),
    number("journal"),
    number("first_seq"),
    blob("packed"),
    words("code"),
    words("detail"),
    number("arrived"),
    blob("digest"),
)
"""What was refused on arrival, for the technician; one bad entry never blocks the next."""

Index("uq_parked_digest", parked.c.digest, unique=True)

permits = Table(
    "permits", KEPT, words("act", primary=True), number("key", primary=True), sqlite_with_rowid=False
)
"""Empty outside a transaction: which guarded change is allowed right now (``guards``)."""
