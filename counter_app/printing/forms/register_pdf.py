"""The register of a month as PDF: A4 lying, canvas and own wrapping, page x/y.

Lines are wrapped and cut into pages first, then each page is drawn with one text object and one path:
two thousand lines take a fraction of what reportlab's paragraphs need (``dependencies.md`` 2.7).
"""

from __future__ import annotations

from typing import Final

import msgspec

from counter_app.printing import blocks, fonts
from counter_app.printing.forms.register_month import LineState, RegisterMonth, cells, closing_words
from counter_app.printing.layout import A4_LANDSCAPE, LEADING, MM, Align, Sheet, wrap

SHARES: Final = (19.0, 22.0, 48.0, 62.0, 42.0, 18.0, 22.0, 40.0)
ALIGNS: Final = (
    Align.CENTRE,
    Align.CENTRE,
    Align.LEFT,
    Align.LEFT,
    Align.LEFT,
    Align.CENTRE,
    Align.RIGHT,
    Align.LEFT,
)
SIZE: Final = 10.0
STEP: Final = SIZE * LEADING / MM
PAD: Final = 1.0
NOTE_COLUMN: Final = 7
NEXT_TOP: Final = 4.0
"""Millimetres above the table on the second and later pages, for the practice mark."""
MOST_LINES: Final = 18
"""A higher row is parted, so that it fits any page and nothing of it is cut."""
HAND_ROW: Final = 11.0
"""Millimetres of an empty line: two lines of handwriting."""
FOOT: Final = 4.0
"""Millimetres kept below the table for the page number."""


class Row(msgspec.Struct, frozen=True, gc=False):
    """A wrapped line of the register, or a part of one: lines of text a cell, and whether it is struck."""

    cells: tuple[list[str], ...]
    height: float
    struck: bool


def render(data: RegisterMonth) -> bytes:
    """Return the register of the month as one PDF; an empty month is one page that says so."""
    sheet = Sheet(
        A4_LANDSCAPE, f"So {data.symbol} {data.month:02d}-{data.year}", practice=data.marks.practice
    )
    draw(sheet, data)
    return sheet.finish()


def draw(sheet: Sheet, data: RegisterMonth) -> None:
    """Draw the month's pages, each ended, onto an A4 lying sheet: alone, or among those of its year."""
    frame = blocks.frame_of(sheet, 12)
    edges = _edges(frame)
    fonts.ready(fonts.SERIF)
    scratch = Sheet(A4_LANDSCAPE, "", practice=data.marks.practice)
    heads = _heads(scratch, edges, 0.0, data.heads)
    first_head = _title(scratch, frame, data) - frame.top + heads
    rows = [row for index in range(len(data.lines)) for row in _rows(data, index, edges)]
    pages = _paginate(rows, frame, first_head, heads + NEXT_TOP)
    closing = wrap(closing_words(data), fonts.SERIF_BOLD, 11, frame.width * MM)
    room = len(closing) * 11 * LEADING / MM + (46 if data.signatures else 6)
    used = sum(row.height for row in pages[-1]) + (first_head if len(pages) == 1 else heads + NEXT_TOP)
    alone = used + room > frame.bottom - frame.top - FOOT
    total = len(pages) + (1 if alone else 0)
    for index, rows in enumerate(pages):
        sheet.practice_marks()
        top = _title(sheet, frame, data) if index == 0 else frame.top + NEXT_TOP
        top = _table(sheet, edges, top, data, rows)
        if index == len(pages) - 1 and not alone:
            _closing(sheet, frame, top, data)
        _foot(sheet, frame, data, index + 1, total)
        sheet.new_page()
    if alone:
        sheet.practice_marks()
        _closing(sheet, frame, frame.top + NEXT_TOP, data)
        _foot(sheet, frame, data, total, total)
        sheet.new_page()


def _edges(frame: blocks.Frame) -> list[float]:
    """Return the vertical rules of the table in millimetres."""
    edges = [frame.left]
    for share in SHARES:
        edges.append(edges[-1] + frame.width * share / sum(SHARES))
    return edges


def _rows(data: RegisterMonth, index: int, edges: list[float]) -> list[Row]:
    """Wrap the cells of one line; a line with very long text becomes several rows."""
    line = data.lines[index]
    wrapped = tuple(
        wrap(cell, fonts.SERIF, SIZE, (edges[i + 1] - edges[i] - 2 * PAD) * MM) if cell else []
        for i, cell in enumerate(cells(line))
    )
    highest = max(1, *map(len, wrapped))
    return [
        Row(
            tuple(part[first : first + MOST_LINES] for part in wrapped),
            max(min(MOST_LINES, highest - first) * STEP + 1.2, HAND_ROW if data.by_hand else 0.0),
            line.state is LineState.STRUCK,
        )
        for first in range(0, highest, MOST_LINES)
    ]


