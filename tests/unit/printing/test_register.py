"""The register of a month: legal columns, struck and unknown numbers, closing line, PDF and Excel alike."""

from __future__ import annotations

import re
from datetime import date, datetime
from io import BytesIO

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from PIL import ImageChops

from counter_app.printing.forms import register_excel, register_month, register_pdf
from counter_app.printing.forms.register_month import LineState, RegisterLine
from counter_app.printing.layout import PRACTICE_MARK
from counter_app.printing.model import Letterhead, Marks, Signature
from counter_app.printing.preview import page_count, page_image
from tests.unit.printing.seeing import ink, page_size_mm, squeezed, text_of, white_margins_mm

AS_OF = datetime.fromisoformat("2026-11-30T17:00")


def a_line(number: int, state: LineState = LineState.SIGNED, **changes: object) -> RegisterLine:
    """A full line."""
    line = RegisterLine(
        number=number,
        state=state,
        day=date(2026, 11, 20),
        requester=f"HỌC VIÊN ẨM {number}",
        original="Học bạ",
        signer="TRẦN VĂN TẬP HUẤN, Phó Chủ tịch",
        copies=2,
        fee=4_000,
    )
    return replace(line, **changes)


def a_month(*lines: RegisterLine, **changes: object) -> register_month.RegisterMonth:
    """A month of the practice unit."""
    data = register_month.RegisterMonth(
        head=Letterhead(superior="UBND XÃ TẬP HUẤN", unit="TRUNG TÂM TẬP HUẤN", place=""),
        book="03",
        year=2026,
        month=11,
        lines=lines,
        as_of=AS_OF,
        closed=True,
        signatures=(
            Signature(role="NGƯỜI LẬP", name="LÒ THỊ TẬP HUẤN"),
            Signature(role="NGƯỜI KÝ", name="TRẦN VĂN"),
        ),
    )
    return replace(data, **changes)


def test_the_eight_legal_columns_stand_on_every_page() -> None:
    pdf = register_pdf.render(a_month(*(a_line(n) for n in range(1, 61))))
    assert page_size_mm(pdf) == (297.0, 210.0)
    pages = page_count(pdf)
    for page in range(pages):
        words = squeezed(text_of(pdf, page))
        for head in (
            "Số thứ tự/số chứng thực",
            "Ngày, tháng, năm chứng thực",
            "Họ tên của người yêu cầu chứng thực",
            "Tên của bản chính giấy tờ, văn bản",
            "Họ tên, chức danh người ký chứng thực",
            "Số bản sao đã được chứng thực",
            "Lệ phí/Phí chứng thực",
            "Ghi chú",
        ):
            assert squeezed(head)[:9] in words
        assert f"Trang{page + 1}/{pages}" in words
        assert white_margins_mm(pdf, page)[3] > 5


def test_every_number_stands_once_and_in_order() -> None:
    pdf = register_pdf.render(a_month(*(a_line(n) for n in range(1, 200))))
    numbers = [int(n) for n in re.findall(r"HỌC VIÊN ẨM (\d+)", text_of(pdf))]
    assert numbers == list(range(1, 200))


def test_a_struck_line_is_ruled_through_and_keeps_its_words() -> None:
    kept, struck = a_line(1), a_line(1, LineState.STRUCK, note="sai số trang")
    pdf = register_pdf.render(a_month(struck))
    assert "HỌC VIÊN ẨM 1" in text_of(pdf)
    assert "Số gạch: sai số trang" in text_of(pdf)
    plain = register_pdf.render(a_month(replace(kept, note="Số gạch: sai số trang")))
    # Cut above the closing lines, which differ.
    with_rule, without = (page_image(p, 0, 150).crop((0, 0, 1754, 430)) for p in (pdf, plain))
    box = ImageChops.difference(with_rule, without).getbbox()
    assert box is not None
    assert box[0] < 12 * 150 / 25.4 + 60, "the number is ruled through"
    assert box[2] < 245 * 150 / 25.4, "Ghi chú is not"
    assert ink(with_rule) > ink(without) + 200


def test_unknown_numbers_are_a_range_and_never_called_annulled() -> None:
    unknown = RegisterLine(number=1843, last=1850, state=LineState.UNKNOWN, note="máy QUẦY-01 hỏng")
    words = text_of(register_pdf.render(a_month(unknown)))
    assert "1843 - 1850" in words
    assert "Chưa rõ: máy QUẦY-01 hỏng" in words
    assert "hủy" not in words.lower()
    with pytest.raises(ValueError, match="only unknown"):
        RegisterLine(number=1, last=3)
    with pytest.raises(ValueError, match="only unknown"):
        RegisterLine(number=5, last=3, state=LineState.UNKNOWN)


def test_the_closing_line_adds_up() -> None:
    lines = (
        a_line(1),
        a_line(2, LineState.STRUCK),
        a_line(3, LineState.UNCONFIRMED),
        a_line(4, LineState.ANNULLED),
        RegisterLine(number=5, last=9, state=LineState.UNKNOWN),
        a_line(10, copies=None, fee=None),
    )
    assert register_month.closing_words(a_month(*lines)) == (
        "Tổng cộng tháng 11/2026: từ số 01 đến số 10, 10 số = 2 đã ký + 1 chưa xác nhận đã ký + 1 gạch + "
        "1 hủy bỏ giá trị + 5 chưa rõ; 6 bản sao; phí chứng thực 12.000\u00a0đ."
    )
    assert "không có số chứng thực nào" in register_month.closing_words(a_month())


