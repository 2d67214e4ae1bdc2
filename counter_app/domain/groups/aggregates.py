"""How a group changes with each entry about it."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from counter_app.domain.folding.aggregate import Aggregate, Conflict
from counter_app.domain.folding.fact import Fact
from counter_app.domain.groups.entries import GroupEnded, GroupTaken, MemberTaken
from counter_app.domain.groups.state import GroupState, with_line
from counter_app.domain.money.payments import MONEY_BODIES, payments_after

LINE_TWICE = "group.line_twice"


def start(fact: Fact) -> GroupState:
    """A group as it begins: nobody is written yet."""
    body: GroupTaken = fact.body
    return GroupState(
        id=fact.id, code=body.code, daily=body.daily, day=body.day, taken_at=fact.at,
        taken_by=fact.facts.actor, name=body.name, bearer=body.bearer, bearer_id=body.bearer_id,
        phone=body.phone, papers=body.papers, planned=body.planned, pay=body.pay, receipt=body.receipt,
        slip=body.slip, list_digest=body.list_digest,
    )  # fmt: skip


def evolve(state: GroupState, fact: Fact) -> GroupState | Conflict:
    """``state`` after one entry; a line of the list that comes a second time is kept and reported."""
    if isinstance(fact.body, MONEY_BODIES):
        return replace(state, payments=payments_after(state.payments, fact))
    if isinstance(fact.body, MemberTaken):
        return _joined(state, fact.body)
    if isinstance(fact.body, GroupEnded):
        return replace(state, ended_at=fact.at, ground=fact.body.ground)
    return state


def _joined(state: GroupState, body: MemberTaken) -> GroupState | Conflict:
    if state.has(body.line):
        return Conflict(LINE_TWICE)
    return replace(
        state, seen=with_line(state.seen, body.line), taken=state.taken + 1,
        originals=state.originals + body.originals, copies=state.copies + body.copies,
        amount=state.amount + body.amount,
    )  # fmt: skip


AGGREGATES: tuple[Aggregate[Any], ...] = (Aggregate("group", GroupState, start, evolve),)
