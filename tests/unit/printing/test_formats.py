"""Words, dates and money as papers write them."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.printing import formats


@pytest.mark.parametrize(
    ("amount", "words"),
    [(0, "0\u00a0đ"), (999, "999\u00a0đ"), (1_234_000, "1.234.000\u00a0đ"), (-2_000, "\u22122.000\u00a0đ")],
)
def test_money_has_dots_and_a_true_minus(amount: int, words: str) -> None:
    assert formats.money(amount) == words


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 11, 20), "ngày 20 tháng 11 năm 2026"),
        (date(2026, 2, 5), "ngày 05 tháng 02 năm 2026"),
        (date(2026, 3, 9), "ngày 09 tháng 3 năm 2026"),
    ],
)
def test_long_dates_pad_days_below_ten_and_months_below_three(day: date, words: str) -> None:
    assert formats.long_date(day) == words


def test_an_appointment_says_hour_and_date() -> None:
    moment = datetime.fromisoformat("2026-11-23T07:05")
    assert formats.hour_and_date(moment) == "07 giờ 05 phút, ngày 23 tháng 11 năm 2026"
    assert formats.short_moment(moment) == "07:05 23/11/2026"


def test_numbers_start_from_01() -> None:
    assert [formats.register_number(n) for n in (1, 9, 10, 1776)] == ["01", "09", "10", "1776"]


@pytest.mark.parametrize(
    ("given_text", "printed"),
    [
        ("Nguye\u0302\u0303n Thị A\u0302\u0309m", "Nguyễn Thị Ẩm"),
        ("A\u202eB", "A B"),
        ("một\n\thai\x00ba", "một hai ba"),
        ("  giữa   hai  ", "giữa hai"),
        ("<b>=1+1</b> & @", "<b>=1+1</b> & @"),
        ("xa\u00a0đ", "xa\u00a0đ"),
    ],
)
def test_text_is_one_line_of_nfc_and_otherwise_untouched(given_text: str, printed: str) -> None:
    assert formats.clean(given_text) == printed


@given(st.text(max_size=60))
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    once = formats.clean(text)
    assert formats.clean(once) == once
    assert not any(sign in once for sign in "\n\r\t\x00\u202e\u2028")


@given(st.integers(-(10**12), 10**12))
def test_grouping_keeps_every_digit(amount: int) -> None:
    assert int(formats.grouped(amount).replace(".", "").replace("\u2212", "-")) == amount
