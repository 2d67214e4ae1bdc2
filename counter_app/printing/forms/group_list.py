"""The list that goes with a group: its persons in order, their slips, papers and money; two signatures."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final

import msgspec

from counter_app.printing import blocks
from counter_app.printing.formats import clean, grouped, money, short_moment
from counter_app.printing.layout import A4, Align, Sheet
from counter_app.printing.model import Letterhead, Marks, Signature

COLUMNS: Final = (
    blocks.Column("TT", 10, Align.CENTRE),
    blocks.Column("Phiếu", 20, Align.CENTRE),
    blocks.Column("Họ và tên", 52),
    blocks.Column("Lớp", 16, Align.CENTRE),
    blocks.Column("Số giấy tờ", 24, Align.CENTRE),
    blocks.Column("Giấy tờ", 44),
    blocks.Column("Số bản", 12, Align.CENTRE),
    blocks.Column("Tiền (đồng)", 22, Align.RIGHT),
)


class GroupLine(msgspec.Struct, frozen=True, kw_only=True):
    """One person: slip ``02-0018``, name, class, end of his number, papers, money in dong."""

    short_code: str
    name: str
    label: str
    identity: str
    papers: str
    copies: int
    amount: int


class GroupList(msgspec.Struct, frozen=True, kw_only=True):
    """A whole group. ``code``: digits of its barcode; ``paid`` says when the money is taken."""

    head: Letterhead
    name: str
    bearer: str
    short_code: str
    code: str
    taken_at: datetime
    due_at: datetime | None
    paid: str
    receiver: str
    lines: tuple[GroupLine, ...]
    marks: Marks = Marks()


def render(data: GroupList) -> bytes:
    """Return the list as A4 pages, the group's barcode on the first, page x/y on each."""
    sheet = Sheet(A4, "Danh sach nhom chung thuc", practice=data.marks.practice)
    frame = blocks.frame_of(sheet, 14)
    pages = list(_pages(data, frame))
    for index, rows in enumerate(pages):
        sheet.practice_marks()
        top = _first_head(sheet, frame, data) if index == 0 else frame.top + 4
        if rows:
            top = blocks.table(sheet, frame, top, COLUMNS, rows, size=10)
        if index == len(pages) - 1:
            _end(sheet, frame, top, data)
        sheet.text(
            frame.right, frame.bottom + 5, f"Trang {index + 1}/{len(pages)}", size=9, align=Align.RIGHT
        )
        sheet.new_page()
    return sheet.finish()


def _cells(index: int, line: GroupLine) -> list[str]:
    """Return the cells of one person."""
    return [
        str(index), line.short_code, line.name, line.label, line.identity, line.papers, str(line.copies),
        grouped(line.amount),
    ]  # fmt: skip


def _pages(data: GroupList, frame: blocks.Frame) -> Iterator[list[list[str]]]:
    """Cut the lines into pages by their wrapped heights; the last keeps room for the sums and signatures."""
    page: list[list[str]] = []
    room = frame.bottom - frame.top - 84
    for index, line in enumerate(data.lines, 1):
        cells = _cells(index, line)
        height = blocks.row_height(cells, COLUMNS, frame.width, size=10)
        if page and height > room:
            yield page
            page, room = [], frame.bottom - frame.top - 16
        page.append(cells)
        room -= height
    if len(page) > _WITH_SIGNATURES and room < _END:
        yield page[:-_WITH_SIGNATURES]
        page = page[-_WITH_SIGNATURES:]
    yield page


_END: Final = 48.0
"""Millimetres that sums and signatures take."""
_WITH_SIGNATURES: Final = 3
"""Lines that go to the last page with the signatures, which never stand on a page alone."""


def _first_head(sheet: Sheet, frame: blocks.Frame, data: GroupList) -> float:
    """Draw what stands above the list on its first page; return the top below it."""
    top = blocks.heading(sheet, frame, data.head)
    top = blocks.title(sheet, frame, top + 3, "DANH SÁCH YÊU CẦU CHỨNG THỰC BẢN SAO")
    top = sheet.block(frame.middle, top, clean(data.name), frame.width, size=12, align=Align.CENTRE)
    words = f"Nhóm {data.short_code} - nhận lúc {short_moment(data.taken_at)}"
    if data.bearer:
        words += f" - người nộp: {clean(data.bearer)}"
    top = sheet.block(frame.middle, top, words, frame.width, size=10.5, align=Align.CENTRE)
    if data.due_at is not None:
        when = f"Hẹn trả: {short_moment(data.due_at)}"
        top = sheet.block(frame.middle, top, when, frame.width, size=10.5, align=Align.CENTRE)
    top = blocks.reprint_line(sheet, frame, top, data.marks)
    return blocks.code_line(sheet, frame.left - 3, top + 1, data.code) + 2


def _end(sheet: Sheet, frame: blocks.Frame, top: float, data: GroupList) -> None:
    """Draw the sums and the two signatures."""
    copies, amount = sum(line.copies for line in data.lines), sum(line.amount for line in data.lines)
    words = f"Cộng: {len(data.lines)} người, {copies} bản sao, {money(amount)}. {data.paid}"
    top = sheet.block(frame.left, top + 2, words, frame.width, size=11)
    places = (
        Signature(role="NGƯỜI NỘP", name=clean(data.bearer)),
        Signature(role="NGƯỜI NHẬN", name=clean(data.receiver)),
    )
    blocks.signatures(sheet, frame, top + 4, places)
