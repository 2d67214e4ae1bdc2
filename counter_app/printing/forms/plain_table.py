"""A plain list as Excel and as PDF: what leaves the program whole, for people and for other programs.

No cell can become a formula or a link, whatever it begins with (``quality.md``, Security). The layout is our
own; nothing legal rests on it.
"""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import Final

import msgspec

from counter_app.printing import blocks, fonts, paging
from counter_app.printing.formats import clean, grouped, hour_and_date
from counter_app.printing.layout import A4_LANDSCAPE, Align, Sheet
from counter_app.printing.model import Letterhead, Marks

SIDE: Final = 12
LETTER: Final = 1.9
"""Width in Excel's letters of one mm, roughly."""
CELL_LIMIT: Final = 32_767
ROWS_LIMIT: Final = 1_000_000
"""Rows of one Excel sheet (1,048,576 are possible)."""


class Head(msgspec.Struct, frozen=True):
    """A column: its name, width in mm on the page, figures at the right."""

    name: str
    width: float
    figures: bool = False


class PlainTable(msgspec.Struct, frozen=True, kw_only=True):
    """A list with its heads; every cell is text as people read it, figures are ``int``."""

    head: Letterhead
    title: str
    heads: tuple[Head, ...]
    rows: tuple[tuple[str | int, ...], ...]
    as_of: datetime
    marks: Marks = Marks()


def render_pdf(data: PlainTable) -> bytes:
    """Return the list on lying A4 pages."""
    sheet = Sheet(A4_LANDSCAPE, "Danh sach", practice=data.marks.practice)
    frame = blocks.frame_of(sheet, SIDE)
    sheet.practice_marks()
    top = blocks.heading(sheet, frame, data.head)
    top = blocks.title(sheet, frame, top + 3, data.title)
    words = f"{grouped(len(data.rows))} dòng, số liệu đến {hour_and_date(data.as_of)}."
    top = sheet.block(frame.middle, top + 1, words, frame.width, size=11, align=Align.CENTRE)
    columns = [
        blocks.Column(head.name, head.width, Align.RIGHT if head.figures else Align.LEFT)
        for head in data.heads
    ]
    rows = [tuple(_shown(cell) for cell in row) for row in data.rows]
    fonts.ready(fonts.SERIF)
    paging.paged_table(sheet, frame, top + 2, columns, rows, size=9.5, head=12)
    return sheet.finish()


def render_excel(data: PlainTable) -> bytes:
    """Return the list as a workbook of one sheet, heads frozen and filtered. Raises ValueError: too long."""
    import xlsxwriter  # 60 ms, only on use

    if len(data.rows) > ROWS_LIMIT:
        raise ValueError("more rows than a sheet holds")
    target = BytesIO()
    book = xlsxwriter.Workbook(
        target, {"strings_to_formulas": False, "strings_to_urls": False, "constant_memory": True}
    )
    bold = book.add_format({"bold": True, "border": 1, "text_wrap": True})
    figures = book.add_format({"num_format": "#,##0"})
    sheet = book.add_worksheet("Danh sách")
    for at, head in enumerate(data.heads):
        sheet.set_column(at, at, max(6.0, head.width / LETTER))
        sheet.write_string(0, at, head.name, bold)
    for line, row in enumerate(data.rows, 1):
        for at, cell in enumerate(row):
            if isinstance(cell, int):
                sheet.write_number(line, at, cell, figures)
            else:
                sheet.write_string(line, at, clean(cell)[:CELL_LIMIT])
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(1, len(data.rows)), len(data.heads) - 1)
    book.close()
    return target.getvalue()


def _shown(cell: str | int) -> str:
    return grouped(cell) if isinstance(cell, int) else cell
