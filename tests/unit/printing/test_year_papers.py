"""Closing sheet, minutes, yearly book and slip to paste: what they say, and that long ones lose nothing."""

from __future__ import annotations

import io
from datetime import date, datetime

import msgspec
import pypdf
import pytest

from counter_app.printing.forms import bound_note, register_month, register_pdf, year_book, year_closing
from counter_app.printing.forms.minutes import Person
from counter_app.printing.forms.year_closing import Tally, YearClosing
from counter_app.printing.model import Letterhead, Marks
from counter_app.services.papers.forms import BOUND_NOTE, YEAR_CLOSING, Paper, draw, pack

HEAD = Letterhead(superior="UBND XÃ BÌNH LƯ (TẬP HUẤN)", unit="TRUNG TÂM", place="Bình Lư")
PRACTICE = Marks(practice=True)


def tally(month: int, first: int, last: int, struck: int = 0, annulled: int = 0, voided: int = 0) -> Tally:
    signed = last - first + 1 - struck - annulled - voided
    return Tally(
        month=month, first=first, last=last, signed=signed, struck=struck, annulled=annulled,
        voided=voided, copies=2 * (signed + annulled), fees=4_000 * (signed + annulled),
    )  # fmt: skip


def closing(**change) -> YearClosing:
    data = YearClosing(
        head=HEAD, title="SỔ CHỨNG THỰC BẢN SAO TỪ BẢN CHÍNH", symbol="SCT/BS", counted="bản sao", books="03",
        year=2026, total=tally(0, 1, 30, 2, 1, 3), months=(tally(11, 1, 20, 2), tally(12, 21, 30, 0, 1, 3)),
        settled=(("25", "Hủy số", "BB 04/2026"),), struck=(("07", "Số gạch", "thiếu trang"),), changed=2,
        held_at=datetime.fromisoformat("2027-01-04T08:15"),
        first=Person(name="LÒ THỊ TẬP HUẤN", office="Hộ tịch"),
        second=Person(name="TRẦN VĂN TẬP HUẤN", office="Phó Chủ tịch"),
        journal_head="ab" * 32, marks=PRACTICE,
    )  # fmt: skip
    return msgspec.structs.replace(data, **change)


def slip(**change) -> bound_note.BoundNote:
    data = bound_note.BoundNote(
        head=HEAD, symbol="SCT/BS", book="03", year=2026, month=11, number=7, day=date(2026, 11, 20),
        name="NGƯỜI TẬP HUẤN", original="Giấy khai sinh", changes=(("09:00 02/12/2026", "Huỷ bỏ", "Hoa"),),
        made_at=datetime.fromisoformat("2026-12-02T09:05"), marks=PRACTICE,
    )  # fmt: skip
    return msgspec.structs.replace(data, **change)


def month(count: int) -> register_month.RegisterMonth:
    lines = tuple(
        register_month.RegisterLine(
            number=i, day=date(2026, 11, 20), requester=f"TẬP HUẤN {i}", original="GKS", copies=2, fee=4_000
        )
        for i in range(1, count + 1)
    )
    return register_month.RegisterMonth(
        head=HEAD, book="03", year=2026, month=11, lines=lines,
        as_of=datetime.fromisoformat("2026-11-30T17:00"), closed=True,
        marks=PRACTICE,
    )  # fmt: skip


def book(**change) -> year_book.YearBook:
    data = year_book.YearBook(
        head=HEAD, title="SỔ CHỨNG THỰC", symbol="SCT/BS", books="03", year=2026, first=1, last=60,
        months=(month(60),), notes=(), closing=None,
        as_of=datetime.fromisoformat("2026-12-02T09:00"), marks=PRACTICE,
    )  # fmt: skip
    return msgspec.structs.replace(data, **change)


def pages(pdf: bytes) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]


