"""Form 07: thirteen columns by day and by year, cover and closing line, the same facts in Excel."""

from __future__ import annotations

from datetime import date, datetime
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from counter_app.printing.forms.one_stop import books, register, register_excel
from counter_app.printing.forms.one_stop.register import RegisterContent, TrackedDossier
from counter_app.printing.layout import PRACTICE_MARK
from counter_app.printing.model import Marks
from counter_app.printing.preview import page_count
from tests.unit.printing.one_stop.practice_papers import (
    CAPITALS,
    CODE,
    DUE,
    GROUPED,
    HEAD,
    LAST_OLD,
    OFFICIAL,
    TAKEN,
    TODAY,
    missing,
)
from tests.unit.printing.seeing import page_size_mm, squeezed, text_of, white_margins_mm

COLUMNS = (
    "STT",
    "Mã hồ sơ",
    "Tên thủ tục hành chính",
    "Số lượng hồ sơ (bộ)",
    "Tên cá nhân, tổ chức",
    "Địa chỉ, số điện thoại",
    "Cơ quan chủ trì giải quyết",
    "Nhận hồ sơ",
    "Hẹn trả kết quả",
    "Trả kết quả",
    "Phương thức nhận kết quả",
    "Ký nhận",
    "Ghi chú",
)
RETURNED = datetime.fromisoformat("2026-11-26T14:20")
CLOSED_AT = datetime.fromisoformat("2026-12-31T17:00")


def tracked(number: int, book: str = "02", **changes: object) -> TrackedDossier:
    """A dossier that was returned."""
    line = TrackedDossier(
        book=book,
        number=number,
        code=CODE,
        provisional=True,
        procedure="Đăng ký khai sinh",
        party="SÙNG THỊ TẬP HUẤN",
        contact="Bản Thí Dụ\n0900 000 017",
        decides="UBND xã Tập Huấn",
        received_at=TAKEN,
        due_at=DUE,
        returned_at=RETURNED,
        how="Tại quầy",
        signed="Đã ký",
        note="trả sớm",
    )
    return replace(line, **changes)


def a_register(*lines: TrackedDossier, **changes: object) -> RegisterContent:
    """The year's register."""
    content = RegisterContent(
        head=HEAD,
        year=2026,
        lines=lines,
        as_of=CLOSED_AT,
        maker="LÒ THỊ TẬP HUẤN",
        office="GIÁM ĐỐC",
        signer="TRẦN VĂN TẬP HUẤN",
        closed=True,
    )
    return replace(content, **changes)


def pdf_of(content: RegisterContent, day: date = TODAY) -> bytes:
    """The register by the template in force on a day."""
    return register.render(books.load().in_force("07", day), content)


def sheet_of(content: RegisterContent) -> Any:
    """The Excel sheet, read back."""
    data = register_excel.render(books.load().in_force("07", TODAY), content)
    return openpyxl.load_workbook(BytesIO(data)).worksheets[0]


def test_the_thirteen_columns_and_the_facts_of_a_line() -> None:
    pdf = pdf_of(a_register(tracked(7)))
    facts = (
        "07",
        GROUPED,
        "(mã tạm)",
        "Đăng ký khai sinh",
        "SÙNG THỊ TẬP HUẤN",
        "Bản Thí Dụ 0900 000 017",
        "UBND xã Tập Huấn",
        "08:05 20/11/2026",
        "16:30 27/11/2026",
        "14:20 26/11/2026",
        "Tại quầy",
        "Đã ký",
        "trả sớm",
    )
    assert missing(pdf, *COLUMNS, "NHẬN VÀ TRẢ KẾT QUẢ", *facts) == []


def test_every_page_lies_on_a4_with_heads_and_its_number() -> None:
    pdf = pdf_of(a_register(*(tracked(n) for n in range(1, 61)), day=TODAY))
    pages = page_count(pdf)
    assert pages >= 3
    for page in range(pages):
        assert page_size_mm(pdf, page) == (297.0, 210.0)
        assert missing(pdf, f"Trang {page + 1}/{pages}", page=page) == []
        assert min(white_margins_mm(pdf, page)) > 2.5
    for page in range(pages - 1):
        assert missing(pdf, *COLUMNS, page=page) == []
    numbers = [squeezed(text_of(pdf)).count(f"{n}00000002") for n in (13, 27, 59)]
    assert numbers == [1, 1, 1]


