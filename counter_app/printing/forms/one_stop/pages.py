"""The pages of a form: heading, number, date, codes and title on the first, page x/y and marks on each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

import msgspec

from counter_app.printing import barcodes, blocks, fonts
from counter_app.printing.forms.one_stop import template as t
from counter_app.printing.forms.one_stop.halves import HalfSheet
from counter_app.printing.forms.one_stop.values import PROVISIONAL, Filled
from counter_app.printing.forms.one_stop.vocabulary import filled
from counter_app.printing.jobs import ascii_only
from counter_app.printing.layout import LEADING, MM, Align, Sheet
from counter_app.printing.model import Letterhead, Marks

BARS_OUT: Final = 3.0
"""Millimetres of the bars' own quiet zone that may stand in the margin."""
CONTINUED: Final = 5.0
"""Millimetres of the line that says what a later page continues."""
COVER_TITLE: Final = (26.0, 32.0)
"""Size in points of the title of a cover, and the millimetres above it."""


class Paper(msgspec.Struct, frozen=True, kw_only=True):
    """A filled form ready to be drawn.

    ``code``: digits of the barcode, empty for none; ``day`` None draws no date line; ``numbered`` prints page
    x/y on a single page too; ``cover`` draws the template's cover first.
    """

    head: Letterhead
    filled: Filled
    marks: Marks
    code: str = ""
    official_code: str = ""
    day: date | None = None
    numbered: bool = False
    cover: bool = False


class Pages:
    """The pages of one pass over a paper; ``total`` is the page count to print, 0 while it is not known.

    ``top`` is where the next thing goes, in millimetres; ``page`` the number of the page in this copy.
    """

    def __init__(self, template: t.Template, paper: Paper, total: int, half: bool) -> None:
        self.template, self.paper, self.total = template, paper, total
        title, practice = ascii_only(template.title), paper.marks.practice
        if half and template.size == "A5":
            self.sheet: Sheet = HalfSheet(title, practice=practice)
        else:
            self.sheet = Sheet(t.SIZES[template.size], title, practice=practice)
        small = template.size == "A5"
        self.head_size = 8.5 if small else 11.0
        self.frame = blocks.frame_of(self.sheet, 11 if small else 14)
        self.values = {**paper.filled.values, "pages": str(total) if total else ""}
        self.top = self.frame.top
        self.page = self.pages = 0

    def first_page(self, copy: str) -> None:
        """Begin a copy (``Liên``) with its heading, number, date and codes."""
        self.page = 0
        self.begin()
        if copy:
            self.sheet.text(self.frame.right, 8.0, copy, font=fonts.SERIF_ITALIC, size=8.5, align=Align.RIGHT)
        self.top = blocks.heading(self.sheet, self.frame, self.paper.head, size=self.head_size)
        self._codes()

    def begin(self) -> None:
        """Put marks, foot and page number on a fresh page."""
        self.page += 1
        self.sheet.practice_marks()
        foot = self.frame.bottom + 5.5
        if self.template.foot:
            self.sheet.text(self.frame.left, foot, self.template.foot, font=fonts.SERIF_ITALIC, size=7.5)
        if self.total > 1 or (self.total and self.paper.numbered):
            words = f"Trang {self.page}/{self.total}"
            self.sheet.text(self.frame.right, foot, words, size=8.5, align=Align.RIGHT)

    def next_page(self) -> None:
        """Go on to a new page that says what it continues."""
        self.sheet.new_page()
        self.begin()
        code = self.values.get("code", "") or self.values.get("book", "")
        words = " - ".join(filter(None, (self.template.shown, code)))
        self.sheet.text(
            self.frame.left, self.frame.top + 2.5, f"{words} (tiếp theo)", font=fonts.SERIF_ITALIC, size=8.5
        )
        self.top = self.frame.top + CONTINUED

    def room(self, height: float) -> None:
        """Go to a new page unless ``height`` mm are left on this one."""
        if self.frame.bottom - self.top < height:
            self.next_page()

    def _codes(self) -> None:
        """Draw the number under the unit, the date on the right, the bars and the codes in words."""
        sheet, frame, paper = self.sheet, self.frame, self.paper
        top, left = self.top, self.top - 1.5
        size = self.head_size + 1
        if self.template.number_line and self.values.get("number"):
            nation = fonts.widths(fonts.SERIF_BOLD).of(blocks.NATION, self.head_size) / MM + 1
            width = min(frame.width - nation - 4, nation * 1.2)
            words = filled(self.template.number_line, self.values)
            left = sheet.block(frame.left + width / 2, left, words, width, size=size, align=Align.CENTRE)
        if paper.day is not None:
            top = blocks.dateline(sheet, frame, top - 1.5, paper.head.place, paper.day, size=size + 0.5)
        if paper.code:
            right = sheet.code128(frame.left - BARS_OUT, left + 1, paper.code, height=8) - BARS_OUT + 1
            left += 10
            self.top = max(left, self._code_words(frame.left + right, top + 1.5))
        else:
            self.top = self._code_words(frame.left, max(left, top))

    def _code_words(self, x: float, top: float) -> float:
        """Write the official code when it has come, and the counter's own, marked as provisional.

        Return the top below them.
        """
        width = self.frame.right - x
        own = f"{barcodes.spaced(self.paper.code)} ({PROVISIONAL})" if self.paper.code else ""
        label = "Mã hồ sơ"
        if self.paper.official_code:
            words = f"{label}: {self.paper.official_code}"
            top = self.sheet.block(x, top, words, width, font=fonts.SERIF_BOLD, size=10)
            label = "Mã của quầy"
        return self.sheet.block(x, top, f"{label}: {own}", width, size=9.5) if own else top

    def title(self, size: float, gap: float) -> None:
        """Write the name of the paper and, on a reprint, its mark."""
        words, frame = self.template.title, self.frame
        width = blocks.balanced_width(words, fonts.SERIF_BOLD, size, frame.width)
        self.top = self.sheet.block(
            frame.middle, self.top + gap, words, width, font=fonts.SERIF_BOLD, size=size, align=Align.CENTRE
        )
        self.top = blocks.reprint_line(self.sheet, self.frame, self.top, self.paper.marks) + 1.5

    @staticmethod
    def step(size: float) -> float:
        """Return the height in mm of a line."""
        return size * LEADING / MM

    def lines(self, lines: Sequence[tuple[float, str]], font: str, size: float, align: Align) -> None:
        """Write wrapped lines, each with its x, going to a new page where one does not fit."""
        step = self.step(size)
        for x, line in lines:
            self.room(step)
            self.sheet.text(x, self.top + step * 0.78, line, font=font, size=size, align=align)
            self.top += step
