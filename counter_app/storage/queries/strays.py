"""Stray acts that nobody has dealt with, and what became of those that somebody has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from sqlalchemy import Connection

from counter_app.domain.folding.fact import Fact, read_fact
from counter_app.domain.kinds import BY_BODY
from counter_app.domain.strays.cases import is_told
from counter_app.domain.strays.entries import Origin, StraysSettled
from counter_app.storage.journals.journal import stored_entry
from counter_app.storage.queries import apart
from sync.protocol.naming.ids import EntryId

MOST = 20_000
_SETTLED = BY_BODY[StraysSettled].number


@dataclass(frozen=True, slots=True)
class Branch:
    """A lost branch of ``journal``: its facts in order. ``several``: two lost branches lie mixed here."""

    journal: int
    facts: tuple[Fact, ...]
    several: bool


def origins(connection: Connection) -> dict[tuple[EntryId, bytes], Origin]:
    """Stray entries that were dealt with, by place and header hash, whichever counter did it."""
    found: dict[tuple[EntryId, bytes], Origin] = {}
    for one in _settled(connection):
        found.setdefault((one.entry, one.header), one)
    return found


def written_twice(connection: Connection) -> list[tuple[EntryId, EntryId]]:
    """What counters that did not hear of one another wrote anew from one stray entry, in pairs."""
    written: dict[tuple[EntryId, bytes], set[EntryId]] = {}
    for one in _settled(connection):
        if one.written is not None:
            written.setdefault((one.entry, one.header), set()).add(one.written)
    return sorted(pair for several in written.values() for pair in combinations(sorted(several), 2))


def _settled(connection: Connection) -> Iterator[Origin]:
    """Every origin that some decision names, in the order of journals."""
    rows = connection.exec_driver_sql(
        "SELECT key, facts, body, digest, seal FROM entries WHERE kind = ?"
        " AND key NOT IN (SELECT key FROM set_aside) ORDER BY key",
        (_SETTLED,),
    )
    for row in rows:
        body = read_fact(stored_entry(row)).body
        if isinstance(body, StraysSettled):
            yield from body.origins


def branches(connection: Connection) -> Iterator[Branch]:
    """Every lost branch that is held here, by journal."""
    by_journal: dict[int, list[Fact]] = {}
    for stray in apart.strays(connection, MOST):
        if stray.entry is not None:
            by_journal.setdefault(stray.place.journal, []).append(read_fact(stray.entry))
    for journal, facts in sorted(by_journal.items()):
        seen = Counter(fact.id for fact in facts)
        yield Branch(journal, tuple(facts), max(seen.values()) > 1)


def left_count(connection: Connection) -> int:
    """How many stray acts people are told of and nobody has dealt with."""
    done = origins(connection)
    strays = [one for one in apart.strays(connection, MOST) if one.entry is not None]
    facts = [read_fact(one.entry) for one in strays if one.entry is not None]
    return sum(is_told(fact) and (fact.id, fact.entry.header_hash) not in done for fact in facts)