def test_the_day_has_no_cover_and_the_year_has_one() -> None:
    day = pdf_of(a_register(tracked(1), day=TODAY, closed=False))
    assert missing(day, "Ngày 20/11/2026 - Quyển số: 02", "CHƯA KHÓA SỔ, số liệu đến 17:00 31/12/2026") == []
    assert missing(day, "STT", page=0) == []
    year = pdf_of(a_register(tracked(1)))
    assert page_count(year) == page_count(day) + 1
    cover = ("SỔ THEO DÕI HỒ SƠ", "Năm 2026", "Quyển số: 02", HEAD.unit, HEAD.superior)
    assert missing(year, *cover, "Đã khóa sổ", "GIÁM ĐỐC", page=0) == []
    assert "STT" not in text_of(year, 0)


def test_the_cover_counts_dossiers_and_pages() -> None:
    year = pdf_of(a_register(*(tracked(n) for n in range(1, 31))))
    pages = page_count(year)
    words = f"Sổ có 30 hồ sơ, gồm {pages} trang, đánh số từ 1 đến {pages}, đóng dấu giáp lai."
    assert missing(year, words, page=0) == []
    assert missing(year, f"Sổ gồm {pages} trang", "(Ký, đóng dấu, ghi rõ họ tên)", page=pages - 1) == []


def test_the_closing_line_adds_up() -> None:
    lines = (*(tracked(n) for n in range(1, 4)), tracked(4, returned_at=None), tracked(5, returned_at=None))
    words = "Năm 2026: tổng số 5 hồ sơ, quyển 02 từ số 01 đến số 05 (5 hồ sơ); đã trả kết quả 3, chưa trả 2."
    assert missing(pdf_of(a_register(*lines)), words) == []


def test_several_counters_books_follow_each_other_each_under_its_name() -> None:
    lines = (tracked(2, "03"), tracked(1, "01"), tracked(1, "03"))
    pdf = pdf_of(a_register(*lines))
    text = text_of(pdf, 1)
    assert text.index("Quyển số 01") < text.index("Quyển số 03")
    assert missing(pdf, "quyển 01 từ số 01 đến số 01 (1 hồ sơ); quyển 03 từ số 01 đến số 02 (2 hồ sơ)") == []
    assert text_of(pdf_of(a_register(tracked(1, "01"))), 1).count("Quyển số 01") == 0


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(["01", "02", "02-2"]), st.integers(1, 400), st.booleans()), unique=True
    )
)
def test_counts_and_ranges_add_up_whatever_the_order(found: list[tuple[str, int, bool]]) -> None:
    lines = [tracked(n, book, returned_at=RETURNED if back else None) for book, n, back in found]
    facts = register.values(a_register(*lines))
    assert int(facts["returned"]) + int(facts["open"]) == int(facts["count"]) == len(found)
    for book in {book for book, _, _ in found}:
        numbers = [n for b, n, _ in found if b == book]
        assert (
            f"quyển {book} từ số {min(numbers):02d} đến số {max(numbers):02d} ({len(numbers)} "
            in facts["ranges"]
        )
    rows = list(register.rows(a_register(*lines)))
    assert len([row for row in rows if "number" in row]) == len(found)


def test_an_empty_register_says_so() -> None:
    pdf = pdf_of(a_register())
    assert missing(pdf, "tổng số 0 hồ sơ, không có hồ sơ nào", "STT") == []


def test_unknown_dates_and_unreviewed_procedures_are_words() -> None:
    pdf = pdf_of(a_register(tracked(1, due_at=None, reviewed=False)))
    assert missing(pdf, "chưa có", "Đăng ký khai sinh (thủ tục chưa rà soát)") == []


def test_an_official_code_takes_the_place_of_the_provisional() -> None:
    pdf = pdf_of(a_register(tracked(1, code=OFFICIAL, provisional=False)))
    assert missing(pdf, OFFICIAL) == []
    assert "mã tạm" not in text_of(pdf)


@pytest.mark.parametrize(("code", "shown"), [("T00-1", "T00-1"), (OFFICIAL, "T00.00-20261120-\n0000001"),
                                             ("A" * 40, "A" * 40)])  # fmt: skip
def test_a_long_code_is_parted_at_its_last_hyphen(code: str, shown: str) -> None:
    assert register.code_words(tracked(1, code=code, provisional=False)) == shown


