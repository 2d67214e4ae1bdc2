"""Dates as typed and the local date of an instant."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.dates import (
    PartialDate,
    moment_text,
    paper_date,
    parse_birth_date,
    parse_date,
    short_date,
    vn_date,
    vn_datetime,
    vn_instant,
)
from counter_app.domain.errors import DomainError

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    "typed",
    ["020998", "2/9/98", "02091998", "02/09/1998", "2-9-1998", "2.9.98", "2 9 1998", " 1998-09-02 "],
)
def test_the_ways_of_typing_one_day(typed: str) -> None:
    assert parse_birth_date(typed, TODAY) == PartialDate(1998, 9, 2)


@pytest.mark.parametrize(
    ("typed", "year"), [("1/1/26", 2026), ("1/1/27", 1927), ("010100", 2000), ("1/1/99", 1999)]
)
def test_two_digits_are_the_latest_year_not_in_the_future(typed: str, year: int) -> None:
    assert parse_birth_date(typed, TODAY).year == year


def test_a_year_alone_is_a_date_of_birth() -> None:
    born = parse_birth_date("1950", TODAY)
    assert (born.year_only, born.text, born.iso, born.as_date()) == (True, "1950", "1950", None)


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("31/02/1998", "Ngày 31/02/1998 không có trong lịch."),
        ("310298", "Ngày 31/02/1998 không có trong lịch."),
        ("29/2/2023", "Ngày 29/02/2023 không có trong lịch."),
        ("0/5/2000", "Ngày 00/05/2000 không có trong lịch."),
        ("01132000", "Ngày 01/13/2000 không có trong lịch."),
    ],
)
def test_days_that_no_calendar_has(typed: str, title: str) -> None:
    with pytest.raises(DomainError) as refusal:
        parse_birth_date(typed, TODAY, "birth")
    assert (refusal.value.title, refusal.value.field) == (title, "birth")


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "date.format"),
        ("hôm qua", "date.format"),
        ("12345", "date.format"),
        ("²/9/1998", "date.format"),
        ("٠٢٠٩٩٨", "date.format"),
        ("1/1/1899", "date.year"),
        ("3000", "date.year"),
        ("22/11/2026", "date.future"),
        ("2027", "date.future"),
    ],
)
def test_what_is_refused(typed: str, code: str) -> None:
    with pytest.raises(DomainError) as refusal:
        parse_birth_date(typed, TODAY)
    assert refusal.value.code == code


def test_born_today_is_no_future() -> None:
    assert parse_birth_date("21/11/2026", TODAY).as_date() == TODAY
    assert parse_birth_date("2026", TODAY).year_only


def test_expiry_dates_may_lie_ahead() -> None:
    assert parse_date("14/03/2036", TODAY).text == "14/03/2036"


@given(st.text(max_size=30))
def test_any_text_gives_a_date_or_words(text: str) -> None:
    try:
        found = parse_date(text, TODAY)
    except DomainError as error:
        assert error.code.startswith("date.")  # noqa: PT017 - either outcome is lawful
        assert error.words("en").title  # noqa: PT017
    else:
        assert 1900 <= found.year <= 2199


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_what_is_shown_is_read_back(day: date) -> None:
    assert parse_date(short_date(day), TODAY).as_date() == day


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)), st.booleans())
def test_entries_hold_it_as_a_number(day: date, year_only: bool) -> None:
    partial = PartialDate(day.year) if year_only else PartialDate(day.year, day.month, day.day)
    assert PartialDate.from_int(partial.as_int) == partial


def test_zero_is_not_known() -> None:
    assert PartialDate.from_int(0) is None
    assert PartialDate(1998).as_int == 19980000


@given(st.datetimes(datetime(1971, 1, 1), datetime(2199, 1, 1)))  # noqa: DTZ001
def test_local_time_is_seven_hours_ahead(utc: datetime) -> None:
    """Against the standard library's own time zones, a second way to the same figure."""
    aware = utc.replace(tzinfo=UTC)
    at = (aware - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)
    expected = (aware.astimezone(timezone(timedelta(hours=7)))).replace(tzinfo=None)
    assert abs(vn_datetime(at) - expected) < timedelta(milliseconds=1)
    assert vn_instant(vn_datetime(at)) == at


def test_the_day_changes_at_five_in_the_afternoon_utc() -> None:
    seventeen = 1_795_194_000_000  # 2026-11-20 17:00:00 UTC
    assert vn_date(seventeen - 1) == date(2026, 11, 20)
    assert vn_date(seventeen) == date(2026, 11, 21)


@pytest.mark.parametrize("at", [2**63 - 1, 10**17, -(10**17)])
def test_an_instant_outside_the_calendar_has_words(at: int) -> None:
    with pytest.raises(DomainError) as refusal:
        vn_datetime(at)
    assert refusal.value.code == "date.clock"


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2026, 11, 20), "ngày 20 tháng 11 năm 2026"),
        (date(2026, 3, 5), "ngày 05 tháng 3 năm 2026"),
        (date(2026, 2, 10), "ngày 10 tháng 02 năm 2026"),
        (date(2026, 1, 1), "ngày 01 tháng 01 năm 2026"),
    ],
)
def test_dates_on_papers(day: date, text: str) -> None:
    assert paper_date(day) == text


@pytest.mark.parametrize(
    ("at", "shown"),
    [(0, "none"), (1_795_146_060_000, "10:41 20/11/2026"), (10**15, "?"), (2**63 - 1, "?")],
)
def test_a_moment_for_a_list_never_stops_it(at: int, shown: str) -> None:
    assert moment_text(at, "%H:%M %d/%m/%Y", "none") == shown
