"""Tables of the forms: heads in two levels, cells of several paragraphs, over any number of pages.

Cells are wrapped before anything is drawn and a page's text goes out as one text object: a year's
register of 12,000 lines takes seconds, not minutes.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import msgspec

from counter_app.printing import blocks, fonts
from counter_app.printing.forms.one_stop.template import Table
from counter_app.printing.layout import LEADING, MM, Align, Sheet, wrap

PAD: Final = 0.9
"""Millimetres between a rule and its text."""
ALIGN: Final = {"left": Align.LEFT, "centre": Align.CENTRE, "right": Align.RIGHT}
SECTION: Final = "section"
"""A row with this field is one line of words over all columns."""


class GridRow(msgspec.Struct, frozen=True, gc=False):
    """A wrapped row: lines of each cell, height in millimetres; ``section``: one cell over all columns."""

    cells: tuple[list[str], ...]
    height: float
    section: bool = False


class Grid:
    """One table laid out in a frame."""

    def __init__(self, frame: blocks.Frame, table: Table) -> None:
        self.table = table
        self.size = table.size
        self.step = table.size * LEADING / MM
        total = sum(column.share for column in table.columns)
        self.edges = [frame.left]
        for column in table.columns:
            self.edges.append(self.edges[-1] + frame.width * column.share / total)
        self.heads, self.head_height = self._lay_heads()

    def rows(self, lines: Sequence[dict[str, str]], highest: float) -> list[GridRow]:
        """Wrap the lines; one higher than ``highest`` mm becomes several rows, nothing is cut away."""
        most = max(1, int((highest - 1.2) / self.step))
        found: list[GridRow] = []
        for line in lines:
            section = SECTION in line
            cells = (
                (self._wrapped(line[SECTION], self.edges[0], self.edges[-1]),)
                if section
                else tuple(
                    self._wrapped(line[column.field], self.edges[i], self.edges[i + 1])
                    for i, column in enumerate(self.table.columns)
                )
            )
            longest = max(1, *map(len, cells)) if len(cells) > 1 else max(1, len(cells[0]))
            for first in range(0, longest, most):
                part = tuple(cell[first : first + most] for cell in cells)
                height = min(most, longest - first) * self.step + 1.2
                found.append(GridRow(part, max(height, self.table.room), section))
        return found

    def _wrapped(self, text: str, left: float, right: float) -> list[str]:
        """Break a cell's paragraphs into lines of its column."""
        width = (right - left - 2 * PAD) * MM
        if not text:
            return []
        return [line for part in text.split("\n") for line in wrap(part, fonts.SERIF, self.size, width)]

    def draw(self, sheet: Sheet, top: float, rows: Sequence[GridRow]) -> float:
        """Draw heads, rows and rules at ``top``; return the top below."""
        rules = [(top, self.edges[0], self.edges[-1])]
        first = top
        top = self._draw_heads(sheet, top)
        spans: list[tuple[float, float]] = []
        canvas = sheet.canvas
        text = canvas.beginText()
        text.setFont(fonts.ready(fonts.SERIF), self.size)
        for row in rows:
            self._fill(sheet, text, top, row)
            if row.section:
                spans.append((top, top + row.height))
            top += row.height
            rules.append((top, self.edges[0], self.edges[-1]))
        canvas.drawText(text)
        path = canvas.beginPath()
        canvas.setLineWidth(0.5)
        for height, left, right in rules:
            path.moveTo(left * MM, sheet.y(height))
            path.lineTo(right * MM, sheet.y(height))
        self._verticals(sheet, path, first, top, spans)
        canvas.drawPath(path, stroke=1, fill=0)
        return top

    def _verticals(
        self, sheet: Sheet, path: object, first: float, last: float, spans: Sequence[tuple[float, float]]
    ) -> None:
        """Add the vertical rules below the heads, left out where a row runs over all columns."""
        stops = [first + self.head_height, *(edge for span in spans for edge in span), last]
        for index, edge in enumerate(self.edges):
            outer = index in {0, len(self.edges) - 1}
            pieces = [(first, last)] if outer else list(zip(stops[::2], stops[1::2], strict=True))
            for start, stop in pieces:
                path.moveTo(edge * MM, sheet.y(start))  # type: ignore[attr-defined]
                path.lineTo(edge * MM, sheet.y(stop))  # type: ignore[attr-defined]

    def _fill(self, sheet: Sheet, text: object, top: float, row: GridRow) -> None:
        """Write the cells of one row into the page's text object."""
        measure = fonts.widths(fonts.SERIF).of
        place, out = text.setTextOrigin, text.textOut  # type: ignore[attr-defined]
        for index, lines in enumerate(row.cells):
            align = Align.LEFT if row.section else ALIGN[self.table.columns[index].align]
            left, right = self.edges[index], self.edges[index + 1]
            y = sheet.y(top + 0.4 + self.step * 0.78)
            for line in lines:
                x = (left + PAD) * MM
                if align is Align.CENTRE:
                    x = (left + right) * MM / 2 - measure(line, self.size) / 2
                elif align is Align.RIGHT:
                    x = (right - PAD) * MM - measure(line, self.size)
                place(x, y)
                out(line)
                y -= self.step * MM

    def _lay_heads(self) -> tuple[list[tuple[int, int, bool, list[str]]], float]:
        """Lay out the heads: (first column, last column, upper level, lines), and their whole height.

        A head without ``under`` takes both levels; neighbours with the same ``under`` share one above.
        """
        found: list[tuple[int, int, bool, list[str]]] = []
        columns = self.table.columns
        self._upper = 0.0
        lower = whole = 0.0
        index = 0
        while index < len(columns):
            last = index
            while (
                columns[index].under
                and last + 1 < len(columns)
                and columns[last + 1].under == columns[index].under
            ):
                last += 1
            for inner in range(index, last + 1):
                lines = self._head_lines(columns[inner].label, inner, inner)
                if columns[index].under:
                    lower = max(lower, self._high(lines))
                    found.append((inner, inner, False, lines))
                else:
                    whole = max(whole, self._high(lines))
                    found.append((inner, inner, True, lines))
            if columns[index].under:
                lines = self._head_lines(columns[index].under, index, last)
                self._upper = max(self._upper, self._high(lines))
                found.append((index, last, True, lines))
            index = last + 1
        if whole > self._upper + lower and lower:
            self._upper = whole - lower
        return found, max(whole, self._upper + lower)

    def _head_lines(self, label: str, first: int, last: int) -> list[str]:
        """Wrap a head into the width of its columns."""
        width = (self.edges[last + 1] - self.edges[first] - 2 * PAD) * MM
        return wrap(label, fonts.SERIF_BOLD, self.size, width)

    def _high(self, lines: list[str]) -> float:
        """Return the height in mm of a head."""
        return len(lines) * self.step + 1.4

    def _draw_heads(self, sheet: Sheet, top: float) -> float:
        """Draw the heads, each in the middle of its box; return the top below."""
        below = top + self.head_height
        for first, last, upper, lines in self.heads:
            grouped = bool(self.table.columns[first].under)
            start = top if upper else top + self._upper
            stop = top + self._upper if upper and grouped else below
            left, right = self.edges[first], self.edges[last + 1]
            sheet.box(left, start, right - left, stop - start)
            y = start + (stop - start - len(lines) * self.step) / 2
            for line in lines:
                sheet.text(
                    (left + right) / 2, y + self.step * 0.78, line,
                    font=fonts.SERIF_BOLD, size=self.size, align=Align.CENTRE,
                )  # fmt: skip
                y += self.step
        return below
