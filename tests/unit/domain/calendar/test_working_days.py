"""The working calendar: small made-up years beside the shipped ones."""

from datetime import date, datetime, time, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.calendar import OpeningHours, WorkingCalendar, add_working_days, parse_calendar
from counter_app.domain.calendar.day_counting import is_after, moved_to_working_day, working_days_between
from counter_app.domain.calendar.hours import Season, Session
from counter_app.domain.calendar.working_days import CalendarYear, FixedHoliday, NamedDay
from counter_app.domain.errors import DomainError
from resources import load

SHIPPED = parse_calendar(load.working_calendar())
MORNING, EVENING = (time(7, 30), time(11, 30)), (time(13, 30), time(17))
WEEK: dict[int, tuple[Session, ...]] = dict.fromkeys(range(1, 6), (MORNING, EVENING))
DAYS = st.dates(date(2025, 1, 1), date(2027, 12, 20))


def small(**changes: object) -> WorkingCalendar:
    """A calendar of 2030 with one holiday, Tuesday 1 January."""
    calendar = WorkingCalendar(
        years=(CalendarYear(2030, (NamedDay(date(2030, 1, 1), "Tết", "New Year"),), status="secondary"),),
        fixed=(FixedHoliday(11, 24, "Văn hóa", "Culture", 2026),),
        hours=OpeningHours((Season(WEEK),)),
    )
    return msgspec.structs.replace(calendar, **changes)


def test_shipped_years_and_their_standing() -> None:
    assert [(year.year, year.status) for year in SHIPPED.years] == [
        (2025, "secondary"), (2026, "secondary"), (2027, "estimate"),
    ]  # fmt: skip
    assert all(year.source for year in SHIPPED.years)


def test_every_shipped_swap_gives_a_day_for_a_day() -> None:
    swaps = (
        (date(2025, 5, 2), date(2025, 4, 26)),
        (date(2026, 1, 2), date(2026, 1, 10)),
        (date(2026, 8, 31), date(2026, 8, 22)),
    )
    assert {worked for _, worked in swaps} == {one.day for year in SHIPPED.years for one in year.worked}
    for off, worked in swaps:
        assert not SHIPPED.is_working_day(off)
        assert SHIPPED.is_working_day(worked)
        assert worked.isoweekday() == 6
        assert SHIPPED.sessions(worked) == SHIPPED.sessions(date(2026, 11, 23))


@pytest.mark.parametrize(("year", "days"), [(2025, 250), (2026, 249)])
def test_working_days_of_a_year(year: int, days: int) -> None:
    """261 weekdays in both years, less the days off on weekdays, and a worked Saturday more.

    2025: 1 + Tết 5 + 07/04 + three at 30/04 + two in September = 12.
    2026: two at New Year + Tết 5 + 27/04 + two at 30/04 + three in September + 24/11 = 14, two Saturdays.
    """
    count = sum(SHIPPED.is_working_day(date(year, 1, 1) + timedelta(n)) for n in range(365))
    assert count == days


def test_an_office_open_on_saturdays_is_open_but_the_law_does_not_count_it() -> None:
    saturday = date(2030, 1, 5)
    calendar = small(hours=OpeningHours((Season(WEEK | {6: (MORNING,)}),)))
    assert calendar.sessions(saturday) == (MORNING,)
    assert calendar.closing(saturday) == datetime.combine(saturday, time(11, 30))
    assert not calendar.is_working_day(saturday)


def test_summer_hours_replace_the_usual_ones() -> None:
    summer = Season(
        {1: ((time(7), time(11)), (time(14), time(17, 30)))}, date(2030, 4, 15), date(2030, 10, 15)
    )
    calendar = small(hours=OpeningHours((Season(WEEK), summer)))
    assert calendar.closing(date(2030, 4, 15)).time() == time(17, 30)
    assert calendar.closing(date(2030, 10, 21)).time() == time(17)


def test_a_unit_may_shut_for_a_day() -> None:
    calendar = small(closed=(NamedDay(date(2030, 1, 3), "Mất điện", "Power cut"),))
    assert not calendar.is_working_day(date(2030, 1, 3))
    assert calendar.reason(date(2030, 1, 3)).vi == "03/01/2030 nghỉ: Mất điện."


def test_without_hours_there_are_words() -> None:
    with pytest.raises(DomainError) as refusal:
        small(hours=OpeningHours(())).closing(date(2030, 1, 2))
    assert refusal.value.code == "calendar.no_hours"


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (date(2030, 1, 1), "calendar.off"),
        (date(2030, 1, 5), "calendar.weekend"),
        (date(2030, 1, 2), "calendar.working"),
    ],
)
def test_reasons(day: date, code: str) -> None:
    assert small().reason(day).code == code


def test_the_worked_saturday_says_so() -> None:
    assert SHIPPED.reason(date(2026, 8, 22)).vi == "22/08/2026 là thứ Bảy làm bù."


def test_a_year_without_a_list_knows_only_fixed_holidays_and_says_so() -> None:
    calendar = small()
    assert not calendar.is_working_day(date(2031, 11, 24))
    assert [doubt.code for doubt in calendar.doubts(date(2031, 11, 25))] == ["calendar.no_year"]
    assert calendar.doubts(date(2030, 1, 2)) == ()
    assert [doubt.code for doubt in SHIPPED.doubts(date(2027, 3, 1))] == ["calendar.estimate"]


def test_fixed_holidays_begin_with_their_year() -> None:
    assert small().day_off(date(2025, 11, 24)) is None
    assert small().day_off(date(2026, 11, 24)) is not None


def test_a_calendar_of_holidays_only_does_not_hang() -> None:
    closed = tuple(NamedDay(date(2030, 1, 1) + timedelta(n), "x") for n in range(60))
    with pytest.raises(DomainError) as refusal:
        small(closed=closed).next_working_day(date(2030, 1, 1))
    assert refusal.value.code == "calendar.endless"


@given(DAYS)
def test_the_next_working_day_is_the_first_one(day: date) -> None:
    found = SHIPPED.next_working_day(day)
    assert found > day
    between = [day + timedelta(n) for n in range(1, (found - day).days)]
    assert not any(SHIPPED.is_working_day(skipped) for skipped in between)
    assert SHIPPED.is_working_day(found)


@given(DAYS, st.integers(0, 20))
def test_adding_and_counting_agree(day: date, count: int) -> None:
    end = add_working_days(SHIPPED, day, count)
    assert working_days_between(SHIPPED, day, end) == count
    assert working_days_between(SHIPPED, end, day) == -count


@given(DAYS)
def test_a_last_day_of_rest_moves_on(day: date) -> None:
    moved = moved_to_working_day(SHIPPED, day)
    assert SHIPPED.is_working_day(moved)
    assert (moved == day) is SHIPPED.is_working_day(day)


@pytest.mark.parametrize(
    ("hour", "minute", "second", "late"),
    [(14, 59, 59, False), (15, 0, 0, False), (15, 0, 59, False), (15, 1, 0, True), (23, 0, 0, True)],
)
def test_the_minute_on_the_slip_decides(hour: int, minute: int, second: int, late: bool) -> None:
    moment = datetime.combine(date(2026, 11, 20), time(hour, minute, second))
    assert is_after(moment, time(15)) is late


@pytest.mark.parametrize("raw", [b"", b"[]", b"{", b"\xff\xfe", b'{"years": 1}', b"[" * 100_000])
def test_a_damaged_file_has_words(raw: bytes) -> None:
    with pytest.raises(DomainError) as refusal:
        parse_calendar(raw)
    assert refusal.value.code == "table.file"
