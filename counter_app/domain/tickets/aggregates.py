"""How tickets and requests are folded: whatever arrives first, the same state comes out."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from counter_app.domain.folding.aggregate import Aggregate
from counter_app.domain.folding.fact import Fact
from counter_app.domain.tickets import entries as kinds
from counter_app.domain.tickets.state import (
    ANSWERED,
    CLOSED,
    MOST_ANSWERS,
    OPEN,
    AfarState,
    StandingState,
    TicketState,
)
from sync.protocol.naming.ids import device_of, is_province


def start_ticket(fact: Fact) -> TicketState:
    """Somebody at a counter needs help."""
    body: kinds.TicketOpened = fact.body
    return TicketState(
        fact.id, body.screen, body.words, body.standing, body.bundle, fact.at, fact.facts.actor,
        changed_at=fact.at,
    )  # fmt: skip


def evolve_ticket(state: TicketState, fact: Fact) -> TicketState:
    """The province alone answers; once closed it stays closed, later words are still heard."""
    if not isinstance(fact.body, kinds.TicketAnswered) or not is_province(fact.id.journal):
        return state
    closed = fact.body.closes or state.status == CLOSED
    answers = state.answers
    if fact.body.words:
        answers = (*answers, (fact.at, fact.body.words))[-MOST_ANSWERS:]
    # From the first answer on by the province's clock: a counter's may have stood in 2099 when it asked.
    changed = fact.at if state.status == OPEN else max(state.changed_at, fact.at)
    return replace(state, status=CLOSED if closed else ANSWERED, answers=answers, changed_at=changed)


def start_request(fact: Fact) -> AfarState:
    """The province asks one PC."""
    body: kinds.AskedFromAfar = fact.body
    return AfarState(fact.id, body.device, body.wish, body.words, fact.at, body.until)


def evolve_request(state: AfarState, fact: Fact) -> AfarState:
    """The PC that was asked answers, in any life of it; another's and a second answer change nothing."""
    body = fact.body
    if not isinstance(body, kinds.AnsweredFromAfar) or not state.is_open:
        return state
    if is_province(fact.id.journal) or device_of(fact.id.journal) != state.device:
        return state
    outcome = body.outcome if body.outcome in kinds.OUTCOMES else kinds.FAILED
    return replace(
        state, status=outcome, code=body.code, items=body.items, standing=body.standing, bundle=body.bundle,
        answered_at=fact.at,
    )  # fmt: skip


def start_standing(fact: Fact) -> StandingState:
    """A PC says how it stands."""
    body: kinds.StandingSaid = fact.body
    return StandingState(fact.id, body.standing, fact.at)


def evolve_standing(state: StandingState, fact: Fact) -> StandingState:
    """Never changed: the PC's next entry replaces it."""
    return state


AGGREGATES: tuple[Aggregate[Any], ...] = (
    Aggregate("ticket", TicketState, start_ticket, evolve_ticket),
    Aggregate("afar", AfarState, start_request, evolve_request),
    Aggregate("standing", StandingState, start_standing, evolve_standing),
)
