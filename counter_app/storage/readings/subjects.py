"""The facts of subjects, fetched for many subjects at once, held and carried entries alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from sqlalchemy import Connection

from counter_app.domain.folding.aggregate import Folded
from counter_app.domain.folding.fact import Fact, apart_from
from counter_app.domain.folding.registry import fold_subject, read_fact
from counter_app.storage.journals.journal import stored_entry
from counter_app.storage.statements import Row, ask, fetch
from sync.protocol.carrying.packing import unpack_entry
from sync.protocol.naming.ids import EntryId

CHUNK = 400
KEYS_AT_ONCE = 4_000
FACTS_KEPT = 24_000
"""Decoded facts that a rebuild keeps, some 30 MB: one entry concerns up to four subjects, mostly near by."""
_HELD = (
    "SELECT s.subject, e.key, e.facts, e.body, e.digest, e.seal FROM entry_subjects s"
    " JOIN entries e ON e.key = s.key WHERE s.key NOT IN (SELECT key FROM set_aside)"
)
_BY_KEY = "SELECT key, facts, body, digest, seal FROM entries WHERE key IN"
_ASIDE = "SELECT s.key FROM entry_subjects s JOIN set_aside a ON a.key = s.key"
_NAMING = "SELECT parent, key FROM entry_parents WHERE parent IN"
_CARRIED = "SELECT s.subject, c.key, c.packed FROM entry_subjects s JOIN carried c ON c.key = s.key"


def facts_of(connection: Connection, subjects: Sequence[EntryId]) -> dict[EntryId, list[Fact]]:
    """Every readable fact that names each of ``subjects``; an empty list for those nothing is known of."""
    found: dict[EntryId, list[Fact]] = {subject: [] for subject in subjects}
    keys = [subject.key for subject in subjects]
    for start in range(0, len(keys), CHUNK):
        some = tuple(keys[start : start + CHUNK])
        marks = ", ".join("?" * len(some))
        for subject, *row in ask(connection, f"{_HELD} AND s.subject IN ({marks})", some):
            found[EntryId.from_key(subject)].append(read_fact(stored_entry(row)))
        for subject, key, packed in ask(connection, f"{_CARRIED} WHERE s.subject IN ({marks})", some):
            found[EntryId.from_key(subject)].append(read_fact(unpack_entry(EntryId.from_key(key), packed)))
        if aside := _ids(ask(connection, f"{_ASIDE} WHERE s.subject IN ({marks})", some)):
            found.update((one, apart_from(found[one], aside)) for one in map(EntryId.from_key, some))
    return found


def _ids(rows: Iterable[Row]) -> frozenset[EntryId]:
    return frozenset(EntryId.from_key(key) for (key,) in rows)


def children_of(connection: Connection, entries: Sequence[EntryId]) -> dict[EntryId, set[EntryId]]:
    """Which held entries name each of ``entries`` in ``after``; those that nobody names are left out."""
    found: dict[EntryId, set[EntryId]] = {}
    keys = [one.key for one in entries]
    for start in range(0, len(keys), CHUNK):
        some = tuple(keys[start : start + CHUNK])
        marks = ", ".join("?" * len(some))
        for parent, key in ask(connection, f"{_NAMING} ({marks})", some):
            found.setdefault(EntryId.from_key(parent), set()).add(EntryId.from_key(key))
    return found


def fold_all(connection: Connection) -> Iterator[Folded]:
    """Every subject of the store, folded from its entries, in the order of their ids."""
    extra: dict[int, list[Fact]] = {}
    for subject, key, packed in fetch(connection, _CARRIED):
        extra.setdefault(subject, []).append(read_fact(unpack_entry(EntryId.from_key(key), packed)))
    aside = _ids(ask(connection, _ASIDE))
    window = Window(connection, {one.key for one in aside})
    for some in _in_batches(_subjects(connection)):
        held = window.facts(key for one in some for key in one.keys)
        for subject, keys in some:
            facts = [held[key] for key in keys if key in held]
            facts += extra.pop(subject, ())
            if facts:
                yield fold_subject(EntryId.from_key(subject), apart_from(facts, aside))


class Named(NamedTuple):
    """A subject and the entries that name it, ascending, as keys."""

    subject: int
    keys: list[int]


def _subjects(connection: Connection) -> Iterator[Named]:
    rows = fetch(connection, "SELECT subject, key FROM entry_subjects ORDER BY subject, key")
    for subject, group in groupby(rows, key=lambda row: row[0]):
        yield Named(subject, list(dict.fromkeys(row[1] for row in group)))


def _in_batches(subjects: Iterable[Named]) -> Iterator[list[Named]]:
    """Some thousand keys at a time; a register-year with all of its lines is one batch."""
    some: list[Named] = []
    count = 0
    for named in subjects:
        some.append(named)
        count += len(named.keys)
        if count >= KEYS_AT_ONCE:
            yield some
            some, count = [], 0
    if some:
        yield some


class Window:
    """Facts by key, each read and decoded once while its subjects lie near one another in the journals."""

    def __init__(self, connection: Connection, aside: set[int]) -> None:
        self._connection = connection
        self._aside = aside
        self._held: dict[int, Fact] = {}

    def facts(self, keys: Iterable[int]) -> dict[int, Fact]:
        """At least the facts of ``keys`` that are held here and not set aside; until the next call."""
        held = self._held
        if len(held) > FACTS_KEPT:
            self._held = held = dict(list(held.items())[-FACTS_KEPT // 2 :])
        missing = sorted({key for key in keys if key not in held} - self._aside)
        for start in range(0, len(missing), KEYS_AT_ONCE):
            some = tuple(missing[start : start + KEYS_AT_ONCE])
            for row in fetch(self._connection, f"{_BY_KEY} ({', '.join('?' * len(some))})", some):
                held[row[0]] = read_fact(stored_entry(row))
        return held
