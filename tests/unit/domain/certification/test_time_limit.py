"""Steps, extensions and dates of time limits; the dates themselves are in tests/law."""

from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from counter_app.domain.calendar import parse_calendar
from counter_app.domain.calendar.hours import OpeningHours, Season
from counter_app.domain.calendar.working_days import WorkingCalendar
from counter_app.domain.certification.taking_in.time_limit import (
    GROUND_WORDS,
    Extension,
    ExtensionGround,
    certification_due,
    parse_time_limits,
    reason_of_next_day,
    rule_on,
)
from counter_app.domain.dates import vn_instant
from counter_app.domain.errors import DomainError
from resources import load

CALENDAR = parse_calendar(load.working_calendar())
RULES = parse_time_limits(load.time_limits())
COPY = rule_on(RULES, "copy", date(2026, 11, 20))
MOMENTS = st.datetimes(datetime(2025, 1, 1), datetime(2027, 11, 1))  # noqa: DTZ001


def at(day: date, hour: int, minute: int = 0) -> int:
    return vn_instant(datetime.combine(day, time(hour, minute)))


def test_the_steps_say_why() -> None:
    due = certification_due(at(date(2026, 11, 23), 15, 20), COPY, CALENDAR)
    assert [step.code for step in due.steps] == ["due.next_day", "calendar.off", "due.result"]
    assert "sau 15:00" in due.steps[0].vi
    assert "Điều 7" in due.steps[0].vi
    assert due.steps[1].vi == "24/11/2026 nghỉ: Ngày Văn hóa Việt Nam."
    assert "25/11/2026" in due.steps[2].vi


def test_an_estimated_year_is_told() -> None:
    due = certification_due(at(date(2027, 3, 1), 9), COPY, CALENDAR)
    assert due.steps[-1].code == "calendar.estimate"


def test_received_after_an_early_closing() -> None:
    """Open in the morning only: at 12:00 the day is over although 15:00 has not come."""
    hours = OpeningHours((Season({weekday: ((time(7), time(11)),) for weekday in range(1, 6)}),))
    calendar = WorkingCalendar(CALENDAR.years, CALENDAR.fixed, hours)
    due = certification_due(at(date(2026, 11, 19), 12), COPY, calendar)
    assert due.due == datetime.combine(date(2026, 11, 20), time(11))
    assert "sau giờ làm việc" in due.steps[0].vi
    assert reason_of_next_day(at(date(2026, 11, 19), 12), COPY, calendar) == "Nhận sau giờ làm việc"


def test_the_slip_names_the_hour_of_the_rule_or_the_day_of_rest() -> None:
    assert reason_of_next_day(at(date(2026, 11, 23), 15, 20), COPY, CALENDAR) == "Nhận sau 15:00"
    earlier = structs.replace(COPY, cutoff=time(14, 30))
    assert reason_of_next_day(at(date(2026, 11, 23), 15, 20), earlier, CALENDAR) == "Nhận sau 14:30"
    assert reason_of_next_day(at(date(2026, 11, 22), 9), COPY, CALENDAR) == "Nhận ngày nghỉ"


def test_an_extension_names_its_ground_and_agreement() -> None:
    extension = Extension(5, ExtensionGround.MANY_PAGES, "số 7")
    due = certification_due(at(date(2026, 11, 19), 9), COPY, CALENDAR, extension)
    step = next(step for step in due.steps if step.code == "due.extended")
    assert step.vi == "Gia hạn 5 ngày làm việc theo thỏa thuận số 7: bản chính có nhiều trang."


@pytest.mark.parametrize("days", [0, -1, 61])
def test_an_extension_has_a_range(days: int) -> None:
    with pytest.raises(DomainError) as refusal:
        certification_due(0, COPY, CALENDAR, Extension(days, ExtensionGround.COMPLEX, "x"))
    assert (refusal.value.code, refusal.value.field) == ("extension.range", "extension")


def test_every_ground_has_words() -> None:
    assert set(GROUND_WORDS) == set(ExtensionGround)


@given(MOMENTS)
def test_a_promise_is_never_in_the_past_nor_on_a_day_of_rest(received: datetime) -> None:
    due = certification_due(vn_instant(received), COPY, CALENDAR)
    assert due.due > received
    assert CALENDAR.is_working_day(due.due.date())
    assert due.slip is (due.due.date() != received.date())
    assert all(step.vi and step.en for step in due.steps)


@given(MOMENTS, MOMENTS)
def test_who_comes_earlier_is_not_served_later(one: datetime, other: datetime) -> None:
    first, second = sorted((one, other))
    assert (
        certification_due(vn_instant(first), COPY, CALENDAR).due
        <= certification_due(vn_instant(second), COPY, CALENDAR).due
    )


@pytest.mark.parametrize("day", [date(2015, 4, 9), date(2000, 1, 1)])
def test_no_rule_before_the_decree(day: date) -> None:
    with pytest.raises(DomainError) as refusal:
        rule_on(RULES, "copy", day)
    assert refusal.value.code == "time_limit.none"


def test_rules_have_no_hole_at_the_amending_decree() -> None:
    before, after = (rule_on(RULES, "copy", day) for day in (date(2025, 10, 31), date(2025, 11, 1)))
    assert (before.status, after.status) == ("verified", "secondary")


def test_a_damaged_file_has_words() -> None:
    with pytest.raises(DomainError) as refusal:
        parse_time_limits(b"{}")
    assert refusal.value.code == "table.file"
