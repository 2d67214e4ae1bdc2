"""Where contradictions may be: few subjects out of many, which the domain then looks at in full."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from counter_app.domain.contradictions.entries import ContradictionSettled
from counter_app.domain.folding.fact import Fact, read_fact
from counter_app.domain.kinds import BY_BODY
from counter_app.storage.journals.journal import stored_entry
from counter_app.storage.queries.select import number
from sync.protocol.naming.ids import EntryId

MOST = 500
"""Subjects of each sort that one reading looks at: a page that holds more is not read by anybody."""
_SETTLED = BY_BODY[ContradictionSettled].number
_READ = "e.key NOT IN (SELECT key FROM set_aside)"


@dataclass(frozen=True, slots=True)
class Settlement:
    """A decision that was taken: the entry, its subjects, its body, in the order of the journals."""

    fact: Fact
    body: ContradictionSettled


def corrected_twice(connection: Connection, kind: int) -> list[EntryId]:
    """Main subjects with corrections of ``kind`` by more than one journal, carried entries among them."""
    several = (
        "SELECT s.subject FROM entries e JOIN entry_subjects s ON s.key = e.key AND s.position = 0"
        f" WHERE e.kind = ? AND {_READ} GROUP BY s.subject HAVING count(DISTINCT e.journal) > 1"
        " OR EXISTS (SELECT 1 FROM entry_subjects o JOIN carried c ON c.key = o.key"
        "            WHERE o.subject = s.subject)"
        " ORDER BY s.subject DESC LIMIT ?"
    )
    return _ids(connection, several, (kind, MOST))


def in_conflict(connection: Connection, table: str) -> list[EntryId]:
    """Dossiers or requests (``table``) with acts that could not stand and that nobody settled."""
    return _ids(connection, f"SELECT id FROM {table} WHERE conflicts > 0 ORDER BY id DESC LIMIT ?", (MOST,))


def twins(connection: Connection) -> list[tuple[EntryId, EntryId]]:
    """Pairs of dossiers of one number or one person, for one procedure, of which one at least is open.

    Pairs of one counter are among them; the domain says which count.
    """
    pair = (
        "SELECT a.id, b.id FROM dossiers a JOIN dossiers b ON {same} AND b.procedure = a.procedure"
        " AND b.id <> a.id WHERE a.is_open = 1 AND a.stage <> 'done' AND {known}"
    )
    by_number = pair.format(same="b.id_number = a.id_number", known="a.id_number <> ''")
    by_person = pair.format(same="b.person = a.person", known="a.person IS NOT NULL")
    sql = f"{by_number} UNION {by_person} LIMIT ?"
    found = {tuple(sorted(row)) for row in connection.exec_driver_sql(sql, (2 * MOST,))}
    return [(EntryId.from_key(one), EntryId.from_key(other)) for one, other in sorted(found)]


def settlements(connection: Connection, limit: int = 200) -> list[Settlement]:
    """Decisions that were taken, the newest first."""
    rows = connection.exec_driver_sql(
        f"SELECT e.key, e.facts, e.body, e.digest, e.seal FROM entries e WHERE e.kind = ? AND {_READ}"
        " ORDER BY e.at DESC, e.key DESC LIMIT ?",
        (_SETTLED, limit),
    )
    facts = [read_fact(stored_entry(row)) for row in rows]
    return [Settlement(one, one.body) for one in facts if isinstance(one.body, ContradictionSettled)]


def settled_count(connection: Connection) -> int:
    """How many decisions are held."""
    return number(connection, "SELECT count(*) FROM entries WHERE kind = ?", (_SETTLED,))


def _ids(connection: Connection, sql: str, values: Sequence[object]) -> list[EntryId]:
    return [EntryId.from_key(row[0]) for row in connection.exec_driver_sql(sql, tuple(values))]
