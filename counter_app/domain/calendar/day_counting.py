"""Counting days of a time limit (law 6).

The day of receipt is not counted (BLDS 2015 art. 147, unverified); a last day of rest moves to the
next working day (BLDS 2015 art. 148(5)).
"""

from datetime import date, datetime, time, timedelta

from counter_app.domain.calendar.working_days import WorkingCalendar

CUTOFF = time(15, 0)
"""Default hour after which a receipt belongs to the next working day; rules carry their own."""


def is_after(moment: datetime, cutoff: time) -> bool:
    """True from the minute after the cut-off: 15:00 as printed on the slip still counts as in time.

    Minutes, because the slip shows minutes; the law says "after 15 hours" (own reading, unverified).
    """
    return (moment.hour, moment.minute) > (cutoff.hour, cutoff.minute)


def add_working_days(calendar: WorkingCalendar, day: date, count: int) -> date:
    """The ``count``-th working day after ``day``, which itself is not counted; 0 gives ``day``."""
    for _ in range(count):
        day = calendar.next_working_day(day)
    return day


def working_days_between(calendar: WorkingCalendar, start: date, end: date) -> int:
    """Working days after ``start`` up to and including ``end``; negative when ``end`` is earlier.

    Weeks are counted as such and only days that a list names are looked at: lists of work ask this for each
    row, and after a clock's jump to 2099 each row is 73 years late.
    """
    if end < start:
        return -working_days_between(calendar, end, start)
    weeks, rest = divmod((end - start).days, 7)
    weekdays = 5 * weeks + sum((start + timedelta(days=n)).isoweekday() <= 5 for n in range(1, rest + 1))
    named = {day for day in calendar.named_days(start.year, end.year) if start < day <= end}
    return weekdays + sum(calendar.is_working_day(day) - (day.isoweekday() <= 5) for day in named)


def moved_to_working_day(calendar: WorkingCalendar, day: date) -> date:
    """The day itself if worked, else the next working day (BLDS art. 148(5))."""
    return day if calendar.is_working_day(day) else calendar.next_working_day(day)


def due_after_days(
    calendar: WorkingCalendar,
    received: datetime,
    count: int,
    *,
    late_counts_from_next_day: bool = False,
    cutoff: time = CUTOFF,
) -> datetime:
    """Due time (close of business, local) of a limit of ``count`` working days.

    Whether a receipt after the cut-off also begins the count a day later is not settled
    (law 6, unverified), so it is a setting of the procedure; the default is no.
    """
    start = received.date()
    if late_counts_from_next_day and (is_after(received, cutoff) or not calendar.is_working_day(start)):
        start = calendar.next_working_day(start)
    return calendar.closing(add_working_days(calendar, start, count))


def due_after_calendar_days(calendar: WorkingCalendar, received: datetime, count: int) -> datetime:
    """Due time of a limit of ``count`` calendar days: a last day of rest moves on."""
    last = received.date() + timedelta(days=count)
    return calendar.closing(moved_to_working_day(calendar, last))
