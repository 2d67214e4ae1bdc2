"""When a dossier is due, and why this date: every step in words (``law.md`` 6).

The day of receipt is not counted (BLDS 2015 art. 147, unverified); a last day of rest moves to the end of
the next working day (BLDS 2015 art. 148(5)).
"""

from __future__ import annotations

import calendar as months
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from counter_app.domain.calendar.day_counting import is_after, moved_to_working_day
from counter_app.domain.calendar.working_days import WorkingCalendar, weekday_name
from counter_app.domain.dates import short_date
from counter_app.domain.dossiers.clock.rule import LimitRule, Unit
from counter_app.domain.errors import Notice

_OPENING = time(7, 30)  # only when a working day has no hours at all, which the calendar refuses later
_LONGEST_HOURS = 366  # days looked through for opening hours


@dataclass(frozen=True, slots=True)
class Due:
    """Due time (local, naive) or None when no limit is known, and the steps that led to it."""

    due: datetime | None
    steps: tuple[Notice, ...]


@dataclass
class _Count:
    """The count in work: where it stands and what was said so far."""

    rule: LimitRule
    calendar: WorkingCalendar
    start: datetime
    steps: list[Notice]

    def say(self, code: str, vi: str, en: str) -> None:
        self.steps.append(Notice(f"due.{code}", vi, en))


def due_of(rule: LimitRule, received: datetime, calendar: WorkingCalendar, *, reachable: bool = True) -> Due:
    """Due time of ``rule`` for what was received complete at ``received`` (local, naive).

    ``reachable`` False: the competent body of a routed dossier cannot be reached now, so it is forwarded the
    next working morning. Raises DomainError of the calendar (``calendar.no_hours``, ``calendar.endless``).
    """
    count = _Count(rule, calendar, received, [])
    count.say("received", f"Nhận lúc {_moment(received)}.", f"Received at {_moment(received)}.")
    if rule.unit is Unit.NONE:
        count.say(
            "no_limit", "Chưa có thời hạn: không có ngày hẹn.", "No limit is known: there is no due date."
        )
        return Due(None, tuple(count.steps))
    if rule.routed:
        _forward(count, reachable)
    due = _COUNTS[rule.unit](count)
    count.say("result", f"Hạn trả: {_moment(due)}.", f"Due: {_moment(due)}.")
    count.steps.extend(calendar.doubts(due.date()))
    return Due(due, tuple(count.steps))


def is_late_receipt(rule: LimitRule, received: datetime, calendar: WorkingCalendar) -> bool:
    """Received after the cut-off of the procedure, or on a day of rest."""
    after = rule.cutoff is not None and is_after(received, rule.cutoff)
    return after or not calendar.is_working_day(received.date())


def shifted(rule: LimitRule, due: datetime, days: int, calendar: WorkingCalendar) -> datetime:
    """``due`` moved by ``days`` of waiting, in the days that the limit is counted in (``fee_pauses``)."""
    if not days:
        return due
    if rule.unit in (Unit.CALENDAR_DAY, Unit.MONTH):
        return calendar.closing(moved_to_working_day(calendar, due.date() + timedelta(days=days)))
    day = due.date()
    for _ in range(days):
        day = calendar.next_working_day(day)
    return datetime.combine(day, due.time()) if rule.unit is Unit.HOUR else calendar.closing(day)


def _forward(count: _Count, reachable: bool) -> None:
    """A routed dossier counts from its forwarding: at once, else the next working morning [U]."""
    if reachable and not is_late_receipt(count.rule, count.start, count.calendar):
        count.say(
            "forwarded",
            "Chuyển cơ quan giải quyết trong ngày.",
            "Forwarded to the competent body the same day.",
        )
        return
    day = count.calendar.next_working_day(count.start.date())
    count.start = _opening(count.calendar, day)
    count.say(
        "forwarded_later",
        f"Chuyển cơ quan giải quyết sáng {_day(day)}; tính từ lúc đó.",
        f"Forwarded on the morning of {_day_en(day)}; counted from then.",
    )


def _same_day(count: _Count) -> datetime:
    day = count.start.date()
    if not is_late_receipt(count.rule, count.start, count.calendar):
        count.say("same_day", "Giải quyết trong ngày.", "Decided the same day.")
        return count.calendar.closing(day)
    if count.calendar.is_working_day(day):
        cutoff = f"{count.rule.cutoff:%H:%M}"
        count.say("after_cutoff", f"Nhận sau {cutoff}: sang ngày làm việc kế tiếp.",
                  f"Received after {cutoff}: the next working day.")  # fmt: skip
    else:
        _say_rest(count, day)
    return count.calendar.closing(count.calendar.next_working_day(day))


