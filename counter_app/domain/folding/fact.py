"""An entry as folds see it: its facts and its body, or why there is no body."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any, NamedTuple

import msgspec

from counter_app.domain.folding.readable import READABLE
from sync.protocol.journals.codec import decode_body
from sync.protocol.journals.entry import Entry, Facts
from sync.protocol.naming.ids import EntryId
from sync.protocol.refusals import Malformed

Place = tuple[int, int, int]
"""``(at, journal, seq)``: breaks ties between concurrent entries, never more."""


class Fact(NamedTuple):
    """One entry and what it says; ``body`` is None when it was redacted or is newer than this program."""

    entry: Entry
    facts: Facts
    body: Any

    @property
    def id(self) -> EntryId:
        """Position of the entry, and the id of whatever it began."""
        return self.entry.id

    @property
    def at(self) -> int:
        """Wall clock of the author in ms: evidence, never order."""
        return self.facts.at

    @property
    def place(self) -> Place:
        """``(at, journal, seq)`` for ties."""
        return (self.facts.at, self.entry.id.journal, self.entry.id.seq)

    @property
    def is_newer(self) -> bool:
        """True for an unknown kind or version, or a body that does not decode: kept, passed on, not read."""
        return self.body is None and self.entry.body is not None

    @property
    def is_redacted(self) -> bool:
        """True when the body was dropped by law and only header and digest remain."""
        return self.entry.body is None


def read_fact(entry: Entry) -> Fact:
    """``entry`` with its body decoded by the table of kinds; never raises.

    A newer version, an unknown number and a known kind that does not decode all give ``body`` None.
    """
    facts = entry.facts
    kind = READABLE.get(facts.kind)
    if entry.body is None or kind is None or facts.version > kind.version:
        return Fact(entry, facts, None)
    try:
        return Fact(entry, facts, decode_body(kind.body, entry.body))
    except Malformed:
        return Fact(entry, facts, None)


def apart_from(facts: Iterable[Fact], aside: Collection[EntryId]) -> list[Fact]:
    """``facts`` as if they named none of ``aside``: entries that are held and not read.

    An honest act may name a stolen PC's entry that it held before the revocation came. Nothing is missing
    then, so it must not wait for a parent that will never be read.
    """
    return [_without_parents(fact, aside) for fact in facts] if aside else list(facts)


def _without_parents(fact: Fact, aside: Collection[EntryId]) -> Fact:
    after = tuple(parent for parent in fact.facts.after if parent not in aside)
    if len(after) == len(fact.facts.after):
        return fact
    return fact._replace(facts=msgspec.structs.replace(fact.facts, after=after))
