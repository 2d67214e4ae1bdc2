"""Days a PC has lived through: a wild clock closes no account, rest and holidays are counted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.organisation.idleness import (
    DAY_MS,
    IDLE_DAYS,
    STEP_DAYS,
    Lived,
    closed_accounts,
    idle_days,
    lived,
)
from sync.protocol.naming.ids import EntryId

START = 1_795_134_600_000
HEAD, DEPUTY, CLERK = (EntryId(257, place) for place in (1, 2, 3))
YEAR_2099 = START + 73 * 365 * DAY_MS


def days(*shown: float, proved: int = 0) -> float:
    """How many days a PC believes to have lived through when its clock showed these days after START."""
    seen: Lived | None = None
    for day in shown:
        seen = lived(seen, START + round(day * DAY_MS), proved)
    assert seen is not None
    return (seen.at - START) / DAY_MS


@pytest.mark.parametrize(
    ("shown", "believed"),
    [
        ((0, 1, 2, 3, 6, 7), 7),  # a week with its end
        ((0, 16, 17), 17),  # the holidays of the new year
        ((0, 3, 1, 4), 4),  # a clock that went back takes nothing away and adds nothing
        ((0, 3, 1), 3),
        ((0, 26_645), 1),  # 2099: one day
        ((0, 26_645, 26_645.1, 26_645.2), 1),  # however often somebody signs in on it
        ((0, 26_645, 26_646, 26_647), 3),  # a clock that stays there goes on day by day
        ((0, 26_645, 1), 1),  # and nothing is left of it when it is mended
    ],
)
def test_days_are_lived_through_not_shown(shown: tuple[float, ...], believed: float) -> None:
    assert days(*shown) == pytest.approx(believed)


def test_a_proof_carries_over_a_long_rest_and_puts_a_wild_past_right() -> None:
    rested = START + 90 * DAY_MS
    assert lived(Lived(START, START), rested).at == START + DAY_MS
    assert lived(Lived(START, START), rested, proved=rested - DAY_MS).at == rested
    wild = Lived(START + 60 * DAY_MS, YEAR_2099)
    assert lived(wild, START + DAY_MS, proved=START).at == START + DAY_MS
    assert lived(None, START, proved=START - 30 * DAY_MS).at == START - 29 * DAY_MS


def test_a_province_in_2099_closes_nobody_where_the_pcs_clock_does_not_agree() -> None:
    assert days(0, 1, 2, 3, proved=YEAR_2099) == 3
    assert lived(None, START, proved=YEAR_2099).at == START
    assert lived(Lived(START, START), START + DAY_MS, YEAR_2099) == Lived(START + DAY_MS, START + DAY_MS)
    # a flat battery: the PC shows 2009, the province's day goes on and is believed step by step
    flat = START - 17 * 365 * DAY_MS
    assert lived(Lived(START, START), flat, proved=START + 5 * DAY_MS).at == START + 5 * DAY_MS


@given(st.lists(st.integers(-40_000, 40_000), min_size=1, max_size=30), st.integers(0, 400))
def test_nothing_ever_makes_a_pc_believe_more_days_than_the_clock_or_its_steps_allow(
    jumps: list[int], proof: int
) -> None:
    proved = START + proof * DAY_MS
    seen = Lived(START, START)
    for jump in jumps:
        clock = max(0, START + jump * DAY_MS)
        after = lived(seen, clock, proved)
        assert after.at <= max(seen.at, proved) + STEP_DAYS * DAY_MS
        assert after.at <= max(seen.at, clock) + STEP_DAYS * DAY_MS
        assert after.at >= min(seen.at, clock) or abs(clock - proved) <= STEP_DAYS * DAY_MS
        seen = after


def test_the_forty_fifth_day_closes_and_the_forty_fourth_does_not() -> None:
    at = START + IDLE_DAYS * DAY_MS
    used = {HEAD: at, CLERK: START}
    assert closed_accounts(used, [HEAD], at - 1) == frozenset()
    assert closed_accounts(used, [HEAD], at) == {CLERK}
    assert (idle_days(START, at), idle_days(at, START)) == (IDLE_DAYS, 0)


def test_the_supervisor_who_was_here_last_is_never_closed() -> None:
    used = {HEAD: START + DAY_MS, DEPUTY: START, CLERK: START + 2 * DAY_MS}
    late = START + 400 * DAY_MS
    assert closed_accounts(used, [HEAD, DEPUTY], late) == {DEPUTY, CLERK}
    assert closed_accounts(used, [DEPUTY], late) == {HEAD, CLERK}
    assert closed_accounts({HEAD: START, DEPUTY: START}, [HEAD, DEPUTY], late) == frozenset()
    assert closed_accounts({**used, HEAD: late}, [HEAD, DEPUTY], late) == {DEPUTY, CLERK}


def test_somebody_without_an_account_here_holds_nobody_elses_place() -> None:
    assert closed_accounts({DEPUTY: START}, [HEAD, DEPUTY], START + 60 * DAY_MS) == frozenset()