@given(
    st.lists(st.sampled_from([s for s in LineState if s is not LineState.UNKNOWN]), min_size=1, max_size=40)
)
def test_counts_are_the_numbers_whatever_the_states(states: list[LineState]) -> None:
    lines = tuple(a_line(n, state) for n, state in enumerate(states, 1))
    assert sum(register_month.counts(lines).values()) == len(lines)
    copies, fees = register_month.totals(lines)
    struck = states.count(LineState.STRUCK)
    assert (copies, fees) == (2 * (len(lines) - struck), 4_000 * (len(lines) - struck))


def test_an_open_month_says_so() -> None:
    assert "CHƯA KHÓA SỔ THÁNG" in text_of(register_pdf.render(a_month(a_line(1), closed=False)))
    assert "CHƯA KHÓA SỔ" not in text_of(register_pdf.render(a_month(a_line(1))))


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 45))
def test_signatures_are_on_the_last_page_and_nothing_leaves_it(count: int) -> None:
    pdf = register_pdf.render(a_month(*(a_line(n) for n in range(1, count + 1))))
    last = page_count(pdf) - 1
    assert "LÒ THỊ TẬP HUẤN" in text_of(pdf, last)
    assert white_margins_mm(pdf, last)[3] > 5
    assert f"Trang {last + 1}/{last + 1}" in text_of(pdf, last)


def test_a_cell_longer_than_a_page_is_parted_not_cut() -> None:
    words = " ".join(f"mục{n}" for n in range(900))
    pdf = register_pdf.render(a_month(a_line(1, original=words), a_line(2)))
    seen = text_of(pdf)
    assert [w for w in words.split() if w not in seen] == []
    for page in range(page_count(pdf)):
        assert white_margins_mm(pdf, page)[3] > 5


def test_names_are_text_in_pdf_and_excel() -> None:
    evil = '=HYPERLINK("http://x") <b>đậm</b> &amp; {0} %s \\n'
    data = a_month(a_line(1, requester=evil, note="+1+1"), a_line(2, requester="@SUM(A1)", original="-2+3"))
    assert squeezed(evil) in squeezed(text_of(register_pdf.render(data)))
    sheet = workbook(data)
    assert sheet["C8"].value == evil
    assert sheet["C9"].value == "@SUM(A1)"
    assert sheet["D9"].value == "-2+3"
    assert sheet["H8"].value == "+1+1"
    for row in sheet.iter_rows():
        for cell in row:
            assert cell.data_type in {"s", "n", "d"}, cell.coordinate
            assert cell.hyperlink is None


def workbook(data: register_month.RegisterMonth) -> openpyxl.worksheet.worksheet.Worksheet:
    """The first sheet of the rendered workbook."""
    return openpyxl.load_workbook(BytesIO(register_excel.render(data))).active


def test_an_annulled_line_stays_readable_with_reason_and_act_on_paper_and_in_excel() -> None:
    act = "xác nhận sai, QĐ 12/QĐ-UBND ngày 20/11/2026"
    month = a_month(a_line(1, LineState.ANNULLED, note=act))
    pdf = register_pdf.render(month)
    words = " ".join(text_of(pdf).split())
    assert "Hủy bỏ giá trị: xác nhận sai" in words
    assert "12/QĐ-UBND" in words
    plain = register_pdf.render(a_month(replace(a_line(1), note=f"Hủy bỏ giá trị: {act}")))
    shown, unmarked = (page_image(p, 0, 150).crop((0, 0, 1754, 430)) for p in (pdf, plain))
    assert ImageChops.difference(shown, unmarked).getbbox() is None, "nothing is ruled through"
    sheet = workbook(month)
    assert not any(sheet.cell(8, column).font.strike for column in range(1, 9))
    assert sheet["H8"].value == f"Hủy bỏ giá trị: {act}"


def test_excel_has_real_dates_numbers_and_strikes() -> None:
    sheet = workbook(
        a_month(
            a_line(1),
            a_line(2, LineState.STRUCK, note="sai"),
            RegisterLine(number=3, last=5, state=LineState.UNKNOWN),
        )
    )
    assert [cell.value for cell in sheet[6]] == list(register_month.HEADS)
    assert sheet["A8"].value == 1
    assert sheet["B8"].value.date() == date(2026, 11, 20)
    assert sheet["B8"].number_format == "dd/mm/yyyy"
    assert (sheet["F8"].value, sheet["G8"].value) == (2, 4_000)
    assert sheet["C9"].font.strike
    assert not sheet["H9"].font.strike
    assert not sheet["C8"].font.strike
    assert sheet["A10"].value == "03 - 05"
    assert sheet["B10"].value is None
    assert sheet["A12"].value.startswith("Tổng cộng tháng 11/2026")
    assert sheet.print_title_rows == "$6:$7"


def test_excel_and_pdf_are_marked_in_practice() -> None:
    data = a_month(a_line(1), marks=Marks(practice=True, copy_number=2))
    assert PRACTICE_MARK in workbook(data)["A4"].value
    assert "Bản in lần 2" in workbook(data)["A4"].value
    words = text_of(register_pdf.render(data))
    assert PRACTICE_MARK in words
    assert "Bản in lần 2" in words


def test_a_text_that_excel_would_cut_is_refused() -> None:
    with pytest.raises(ValueError, match="longer"):
        register_excel.render(a_month(a_line(1, original="x" * 32_768)))


def test_a_register_of_another_kind_has_its_own_heads() -> None:
    heads = tuple(f"Cột {n}" for n in range(1, 9))
    words = text_of(register_pdf.render(a_month(a_line(1), heads=heads, symbol="SCT/CK,ĐC")))
    assert "Cột 8" in words
    assert "-SCT/CK,ĐC" in words