def test_the_total_adds_up_in_figures_and_words() -> None:
    first, copies, fees = year_closing.total_lines(closing())
    assert first == (
        "Tổng số việc chứng thực trong sổ năm 2026: 30 số, từ số 01 đến số 30 (bằng chữ: ba mươi số), "
        "gồm 24 đã ký + 1 đã ký, huỷ bỏ giá trị + 2 gạch + 3 hủy số theo biên bản."
    )
    assert copies == "Số bản sao: 50 (bằng chữ: năm mươi)."
    assert "một trăm nghìn đồng" in fees
    total = closing().total
    assert total.numbers == total.last - total.first + 1 == 30


def test_an_empty_year_says_so_and_a_book_from_paper_names_what_lies_before() -> None:
    empty = Tally(first=1, last=0, signed=0, struck=0, annulled=0, voided=0, copies=0, fees=0)
    assert year_closing.total_lines(closing(total=empty)) == ("Năm 2026 sổ này không có số chứng thực nào.",)
    assert year_closing.total_lines(closing(total=tally(0, 413, 420)))[-1].startswith(
        "Các số từ 01 đến 412 ghi trong sổ giấy"
    )


def test_sheet_and_minutes_bear_the_last_day_and_two_names() -> None:
    sheet, minutes = pages(year_closing.render(closing()))
    assert "Khóa sổ ngày 31 tháng 12 năm 2026." in sheet
    assert "CHỦ TỊCH" in sheet
    assert "đóng dấu" in sheet
    assert "Lập lúc 08 giờ 15 phút, ngày 04 tháng 01 năm 2027" in minutes
    for words in (
        "LÒ THỊ TẬP HUẤN",
        "TRẦN VĂN TẬP HUẤN",
        "BB 04/2026",
        "thiếu trang",
        "Cả năm 01 - 30 30 24",
    ):
        assert words in minutes


def test_minutes_with_many_rows_run_over_pages_and_keep_every_row() -> None:
    rows = tuple((f"{n:04d}", "Hủy số", f"BB {n}") for n in range(1, 201))
    told = pages(year_closing.render(closing(settled=rows)))
    assert len(told) > 4
    text = " ".join(told)
    assert all(f"{n:04d} Hủy số BB {n}" in text for n in range(1, 201))
    assert "NGƯỜI THỨ HAI" in told[-1]


def test_the_book_holds_the_month_exactly_as_it_was_bound() -> None:
    alone = pages(register_pdf.render(month(60)))
    told = pages(year_book.render(book()))
    assert told[1:] == alone, "cover, then the same pages with their own page x/y"
    assert "Từ số 01 đến số 60" in told[0]
    assert "CHƯA KHÓA SỔ NĂM" in told[0]


def test_notes_and_closing_come_last_and_an_unprinted_slip_is_seen() -> None:
    note = year_book.LaterNote(
        number=7, month=11, when="09:00 02/12/2026", words="Huỷ bỏ", who="Hoa", pasted=False
    )
    told = pages(year_book.render(book(notes=(note,), closing=closing())))
    assert "GHI CHÚ BỔ SUNG SAU KHI ĐÓNG QUYỂN" in told[-2]
    assert "CHƯA IN" in told[-2]
    assert "TRANG KHÓA SỔ" in told[-1]
    assert "Đã khóa sổ đến hết ngày 31 tháng 12 năm 2026" in told[0]


def test_a_book_without_a_month_is_a_cover() -> None:
    (cover,) = pages(year_book.render(book(months=(), last=0)))
    assert "Chưa có số chứng thực nào" in cover


@pytest.mark.parametrize("count", [1, 30])
def test_a_slip_says_where_it_belongs_and_keeps_every_change(count: int) -> None:
    changes = tuple((f"09:{n:02d} 02/12/2026", f"Ghi chú {n}", "Hoa") for n in range(count))
    told = " ".join(pages(bound_note.render(slip(changes=changes))))
    assert "Dán tại số 07, sổ tháng 11/2026, quyển số 03/2026 -SCT/BS" in told
    assert all(f"Ghi chú {n}" in told for n in range(count))


def test_both_papers_wait_as_data_and_say_when_they_are_reprinted() -> None:
    for form, data in ((YEAR_CLOSING, closing()), (BOUND_NOTE, slip())):
        again = pages(draw(form, pack(Paper(form, "x", data)), 2))
        assert "Bản in lần 2" in again[0]
