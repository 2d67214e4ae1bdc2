"""A group's own rules: what begins and ends it, what its state says, bytes that stay as they are."""

from __future__ import annotations

import random

import pytest

from counter_app.domain.certification.entries import OriginalTaken
from counter_app.domain.errors import DomainError
from counter_app.domain.groups import acts
from counter_app.domain.groups.aggregates import LINE_TWICE
from counter_app.domain.groups.entries import GroupEnded, GroupTaken, MemberTaken
from counter_app.domain.groups.state import GroupState, with_line
from counter_app.domain.kinds import BY_NUMBER
from sync.protocol.journals.codec import decode_body, encode_body
from sync.protocol.naming.ids import EntryId, pending

GOLDEN = {
    260: (
        GroupTaken("00000001126112000010", 1, 20261120, "Trường (tập huấn)", "A", "012", "09", "hb 24x1", 3,
                   "now", "one", "each", b"\7" * 32, b"salt"),
        ("9eb4303030303030303131323631313230303030313001ce01352900b85472c6b0e1bb9d6e67202874e1baad70"
         "206875e1baa56e29a141a3303132a23039a76862203234783103a36e6f77a36f6e65a465616368c42007070707"
         "07070707070707070707070707070707070707070707070707070707c40473616c74"),
    ),
    261: (MemberTaken(2, "6A", 2, 3, 30_000), "9502a236410203cd7530"),
    262: (GroupEnded(2, "Dừng"), "9202a644e1bbab6e67"),
}  # fmt: skip


def beginning(**change) -> acts.Beginning:
    """A whole one."""
    given = {
        "code": "00000001126112000018", "daily": 1, "day": 20261120, "name": "Trường (tập huấn)",
        "bearer": "", "bearer_id": "", "phone": "", "papers": "hb 24x1", "planned": 3, "pay": "now",
        "receipt": "one", "slip": "one", "digest": b"\0" * 32, "salt": b"salt",
    }  # fmt: skip
    return acts.Beginning(**{**given, **change})


@pytest.mark.parametrize("number", sorted(GOLDEN))
def test_bytes_of_the_kinds_stay_as_they_were_released(number) -> None:
    body, released = GOLDEN[number]
    assert BY_NUMBER[number].body is type(body)
    assert encode_body(body).hex() == released
    assert decode_body(type(body), encode_body(body)) == body


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"name": "  "}, "group.name"),
        ({"planned": 0}, "group.empty"),
        ({"planned": 501}, "group.size"),
        ({"pay": "later"}, "group.choice"),
        ({"receipt": "none"}, "group.choice"),
        ({"slip": ""}, "group.choice"),
    ],
)
def test_what_no_group_begins_with_is_refused_in_words(change, code) -> None:
    with pytest.raises(DomainError) as caught:
        acts.begin_group(beginning(**change))
    assert caught.value.code == code
    assert caught.value.words("en").title


def test_a_person_joins_with_his_copies_and_money() -> None:
    taken = OriginalTaken("hoc_ba", "Học bạ", "", 24, 2, 52_000, 1, photocopy_pages=48, photocopy_price=500)
    entry = acts.join_group(pending(1), pending(3), 7, " 6A ", (taken,))
    assert entry.subjects == (pending(1), pending(3))
    assert decode_body(MemberTaken, entry.body) == MemberTaken(7, "6A", 1, 2, 76_000)


def test_fewer_than_planned_need_a_ground_and_all_need_none() -> None:
    group = EntryId(257, 9)
    with pytest.raises(DomainError) as caught:
        acts.end_group(group, 40, 25, " ")
    assert caught.value.code == "group.ground"
    assert decode_body(GroupEnded, acts.end_group(group, 40, 25, "Dừng").body) == GroupEnded(25, "Dừng")
    assert decode_body(GroupEnded, acts.end_group(group, 40, 40, "Dừng").body) == GroupEnded(40, "")


def a_state(**change) -> GroupState:
    """A group of 40."""
    return GroupState(
        EntryId(257, 9), "0" * 20, 1, 20261120, 1, None, "Trường", "", "", "", "hb", 40, "now",
        change.pop("receipt", "one"), "one", b"\1" * 32, **change,
    )  # fmt: skip


def test_lines_are_marked_one_by_one_in_any_order() -> None:
    chance = random.Random(5)
    lines = chance.sample(range(500), 120)
    seen = b""
    for line in lines:
        seen = with_line(seen, line)
    state = a_state(seen=seen)
    assert [line for line in range(500) if state.has(line)] == sorted(lines)
    assert len(seen) <= 63


def test_only_a_group_with_one_receipt_owes_as_a_group() -> None:
    assert a_state(amount=90_000).to_pay == 90_000
    assert a_state(amount=90_000, receipt="each").to_pay == 0


def test_an_ended_group_and_another_list_are_not_gone_on_with() -> None:
    with pytest.raises(DomainError) as ended:
        acts.check_open(a_state(ended_at=5))
    with pytest.raises(DomainError) as other:
        acts.check_same_list(a_state(), b"\2" * 32)
    assert (ended.value.code, other.value.code) == ("group.ended", "group.list")
    assert LINE_TWICE == "group.line_twice"
