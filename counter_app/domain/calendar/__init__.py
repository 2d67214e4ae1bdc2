"""Working days and opening hours (law 6): holidays and swapped days are data, never code."""

from counter_app.domain.calendar.day_counting import add_working_days, due_after_days, moved_to_working_day
from counter_app.domain.calendar.hours import OpeningHours
from counter_app.domain.calendar.working_days import WorkingCalendar, parse_calendar

__all__ = [
    "OpeningHours",
    "WorkingCalendar",
    "add_working_days",
    "due_after_days",
    "moved_to_working_day",
    "parse_calendar",
]
