"""How a look-up is folded: whatever arrives first, the same state comes out.

A withdrawal counts however it stands to the answer. Of the answers, which only the province gives, a final
one counts over ``unreachable``, what a system said over ``refused`` and ``expired``; an equal one changes
nothing.
"""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from counter_app.domain.folding.aggregate import Aggregate
from counter_app.domain.folding.fact import Fact
from counter_app.domain.lookups import entries as kinds
from counter_app.domain.lookups.state import WITHDRAWN, LookupState, StandingState
from sync.protocol.naming.ids import is_province

_SAID = frozenset({kinds.SAME, kinds.DIFFERENT, kinds.NO_PERSON})
"""Outcomes that a system gave; of the others the province alone is the source."""
_WEIGHT = {kinds.UNREACHABLE: 1, kinds.REFUSED: 2, kinds.EXPIRED: 2, **dict.fromkeys(_SAID, 3)}


def start_lookup(fact: Fact) -> LookupState:
    """A counter asks."""
    body: kinds.LookupAsked = fact.body
    others = tuple(subject for subject in fact.facts.subjects if subject != fact.id)
    return LookupState(
        fact.id, body.system, body.row, body.procedure, body.ground, body.id_number, body.fields, body.right,
        fact.at, fact.facts.actor, body.until, others[0] if others else None,
    )  # fmt: skip


def evolve_lookup(state: LookupState, fact: Fact) -> LookupState:
    """The province answers, or the counter calls the question back."""
    match fact.body:
        case kinds.LookupWithdrawn():
            return replace(
                state, status=WITHDRAWN, answers=(), reference="", code="", contradicted=False, since=0,
                answered_at=0, expires=0,
            )  # fmt: skip
        case kinds.LookupAnswered() as body if is_province(fact.id.journal):
            return _answered(state, body, fact.at)
        case _:
            return state


def _answered(state: LookupState, body: kinds.LookupAnswered, at: int) -> LookupState:
    if state.status == WITHDRAWN or body.outcome not in _WEIGHT:
        return state
    held, new = _WEIGHT.get(state.status, 0), _WEIGHT[body.outcome]
    if held == new == 3:
        differs = (state.status, state.answers) != (body.outcome, body.fields)
        return replace(state, contradicted=state.contradicted or differs)
    if new < held or (new == held and new > 1):
        return state
    return replace(
        state, status=body.outcome, answers=body.fields, answered_at=at, since=body.since,
        expires=body.expires, reference=body.reference, code=body.code,
    )  # fmt: skip


def start_standing(fact: Fact) -> StandingState:
    """The province says how a system answers."""
    body: kinds.SystemStandingSaid = fact.body
    return StandingState(fact.id, body.system, body.standing, body.since)


def evolve_standing(state: StandingState, fact: Fact) -> StandingState:
    """Never changed: the next entry of the system replaces it."""
    return state


AGGREGATES: tuple[Aggregate[Any], ...] = (
    Aggregate("lookup", LookupState, start_lookup, evolve_lookup),
    Aggregate("lookup_system", StandingState, start_standing, evolve_standing),
)
