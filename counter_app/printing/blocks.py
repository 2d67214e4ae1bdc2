"""Parts that several papers share: the national heading, the title, labelled lines, tables, signatures."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

import msgspec

from counter_app.printing import barcodes, fonts
from counter_app.printing.formats import long_date
from counter_app.printing.layout import LEADING, MM, Align, Sheet, wrap
from counter_app.printing.model import Letterhead, Marks, Signature

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date

NATION: Final = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO: Final = "Độc lập - Tự do - Hạnh phúc"


class Frame(msgspec.Struct, frozen=True):
    """The written area of a page: left and right edge, top and bottom, in millimetres."""

    left: float
    right: float
    top: float
    bottom: float

    @property
    def width(self) -> float:
        """Width of the written area in millimetres."""
        return self.right - self.left

    @property
    def middle(self) -> float:
        """Middle of the written area in millimetres from the left edge of the paper."""
        return (self.left + self.right) / 2


def frame_of(sheet: Sheet, margin: float = 12.0) -> Frame:
    """Return the written area of a sheet: equal margins, a little more on top for the marks."""
    return Frame(margin, sheet.width - margin, max(margin, 11.0), sheet.height - margin)


def heading(sheet: Sheet, frame: Frame, head: Letterhead, *, size: float = 11.0) -> float:
    """Draw the two-column head of administrative papers; return the top below it.

    Left the superior body and the unit in bold with a short rule; right nation and motto with a rule as
    wide as the motto (layout of forms 01-06, ``law.md`` 1.3, second-hand).
    """
    gap = 4.0
    right_width = fonts.widths(fonts.SERIF_BOLD).of(NATION, size) / MM + 1
    # On a lying page the left column stays as narrow as a head is, instead of drifting to the middle.
    left_width = min(frame.width - right_width - gap, right_width * 1.2)
    left_middle, right_middle = frame.left + left_width / 2, frame.right - right_width / 2
    top = frame.top
    left = top
    if head.superior:
        left = sheet.block(left_middle, left, head.superior, left_width, size=size, align=Align.CENTRE)
    unit_width = balanced_width(head.unit, fonts.SERIF_BOLD, size, left_width)
    left = sheet.block(
        left_middle, left, head.unit, unit_width, font=fonts.SERIF_BOLD, size=size, align=Align.CENTRE
    )
    sheet.line(left_middle - left_width * 0.17, left + 0.8, left_middle + left_width * 0.17, left + 0.8)
    right = sheet.block(
        right_middle, top, NATION, right_width, font=fonts.SERIF_BOLD, size=size, align=Align.CENTRE
    )
    right = sheet.block(
        right_middle, right, MOTTO, right_width, font=fonts.SERIF_BOLD, size=size + 0.5, align=Align.CENTRE
    )
    rule = fonts.widths(fonts.SERIF_BOLD).of(MOTTO, size + 0.5) / MM / 2
    sheet.line(right_middle - rule, right + 0.8, right_middle + rule, right + 0.8)
    return max(left, right) + 3.0


def balanced_width(text: str, font: str, size: float, width: float) -> float:
    """Return the narrowest width in mm that needs no more lines than ``width``: lines of like length."""
    lines = len(wrap(text, font, size, width * MM))
    low, high = width / max(lines, 1) * 0.8, width
    while lines > 1 and high - low > 0.5:
        middle = (low + high) / 2
        low, high = (low, middle) if len(wrap(text, font, size, middle * MM)) <= lines else (middle, high)
    return high


def dateline(sheet: Sheet, frame: Frame, top: float, place: str, day: date, *, size: float = 11.0) -> float:
    """Write ``<place>, ngày … tháng … năm …`` in italics on the right; return the top below it."""
    words = f"{place}, {long_date(day)}" if place else long_date(day).capitalize()
    return sheet.block(
        frame.right, top, words, frame.width * 0.6, font=fonts.SERIF_ITALIC, size=size, align=Align.RIGHT
    )


def title(sheet: Sheet, frame: Frame, top: float, words: str, *, size: float = 14.0) -> float:
    """Write the name of the paper in bold capitals in the middle; return the top below it."""
    return sheet.block(
        frame.middle, top, words, frame.width, font=fonts.SERIF_BOLD, size=size, align=Align.CENTRE
    )


def reprint_line(sheet: Sheet, frame: Frame, top: float, marks: Marks, *, size: float = 9.0) -> float:
    """Write ``Bản in lần n`` in the middle; takes no room on a first print."""
    if not marks.reprint:
        return top
    return sheet.block(
        frame.middle,
        top,
        f"({marks.reprint})",
        frame.width,
        font=fonts.SERIF_ITALIC,
        size=size,
        align=Align.CENTRE,
    )


def labelled(
    sheet: Sheet, frame: Frame, top: float, label: str, value: str, *, size: float = 12.0, bold: bool = False
) -> float:
    """Write ``label: value``; a long value hangs under its own beginning. Return the top below it."""
    head = f"{label}: "
    offset = fonts.widths(fonts.SERIF).of(head, size) / MM
    step = size * LEADING / MM
    sheet.text(frame.left, top + step * 0.78, f"{label}:", size=size)
    if not value:
        return top + step
    font = fonts.SERIF_BOLD if bold else fonts.SERIF
    return sheet.block(frame.left + offset, top, value, frame.width - offset, font=font, size=size)


def code_line(sheet: Sheet, x: float, top: float, digits: str, *, height: float = 9.0) -> float:
    """Draw a Code 128 with its digits written under it; return the top below them."""
    width = sheet.code128(x, top, digits, height=height)
    sheet.text(
        x + width / 2,
        top + height + 3.4,
        barcodes.spaced(digits),
        font=fonts.SANS,
        size=8,
        align=Align.CENTRE,
    )
    return top + height + 4.6


def signatures(
    sheet: Sheet,
    frame: Frame,
    top: float,
    places: Sequence[Signature],
    *,
    room: float = 20.0,
    size: float = 11.0,
) -> float:
    """Draw places to sign side by side with ``room`` mm for ink; return the top below the names."""
    width = frame.width / len(places)
    middles = [frame.left + width * (i + 0.5) for i in range(len(places))]
    below = max(
        sheet.block(x, top, p.role, width - 3, font=fonts.SERIF_BOLD, size=size, align=Align.CENTRE)
        for x, p in zip(middles, places, strict=True)
    )
    hints = max(
        sheet.block(x, below, p.hint, width - 3, font=fonts.SERIF_ITALIC, size=size - 1.5, align=Align.CENTRE)
        for x, p in zip(middles, places, strict=True)
    )
    return max(
        sheet.block(x, hints + room, p.name, width - 3, font=fonts.SERIF_BOLD, size=size, align=Align.CENTRE)
        for x, p in zip(middles, places, strict=True)
    )


def signatures_height(places: Sequence[Signature], *, room: float = 20.0, size: float = 11.0) -> float:
    """Return the height in mm that ``signatures`` needs when roles and names take two lines at most."""
    return room + 5 * size * LEADING / MM if places else 0.0


class Column(msgspec.Struct, frozen=True):
    """One column of a table: its head, its width as a share of the table, how its cells stand."""

    head: str
    share: float
    align: Align = Align.LEFT


def table(
    sheet: Sheet,
    frame: Frame,
    top: float,
    columns: Sequence[Column],
    rows: Sequence[Sequence[str]],
    *,
    size: float = 10.5,
    bold: Collection[int] = (),
) -> float:
    """Draw a ruled table that fits the page; return the top below it.

    For tables that run over pages see ``ledger``. Cells wrap; a row is as high as its highest cell. ``bold``:
    places of rows that stand out, such as totals.
    """
    total = sum(c.share for c in columns)
    edges = [frame.left]
    for column in columns:
        edges.append(edges[-1] + frame.width * column.share / total)
    first = top
    sheet.line(frame.left, top, frame.right, top)
    heads = [c.head for c in columns]
    centred = [Align.CENTRE] * len(columns)
    top = _row(sheet, edges, top, heads, centred, fonts.SERIF_BOLD, size)
    for place, row in enumerate(rows):
        font = fonts.SERIF_BOLD if place in bold else fonts.SERIF
        top = _row(sheet, edges, top, row, [c.align for c in columns], font, size)
    for edge in edges:
        sheet.line(edge, first, edge, top)
    return top


def _row(
    sheet: Sheet,
    edges: Sequence[float],
    top: float,
    cells: Sequence[str],
    aligns: Sequence[Align],
    font: str,
    size: float,
) -> float:
    """Draw the cells of one row and the rule under it; return the top below."""
    pad = 1.2
    anchor = {
        Align.LEFT: lambda a, b: a + pad,
        Align.CENTRE: lambda a, b: (a + b) / 2,
        Align.RIGHT: lambda a, b: b - pad,
    }
    below = max(
        sheet.block(
            anchor[align](left, right),
            top + 0.6,
            cell,
            right - left - 2 * pad,
            font=font,
            size=size,
            align=align,
        )
        for cell, align, left, right in zip(cells, aligns, edges[:-1], edges[1:], strict=True)
    )
    below += 0.8
    sheet.line(edges[0], below, edges[-1], below)
    return below


def row_height(cells: Sequence[str], columns: Sequence[Column], width: float, *, size: float = 10.5) -> float:
    """Return the height in mm that one row of ``table`` takes in a table ``width`` mm wide."""
    total = sum(c.share for c in columns)
    lines = max(
        len(wrap(cell, fonts.SERIF, size, (width * c.share / total - 2.4) * MM))
        for cell, c in zip(cells, columns, strict=True)
    )
    return lines * size * LEADING / MM + 1.4
