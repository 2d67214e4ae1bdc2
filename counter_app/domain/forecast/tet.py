"""Tết wanders by three weeks against the calendar: the day of last year that stands where one of this does.

Arrivals rise before Tết and begin slowly after it, so that the same week of last year says nothing about
these days: the same distance from Tết does. The first day of Tết is the one the calendar's list names so; in
years without a list nothing is known of it, and the same week stands.
"""

from __future__ import annotations

from datetime import date, timedelta

from counter_app.domain.calendar.working_days import WorkingCalendar

NAME = "Tết Nguyên Đán"
BEFORE, AFTER = 28, 24
"""Days before and after the first of Tết that follow it and not the calendar: our assumption [U]."""


def first_of_tet(year: int, calendar: WorkingCalendar) -> date | None:
    """The first day of Tết in ``year``, None when the calendar does not list it."""
    listed = calendar.year(date(year, 1, 1))
    days = () if listed is None else listed.days_off
    return next((named.day for named in days if named.name == NAME), None)


def away(day: date, calendar: WorkingCalendar) -> int | None:
    """Days from the first of Tết to ``day`` (before it negative), None outside the days that follow Tết."""
    first = first_of_tet(day.year, calendar)
    if first is None or not -BEFORE <= (day - first).days <= AFTER:
        return None
    return (day - first).days


def counterpart(day: date, calendar: WorkingCalendar) -> date | None:
    """The day of last year as far from its Tết as ``day`` is from its own; None where Tết plays no part."""
    distance, before = away(day, calendar), first_of_tet(day.year - 1, calendar)
    if distance is None or before is None:
        return None
    return before + timedelta(days=distance)
