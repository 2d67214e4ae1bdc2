"""The book of a register-year as one PDF: cover, the months' pages, later notes, the closing sheet.

Months are printed and bound one by one, then one book per kind and year is put together by 31 December
(TT 01/2020, ``law.md`` 4.5). The cover and the list of later notes are our own (U).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final

import msgspec

from counter_app.printing import blocks, fonts, paging
from counter_app.printing.formats import grouped, register_number, short_moment
from counter_app.printing.forms import register_pdf, year_closing
from counter_app.printing.forms.register_month import RegisterMonth
from counter_app.printing.forms.year_closing import YearClosing
from counter_app.printing.layout import A4_LANDSCAPE, Align, Sheet
from counter_app.printing.model import Letterhead, Marks


class LaterNote(msgspec.Struct, frozen=True, kw_only=True):
    """What was noted of a number after its month was bound; ``pasted``: its slip came out of a printer."""

    number: int
    month: int
    when: str
    words: str
    who: str
    pasted: bool


class YearBook(msgspec.Struct, frozen=True, kw_only=True):
    """A register-year: its months in order, later notes by number; ``closing`` None while it is open."""

    head: Letterhead
    title: str
    symbol: str
    books: str
    year: int
    first: int
    last: int
    months: tuple[RegisterMonth, ...]
    notes: tuple[LaterNote, ...]
    closing: YearClosing | None
    as_of: datetime
    marks: Marks = Marks()


NOTE_COLUMNS: Final = (
    blocks.Column("Số", 18, Align.CENTRE),
    blocks.Column("Tháng", 18, Align.CENTRE),
    blocks.Column("Lúc ghi", 34, Align.CENTRE),
    blocks.Column("Ghi chú bổ sung", 120),
    blocks.Column("Người ghi", 46),
    blocks.Column("Phiếu dán", 24, Align.CENTRE),
)


def render(data: YearBook, after_month: Callable[[], None] = lambda: None) -> bytes:
    """Return the book as A4 lying; ``after_month`` is called for each month drawn and may raise to stop."""
    sheet = Sheet(A4_LANDSCAPE, f"So {data.symbol} {data.year}", practice=data.marks.practice)
    frame = blocks.frame_of(sheet, 14)
    sheet.practice_marks()
    _cover(sheet, frame, data)
    sheet.new_page()
    for month in data.months:
        register_pdf.draw(sheet, month)
        after_month()
    if data.notes:
        _notes(sheet, frame, data)
        sheet.new_page()
    if data.closing is not None:
        sheet.practice_marks()
        year_closing.draw_sheet(sheet, frame, data.closing)
    return sheet.finish()


def _cover(sheet: Sheet, frame: blocks.Frame, data: YearBook) -> None:
    """Draw the cover: whose book, which, from which number to which, whether it is closed."""
    top = blocks.heading(sheet, frame, data.head, size=13)
    top = blocks.title(sheet, frame, top + 34, data.title, size=26)
    top = blocks.title(sheet, frame, top + 3, f"NĂM {data.year}", size=22)
    words = f"Quyển số {data.books}/{data.year} -{data.symbol}"
    top = sheet.block(frame.middle, top + 6, words, frame.width, size=16, align=Align.CENTRE)
    span = f"Từ số {register_number(data.first)} đến số {register_number(data.last)}"
    words = span if data.last >= data.first else "Chưa có số chứng thực nào"
    top = sheet.block(frame.middle, top + 1, words, frame.width, size=16, align=Align.CENTRE)
    state = (
        f"Đã khóa sổ đến hết ngày 31 tháng 12 năm {data.year}"
        if data.closing is not None
        else f"CHƯA KHÓA SỔ NĂM, số liệu đến {short_moment(data.as_of)}"
    )
    top = sheet.block(
        frame.middle, top + 3, state, frame.width, font=fonts.SERIF_ITALIC, size=13, align=Align.CENTRE
    )
    blocks.reprint_line(sheet, frame, top, data.marks)
    months = ", ".join(f"{month.month:02d}" for month in data.months) or "chưa có tháng nào"
    words = f"Gồm các tháng: {months}. Ghi chú bổ sung sau khi đóng quyển: {grouped(len(data.notes))}."
    sheet.block(frame.middle, frame.bottom - 8, words, frame.width, size=12, align=Align.CENTRE)


def _notes(sheet: Sheet, frame: blocks.Frame, data: YearBook) -> None:
    """Draw the list of notes made after binding, over as many pages as it needs."""
    sheet.practice_marks()
    top = blocks.title(sheet, frame, frame.top + 2, "GHI CHÚ BỔ SUNG SAU KHI ĐÓNG QUYỂN", size=15)
    words = f"Quyển số {data.books}/{data.year} -{data.symbol}"
    top = sheet.block(frame.middle, top, words, frame.width, size=12, align=Align.CENTRE)
    rows = [
        (
            register_number(note.number),
            f"{note.month:02d}",
            note.when,
            note.words,
            note.who,
            "đã in" if note.pasted else "CHƯA IN",
        )
        for note in data.notes
    ]
    paging.paged_table(sheet, frame, top + 3, NOTE_COLUMNS, rows, size=10.5)
