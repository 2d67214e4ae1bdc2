"""Reading: groups of requests that came in one go, and who belongs to which."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Index, Table

from counter_app.domain.certification.state import RequestState
from counter_app.domain.folding.aggregate import Folded
from counter_app.domain.groups.state import GroupState
from counter_app.storage.readings.reading import READ, Filled, Reading, key, key_of, link, text, whole
from counter_app.storage.statements import Row

request_groups = Table(
    "request_groups",
    READ,
    key(),
    text("code"),
    whole("daily"),
    whole("day"),
    whole("journal"),
    whole("taken_at"),
    link("taken_by"),
    text("name"),
    text("bearer"),
    text("phone"),
    text("papers"),
    whole("planned"),
    whole("taken"),
    whole("originals"),
    whole("copies"),
    whole("amount"),
    whole("to_pay"),
    text("receipt"),
    whole("ended_at"),
    text("ground"),
)
"""One row a group; money in dong, ``ended_at`` 0 while it is being written."""

Index("ix_request_groups_code", request_groups.c.code)
Index("ix_request_groups_day", request_groups.c.day, request_groups.c.journal)

group_members = Table(
    "group_members", READ, key(), whole("group_id"), whole("line"), text("label"), text("name"), text("stage")
)
"""One row a request of a group; ``line`` from 0, as on the list."""

Index("ix_group_members_group", group_members.c.group_id, group_members.c.line)


def _group_rows(folded: Folded) -> Sequence[Iterable[Row]]:
    state: GroupState = folded.state
    row = (
        state.id.key, state.code, state.daily, state.day, state.id.journal, state.taken_at,
        key_of(state.taken_by), state.name, state.bearer, state.phone, state.papers, state.planned,
        state.taken, state.originals, state.copies, state.amount, state.to_pay, state.receipt,
        state.ended_at, state.ground,
    )  # fmt: skip
    return ((row,),)


def _member_rows(folded: Folded) -> Sequence[Iterable[Row]]:
    state: RequestState = folded.state
    if state.group is None:
        return ((),)
    who = state.requester.name
    return (((state.id.key, state.group.key, state.group_line, state.group_label, who, state.stage),),)


READINGS = (
    Reading("request_groups", 1, ("group",), (Filled(request_groups),), _group_rows),
    Reading("group_members", 1, ("request",), (Filled(group_members),), _member_rows),
)
