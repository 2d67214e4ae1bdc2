"""List of numbers for the hand stamp: what to write into the stamped text of each copy, in pile order."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

import msgspec

from counter_app.printing import blocks
from counter_app.printing.formats import clean, long_date, register_number
from counter_app.printing.layout import A4, Align, Sheet
from counter_app.printing.model import Letterhead, Marks

COLUMNS: Final = (
    blocks.Column("TT", 11, Align.CENTRE),
    blocks.Column("Số chứng thực", 22, Align.CENTRE),
    blocks.Column("Tên bản chính", 62),
    blocks.Column("Người yêu cầu", 46),
    blocks.Column("Số bản", 14, Align.CENTRE),
    blocks.Column("Người ký", 44),
)


class StampLine(msgspec.Struct, frozen=True, kw_only=True):
    """One original of the pile: its number, name, requester, count of copies and who signs."""

    number: int
    original: str
    requester: str
    copies: int
    signer: str


class StampList(msgspec.Struct, frozen=True, kw_only=True):
    """A numbered pile whose texts are stamped by hand. ``pile_code``: digits of the pile's barcode."""

    head: Letterhead
    book: str
    year: int
    day: date
    pile_code: str
    lines: tuple[StampLine, ...]
    marks: Marks = Marks()


def render(data: StampList) -> bytes:
    """Return the list as A4 pages, the pile's barcode on the first, page x/y on each."""
    sheet = Sheet(A4, "Danh sach so chung thuc", practice=data.marks.practice)
    frame = blocks.frame_of(sheet, 14)
    pages = list(_pages(data, frame))
    for index, rows in enumerate(pages):
        sheet.practice_marks()
        top = _first_head(sheet, frame, data) if index == 0 else frame.top + 4
        blocks.table(sheet, frame, top, COLUMNS, rows, size=11)
        sheet.text(
            frame.right, frame.bottom + 5, f"Trang {index + 1}/{len(pages)}", size=9, align=Align.RIGHT
        )
        sheet.new_page()
    return sheet.finish()


def _cells(index: int, line: StampLine) -> list[str]:
    """Return the cells of one line."""
    return [
        str(index),
        register_number(line.number),
        line.original,
        line.requester,
        str(line.copies),
        line.signer,
    ]


def _pages(data: StampList, frame: blocks.Frame) -> Iterator[list[list[str]]]:
    """Cut the lines into pages by their wrapped heights."""
    page: list[list[str]] = []
    room = frame.bottom - frame.top - 78
    for index, line in enumerate(data.lines, 1):
        cells = _cells(index, line)
        height = blocks.row_height(cells, COLUMNS, frame.width, size=11)
        if page and height > room:
            yield page
            page, room = [], frame.bottom - frame.top - 16
        page.append(cells)
        room -= height
    yield page


def _first_head(sheet: Sheet, frame: blocks.Frame, data: StampList) -> float:
    """Draw what stands above the list on its first page; return the top below it."""
    top = blocks.heading(sheet, frame, data.head)
    top = blocks.title(sheet, frame, top + 3, "DANH SÁCH SỐ CHỨNG THỰC ĐỂ ĐÓNG DẤU")
    words = f"{long_date(data.day).capitalize()} - quyển số {clean(data.book)}/{data.year} -SCT/BS"
    top = sheet.block(frame.middle, top, words, frame.width, align=Align.CENTRE)
    top = blocks.reprint_line(sheet, frame, top, data.marks)
    return blocks.code_line(sheet, frame.left - 3, top + 1, data.pile_code) + 2
