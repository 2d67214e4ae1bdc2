"""How a person's record changes; the aggregate as the fold's registry takes it.

Joins tell which record stands for both. They never rewrite a request, which keeps the particulars that
were given at its intake.
"""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from counter_app.domain.folding.aggregate import Aggregate, Conflict, Settled
from counter_app.domain.folding.fact import Fact
from counter_app.domain.people.entries import PersonChanged, PersonRecorded, PersonsJoined, PersonsParted
from counter_app.domain.people.state import PersonState

JOINED_ELSEWHERE = "person.joined_elsewhere"

Outcome = PersonState | Conflict | Settled


def start(fact: Fact) -> PersonState:
    """A person as first recorded."""
    body: PersonRecorded = fact.body
    return PersonState(
        id=fact.id,
        name=body.name,
        id_kind=body.id_kind,
        id_number=body.id_number,
        old_id_number=body.old_id_number,
        birth=body.birth,
        sex=body.sex,
        address=body.address,
        card_issued=body.card_issued,
        phone=body.phone,
        source=body.source,
        recorded_at=fact.at,
    )


def evolve(state: PersonState, fact: Fact) -> Outcome:
    """``state`` after one entry; what does not concern a person leaves it as it is."""
    match fact.body:
        case PersonChanged() as body:
            return _changed(state, body)
        case PersonsJoined():
            return _joined(state, fact)
        case PersonsParted():
            return _parted(state, fact)
        case _:
            return state


def _changed(state: PersonState, body: PersonChanged) -> PersonState:
    return replace(
        state,
        name=body.name,
        id_kind=body.id_kind,
        id_number=body.id_number,
        old_id_number=body.old_id_number,
        birth=body.birth,
        sex=body.sex,
        address=body.address,
        card_issued=body.card_issued,
        phone=body.phone,
        changes=state.changes + 1,
    )


def _joined(state: PersonState, fact: Fact) -> Outcome:
    """Two clerks who join one record to two others at the same time disagree: the first in order counts."""
    kept, other = fact.facts.subjects[:2]
    if state.id == kept:
        return replace(state, joined_from=tuple(sorted({*state.joined_from, other})))
    if state.joined_to is not None and state.joined_to != kept:
        return Conflict(JOINED_ELSEWHERE)
    return replace(state, joined_to=kept)


def _parted(state: PersonState, fact: Fact) -> Outcome:
    kept, other = fact.facts.subjects[:2]
    if state.id == kept:
        return replace(state, joined_from=tuple(one for one in state.joined_from if one != other))
    return replace(state, joined_to=None) if state.joined_to == kept else state


AGGREGATES: tuple[Aggregate[Any], ...] = (Aggregate("person", PersonState, start, evolve),)
