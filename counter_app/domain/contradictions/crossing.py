"""Corrections of one field that crossed: written at two counters, neither knowing of the other's.

The fold lets the last one in order stand and loses nothing, but nobody was told that the other counter had
written something else. Here that is found from the facts of a subject alone: by who knew of whom (parents and
the order within a journal), never by clocks, so every holder of the same facts finds the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import combinations
from typing import Any

import msgspec

from counter_app.domain.certification.entries import CopiesRequested, LineCorrected, RequesterCorrected
from counter_app.domain.contradictions.entries import LINE, PARTY, REQUESTER, ContradictionSettled
from counter_app.domain.dossiers.entries import DossierSubmitted, OnlineDossierArrived, PartyCorrected
from counter_app.domain.folding.fact import Fact
from counter_app.domain.folding.order import causal_order
from sync.protocol.naming.ids import EntryId

Values = Mapping[str, Any]
COMPANIONS = "companions"
NOT_COMPARED = frozenset({"person", "id_kind", "unit"})
"""Follow from another field, or name a record of this product: nobody types them."""


class Side(msgspec.Struct, frozen=True):
    """One counter's word: the correcting entry, its value, whether its author changed the field at all."""

    entry: EntryId
    at: int
    actor: EntryId | None
    value: Any
    changed: bool


class Crossing(msgspec.Struct, frozen=True):
    """A field that several counters corrected without knowing of one another.

    ``sides`` in the order in which they fold; ``stands`` wrote what holds now, ``proposed`` what the program
    proposes: the only one who changed the field, else the last.
    """

    subject: EntryId
    matter: str
    field: str
    sides: tuple[Side, ...]
    stands: EntryId
    proposed: EntryId

    @property
    def entries(self) -> tuple[EntryId, ...]:
        """The corrections that crossed, ascending."""
        return tuple(sorted(side.entry for side in self.sides))


def crossings(subject: EntryId, facts: Iterable[Fact]) -> tuple[Crossing, ...]:
    """Every crossing of ``subject`` that nobody has decided, by field; ``facts`` in any order."""
    ordered = causal_order(subject, facts, False).facts
    corrections = [fact for fact in ordered if type(fact.body) in _VALUES and _main(fact) == subject]
    if len({fact.id.journal for fact in corrections}) < 2:
        return ()
    known = _known(ordered, {fact.id for fact in corrections})
    first = next((_BEGINS[type(fact.body)](fact.body) for fact in ordered if type(fact.body) in _BEGINS), {})
    told = _told(corrections, known, first)
    settled = [fact.body for fact in ordered if isinstance(fact.body, ContradictionSettled)]
    fields = sorted({field for one in told for field in one.values})
    found = [crossing for field in fields for crossing in _of_field(subject, field, told)]
    return tuple(one for one in found if not is_settled(one.matter, one.field, one.entries, settled))


def is_settled(
    matter: str, field: str, entries: Sequence[EntryId], settled: Iterable[ContradictionSettled]
) -> bool:
    """True when one decision was taken with all of ``entries`` in view: one more act opens it again."""
    return any(
        (body.matter, body.field) == (matter, field) and set(entries) <= set(body.entries) for body in settled
    )


class _Told(msgspec.Struct, frozen=True):
    """One correction: all its values, the fields its author changed, the corrections he knew."""

    fact: Fact
    matter: str
    values: Values
    changed: frozenset[str]
    known: frozenset[EntryId]


def _main(fact: Fact) -> EntryId:
    return fact.facts.subjects[0]


def _known(ordered: Sequence[Fact], wanted: set[EntryId]) -> dict[EntryId, frozenset[EntryId]]:
    """Of each fact, the ``wanted`` ones that its author held when he wrote it."""
    known: dict[EntryId, frozenset[EntryId]] = {}
    previous: dict[int, EntryId] = {}
    for fact in ordered:
        before = {parent for parent in fact.facts.after if parent in known}
        if fact.id.journal in previous:
            before.add(previous[fact.id.journal])
        previous[fact.id.journal] = fact.id
        known[fact.id] = frozenset().union(*(known[one] for one in before), before & wanted)
    return known


def _told(
    corrections: Sequence[Fact], known: Mapping[EntryId, frozenset[EntryId]], first: Values
) -> list[_Told]:
    """What each correction says, and which fields differ from what its author had before him."""
    told: list[_Told] = []
    for fact in corrections:
        matter, values = _VALUES[type(fact.body)](fact.body)
        seen: dict[str, Any] = dict(first)
        for earlier in told:  # in order: a later one that he knew replaces an earlier one
            if earlier.fact.id in known[fact.id]:
                seen.update(earlier.values)
        changed = frozenset(field for field, value in values.items() if seen.get(field) != value)
        told.append(_Told(fact, matter, values, changed, known[fact.id]))
    return told


def _of_field(subject: EntryId, field: str, told: Sequence[_Told]) -> list[Crossing]:
    """Corrections of ``field`` that contradict one another, in groups that touch."""
    said = [one for one in told if field in one.values]
    last = [one for one in said if not _replaced(one, field, said)]
    groups: list[set[EntryId]] = []
    for one, other in combinations(last, 2):
        if not _contradict(one, other, field):
            continue
        pair = {one.fact.id, other.fact.id}
        touched = [group for group in groups if group & pair]
        groups = [group for group in groups if group not in touched] + [pair.union(*touched)]
    return [
        _crossing(subject, field, [one for one in said if one.fact.id in group], said) for group in groups
    ]


def _contradict(one: _Told, other: _Told, field: str) -> bool:
    apart = one.fact.id not in other.known and other.fact.id not in one.known
    return (
        apart
        and one.values[field] != other.values[field]
        and (field in one.changed or field in other.changed)
    )


def _replaced(one: _Told, field: str, said: Sequence[_Told]) -> bool:
    """Somebody who held ``one`` corrected this very field again: his word stands in its place.

    If he held the other side too he has decided, else he is a side himself.
    """
    return any(one.fact.id in later.known and field in later.changed for later in said)


def _crossing(subject: EntryId, field: str, members: Sequence[_Told], said: Sequence[_Told]) -> Crossing:
    sides = tuple(
        Side(one.fact.id, one.fact.at, one.fact.facts.actor, one.values[field], field in one.changed)
        for one in members
    )
    # A later correction of another field may have carried either value on.
    holds = [side for side in sides if side.value == said[-1].values[field]] or sides
    changing = [side for side in sides if side.changed]
    proposed = changing[0] if len(changing) == 1 else sides[-1]
    return Crossing(subject, members[0].matter, field, sides, holds[-1].entry, proposed.entry)


def _record(body: msgspec.Struct) -> dict[str, Any]:
    values = {name: getattr(body, name) for name in body.__struct_fields__}
    return {name: value for name, value in values.items() if name not in NOT_COMPARED}


def _line(body: LineCorrected) -> tuple[str, Values]:
    return LINE, {f"column.{body.column}": body.now}


_VALUES: dict[type, Callable[[Any], tuple[str, Values]]] = {
    PartyCorrected: lambda body: (PARTY, {**_record(body.party), COMPANIONS: body.companions}),
    RequesterCorrected: lambda body: (REQUESTER, _record(body.requester)),
    LineCorrected: _line,
}
_BEGINS: dict[type, Callable[[Any], Values]] = {
    DossierSubmitted: lambda body: {**_record(body.party), COMPANIONS: body.companions},
    OnlineDossierArrived: lambda body: {**_record(body.party), COMPANIONS: body.companions},
    CopiesRequested: lambda body: _record(body.requester),
}
