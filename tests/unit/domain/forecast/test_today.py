"""The rest of a day and the hours of signers."""

from __future__ import annotations

import pytest

from counter_app.domain.forecast.today import (
    SigningPace,
    Work,
    expected_by,
    mean_work,
    part_of_day,
    signer_hours,
)

HOURS = ((450, 690), (810, 1020))
"""07:30-11:30 and 13:30-17:00."""


@pytest.mark.parametrize(
    ("minute", "part"),
    [(0, 0.0), (450, 0.0), (570, 120 / 450), (690, 240 / 450), (750, 240 / 450), (1020, 1.0)],
)
def test_the_part_of_the_day_stands_still_at_noon(minute: int, part: float) -> None:
    assert part_of_day(HOURS, minute) == pytest.approx(part)


def test_a_day_off_is_over() -> None:
    assert part_of_day((), 600) == 1.0


def test_in_the_morning_the_day_is_as_expected() -> None:
    assert expected_by(100, 0, 0.0, 1.0) == pytest.approx(100)
    assert expected_by(100, 0, 0.0, 0.5) == pytest.approx(50)


def test_a_day_on_its_course_stays_there() -> None:
    assert expected_by(100, 50, 0.5, 1.0) == pytest.approx(100)


def test_a_busy_morning_raises_the_rest_and_a_quiet_one_lowers_it() -> None:
    busy, quiet = expected_by(100, 80, 0.5, 1.0), expected_by(100, 20, 0.5, 1.0)
    assert 130 < busy < 160, "not wholly as fast as the morning"
    assert 20 < quiet < 60
    assert expected_by(100, 0, 0.5, 1.0) > 0, "nobody yet is no proof that nobody comes"


def test_the_past_is_what_came() -> None:
    assert expected_by(100, 37, 1.0, 1.0) == 37
    assert expected_by(100, 37, 0.9, 0.8) == 37


def test_hours_are_originals_copies_and_lots() -> None:
    pace = SigningPace(look=30, sign=10, lot=100, lot_size=10)
    assert signer_hours(Work(100, 120, 300), pace) == pytest.approx((120 * 30 + 300 * 10 + 10 * 100) / 3600)
    assert signer_hours(Work(), pace) == 0.0


def test_the_mean_request_is_guessed_until_some_are_known() -> None:
    assert mean_work(0, 0, 0) == Work(1.0, 1.0, 2.0)
    assert mean_work(10, 15, 40) == Work(1.0, 1.5, 4.0)
