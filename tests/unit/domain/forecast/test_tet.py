"""Tết against the calendar: its day, its weeks, its counterpart; the forecast keeps them apart."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from benchmarks.bench_season import errors
from benchmarks.season_arrivals import NEW_MOON, arrivals
from counter_app.domain.forecast import arrivals as forecast
from counter_app.domain.forecast import tet
from counter_app.domain.forecast.arrivals import last_year, same_week_last_year
from counter_app.services.rules import shipped_rules

CALENDAR = shipped_rules().calendar


def counts(first: date, last: date, count: float) -> dict[date, float]:
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return {day: count for day in days if CALENDAR.is_working_day(day)}


def test_the_calendar_names_the_first_day_of_tet() -> None:
    assert tuple(tet.first_of_tet(year, CALENDAR) for year in (2025, 2026, 2027)) == NEW_MOON
    assert tet.first_of_tet(2040, CALENDAR) is None


@pytest.mark.parametrize(
    ("day", "distance"),
    [
        (date(2026, 1, 19), None),
        (date(2026, 1, 20), -28),
        (date(2026, 2, 17), 0),
        (date(2026, 3, 13), 24),
        (date(2026, 3, 14), None),
        (date(2026, 9, 1), None),
        (date(2040, 2, 1), None),
    ],
)
def test_only_the_weeks_around_it_follow_tet(day: date, distance: int | None) -> None:
    assert tet.away(day, CALENDAR) == distance


def test_the_counterpart_is_as_far_from_last_years_tet() -> None:
    assert tet.counterpart(date(2026, 2, 10), CALENDAR) == date(2025, 1, 22)
    assert tet.counterpart(date(2027, 2, 13), CALENDAR) == date(2026, 2, 24)
    assert tet.counterpart(date(2026, 6, 1), CALENDAR) is None
    assert tet.counterpart(date(2025, 1, 22), CALENDAR) is None, "nobody listed the Tết of 2024"


def rush_of_2025() -> dict[date, float]:
    """40 on every day, 90 in the two weeks before Tết 2025 (29 January)."""
    return {
        **counts(date(2025, 1, 2), date(2025, 12, 31), 40.0),
        **counts(date(2025, 1, 13), date(2025, 1, 24), 90.0),
    }


def test_the_rush_of_last_year_is_expected_before_this_years_tet() -> None:
    before_tet = date(2026, 2, 5)
    assert (last_year(before_tet, rush_of_2025(), CALENDAR) or 0) > 75
    assert same_week_last_year(before_tet, rush_of_2025(), CALENDAR) < 45


def test_the_rush_of_last_year_says_nothing_of_other_weeks() -> None:
    """Mid-January 2026 is no rush: its Tết is in February."""
    ordinary = date(2026, 1, 15)
    assert last_year(ordinary, rush_of_2025(), CALENDAR) == pytest.approx(40.0, abs=2.0)
    assert same_week_last_year(ordinary, rush_of_2025(), CALENDAR) > 60


def test_where_only_days_of_tet_are_known_they_are_better_than_nothing() -> None:
    few = counts(date(2025, 1, 13), date(2025, 1, 24), 90.0)
    assert last_year(date(2026, 1, 15), few, CALENDAR) is not None
    assert last_year(date(2026, 6, 15), few, CALENDAR) is None


SEEDS = range(1, 4)


def around_tet(weeks: range) -> tuple[float, float]:
    """Error of a week, ours and the rule of thumb's, over three generated communes."""
    found = [errors(arrivals(seed, CALENDAR), CALENDAR, weeks) for seed in SEEDS]
    return sum(one.week for one in found) / len(found), sum(one.week_thumb for one in found) / len(found)


@pytest.mark.parametrize("weeks", [range(6), range(46, 58)], ids=["tet 2026", "over the year and tet 2027"])
def test_the_rule_of_thumb_is_beaten_around_tet_and_over_the_year(weeks: range) -> None:
    ours, thumb = around_tet(weeks)
    assert ours < 0.8 * thumb


def test_without_tet_the_advantage_around_it_is_much_smaller(monkeypatch: pytest.MonkeyPatch) -> None:
    """Planted: the forecast does not know of Tết."""
    ours, _ = around_tet(range(6))
    monkeypatch.setattr(forecast, "counterpart", lambda *_: None)
    monkeypatch.setattr(forecast, "away", lambda *_: None)
    blind, _ = around_tet(range(6))
    assert ours < 0.75 * blind
