"""The facts of subjects, fetched for many subjects at once, held and carried entries alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, CursorResult

from counter_app.domain.folding.aggregate import Folded
from counter_app.domain.folding.fact import Fact, apart_from
from counter_app.domain.folding.registry import fold_subject, read_fact
from counter_app.storage.journal import stored_entry
from sync.protocol.ids import EntryId
from sync.protocol.packing import unpack_entry

CHUNK = 400
FETCHED = 2_000
_HELD = (
    "SELECT s.subject, e.key, e.facts, e.body, e.digest, e.seal FROM entry_subjects s"
    " JOIN entries e ON e.key = s.key WHERE s.key NOT IN (SELECT key FROM set_aside)"
)
_ASIDE = "SELECT s.key FROM entry_subjects s JOIN set_aside a ON a.key = s.key"
_CARRIED = "SELECT s.subject, c.key, c.packed FROM entry_subjects s JOIN carried c ON c.key = s.key"


def facts_of(connection: Connection, subjects: Sequence[EntryId]) -> dict[EntryId, list[Fact]]:
    """Every readable fact that names each of ``subjects``; an empty list for those nothing is known of."""
    found: dict[EntryId, list[Fact]] = {subject: [] for subject in subjects}
    keys = [subject.key for subject in subjects]
    for start in range(0, len(keys), CHUNK):
        some = tuple(keys[start : start + CHUNK])
        marks = ", ".join("?" * len(some))
        for subject, *row in connection.exec_driver_sql(f"{_HELD} AND s.subject IN ({marks})", some):
            found[EntryId.from_key(subject)].append(read_fact(stored_entry(row)))
        for subject, key, packed in connection.exec_driver_sql(
            f"{_CARRIED} WHERE s.subject IN ({marks})", some
        ):
            found[EntryId.from_key(subject)].append(read_fact(unpack_entry(EntryId.from_key(key), packed)))
        if aside := _ids(connection.exec_driver_sql(f"{_ASIDE} WHERE s.subject IN ({marks})", some)):
            found.update((one, apart_from(found[one], aside)) for one in map(EntryId.from_key, some))
    return found


def _ids(rows: CursorResult[Any]) -> frozenset[EntryId]:
    return frozenset(EntryId.from_key(key) for (key,) in rows)


def fold_all(connection: Connection) -> Iterator[Folded]:
    """Every subject of the store, folded from its entries, in the order of their ids."""
    extra: dict[int, list[Fact]] = {}
    for subject, key, packed in connection.exec_driver_sql(_CARRIED):
        extra.setdefault(subject, []).append(read_fact(unpack_entry(EntryId.from_key(key), packed)))
    aside = _ids(connection.exec_driver_sql(_ASIDE))
    rows = connection.exec_driver_sql(f"{_HELD} ORDER BY s.subject, s.key")
    for subject, group in groupby(_flow(rows), key=lambda row: row[0]):
        facts = [read_fact(stored_entry(row[1:])) for row in group]
        facts += extra.pop(subject, ())
        yield fold_subject(EntryId.from_key(subject), apart_from(facts, aside))
    for subject, facts in sorted(extra.items()):
        yield fold_subject(EntryId.from_key(subject), apart_from(facts, aside))


def _flow(rows: CursorResult[Any]) -> Iterator[tuple[Any, ...]]:
    """Rows as plain tuples, a few thousand at a time."""
    while some := rows.fetchmany(FETCHED):
        yield from map(tuple, some)
