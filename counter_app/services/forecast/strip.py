"""The "today" strip of home: five figures for whoever plans the signing."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from counter_app.domain.calendar.working_days import WorkingCalendar
from counter_app.domain.dates import vn_datetime
from counter_app.domain.forecast import arrivals, today
from counter_app.domain.organisation import roles
from counter_app.domain.organisation.state import OfficialState
from counter_app.services.ports.home import TodayFigure
from counter_app.services.ports.saying import say
from counter_app.services.workplace import Workplace
from counter_app.storage.queries import arrivals as queries
from counter_app.storage.queries.arrivals import DayCount, Pending

BY_HOUR = 16
"""The forecast is for the hour after which nothing more reaches a signer that day."""
LOOK_BACK = timedelta(days=420)
"""A year and the weeks around the same season."""


@dataclass
class Forecast:
    """Makes the strip. The days before today are read once a day: they hardly change and are many."""

    _day: date | None = None
    _expected: float = 0.0
    _mean: today.Work = field(default_factory=today.Work)

    def strip(
        self, connection: Connection, work: Workplace, person: OfficialState, now: int
    ) -> tuple[TodayFigure, ...]:
        """Five figures, none for people who neither sign nor supervise. No personal data is in them."""
        if roles.may(person, roles.SIGN_CLOSING, with_act=True) is not None:
            return ()
        moment = vn_datetime(now)
        calendar = work.rules(connection).calendar
        if self._day != moment.date():
            self._read(connection, calendar, moment.date())
        number = _number(moment.date())
        taken = sum(one.requests for one in queries.by_day(connection, number, number))
        part_now, part_then = _parts(calendar, moment)
        by_then = today.expected_by(self._expected, taken, part_now, part_then)
        held = queries.pending(connection)
        to_come = max(by_then - taken, 0.0)
        hours = today.signer_hours(self._work(held, to_come))
        return _figures(taken, held, round(by_then), hours, round(self._expected))

    def _read(self, connection: Connection, calendar: WorkingCalendar, day: date) -> None:
        before = queries.by_day(connection, _number(day - LOOK_BACK), _number(day - timedelta(days=1)))
        counts = {_date(one.day): float(one.requests) for one in before}
        self._expected = arrivals.expected(day, _with_empty_days(counts, calendar, day), day, calendar)
        self._mean = _mean(before[-20:])
        self._day = day

    def _work(self, held: Pending, to_come: float) -> today.Work:
        return today.Work(
            held.requests + to_come,
            held.originals + to_come * self._mean.originals,
            held.copies + held.line_copies + to_come * self._mean.copies,
        )


def _figures(taken: int, held: Pending, by_then: int, hours: float, usual: int) -> tuple[TodayFigure, ...]:
    shown = f"{hours:.1f}"
    return (
        TodayFigure("taken", say("Mọi quầy đã nhận", "Taken in, all counters"), str(taken),
                    say("Phiếu của mọi máy mà máy này đã biết.", "Slips of all PCs this one knows of.")),
        TodayFigure("waiting", say("Chờ cấp số", "Waiting for a number"), str(held.requests),
                    say(f"{held.originals} bản chính, {held.copies} bản sao.",
                        f"{held.originals} originals, {held.copies} copies.")),
        TodayFigure("at_signer", say("Đang ở người ký", "At the signer"), str(held.lines),
                    say("Số đã cấp, chưa xác nhận đã ký.", "Numbered, ink and seal not confirmed.")),
        TodayFigure("expected", say(f"Dự kiến đến {BY_HOUR}:00", f"Expected by {BY_HOUR}:00"), str(by_then),
                    say(f"Cả ngày dự kiến {usual} phiếu: cùng mùa năm trước và 10 ngày làm việc gần đây.",
                        f"{usual} slips in the whole day: same season last year, last 10 working days.")),
        TodayFigure("hours", say("Giờ ký cần", "Signing hours needed"), say(shown.replace(".", ","), shown),
                    say("Số chờ, số ở người ký và số dự kiến; thời gian mỗi bản là ước lượng.",
                        "Waiting, at the signer and still expected; times a copy are estimates.")),
    )  # fmt: skip


def _with_empty_days(counts: dict[date, float], calendar: WorkingCalendar, day: date) -> dict[date, float]:
    """Working days since the first known one on which nobody came count as 0, not as unknown."""
    if not counts:
        return counts
    found, when = dict(counts), min(counts)
    while when < day:
        if calendar.is_working_day(when):
            found.setdefault(when, 0.0)
        when += timedelta(days=1)
    return found


def _mean(days: list[DayCount]) -> today.Work:
    requests = sum(one.requests for one in days)
    return today.mean_work(requests, sum(one.originals for one in days), sum(one.copies for one in days))


def _parts(calendar: WorkingCalendar, moment: datetime) -> tuple[float, float]:
    """Shares of today's opening hours gone by now and by the hour of the forecast; both 1 on a day off."""
    sessions = tuple(
        (begins.hour * 60 + begins.minute, ends.hour * 60 + ends.minute)
        for begins, ends in calendar.sessions(moment.date())
    )
    now = moment.hour * 60 + moment.minute
    return today.part_of_day(sessions, now), today.part_of_day(sessions, BY_HOUR * 60)


def _number(day: date) -> int:
    return day.year * 10_000 + day.month * 100 + day.day


def _date(number: int) -> date:
    return date(number // 10_000, number // 100 % 100, number % 100)
