"""Whose clock is believed: batteries run flat, servers come up in 2009, a laptop rests in a cupboard."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.clock_trust import DAY_MS, FLOOR, era, follows, is_possible
from counter_app.domain.dates import vn_instant


def at(day: str) -> int:
    return vn_instant(datetime.fromisoformat(f"{day} 09:00"))


TODAY = "2026-11-22"


@pytest.mark.parametrize(
    ("province", "now", "own", "others", "believed"),
    [
        (TODAY, TODAY, TODAY, [TODAY, TODAY], True),
        ("2026-11-23", TODAY, TODAY, [TODAY], True),  # a day apart: no question worth a person
        (TODAY, "2009-01-01", "2026-11-21", ["2026-11-20"], True),  # the PC's battery is flat
        (TODAY, "2009-01-01", "2009-01-01", [], True),  # and was when it was enrolled
        (TODAY, "2099-01-01", "2099-01-01", ["2026-11-20", "2026-03-01"], True),  # the PC alone is wild
        (TODAY, "2026-08-01", "2026-05-01", ["2026-05-01"], True),  # it rested, and its clock with it
        ("2009-01-01", TODAY, TODAY, [TODAY, TODAY], False),  # the server's battery is flat
        ("2099-01-01", TODAY, TODAY, [TODAY, TODAY], False),
        ("2099-01-01", TODAY, TODAY, [], False),
        ("2027-06-01", TODAY, TODAY, ["2026-03-01"], False),  # either can be: a person is asked
        (TODAY, "2026-08-20", "2026-08-19", ["2026-08-19"], False),  # a clock that stood still: asked too
        ("2099-01-01", "2009-01-01", TODAY, [TODAY], False),  # both are wrong
    ],
)
def test_whose_clock_is_believed(
    province: str, now: str, own: str, others: list[str], believed: bool
) -> None:
    written = [at(own), *map(at, others)]
    assert follows(at(province), at(now), at(own), era(written)) is believed


def test_one_wild_journal_of_three_does_not_move_the_era() -> None:
    assert era([at("2099-01-01"), at(TODAY), at("2026-11-01")]) == at(TODAY)
    assert era([at("2099-01-01"), at(TODAY)]) == at(TODAY)
    assert era([]) == 0


@given(st.integers(-60_000, 60_000), st.integers(0, 400), st.integers(-60_000, 60_000))
def test_a_province_out_of_the_era_never_takes_a_right_clock_along(
    wild: int, rested: int, own_late: int
) -> None:
    now = FLOOR + 200 * DAY_MS
    province = now + wild * DAY_MS
    seen = now - min(rested, 45) * DAY_MS
    believed = follows(province, now, seen, seen)
    assert believed is (abs(wild) <= 1)
    assert is_possible(now, seen)
    assert follows(now, now + own_late * DAY_MS, seen, seen) is (
        abs(own_late) <= 1 or not is_possible(now + own_late * DAY_MS, seen, 45 * DAY_MS)
    )
