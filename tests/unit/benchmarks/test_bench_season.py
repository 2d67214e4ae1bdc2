"""The forecast's measurement and that of numbering say what they claim to."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from benchmarks import bench_numbering, bench_season
from benchmarks.bench_numbering import Taken, YearOfNumbers
from benchmarks.bench_season import FIRST_MONDAY, WEEKS, Errors, errors, show
from counter_app.services.rules import shipped_rules

CALENDAR = shipped_rules().calendar


def even(change: float = 1.0) -> dict[date, float]:
    """Forty a working day in 2025, ``change`` times that in 2026."""
    found, day = {}, date(2025, 1, 2)
    while day <= date(2026, 12, 31):
        if CALENDAR.is_working_day(day):
            found[day] = 40.0 * (change if day.year == 2026 else 1.0)
        day += timedelta(days=1)
    return found


def test_held_out_weeks_lie_in_the_second_year() -> None:
    assert FIRST_MONDAY.weekday() == 0
    assert (FIRST_MONDAY + timedelta(weeks=WEEKS)).year in (2026, 2027)
    assert (FIRST_MONDAY + timedelta(weeks=WEEKS - 1)).year == 2026


def test_equal_years_have_no_error_and_a_doubled_one_all_of_it() -> None:
    assert errors(even(), CALENDAR, range(8)) == pytest.approx((0.0, 0.0, 0.0, 0.0), abs=1e-9)
    doubled = errors(even(2.0), CALENDAR, range(8))
    assert (doubled.week_thumb, doubled.day_thumb) == pytest.approx((0.5, 0.5))
    assert doubled.week < 0.2


def test_a_row_counts_communes_where_the_forecast_was_nearer(capsys: pytest.CaptureFixture[str]) -> None:
    show("hai xã", [Errors(0.1, 0.2, 0.2, 0.3), Errors(0.3, 0.2, 0.1, 0.3)])
    week, day = capsys.readouterr().out.splitlines()
    assert week.endswith("1 of 2")
    assert day.endswith("2 of 2")


def test_small_sizes_print_every_row(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["bench", "--seeds", "1"])
    monkeypatch.setattr(bench_season, "WEEKS", 2)
    assert bench_season.main() == 0
    assert len(capsys.readouterr().out.splitlines()) == 11


def test_a_year_is_filled_with_numbers_in_a_row(tmp_path: Path) -> None:
    year = YearOfNumbers(tmp_path)
    year.fill(24)
    taken = year.pile(5)
    assert isinstance(taken, Taken)
    with year.counter.store.read() as connection:
        numbers = [n for (n,) in connection.exec_driver_sql("SELECT number FROM lines ORDER BY number")]
    year.counter.close()
    assert len(numbers) == 29
    assert numbers == list(range(numbers[0], numbers[0] + 29))


def test_the_median_of_the_processor_is_given_back(capsys: pytest.CaptureFixture[str]) -> None:
    assert bench_numbering.show("x", [Taken(9, 1), Taken(8, 3), Taken(7, 2)]) == 2
    assert capsys.readouterr().out.split() == ["x", "8", "9", "2", "3"]