def _first_day(count: _Count) -> date:
    """The day that is not counted."""
    day = count.start.date()
    if count.rule.late_next_day and is_late_receipt(count.rule, count.start, count.calendar):
        day = count.calendar.next_working_day(day)
        count.say("late_next_day", f"Nhận muộn: coi như nhận ngày {_day(day)}.",
                  f"Received late: as if on {_day_en(day)}.")  # fmt: skip
    return day


def _working_days(count: _Count) -> datetime:
    day = _first_day(count)
    value = count.rule.value
    count.say("working_days", f"{value} ngày làm việc, ngày nhận không tính.",
              f"{value} working days, the day of receipt is not counted.")  # fmt: skip
    if value == 0:
        return count.calendar.closing(_moved(count, day))
    for _ in range(value):
        after = count.calendar.next_working_day(day)
        _say_skipped(count, day, after)
        day = after
    return count.calendar.closing(day)


def _calendar_days(count: _Count) -> datetime:
    day = _first_day(count)
    last = day + timedelta(days=count.rule.value)
    count.say("calendar_days", f"{count.rule.value} ngày kể cả ngày nghỉ: đến {_day(last)}.",
              f"{count.rule.value} days, days off included: until {_day_en(last)}.")  # fmt: skip
    return count.calendar.closing(_moved(count, last))


def _in_months(count: _Count) -> datetime:
    day = _first_day(count)
    years, month = divmod(day.month - 1 + count.rule.value, 12)
    year, month = day.year + years, month + 1
    last = date(year, month, min(day.day, months.monthrange(year, month)[1]))
    count.say("months", f"{count.rule.value} tháng: đến {_day(last)}.",
              f"{count.rule.value} months: until {_day_en(last)}.")  # fmt: skip
    return count.calendar.closing(_moved(count, last))


def _hours(count: _Count) -> datetime:
    """Hours run while the unit is open; noon, evenings and days off do not count."""
    count.say("hours", f"{count.rule.value} giờ làm việc.", f"{count.rule.value} opening hours.")
    left = timedelta(hours=count.rule.value)
    day = count.start.date()
    for _ in range(_LONGEST_HOURS):
        for opens, closes in count.calendar.sessions(day):
            begin = max(count.start, datetime.combine(day, opens))
            room = datetime.combine(day, closes) - begin
            if room >= left:
                return begin + left
            left -= max(room, timedelta())
        day += timedelta(days=1)
    return count.calendar.closing(count.calendar.next_working_day(day))


_COUNTS: dict[Unit, Callable[[_Count], datetime]] = {
    Unit.SAME_DAY: _same_day,
    Unit.WORKING_DAY: _working_days,
    Unit.CALENDAR_DAY: _calendar_days,
    Unit.MONTH: _in_months,
    Unit.HOUR: _hours,
}


def _moved(count: _Count, last: date) -> date:
    day = moved_to_working_day(count.calendar, last)
    if day != last:
        _say_rest(count, last)
        count.say("moved", f"Chuyển sang hết ngày {_day(day)}.", f"Moved to the end of {_day_en(day)}.")
    return day


def _say_rest(count: _Count, day: date) -> None:
    reason = count.calendar.reason(day)
    count.say("rest", reason.vi, reason.en)


def _say_skipped(count: _Count, before: date, after: date) -> None:
    """Holidays passed over are named; plain weekends are not."""
    day = before + timedelta(days=1)
    while day < after:
        if count.calendar.day_off(day) is not None:
            _say_rest(count, day)
        day += timedelta(days=1)


def _opening(calendar: WorkingCalendar, day: date) -> datetime:
    sessions = calendar.sessions(day)
    return datetime.combine(day, sessions[0][0] if sessions else _OPENING)


def _moment(moment: datetime) -> str:
    return f"{moment:%H:%M} {short_date(moment.date())}"


def _day(day: date) -> str:
    return f"{weekday_name(day).vi} {short_date(day)}"


def _day_en(day: date) -> str:
    return f"{weekday_name(day).en} {short_date(day)}"
