"""Readings of a newer version, made piece by piece while the program runs: the start waits for none of it.

``begin`` reads at once what a desk cannot open without - people, delegations, the unit, tables of the
province: a few hundred subjects. ``piece`` reads the rest into the new, empty tables, newest first, each
time in a transaction with the note how far it is: a power cut costs one piece. Until the last one the tables
are not complete, so no act may rest on them (``Store.act`` refuses in words); looking and signing in work.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlalchemy import Connection

from counter_app.domain.kinds import KINDS
from counter_app.storage.statements import fetch
from sync.protocol.naming.ids import EntryId

MARK = "anew"
"""Row of ``reading_versions`` while they are incomplete: subjects below its number are still to be read."""
SUBJECTS_AT_ONCE = 300
_MANY = frozenset({"request", "refusal", "line", "lot", "person", "receipt", "register", "dossier", "any"})
"""Aggregates that grow with the work, and registers, whose every line is one of their facts."""
_FIRST = tuple(kind.number for kind in KINDS if not _MANY & set(kind.aggregates))

Refold = Callable[[Connection, Sequence[EntryId]], None]


def left(connection: Connection) -> int | None:
    """The key below which subjects are still to be read; None when everything is."""
    row = connection.exec_driver_sql("SELECT version FROM reading_versions WHERE name = ?", (MARK,)).first()
    return None if row is None else int(row[0])


def begin(connection: Connection, refold: Refold) -> None:
    """Note that everything is to be read, and read what comes first; the tables are new and empty."""
    connection.exec_driver_sql("INSERT INTO reading_versions VALUES (?, ?)", (MARK, 2**63 - 1))
    kinds = ", ".join(map(str, _FIRST))
    rows = fetch(
        connection,
        "SELECT DISTINCT s.subject FROM entries e JOIN entry_subjects s ON s.key = e.key"
        f" WHERE e.kind IN ({kinds}) ORDER BY s.subject",
    )
    refold(connection, [EntryId.from_key(row[0]) for row in rows])


def piece(connection: Connection, refold: Refold, most: int = SUBJECTS_AT_ONCE) -> bool:
    """Read the next ``most`` subjects, newest first; False when nothing was left."""
    below = left(connection)
    if below is None:
        return False
    rows = connection.exec_driver_sql(
        "SELECT DISTINCT subject FROM entry_subjects WHERE subject < ? ORDER BY subject DESC LIMIT ?",
        (below, most),
    )
    some = [row[0] for row in rows]
    if not some:
        connection.exec_driver_sql("DELETE FROM reading_versions WHERE name = ?", (MARK,))
        return False
    refold(connection, [EntryId.from_key(one) for one in some])
    connection.exec_driver_sql("UPDATE reading_versions SET version = ? WHERE name = ?", (some[-1], MARK))
    return True


def percent(connection: Connection) -> int:
    """How much is read, 100 when all is; a subject's place in its journal stands for the work below it."""
    below = left(connection)
    if below is None:
        return 100
    at = EntryId.from_key(below)
    heads = connection.exec_driver_sql("SELECT journal, seq FROM journal_heads")
    held: list[tuple[int, int]] = [(row[0], row[1]) for row in heads]
    whole = sum(seq for _, seq in held)
    rest = sum(
        min(at.seq, seq) if journal == at.journal else seq for journal, seq in held if journal <= at.journal
    )
    return min(99, 100 * (whole - rest) // max(whole, 1))