def test_the_longest_line_is_whole() -> None:
    party = f"{CAPITALS} <b>&amp; =HYPERLINK(1) " + "HỢP TÁC XÃ TẬP HUẤN " * 20
    pdf = pdf_of(a_register(tracked(1, party=party.strip(), note="lý do " * 300)))
    assert squeezed(text_of(pdf)).count("lýdo") == 300
    seen = squeezed(text_of(pdf))
    assert CAPITALS.replace(" ", "") in seen
    assert "&amp;=HYPERLINK(1)" in seen


def test_practice_is_marked_on_every_page() -> None:
    pdf = pdf_of(a_register(*(tracked(n) for n in range(1, 20)), marks=Marks(practice=True)))
    for page in range(page_count(pdf)):
        assert text_of(pdf, page).count(PRACTICE_MARK) == 2


def test_the_old_register_is_number_six() -> None:
    assert missing(pdf_of(a_register(tracked(1)), LAST_OLD), "Mẫu số 06, TT 01/2018/TT-VPCP") == []


def test_twelve_hundred_lines_are_each_there_once() -> None:
    pdf = pdf_of(a_register(*(tracked(n, note=f"dòng{n}.") for n in range(1, 1_201))))
    text = squeezed(text_of(pdf))
    assert [n for n in range(1, 1_201) if text.count(f"dòng{n}.") != 1] == []


# Excel


def test_excel_has_the_columns_in_two_levels() -> None:
    sheet = sheet_of(a_register(tracked(1)))
    heads = [sheet.cell(6, c).value or sheet.cell(5, c).value for c in range(1, 14)]
    assert heads == list(COLUMNS)
    assert sheet.cell(5, 8).value == "NHẬN VÀ TRẢ KẾT QUẢ"
    assert "H5:L5" in {str(area) for area in sheet.merged_cells.ranges}


def test_excel_has_real_dates_and_numbers() -> None:
    sheet = sheet_of(a_register(tracked(7)))
    row = [cell.value for cell in sheet[7]]
    assert row[0] == "02-07"
    assert row[1] == f"{CODE} (mã tạm)"
    assert row[3] == 1
    assert row[5] == "Bản Thí Dụ, 0900 000 017"
    assert row[7:10] == [TAKEN, DUE, RETURNED]
    assert sheet.cell(7, 8).number_format == "hh:mm dd/mm/yyyy"
    assert sheet.cell(7, 8).is_date


def test_excel_leaves_blank_what_has_not_happened() -> None:
    sheet = sheet_of(a_register(tracked(7, returned_at=None, due_at=None)))
    assert sheet.cell(7, 9).value == "chưa có"
    assert sheet.cell(7, 10).value is None


@pytest.mark.parametrize("name", ["=SUM(A1)", "+84", "@x", "-1", "http://example.invalid", "0123"])
def test_excel_text_stays_text(name: str) -> None:
    sheet = sheet_of(a_register(tracked(1, party=name)))
    assert (sheet.cell(7, 5).value, sheet.cell(7, 5).data_type) == (name, "s")
    assert sheet.cell(7, 5).hyperlink is None


def test_excel_says_what_it_is_and_sums_up() -> None:
    content = a_register(tracked(1), tracked(2, returned_at=None), day=TODAY, closed=False,
                         marks=Marks(practice=True))  # fmt: skip
    sheet = sheet_of(content)
    said = " ".join(str(sheet.cell(row, 1).value) for row in range(1, 5))
    for part in (HEAD.unit, "SỔ THEO DÕI HỒ SƠ", "Ngày 20/11/2026", "CHƯA KHÓA SỔ", PRACTICE_MARK):
        assert part in said
    assert sheet.cell(10, 1).value == "Tổng số: 2 hồ sơ; đã trả 1, chưa trả 1."
    assert sheet.title == "20-11-2026"
    assert PRACTICE_MARK in str(sheet.oddFooter.center.text)


def test_excel_refuses_what_it_would_cut() -> None:
    with pytest.raises(ValueError, match="longer"):
        sheet_of(a_register(tracked(1, note="a" * 32_768)))


def test_excel_follows_a_changed_order_of_columns() -> None:
    template = books.load().in_force("07", TODAY)
    parts = tuple(
        replace(part, columns=part.columns[::-1]) if hasattr(part, "columns") else part
        for part in template.parts
    )
    data = register_excel.render(replace(template, parts=parts), a_register(tracked(7)))
    sheet = openpyxl.load_workbook(BytesIO(data)).worksheets[0]
    assert (sheet.cell(7, 13).value, sheet.cell(7, 1).value) == ("02-07", "trả sớm")
