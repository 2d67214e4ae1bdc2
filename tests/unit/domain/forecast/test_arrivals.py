"""Expected arrivals: level, weekday, growth each seen alone; the rule of thumb beaten on held-out weeks."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from benchmarks.bench_season import Errors, errors
from benchmarks.season_arrivals import arrivals
from counter_app.domain.forecast import arrivals as forecast
from counter_app.domain.forecast.arrivals import expected, growth, last_year, same_week_last_year
from counter_app.services.rules import shipped_rules

CALENDAR = shipped_rules().calendar
MONDAY = date(2026, 9, 14)
LAST_YEAR = MONDAY - timedelta(days=364)


def even(first: date, last: date, count: float = 40.0) -> dict[date, float]:
    """The same count on every working day."""
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return {day: count for day in days if CALENDAR.is_working_day(day)}


def two_years(level: float = 40.0, now: float = 40.0) -> dict[date, float]:
    """An even last year, and this year at another level until the Monday."""
    return {
        **even(date(2025, 1, 2), date(2025, 12, 31), level),
        **even(date(2026, 1, 2), MONDAY - timedelta(days=1), now),
    }


def test_an_even_year_expects_the_same_again() -> None:
    assert expected(MONDAY, two_years(), MONDAY, CALENDAR) == pytest.approx(40.0)


def test_a_day_off_expects_nobody() -> None:
    assert expected(date(2026, 9, 13), two_years(), MONDAY, CALENDAR) == 0.0
    assert expected(date(2026, 9, 2), two_years(), date(2026, 8, 30), CALENDAR) == 0.0
    assert same_week_last_year(date(2026, 9, 13), two_years(), CALENDAR) == 0.0


def test_nothing_known_expects_nothing_and_this_year_alone_its_mean() -> None:
    assert expected(MONDAY, {}, MONDAY, CALENDAR) == 0.0
    alone = even(date(2026, 9, 3), date(2026, 9, 11), 30.0)
    assert expected(MONDAY, alone, MONDAY, CALENDAR) == pytest.approx(30.0)


def test_a_busier_year_raises_what_is_expected_most_of_the_way() -> None:
    found = expected(MONDAY, two_years(40.0, 60.0), MONDAY, CALENDAR)
    assert 53.0 < found < 60.0
    assert same_week_last_year(MONDAY, two_years(40.0, 60.0), CALENDAR) == 40.0


def test_one_wild_day_does_not_carry_the_forecast_away() -> None:
    counts = two_years()
    counts[MONDAY - timedelta(days=3)] = 400.0
    assert expected(MONDAY, counts, MONDAY, CALENDAR) < 100.0
    counts = {**two_years(), LAST_YEAR: 400.0}
    wild = same_week_last_year(MONDAY, counts, CALENDAR)
    assert (last_year(MONDAY + timedelta(days=1), counts, CALENDAR) or 0.0) < wild


def test_growth_stays_within_bounds() -> None:
    recent = tuple(sorted(even(date(2026, 9, 3), date(2026, 9, 11)), reverse=True))
    assert growth(recent, {**two_years(), **dict.fromkeys(recent, 4_000.0)}, CALENDAR) == forecast.MOST_GROWTH
    assert growth(recent, {}, CALENDAR) == 1.0
    assert 0 < growth(recent, {**two_years(), **dict.fromkeys(recent, 0.0)}, CALENDAR) < 0.3


def test_a_busy_weekday_of_last_year_is_busy_again() -> None:
    counts = {day: 80.0 if day.weekday() == 0 else 30.0 for day in two_years()}
    monday, tuesday = (expected(MONDAY + timedelta(days=n), counts, MONDAY, CALENDAR) for n in (0, 1))
    assert monday > 1.6 * tuesday


def test_holidays_of_last_year_are_left_out_not_counted_as_quiet() -> None:
    week_of_holiday = date(2025, 9, 1) + timedelta(days=364)
    found = last_year(week_of_holiday, two_years(), CALENDAR)
    assert found == pytest.approx(40.0)


def test_what_comes_later_is_not_looked_at() -> None:
    counts = two_years()
    later = {**counts, MONDAY: 999.0, MONDAY + timedelta(days=1): 999.0}
    assert expected(MONDAY, later, MONDAY, CALENDAR) == expected(MONDAY, counts, MONDAY, CALENDAR)


def season_errors(**more: bool) -> list[Errors]:
    """Held-out weeks from July to September of four generated communes."""
    weeks = range(23, 37)
    return [errors(arrivals(seed, CALENDAR, **more), CALENDAR, weeks) for seed in range(1, 5)]


def test_held_out_weeks_beat_the_same_week_of_last_year() -> None:
    found = season_errors()
    assert sum(one.week for one in found) < 0.8 * sum(one.week_thumb for one in found)
    assert sum(one.day for one in found) < 0.9 * sum(one.day_thumb for one in found)


def test_a_forecast_without_growth_would_not(monkeypatch: pytest.MonkeyPatch) -> None:
    """Planted: the ratio to this year is left out."""
    monkeypatch.setattr(forecast, "growth", lambda *_: 1.0)
    found = season_errors()
    assert sum(one.week for one in found) > 0.8 * sum(one.week_thumb for one in found)


def test_the_generator_is_the_same_for_a_seed_and_knows_the_calendar() -> None:
    made = arrivals(5, CALENDAR)
    assert made == arrivals(5, CALENDAR) != arrivals(6, CALENDAR)
    assert all(CALENDAR.is_working_day(day) for day in made)
    autumn = [count for day, count in made.items() if (day.year, day.month) == (2026, 8)]
    spring = [count for day, count in made.items() if (day.year, day.month) == (2026, 4)]
    assert sum(autumn) / len(autumn) > sum(spring) / len(spring)
