"""Which days are worked, and why not (Bộ luật Lao động 2019 arts. 111(3), 112; yearly swaps).

The list of each year is data with its status: an estimated year is said to be one. Beyond the years
of the list only the fixed-date holidays are known, and the calendar says so too.
"""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import NamedTuple

import msgspec

from counter_app.domain.calendar.hours import OpeningHours, Session
from counter_app.domain.errors import DomainError, Notice
from counter_app.domain.table_files import decode_table

_DAY = timedelta(days=1)
_LONGEST_REST = 30  # days; no list of holidays keeps offices shut longer
_WEEKDAYS_VI = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
_WEEKDAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class NamedDay(msgspec.Struct, frozen=True, gc=False):
    """A day off, or a worked Saturday, with its name."""

    day: date
    name: str
    name_en: str = ""


class CalendarYear(msgspec.Struct, frozen=True, gc=False):
    """One year's decisions; ``status`` is verified, secondary or estimate."""

    year: int
    days_off: tuple[NamedDay, ...]
    worked: tuple[NamedDay, ...] = ()
    status: str = "estimate"
    source: str = ""


class FixedHoliday(msgspec.Struct, frozen=True, gc=False):
    """A holiday on the same date every year, for years without a list."""

    month: int
    day: int
    name: str
    name_en: str = ""
    from_year: int = 1900


class WorkingCalendar(msgspec.Struct, frozen=True):
    """Years, fixed holidays and the unit's hours; ``closed`` are days the unit itself is shut."""

    years: tuple[CalendarYear, ...]
    fixed: tuple[FixedHoliday, ...]
    hours: OpeningHours
    closed: tuple[NamedDay, ...] = ()

    def year(self, day: date) -> CalendarYear | None:
        """The list that covers a day, if there is one."""
        return next((year for year in self.years if year.year == day.year), None)

    def is_worked_saturday(self, day: date) -> bool:
        """True for a rest day on which the Government has people work in exchange for another."""
        year = self.year(day)
        return year is not None and any(named.day == day for named in year.worked)

    def day_off(self, day: date) -> NamedDay | None:
        """The holiday or closing on a day, if there is one."""
        shut = next((named for named in self.closed if named.day == day), None)
        if shut is not None:
            return shut
        if year := self.year(day):
            return next((named for named in year.days_off if named.day == day), None)
        return next(
            (
                NamedDay(day, rule.name, rule.name_en)
                for rule in self.fixed
                if (rule.month, rule.day) == (day.month, day.day) and rule.from_year <= day.year
            ),
            None,
        )

    def named_days(self, first: int, last: int) -> Iterator[date]:
        """Every day of the years ``first`` to ``last`` that may not be what its weekday says."""
        yield from (named.day for named in self.closed)
        listed = {year.year for year in self.years}
        for year in self.years:
            yield from (named.day for named in (*year.days_off, *year.worked))
        for rule in self.fixed:
            for number in range(max(first, rule.from_year), last + 1):
                if number not in listed and rule.day <= monthrange(number, rule.month)[1]:
                    yield date(number, rule.month, rule.day)

    def is_working_day(self, day: date) -> bool:
        """True for Monday-Friday but holidays, and for worked Saturdays: what time limits count.

        A unit that opens on Saturdays is open then, but the day is no working day of the law.
        """
        if self.day_off(day) is not None:
            return False
        return day.isoweekday() <= 5 or self.is_worked_saturday(day)

    def sessions(self, day: date) -> tuple[Session, ...]:
        """Opening sessions of a day; empty when shut."""
        if self.day_off(day) is not None:
            return ()
        return self.hours.sessions(day, as_worked_saturday=self.is_worked_saturday(day))

    def closing(self, day: date) -> datetime:
        """Local time the unit shuts on a day; ``DomainError`` ``calendar.no_hours`` without hours."""
        sessions = self.sessions(day)
        if not sessions:
            raise DomainError(
                f"Chưa có giờ làm việc cho {weekday_name(day).vi} {day:%d/%m/%Y}.",
                remedy="Người quản trị đặt giờ làm việc của đơn vị.",
                code="calendar.no_hours",
                title_en=f"No opening hours are set for {day:%d/%m/%Y}.",
                remedy_en="The administrator sets the unit's opening hours.",
            )
        return datetime.combine(day, sessions[-1][1])

    def next_working_day(self, day: date) -> date:
        """First working day after ``day``; ``DomainError`` ``calendar.endless`` on a broken list."""
        for ahead in range(1, _LONGEST_REST + 1):
            if self.is_working_day(day + ahead * _DAY):
                return day + ahead * _DAY
        raise DomainError(
            f"Lịch làm việc sau {day:%d/%m/%Y} toàn ngày nghỉ.",
            "Tệp lịch của máy này sai.",
            "Nhập lại lịch của tỉnh.",
            code="calendar.endless",
            title_en=f"The calendar has only days off after {day:%d/%m/%Y}.",
            meaning_en="The calendar file of this PC is wrong.",
            remedy_en="Load the province's calendar again.",
        )

    def reason(self, day: date) -> Notice:
        """Why a day is not worked, in words; for a working day says that it is one."""
        names = weekday_name(day)
        if off := self.day_off(day):
            return Notice(
                "calendar.off",
                f"{day:%d/%m/%Y} nghỉ: {off.name}.",
                f"{day:%d/%m/%Y} is a day off: {off.name_en or off.name}.",
            )
        if not self.is_working_day(day):
            return Notice(
                "calendar.weekend",
                f"{day:%d/%m/%Y} là {names.vi}, ngày nghỉ hằng tuần.",
                f"{day:%d/%m/%Y} is a {names.en}, a weekly day of rest.",
            )
        if self.is_worked_saturday(day):
            return Notice(
                "calendar.swapped",
                f"{day:%d/%m/%Y} là {names.vi} làm bù.",
                f"{day:%d/%m/%Y} is a {names.en} worked in exchange.",
            )
        return Notice(
            "calendar.working",
            f"{day:%d/%m/%Y} ({names.vi}) là ngày làm việc.",
            f"{day:%d/%m/%Y} ({names.en}) is a working day.",
        )

    def doubts(self, day: date) -> tuple[Notice, ...]:
        """What is not certain about a day's year: an estimate, or no list at all."""
        year = self.year(day)
        if year is None:
            return (
                Notice(
                    "calendar.no_year",
                    f"Chưa có lịch nghỉ năm {day.year}, mới tính ngày lễ cố định.",
                    f"There is no list of days off for {day.year}; only fixed holidays are counted.",
                ),
            )
        if year.status == "estimate":
            return (
                Notice(
                    "calendar.estimate",
                    f"Lịch nghỉ năm {day.year} là dự kiến, chưa có quyết định.",
                    f"The days off of {day.year} are an estimate, not yet decided.",
                ),
            )
        return ()


class WeekdayName(NamedTuple):
    """Name of a weekday in both languages."""

    vi: str
    en: str


def weekday_name(day: date) -> WeekdayName:
    """``thứ Hai`` / ``Monday``."""
    return WeekdayName(_WEEKDAYS_VI[day.weekday()], _WEEKDAYS_EN[day.weekday()])


def parse_calendar(raw: bytes) -> WorkingCalendar:
    """Calendar from its JSON; ``DomainError`` ``table.file`` if it is not one."""
    return decode_table(raw, WorkingCalendar, "Tệp lịch làm việc", "The working calendar")
