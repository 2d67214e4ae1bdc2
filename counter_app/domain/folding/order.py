"""Causal order of one subject's facts: parents and lower numbers of the same journal first.

Ties between concurrent facts go by ``(at, journal, seq)``; a clock never overrules a parent. The result
depends on the set of facts only, never on the order in which they arrived.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable
from operator import attrgetter
from typing import NamedTuple

from counter_app.domain.folding.fact import Fact
from sync.protocol.naming.ids import EntryId

_PLACE = attrgetter("place")


class Ordered(NamedTuple):
    """``facts`` that can be applied, in order; ``waiting`` (ascending) lack a parent or the first entry."""

    facts: list[Fact]
    waiting: tuple[EntryId, ...]
    heads: tuple[EntryId, ...]


def causal_order(subject: EntryId, facts: Iterable[Fact], rootless: bool = False) -> Ordered:
    """The facts of ``subject`` in causal order.

    A fact whose *main* subject this is waits for every parent it names. In other facts ``after`` speaks of
    another subject: parents found here order them, those not found do not hold them up. What follows a
    waiting fact waits too; so does a circle, which no honest writer makes.
    """
    held = {fact.entry.id: fact for fact in facts}
    by_clock = _by_clock(subject, held, rootless)
    return _by_parents(subject, held, rootless) if by_clock is None else by_clock


def _by_clock(subject: EntryId, held: dict[EntryId, Fact], rootless: bool) -> Ordered | None:
    """Everything in the order of ``(at, journal, seq)``, None where a parent or the first entry comes later.

    Honest clocks give this nearly always, and then it is what ``_by_parents`` finds in three times the time:
    of several facts that could come next it takes the first by the clock.
    """
    if (subject in held) is rootless:
        return None
    seen: set[EntryId] = set()
    heads: set[EntryId] = set()
    last: dict[int, EntryId] = {}
    ordered = sorted(held.values(), key=_PLACE)
    for fact in ordered:
        identity, facts = fact.entry.id, fact.facts
        previous = last.get(identity.journal, identity)
        if not (seen or rootless or identity == subject) or previous > identity:
            return None
        if identity != subject:
            for parent in facts.after:
                if parent not in seen and (parent in held or facts.subjects[0] == subject):
                    return None
            heads.difference_update(facts.after)
            heads.discard(previous)
        seen.add(identity)
        heads.add(identity)
        last[identity.journal] = identity
    if len(ordered) > 1:
        heads.discard(subject)
    return Ordered(ordered, (), tuple(sorted(heads)))


def _by_parents(subject: EntryId, held: dict[EntryId, Fact], rootless: bool) -> Ordered:
    parents = _parents(subject, held, rootless)
    children: dict[EntryId, list[EntryId]] = {}
    missing: dict[EntryId, int] = {}
    for identity, needed in parents.items():
        missing[identity] = len(needed)
        for parent in needed:
            children.setdefault(parent, []).append(identity)
    ready = [(held[identity].place, identity) for identity, count in missing.items() if count == 0]
    heapq.heapify(ready)
    ordered: list[Fact] = []
    while ready:
        _, identity = heapq.heappop(ready)
        ordered.append(held[identity])
        for child in children.get(identity, ()):
            missing[child] -= 1
            if missing[child] == 0:
                heapq.heappush(ready, (held[child].place, child))
    applied = {fact.id for fact in ordered}
    waiting = tuple(sorted(identity for identity in held if identity not in applied))
    heads = tuple(
        fact.id for fact in ordered if not any(child in applied for child in children.get(fact.id, ()))
    )
    return Ordered(ordered, waiting, tuple(sorted(heads)))


def _parents(subject: EntryId, held: dict[EntryId, Fact], rootless: bool) -> dict[EntryId, set[EntryId]]:
    """Of each fact, what must be applied before it; ids that are not held make it wait."""
    parents: dict[EntryId, set[EntryId]] = {}
    previous: dict[int, EntryId] = {}
    for identity in sorted(held):
        facts = held[identity].facts
        needed = {parent for parent in facts.after if facts.subjects[0] == subject or parent in held}
        if identity.journal in previous:
            needed.add(previous[identity.journal])
        if not rootless:
            needed.add(subject)
        if identity == subject:
            needed = set()  # what begins a subject comes first, whatever its `after` says of another one
        previous[identity.journal] = identity
        parents[identity] = needed
    return parents
