"""The count of certification for half a year or a year, as PDF and Excel (layout our own, U)."""

from __future__ import annotations

from datetime import date, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Final

import msgspec

from counter_app.printing import blocks, fonts, paging
from counter_app.printing.formats import clean, grouped, short_date, short_moment
from counter_app.printing.layout import A4_LANDSCAPE, PRACTICE_MARK, Align, Sheet
from counter_app.printing.model import Letterhead, Marks, Signature

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

HEADS: Final = (
    "Sổ, người ký", "Tổng số việc", "Đã ký", "Chưa xác nhận", "Số gạch", "Huỷ bỏ giá trị",
    "Số bản, giấy tờ", "Phí (đồng)", "Người nhận là người ký",
)  # fmt: skip
SHARES: Final = (86, 22, 20, 22, 18, 22, 24, 32, 26)


class ReportLine(msgspec.Struct, frozen=True, kw_only=True):
    """One row, ``bold`` for a whole register and the total; ``figures`` follow ``HEADS`` from the second."""

    label: str
    figures: tuple[int, ...]
    bold: bool = False


class RegisterReport(msgspec.Struct, frozen=True, kw_only=True):
    """Counts from ``first`` to ``last`` as known at ``as_of``."""

    head: Letterhead
    title: str
    first: date
    last: date
    lines: tuple[ReportLine, ...]
    as_of: datetime
    marks: Marks = Marks()

    @property
    def period(self) -> str:
        """Return ``Từ ngày 01/01/2026 đến ngày 30/06/2026``."""
        return f"Từ ngày {short_date(self.first)} đến ngày {short_date(self.last)}"


def render(data: RegisterReport) -> bytes:
    """Return the report as A4 lying."""
    sheet = Sheet(A4_LANDSCAPE, "Bao cao chung thuc", practice=data.marks.practice)
    frame = blocks.frame_of(sheet, 13)
    sheet.practice_marks()
    top = blocks.heading(sheet, frame, data.head)
    top = blocks.title(sheet, frame, top + 3, data.title, size=15)
    words = f"{data.period}, số liệu đến {short_moment(data.as_of)}"
    top = sheet.block(frame.middle, top, words, frame.width, size=12, align=Align.CENTRE)
    top = blocks.reprint_line(sheet, frame, top, data.marks)
    columns = tuple(
        blocks.Column(head, share, Align.LEFT if place == 0 else Align.RIGHT)
        for place, (head, share) in enumerate(zip(HEADS, SHARES, strict=True))
    )
    strong = {place for place, line in enumerate(data.lines) if line.bold}
    rows = [(line.label, *map(grouped, line.figures)) for line in data.lines]
    top = paging.paged_table(sheet, frame, top + 3, columns, rows, size=11, head=16, bold=strong)
    words = (
        "Tổng số việc = đã ký + chưa xác nhận + số gạch + huỷ bỏ giá trị. Số bản và phí không tính số gạch."
    )
    top = sheet.block(frame.left, top + 2, words, frame.width, font=fonts.SERIF_ITALIC, size=10)
    top = paging.room_for(sheet, frame, top, 48)
    places = (
        Signature(role="NGƯỜI LẬP BÁO CÁO"),
        Signature(role="CHỦ TỊCH", hint="(Ký, ghi rõ họ tên và đóng dấu)"),
    )
    blocks.signatures(sheet, frame, top + 4, places, room=22)
    return sheet.finish()


def excel(data: RegisterReport) -> bytes:
    """Return an .xlsx: figures as numbers, the period's days as dates, words as text."""
    from xlsxwriter.workbook import Workbook

    buffer = BytesIO()
    safe = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = Workbook(buffer, {"in_memory": True, **safe})
    book.set_properties({"title": data.title, "created": data.as_of})
    sheet = book.add_worksheet("Báo cáo")
    _excel_head(book, sheet, data)
    looks = {
        bold: (
            book.add_format({"bold": bold, "border": 1, "text_wrap": True, "num_format": "@"}),
            book.add_format({"bold": bold, "border": 1, "num_format": "#,##0"}),
        )
        for bold in (False, True)
    }
    for place, line in enumerate(data.lines):
        words, figure = looks[line.bold]
        sheet.write_string(5 + place, 0, clean(line.label), words)
        for column, value in enumerate(line.figures, 1):
            sheet.write_number(5 + place, column, value, figure)
    book.close()
    return buffer.getvalue()


def _excel_head(book: Workbook, sheet: Worksheet, data: RegisterReport) -> None:
    """Write title, period and column heads."""
    bold = book.add_format({"bold": True})
    day = book.add_format({"num_format": "dd/mm/yyyy", "align": "left"})
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&LTrang &P/&N" + (f"&C{PRACTICE_MARK}" if data.marks.practice else ""))
    sheet.set_column(0, 0, 52)
    sheet.set_column(1, len(HEADS) - 1, 14)
    marks = [data.head.unit, PRACTICE_MARK if data.marks.practice else ""]
    sheet.write_string(0, 0, " · ".join(filter(None, marks)), bold)
    sheet.write_string(1, 0, data.title, book.add_format({"bold": True, "font_size": 14}))
    for place, (words, value) in enumerate((("Từ ngày", data.first), ("Đến ngày", data.last))):
        sheet.write_string(2, place * 2, words)
        sheet.write_datetime(2, place * 2 + 1, value, day)
    head = book.add_format({"bold": True, "text_wrap": True, "border": 1, "align": "center"})
    for column, words in enumerate(HEADS):
        sheet.write_string(4, column, words, head)
    sheet.freeze_panes(5, 1)
