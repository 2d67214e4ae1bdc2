"""Acts near their end: how long they hold, whether another follows, the term of the next."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from counter_app.domain.organisation.ending import Term, days_left, ends_soon, followed, next_term
from counter_app.domain.organisation.entries import AUTHORISED
from counter_app.domain.organisation.state import DelegationState
from sync.protocol.naming.ids import EntryId

ACT = DelegationState(
    EntryId(257, 7), EntryId(257, 3), "12/QĐ-UBND", 20260105, AUTHORISED, "TUQ.", ("copy",), 20260110,
    20261231, "Công chức tư pháp - hộ tịch",
)  # fmt: skip


def _with(**changes: Any) -> DelegationState:
    return msgspec.structs.replace(
        ACT, **{"id": EntryId(257, 8), "valid_from": 20270101, "valid_to": 0, **changes}
    )


@pytest.mark.parametrize(
    ("day", "left", "soon"),
    [(20261223, 8, False), (20261224, 7, True), (20261231, 0, True), (20270101, None, False),
     (20260109, None, False)],
)  # fmt: skip
def test_the_warning_begins_seven_days_before_the_last_day(day: int, left: int | None, soon: bool) -> None:
    assert days_left(ACT, day) == left
    assert ends_soon(ACT, day) is soon


def test_an_act_without_end_or_ended_early_counts_to_its_own_last_day() -> None:
    endless = msgspec.structs.replace(ACT, valid_to=0)
    assert days_left(endless, 20261231) is None
    assert not followed(endless, [_with()])
    ended = msgspec.structs.replace(ACT, ended_on=20261120)
    assert days_left(ended, 20261118) == 1


@pytest.mark.parametrize(
    ("changes", "follows"),
    [
        ({}, True),
        ({"valid_from": 20261201}, True),
        ({"valid_from": 20270102}, False),
        ({"scope": ("copy", "signature")}, True),
        ({"scope": ("signature",)}, False),
        ({"official": EntryId(257, 4)}, False),
        ({"ended_on": 20270101}, False),
        ({"valid_to": 20261231}, False),
    ],
)
def test_it_is_followed_when_the_same_person_may_sign_all_of_it_the_day_after(
    changes: dict[str, Any], follows: bool
) -> None:
    assert followed(ACT, [ACT, _with(**changes)]) is follows


@pytest.mark.parametrize(
    ("act", "today", "term"),
    [
        (ACT, 20261205, Term(20270101, 20271231)),
        (ACT, 20270310, Term(20270310, 20271231)),
        (msgspec.structs.replace(ACT, valid_to=20260630), 20260625, Term(20260701, 20261231)),
        (msgspec.structs.replace(ACT, valid_to=0), 20260625, Term(20260625, 20261231)),
    ],
)
def test_the_next_act_begins_where_the_old_one_ends_never_in_the_past(
    act: DelegationState, today: int, term: Term
) -> None:
    assert next_term(act, today) == term
