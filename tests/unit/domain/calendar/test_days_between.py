"""Counting by weeks gives what counting day by day gives, and does not walk through the years."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest

from counter_app.domain.calendar import working_days
from counter_app.domain.calendar.day_counting import working_days_between
from counter_app.domain.calendar.working_days import NamedDay, WorkingCalendar, parse_calendar
from resources import load

CALENDAR = parse_calendar(load.working_calendar())
SHUT = tuple(NamedDay(date(2026, 11, day), "Nghỉ (tập huấn)") for day in (20, 21, 24, 25))
OWN = WorkingCalendar(CALENDAR.years, CALENDAR.fixed, CALENDAR.hours, SHUT)


def day_by_day(calendar: WorkingCalendar, start: date, end: date) -> int:
    """The definition."""
    return sum(calendar.is_working_day(start + timedelta(days=n)) for n in range(1, (end - start).days + 1))


@pytest.mark.parametrize("calendar", [CALENDAR, OWN], ids=["shipped", "with days of its own"])
def test_weeks_and_named_days_give_what_each_day_gives(calendar: WorkingCalendar) -> None:
    chance = random.Random(1)
    for _ in range(400):
        start = date(2023, 1, 1) + timedelta(days=chance.randrange(3_000))
        end = start + timedelta(days=chance.choice((0, 1, 6, 7, 8, 30, 400)) + chance.randrange(9))
        assert working_days_between(calendar, start, end) == day_by_day(calendar, start, end), (start, end)
        assert working_days_between(calendar, end, start) == -day_by_day(calendar, start, end)


def test_seventy_three_years_late_are_counted_without_looking_at_each_day(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A clock in 2099: each row of a list of work is that late."""
    start, end = date(2026, 11, 20), date(2099, 6, 1)
    expected = day_by_day(CALENDAR, start, end)
    looked: list[date] = []
    real = working_days.WorkingCalendar.is_working_day

    def counting(calendar: WorkingCalendar, day: date) -> bool:
        looked.append(day)
        return real(calendar, day)

    monkeypatch.setattr(working_days.WorkingCalendar, "is_working_day", counting)
    assert working_days_between(CALENDAR, start, end) == expected
    assert len(looked) < 1_000 < (end - start).days
