"""Numbers, dates, names as people here write them."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.ui import formatting as f


@pytest.mark.parametrize(
    ("dong", "shown"),
    [(0, "0\u00a0đ"), (2000, "2.000\u00a0đ"), (1234000, "1.234.000\u00a0đ"), (-2000, "\u22122.000\u00a0đ")],
)
def test_money(dong: int, shown: str) -> None:
    assert f.money(dong) == shown


@given(st.integers(min_value=0, max_value=10**11))
def test_money_that_is_shown_can_be_read_again(dong: int) -> None:
    assert f.parse_money(f.money(dong)) == dong


@pytest.mark.parametrize(
    ("typed", "dong"),
    [("150.000", 150000), ("150 000 đ", 150000), ("100", 100), ("", None), ("abc", None), ("12a", None),
     ("9" * 13, None), ("1,5", 15)],
)  # fmt: skip
def test_money_as_typed(typed: str, dong: int | None) -> None:
    assert f.parse_money(typed) == dong


def test_percent() -> None:
    assert f.percent(0.986) == "98,6%"
    assert f.percent(1.0) == "100%"
    assert f.percent(0) == "0%"


MOMENT = 1_795_145_040_000  # 2026-11-20 03:24 UTC = 10:24 in Vietnam


def test_moments_are_shown_in_the_time_of_vietnam() -> None:
    assert f.date(MOMENT) == "20/11/2026"
    assert f.short_date(MOMENT) == "20/11"
    assert f.time(MOMENT) == "10:24"
    assert f.day_and_time(MOMENT) == "20/11 10:24"
    assert f.long_moment(MOMENT) == "Thứ Sáu, 20/11/2026 · 10:24"
    assert f.long_moment(MOMENT, "en") == "Friday, 20/11/2026 · 10:24"


def test_late_in_the_evening_utc_is_the_next_day_here() -> None:
    assert f.date(MOMENT + 14 * 3600 * 1000) == "21/11/2026"


def test_days() -> None:
    assert f.day(20261120) == "20/11/2026"
    assert f.day(19510000) == "1951"
    assert f.day(19510300) == "1951"
    assert f.day(0) == ""


def test_identity_numbers() -> None:
    assert f.grouped("012086006812") == "012 086 006 812"
    assert f.grouped("12345") == "12345"
    assert f.grouped("AB1234567") == "AB1234567"
    assert f.last_digits("012086006812") == "...6812"
    assert f.last_digits("123") == "123"


def test_initials() -> None:
    assert f.initials("Lù Thị Mai") == "LM"
    assert f.initials("Y") == "Y"
    assert f.initials("đỗ hải") == "ĐH"
    assert f.initials("") == ""


def test_fold_finds_what_was_typed_without_marks() -> None:
    assert f.fold("NGUYỄN THỊ ĐÀO") == "nguyen thi dao"
    assert f.fold("Nguye\u0302\u0303n") == "nguyen"


ORDER = "Am An Anh Ám Ăn Ẳm Ân Ấn Dũng Dương Đạt Đặng Em Ê ma mà mả mã má mạ Ơn Tư Uyên Ư Y".split()  # noqa: SIM905


def test_vietnamese_order_from_any_start() -> None:
    expected = ["Am", "Ám", "An", "Anh", "Ẳm", "Ăn", "Ân", "Ấn", "Dũng", "Dương", "Đạt", "Đặng", "Em", "Ê",
                "ma", "mà", "mả", "mã", "má", "mạ", "Ơn", "Tư", "Uyên", "Ư", "Y"]  # fmt: skip
    shuffled = list(ORDER)
    for seed in range(5):
        random.Random(seed).shuffle(shuffled)
        assert sorted(shuffled, key=f.sort_key) == expected


def test_decomposed_names_sort_like_composed_ones() -> None:
    assert f.sort_key("A\u0302\u0301n") == f.sort_key("Ấn")


def test_people_go_by_given_name() -> None:
    people = ["Vàng Văn Thăng", "Lù Thị Mai", "Đỗ Hải", "Y", "Lò Thị Mai"]
    assert sorted(people, key=f.name_key) == ["Đỗ Hải", "Lò Thị Mai", "Lù Thị Mai", "Vàng Văn Thăng", "Y"]


@given(st.lists(st.text(max_size=8), max_size=6))
def test_any_text_can_be_sorted(words: list[str]) -> None:
    assert len(sorted(words, key=f.sort_key)) == len(words)


def test_what_stands_in_brackets_behind_a_name_gives_no_initial() -> None:
    assert f.initials("Lù Thị Mai (tập huấn)") == "LM"


@pytest.mark.parametrize("at", [10**15, 2**63 - 1])
def test_a_moment_outside_the_calendar_breaks_no_list(at: int) -> None:
    """Another counter's clock, or program, went mad: its row is drawn like any."""
    assert f.day_and_time(at) == "31/12 23:59"
    assert f.long_moment(at)
