"""Fold the facts of one subject: whole, or one more on top when it comes last anyway."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from typing import Any

import msgspec

from counter_app.domain.folding.aggregate import Aggregate, Conflict, ConflictFound, Folded, Settled
from counter_app.domain.folding.fact import Fact
from counter_app.domain.folding.order import causal_order
from counter_app.domain.folding.readable import READABLE
from sync.protocol.naming.ids import EntryId

Aggregates = Mapping[str, Aggregate[Any]]
Children = Mapping[EntryId, Set[EntryId]]
"""Which held entries name an entry in ``after``; entries that nobody names are left out."""


def aggregate_name(subject: EntryId, fact: Fact) -> str | None:
    """Which aggregate ``subject`` is, as far as ``fact`` tells: by its position; None when it cannot tell."""
    kind = READABLE.get(fact.facts.kind)
    if kind is None:
        return None
    if fact.id == subject:
        return None if kind.begins is None else kind.aggregates[kind.begins]
    if subject not in fact.facts.subjects:
        return None
    position = fact.facts.subjects.index(subject)
    name = kind.aggregates[position] if position < len(kind.aggregates) else "any"
    return None if name == "any" else name


def fold(subject: EntryId, facts: Iterable[Fact], aggregates: Aggregates) -> Folded:
    """Everything known of ``subject``, from all of its facts in any order (repeated ones count once)."""
    held = {fact.entry.id: fact for fact in facts}
    name = _name(subject, held)
    aggregate = aggregates.get(name)
    rootless = aggregate is not None and aggregate.rootless
    ordered = causal_order(subject, held.values(), rootless)
    folded = Folded(subject, name, None)
    for fact in ordered.facts:
        folded = _applied(folded, fact, aggregate)
    if ordered.waiting and aggregate is not None and aggregate.overhear and folded.state is not None:
        heard = aggregate.overhear(folded.state, [held[one] for one in ordered.waiting])
        folded = msgspec.structs.replace(folded, state=heard)
    return msgspec.structs.replace(
        folded,
        heads=ordered.heads,
        waiting=ordered.waiting,
        # A newer entry forbids acting even while it waits for its own parents.
        frozen=any(
            fact.body is None and fact.is_newer and fact.facts.must_understand for fact in held.values()
        ),
        latest=_latest(held),
        last_place=max([(fact.facts.at, *identity) for identity, fact in held.items()], default=(0, 0, 0)),
    )


def advance(folded: Folded, fact: Fact, aggregates: Aggregates) -> Folded | None:
    """``folded`` with one new fact on top, when the fact comes last in order; None: fold the subject again.

    It comes last when it follows every head, or when it lies after everything by ``(at, journal, seq)``.
    No fact in ``folded`` may name it: see ``advance_all``.
    """
    identity, facts = fact.id, fact.facts
    if folded.waiting or folded.aggregate == "" or not folded.latest:
        return None
    if any(seen.journal == identity.journal and seen.seq >= identity.seq for seen in folded.latest):
        return None
    known = {*folded.heads, *folded.latest}
    if any(parent not in known for parent in facts.after) and facts.subjects[0] == folded.subject:
        return None
    covered = [
        head
        for head in folded.heads  # what began the subject is followed by every other fact, named or not
        if head in facts.after or head.journal == identity.journal or head == folded.subject
    ]
    if len(covered) < len(folded.heads) and fact.place <= folded.last_place:
        return None
    applied = _applied(folded, fact, aggregates.get(folded.aggregate))
    others = (seen for seen in folded.latest if seen.journal != identity.journal)
    return msgspec.structs.replace(
        applied,
        heads=tuple(sorted({*folded.heads, identity}.difference(covered))),
        frozen=folded.frozen or (fact.is_newer and facts.must_understand),
        latest=tuple(sorted((*others, identity))),
        last_place=max(folded.last_place, fact.place),
    )


def advance_all(
    folded: Folded | None, facts: Sequence[Fact], children: Children, aggregates: Aggregates
) -> Folded | None:
    """``folded`` with ``facts`` on top, one after another; None when one of them belongs further down.

    One that an entry names which is not among the later ones came after what follows it: it is no head.
    """
    later = {fact.id for fact in facts}
    for fact in facts:
        later.discard(fact.id)
        if folded is None or not children.get(fact.id, later) <= later:
            return None
        folded = advance(folded, fact, aggregates)
    return folded


def _name(subject: EntryId, held: Mapping[EntryId, Fact]) -> str:
    """Name of the aggregate: of the entry that began it, else of the first fact that tells, else empty."""
    first = held.get(subject)
    if first is not None and (name := aggregate_name(subject, first)):
        return name
    return next((name for key in sorted(held) if (name := aggregate_name(subject, held[key]))), "")


def _latest(held: Mapping[EntryId, Fact]) -> tuple[EntryId, ...]:
    last: dict[int, EntryId] = {}
    for identity in held:
        if last.get(identity.journal, identity) <= identity:
            last[identity.journal] = identity
    return tuple(sorted(last.values()))


def _applied(folded: Folded, fact: Fact, aggregate: Aggregate[Any] | None) -> Folded:
    """``folded`` after one fact: its state, and the conflict it found or settled."""
    if fact.body is None:
        if fact.is_redacted and fact.id == folded.subject:
            return msgspec.structs.replace(folded, redacted=True)
        return folded
    if aggregate is None:
        return folded
    if _begins(folded, fact, aggregate):
        return msgspec.structs.replace(folded, state=aggregate.start(fact))
    if folded.state is None:
        return folded
    outcome = aggregate.evolve(folded.state, fact)
    if isinstance(outcome, Conflict):
        found = ConflictFound(fact.id, outcome.code)
        state = folded.state if outcome.state is None else outcome.state
        return msgspec.structs.replace(folded, state=state, conflicts=(*folded.conflicts, found))
    if isinstance(outcome, Settled):
        return _settled(folded, fact.id, outcome)
    return folded if outcome is folded.state else msgspec.structs.replace(folded, state=outcome)


def _begins(folded: Folded, fact: Fact, aggregate: Aggregate[Any]) -> bool:
    """Whether ``fact`` is what the aggregate begins with.

    Anybody's entry may call any other one a person or a register; that one is then a subject without a
    beginning, not the state of what it never said.
    """
    if aggregate.rootless:
        return fact.id == folded.subject or folded.state is None
    return fact.id == folded.subject and aggregate_name(folded.subject, fact) == folded.aggregate


def _settled(folded: Folded, by: EntryId, outcome: Settled) -> Folded:
    conflicts = tuple(
        msgspec.structs.replace(found, settled_by=by)
        if found.entry in outcome.entries and found.settled_by is None
        else found
        for found in folded.conflicts
    )
    return msgspec.structs.replace(folded, state=outcome.state, conflicts=conflicts)
