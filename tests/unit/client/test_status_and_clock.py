"""Counts that always add up, and clocks that are written about only when they changed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.client.clock import ClockWatch, best_of, clock_draft
from sync.client.engine import DONE, Outcome
from sync.client.pacing import Pace
from sync.client.status import acknowledged, estimate, sync_status
from sync.protocol.carrying.vector import SignedVector, Vector, sign_vector
from sync.protocol.journals.codec import decode_body
from sync.protocol.journals.system_kinds import ClockSeen
from sync.protocol.naming.ids import EntryId, journal_of, unit_journal
from tests.unit.client.peers import AT, HUB_KEY, UNIT

OWN, OTHER, PROVINCE = journal_of(1, 1), journal_of(2, 1), unit_journal(UNIT)
POSITIONS = st.dictionaries(st.sampled_from((OWN, OTHER, PROVINCE)), st.integers(1, 500))


def vector(positions: dict[int, int]) -> Vector:
    return Vector(positions, bytes(8))


def word(received: dict[int, int], backed_up: dict[int, int] | None = None) -> SignedVector:
    return sign_vector(HUB_KEY, UNIT, AT, 1, vector(received), vector(backed_up or {}))


def test_before_the_first_word_everything_waits() -> None:
    status = sync_status(vector({OWN: 5, OTHER: 3, PROVINCE: 9}), OWN, None)
    assert status == (8, 0, 8, 0, 5, 0)


def test_the_province_s_own_entries_are_not_ours_to_send() -> None:
    assert sync_status(vector({PROVINCE: 9}), OWN, None).saved == 0


def test_received_and_backed_up_are_two_marks() -> None:
    status = sync_status(vector({OWN: 10, OTHER: 4}), OWN, word({OWN: 7, OTHER: 4}, {OWN: 5}))
    assert status == (14, 11, 3, 5, 3, AT)


@given(held=POSITIONS, received=POSITIONS, backed_up=POSITIONS)
def test_saved_is_received_and_waiting_whatever_the_hub_says(
    held: dict[int, int], received: dict[int, int], backed_up: dict[int, int]
) -> None:
    status = sync_status(vector(held), OWN, word(received, backed_up))
    assert status.saved == status.received + status.waiting
    assert 0 <= status.backed_up <= status.received
    assert 0 <= status.own_waiting <= status.waiting


def test_an_entry_is_acknowledged_by_the_word_alone() -> None:
    assert not acknowledged(OWN, 1, None)
    assert acknowledged(OWN, 7, word({OWN: 7}))
    assert not acknowledged(OWN, 8, word({OWN: 7}))


def test_an_estimate_needs_a_measured_speed() -> None:
    pace = Pace()
    assert estimate(pace, 50_000) == (0, 0)
    pace.succeeded(10_000, 1_000)
    assert estimate(pace, 50_000) == (10_000, 5)


def outcome(offset: int, error: int = 300) -> Outcome:
    return Outcome(DONE, offset_ms=offset, error_ms=error)


@pytest.mark.parametrize(
    ("written", "offset", "worth"),
    [
        (None, 30_000, False),
        (None, 30_301, True),
        (None, -86_400_000, True),
        (60_000, 89_000, False),
        (60_000, 0, True),
        (-40_000, -40_100, False),
    ],
)
def test_only_a_change_beyond_doubt_is_written(written: int | None, offset: int, worth: bool) -> None:
    assert (ClockWatch(written).seen(outcome(offset)) is not None) is worth


def test_a_change_is_written_once() -> None:
    watch = ClockWatch()
    assert watch.seen(outcome(120_000)) == ClockSeen(120_000, 300)
    assert watch.seen(outcome(121_000)) is None
    assert watch.seen(outcome(0)) == ClockSeen(0, 300)


def test_a_slow_answer_proves_little() -> None:
    assert ClockWatch().seen(outcome(35_000, 6_000)) is None


def test_a_failed_exchange_says_nothing_about_the_clock() -> None:
    assert ClockWatch(90_000).seen(Outcome("timed-out", took_ms=10_000)) is None
    assert best_of([Outcome("no-line")]) is None


def test_the_quickest_answer_is_the_surest() -> None:
    assert best_of([outcome(1, 900), outcome(2, 200), Outcome("cut-off")]) == outcome(2, 200)


def test_the_entry_is_about_our_own_journal_and_reads_back() -> None:
    draft = clock_draft(OWN, ClockSeen(-42_000, 350))
    assert draft.subjects == (EntryId(OWN, 1),)
    assert decode_body(ClockSeen, draft.body) == ClockSeen(-42_000, 350)


@pytest.mark.parametrize("offset", [2**62, -(2**62)])
def test_an_absurd_clock_still_fits_into_an_entry(offset: int) -> None:
    seen = ClockWatch().seen(outcome(offset))
    assert seen is not None
    clock_draft(OWN, seen)
    assert abs(seen.offset) == 2**53
