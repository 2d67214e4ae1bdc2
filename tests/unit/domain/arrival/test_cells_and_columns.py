"""Cells as people type them, and headings as offices write them."""

from __future__ import annotations

import pytest

from counter_app.domain.arrival import cells, columns
from counter_app.domain.arrival.cells import BadCell
from counter_app.domain.arrival.entries import DOSSIERS, LINES


@pytest.mark.parametrize(
    ("text", "number"), [("01", 1), ("1775", 1775), ("1775/2026", 1775), (" 12 - SCT/BS", 12), ("007", 7)]
)
def test_numbers(text, number):
    assert cells.number(text, 2026) == number


@pytest.mark.parametrize("text", ["", "0", "mười", "1775/2025", "12a", "1.775", "99999999"])
def test_no_numbers(text):
    with pytest.raises(BadCell):
        cells.number(text, 2026)


@pytest.mark.parametrize(
    ("text", "day"),
    [("12/03/2026", 20260312), ("2-3-26", 20260302), ("2026-03-12", 20260312), ("12/3", 20260312),
     ("12.03.2026", 20260312), ("08:30 12/03/2026", 20260312)],
)  # fmt: skip
def test_days(text, day):
    assert cells.day(text, 2026) == day


@pytest.mark.parametrize(
    "text", ["", "31/02/2026", "12", "99/99", "ngày 12", "2026-13-01", "25:61 12/03/2026"]
)
def test_no_days(text):
    with pytest.raises(BadCell):
        cells.day(text, 2026)


def test_a_day_without_a_time_has_the_hour_it_is_given():
    assert cells.moment("12/03/2026", 2026, 17).hour == 17
    assert (cells.moment("12/03/2026 8h30", 2026, 17).hour, cells.moment("8:30 12/03", 2026, 17).minute) == (
        8,
        30,
    )


@pytest.mark.parametrize(
    ("text", "dong"), [("4.000", 4000), ("4,000 đ", 4000), ("", 0), ("12 000 VNĐ", 12000)]
)
def test_money(text, dong):
    assert cells.money(text) == dong


@pytest.mark.parametrize("text", ["bốn", "-4000", "=1+1", "999999999999"])
def test_no_money(text):
    with pytest.raises(BadCell):
        cells.money(text)


@pytest.mark.parametrize(
    ("what", "head", "role"),
    [
        (LINES, "Số chứng thực", "number"),
        (LINES, "STT", "number"),
        (LINES, "Ngày, tháng, năm chứng thực", "day"),
        (LINES, "Họ tên, chức danh người ký chứng thực", "signatory"),
        (LINES, "Họ và tên của người yêu cầu chứng thực", "name"),
        (LINES, "Tên của bản chính giấy tờ", "original"),
        (LINES, "Số bản sao đã chứng thực", "copies"),
        (LINES, "Lệ phí/Phí chứng thực", "fee"),
        (LINES, "Ghi chú", "remarks"),
        (LINES, "Quyển số", "book"),
        (LINES, "Màu bìa", ""),
        (DOSSIERS, "Ngày, giờ hẹn trả kết quả", "due"),
        (DOSSIERS, "Ngày, giờ nhận hồ sơ", "received"),
        (DOSSIERS, "Tên thủ tục hành chính", "procedure"),
        (DOSSIERS, "Mã hồ sơ", "code"),
    ],
)
def test_headings_of_the_law_and_of_offices(what, head, role):
    assert columns.role_of(what, head, {}) == role


def test_what_was_chosen_before_stands_above_the_words():
    known = columns.remembered(("Tài liệu", "Ghi chú"), ("original", ""))
    assert columns.role_of(LINES, "TÀI LIỆU", known) == "original"
    assert columns.role_of(LINES, "Ghi chú", known) == ""


def test_a_kept_choice_of_another_kind_of_file_is_not_believed():
    assert columns.role_of(LINES, "Mã", {"ma": "procedure"}) == ""


def test_the_head_is_found_below_titles_and_one_column_has_a_role():
    rows = [("SỔ CHỨNG THỰC",), ("", ""), ("Số", "Ngày", "Họ tên", "Tên giấy tờ", "Số bản", "Số bản")]
    assert columns.find_head(LINES, rows, {}) == 2
    assert columns.propose(LINES, rows[2], {}) == ("number", "day", "name", "original", "copies", "")
    assert columns.find_head(LINES, [("Số", "Ngày")], {}) == -1


def test_columns_that_are_lacking_are_named():
    assert columns.lacking(LINES, ("number", "day", "name")) == ("original", "copies")
    assert columns.lacking(DOSSIERS, ("code", "procedure", "name", "received")) == ()
