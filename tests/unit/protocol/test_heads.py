"""Messages about heads: what is written is read, and a stranger's bytes are refused by name."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sync.protocol.meeting.exchange import HeadAt
from sync.protocol.meeting.heads import (
    MAX_PLACES,
    HeadsAnswer,
    HeadsRequest,
    is_about_heads,
    pack_heads_answer,
    pack_heads_request,
    places_between,
    unpack_heads_answer,
    unpack_heads_request,
)
from sync.protocol.meeting.reading_digest import reading_digest
from sync.protocol.naming.ids import MAX_JOURNAL, MAX_SEQ, EntryId
from sync.protocol.refusals import Malformed, NewerFormat, NotAuthentic, NotOurs, Refusal, TooLarge
from tests.unit.protocol.examples import AT, COUNTER, HUB, JOURNAL, UNIT, heads_answer, heads_request

places = st.builds(EntryId, st.integers(1, MAX_JOURNAL), st.integers(1, MAX_SEQ))
heads = st.builds(
    HeadAt, st.integers(1, MAX_JOURNAL), st.integers(1, MAX_SEQ), st.binary(min_size=32, max_size=32)
)
REQUEST = pack_heads_request(heads_request(), COUNTER, HUB.public)
ANSWER = pack_heads_answer(heads_answer(), UNIT, HUB)


@settings(deadline=None)
@given(st.lists(places, max_size=20), st.integers(0, 2**62))
def test_a_request_is_read_as_it_was_written(asked: list[EntryId], at: int) -> None:
    request = HeadsRequest(UNIT, JOURNAL, at, tuple(asked))
    read = unpack_heads_request(pack_heads_request(request, COUNTER, HUB.public))
    assert read.request == request
    read.verify(COUNTER.public, HUB)


@settings(deadline=None)
@given(
    st.lists(heads, max_size=20),
    st.lists(st.tuples(st.text("abc", max_size=9), st.binary(min_size=32, max_size=32)), max_size=5),
)
def test_an_answer_is_read_as_it_was_written(told: list[HeadAt], readings: list[tuple[str, bytes]]) -> None:
    answer = HeadsAnswer(AT, 3, tuple(told), tuple(readings))
    assert unpack_heads_answer(pack_heads_answer(answer, UNIT, HUB), UNIT, HUB.public) == answer


@settings(max_examples=300, deadline=None)
@given(st.integers(0, len(ANSWER) - 1), st.integers(1, 255))
def test_no_bent_answer_is_believed(at: int, by: int) -> None:
    bent = ANSWER[:at] + bytes([ANSWER[at] ^ by]) + ANSWER[at + 1 :]
    try:
        read = unpack_heads_answer(bent, UNIT, HUB.public)
    except Refusal:
        return
    assert read.refused, "only a refusal goes unsigned, and it says nothing"


@settings(max_examples=300, deadline=None)
@given(st.integers(0, len(REQUEST) - 1), st.integers(1, 255))
def test_no_bent_request_is_answered(at: int, by: int) -> None:
    bent = REQUEST[:at] + bytes([REQUEST[at] ^ by]) + REQUEST[at + 1 :]
    with pytest.raises(Refusal):
        unpack_heads_request(bent).verify(COUNTER.public, HUB)


@pytest.mark.parametrize("size", range(len(REQUEST)))
def test_a_request_cut_short_is_refused(size: int) -> None:
    with pytest.raises(Refusal):
        unpack_heads_request(REQUEST[:size])


def test_strangers_bytes_are_refused_by_name() -> None:
    with pytest.raises(NotOurs):
        unpack_heads_answer(b"<html>", UNIT, HUB.public)
    with pytest.raises(NewerFormat):
        unpack_heads_request(b"CCH\x02" + REQUEST[4:])
    with pytest.raises(NewerFormat):
        unpack_heads_answer(ANSWER[:4] + b"\x02" + ANSWER[5:], UNIT, HUB.public)
    with pytest.raises(TooLarge):
        unpack_heads_request(REQUEST + bytes(64 * 1024))
    with pytest.raises(Malformed):
        unpack_heads_answer(ANSWER, UNIT, HUB.public, most=0)
    with pytest.raises(NotAuthentic):
        unpack_heads_answer(ANSWER, "03390", HUB.public)
    assert is_about_heads(REQUEST)
    assert not is_about_heads(b"CCX\x01")


def test_places_of_nothing_and_too_many_are_refused() -> None:
    zero = pack_heads_request(HeadsRequest(UNIT, JOURNAL, AT, (EntryId(1, 0),)), COUNTER, HUB.public)
    with pytest.raises(Malformed):
        unpack_heads_request(zero)
    many = (EntryId(1, 1),) * (MAX_PLACES + 1)
    with pytest.raises(ValueError, match="at most"):
        pack_heads_request(HeadsRequest(UNIT, JOURNAL, AT, many), COUNTER, HUB.public)


@given(st.integers(0, 10**9), st.integers(2, 10**9), st.integers(1, 200))
def test_places_lie_strictly_between_and_halve_at_least(same: int, gap: int, most: int) -> None:
    found = [place.seq for place in places_between(257, same, same + gap, most)]
    assert found == sorted(set(found))
    assert same < found[0]
    assert found[-1] < same + gap
    assert len(found) == min(most, gap - 1)
    steps = [b - a for a, b in zip([same, *found], [*found, same + gap], strict=True)]
    assert max(steps) <= gap // (len(found) + 1) + 1


def test_a_reading_is_its_rows_in_their_order() -> None:
    rows = [(5, 1776, "signed"), (9, 1777, "numbered")]
    assert reading_digest(rows) == reading_digest(iter(map(tuple, rows)))
    others = [rows[::-1], rows[:1], [(5, 1776, "signed"), (9, 1777, "struck")], [(5, 1776), (9, 1777)]]
    assert len({reading_digest(rows), *map(reading_digest, others)}) == 5
