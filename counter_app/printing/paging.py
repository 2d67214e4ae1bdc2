"""Papers that run over pages: the next page with its marks, tables cut at the foot."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from counter_app.printing import blocks
from counter_app.printing.layout import Sheet


def next_page(sheet: Sheet, frame: blocks.Frame) -> float:
    """Begin a new page with its practice marks; return the top of its written area."""
    sheet.new_page()
    sheet.practice_marks()
    return frame.top + 4


def room_for(sheet: Sheet, frame: blocks.Frame, top: float, height: float) -> float:
    """Return ``top`` when ``height`` mm are left on the page, else the top of a new page."""
    return top if frame.bottom - top >= height else next_page(sheet, frame)


def paged_table(
    sheet: Sheet,
    frame: blocks.Frame,
    top: float,
    columns: Sequence[blocks.Column],
    rows: Sequence[Sequence[str]],
    *,
    size: float,
    head: float = 9.0,
    bold: Collection[int] = (),
) -> float:
    """Draw a table over as many pages as it needs, heads repeated; return the top below it.

    ``head`` is the height in mm kept for the column heads, ``bold`` are places of rows that stand out. Draws
    nothing without rows.
    """
    rest, drawn = list(rows), 0
    while rest:
        room, taken = frame.bottom - top - head, 0
        while taken < len(rest):
            room -= blocks.row_height(rest[taken], columns, frame.width, size=size)
            if room < 0 and taken:
                break
            taken += 1
        strong = {place - drawn for place in bold}
        top = blocks.table(sheet, frame, top, columns, rest[:taken], size=size, bold=strong)
        rest, drawn = rest[taken:], drawn + taken
        if rest:
            top = next_page(sheet, frame)
    return top