def _paginate(rows: list[Row], frame: blocks.Frame, first_head: float, head: float) -> list[list[Row]]:
    """Cut rows into pages; the heads say what stands above the rows on the first and on later pages."""
    pages: list[list[Row]] = [[]]
    room = frame.bottom - frame.top - FOOT - first_head
    for row in rows:
        if pages[-1] and row.height > room:
            pages.append([])
            room = frame.bottom - frame.top - FOOT - head
        pages[-1].append(row)
        room -= row.height
    return pages


def _title(sheet: Sheet, frame: blocks.Frame, data: RegisterMonth) -> float:
    """Draw head and title of the first page; return the top below."""
    top = blocks.heading(sheet, frame, data.head)
    top = blocks.title(sheet, frame, top, data.title, size=15)
    words = f"Tháng {data.month:02d} năm {data.year} - Quyển số {data.book}/{data.year} -{data.symbol}"
    top = sheet.block(frame.middle, top, words, frame.width, size=12, align=Align.CENTRE)
    top = sheet.block(
        frame.middle,
        top,
        data.status_words,
        frame.width,
        font=fonts.SERIF_ITALIC,
        size=10,
        align=Align.CENTRE,
    )
    return blocks.reprint_line(sheet, frame, top, data.marks) + 2


def _table(sheet: Sheet, edges: list[float], top: float, data: RegisterMonth, rows: list[Row]) -> float:
    """Draw column heads and the rows of one page; return the top below."""
    first = top
    top = _heads(sheet, edges, top, data.heads)
    rules = [first, top]
    canvas = sheet.canvas
    text = canvas.beginText()
    text.setFont(fonts.SERIF, SIZE)
    strikes: list[tuple[float, float, float]] = []
    for row in rows:
        _fill(sheet, text, edges, top, row, strikes)
        top += row.height
        rules.append(top)
    canvas.drawText(text)
    path = canvas.beginPath()
    canvas.setLineWidth(0.5)
    for rule in rules:
        path.moveTo(edges[0] * MM, sheet.y(rule))
        path.lineTo(edges[-1] * MM, sheet.y(rule))
    for edge in edges:
        path.moveTo(edge * MM, sheet.y(first))
        path.lineTo(edge * MM, sheet.y(top))
    for left, right, height in strikes:
        path.moveTo(left, height)
        path.lineTo(right, height)
    canvas.drawPath(path, stroke=1, fill=0)
    return top


def _fill(
    sheet: Sheet,
    text: object,
    edges: list[float],
    top: float,
    row: Row,
    strikes: list[tuple[float, float, float]],
) -> None:
    """Write the cells of one row into the page's text object; note where a struck line is ruled through."""
    measure = fonts.widths(fonts.SERIF).of
    place, out = text.setTextOrigin, text.textOut  # type: ignore[attr-defined]
    for column, lines in enumerate(row.cells):
        y = sheet.y(top + 0.4 + STEP * 0.78)
        for line in lines:
            width = measure(line, SIZE)
            x = (edges[column] + PAD) * MM
            if ALIGNS[column] is Align.CENTRE:
                x = (edges[column] + edges[column + 1]) * MM / 2 - width / 2
            elif ALIGNS[column] is Align.RIGHT:
                x = (edges[column + 1] - PAD) * MM - width
            place(x, y)
            out(line)
            if row.struck and column != NOTE_COLUMN:
                strikes.append((x, x + width, y + SIZE * 0.28))
            y -= STEP * MM


def _heads(sheet: Sheet, edges: list[float], top: float, heads: tuple[str, ...]) -> float:
    """Draw the column heads and the row (1) to (8); return the top below."""
    below = top
    for column, head in enumerate(heads):
        middle, width = (edges[column] + edges[column + 1]) / 2, edges[column + 1] - edges[column] - 2 * PAD
        below = max(
            below,
            sheet.block(middle, top + 0.6, head, width, font=fonts.SERIF_BOLD, size=9.5, align=Align.CENTRE),
        )
    for column in range(len(heads)):
        middle = (edges[column] + edges[column + 1]) / 2
        sheet.text(
            middle, below + 3.4, f"({column + 1})", font=fonts.SERIF_ITALIC, size=9, align=Align.CENTRE
        )
    return below + 4.6


def _closing(sheet: Sheet, frame: blocks.Frame, top: float, data: RegisterMonth) -> None:
    """Draw the closing line and the places to sign."""
    top = sheet.block(frame.left, top + 2, closing_words(data), frame.width, font=fonts.SERIF_BOLD, size=11)
    if data.signatures:
        blocks.signatures(sheet, frame, top + 2, data.signatures, room=19)


def _foot(sheet: Sheet, frame: blocks.Frame, data: RegisterMonth, page: int, total: int) -> None:
    """Draw book on the left and page x/y on the right of the foot."""
    sheet.text(frame.left, frame.bottom + 3, f"{data.symbol} {data.book}/{data.year}", size=9)
    sheet.text(frame.right, frame.bottom + 3, f"Trang {page}/{total}", size=9, align=Align.RIGHT)
