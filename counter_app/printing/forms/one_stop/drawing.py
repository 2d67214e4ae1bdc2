"""Draw a form from its template and its content: heading, code, title, parts, page x/y.

A paper is drawn once to count its pages; only when the count must be printed (more than one page, or a
book) is it drawn again.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from msgspec import structs

from counter_app.printing import blocks, fonts
from counter_app.printing.formats import clean
from counter_app.printing.forms.one_stop import template as t
from counter_app.printing.forms.one_stop.content import Content
from counter_app.printing.forms.one_stop.grid import ALIGN, Grid, GridRow
from counter_app.printing.forms.one_stop.pages import CONTINUED, COVER_TITLE, Pages, Paper
from counter_app.printing.forms.one_stop.values import fill
from counter_app.printing.forms.one_stop.vocabulary import fields_in, filled
from counter_app.printing.layout import MM, Align, wrap
from counter_app.printing.model import Signature

STYLES: Final = {"plain": fonts.SERIF, "bold": fonts.SERIF_BOLD, "italic": fonts.SERIF_ITALIC}
KEPT: Final = 90.0
"""Millimetres above which parts before a signature are not kept on its page."""
TOGETHER: Final = 2
"""Parts (gaps too) right before the places to sign that stay on the page of their first row."""
MOST_PLACES: Final = 4
"""Places to sign in one row."""
JOINT: Final = 6.0
"""Millimetres between two labels on one line, at least."""
MOST_PASSES: Final = 3
"""The printed page count could only go on changing if its own digits moved a line over a page's end."""
DIFFERENT_HINTS: Final = {True: "(Điểm chỉ)", False: "(Không ký được)"}


def render(template: t.Template, content: Content, *, half: bool = False) -> bytes:
    """Return a form 01-06 as PDF in the template's size, all copies one after the other.

    ``half`` puts two A5 pages on one lying A4 sheet and is passed over for other sizes.
    """
    paper = Paper(
        head=content.head,
        filled=fill(content),
        marks=content.marks,
        code=content.code,
        official_code=content.official_code,
        day=content.issued_at.date(),
    )
    return render_paper(template, paper, half=half)


def render_paper(template: t.Template, paper: Paper, *, half: bool = False) -> bytes:
    """Return a filled form as PDF; drawn again while the number of pages is not yet the printed one."""
    laid: dict[int, list[GridRow]] = {}
    drawing = _Drawing(template, paper, 0, half, laid)
    pdf = drawing.pdf()
    for _ in range(MOST_PASSES):
        if drawing.pages == drawing.total or (drawing.pages == 1 and not paper.numbered):
            break
        drawing = _Drawing(template, paper, drawing.pages, half, laid)
        pdf = drawing.pdf()
    return pdf


def _title(place: Signature) -> str:
    """Return the last line of a role; those before it say for whom he signs."""
    return place.role.rsplit("\n", maxsplit=1)[-1]


class _Drawing(Pages):
    """One pass over the parts of a paper; ``laid`` keeps wrapped tables for the next pass."""

    def __init__(
        self, template: t.Template, paper: Paper, total: int, half: bool, laid: dict[int, list[GridRow]]
    ) -> None:
        super().__init__(template, paper, total, half)
        self._laid = laid
        self._line_end = (0.0, 0.0)

    def pdf(self) -> bytes:
        """Draw all copies; return the document. ``pages`` then holds the pages of one copy."""
        for index, copy in enumerate(self.template.copies):
            if index:
                self.sheet.new_page()
            self._copy(copy)
            self.pages = max(self.pages, self.page)
        return self.sheet.finish()

    def _copy(self, copy: str) -> None:
        """Draw one copy from its heading to its last part."""
        self.first_page(copy)
        if self.paper.cover:
            self.title(*COVER_TITLE)
            self._parts(self.template.cover)
            self.next_page()
        else:
            self.title(self.template.title_size, 1.0)
        self._parts(self.template.parts)

    def _parts(self, parts: Sequence[t.Part]) -> None:
        """Draw the parts that have something to say, in order."""
        visible = [part for part in parts if self._says(part)]
        for index, part in enumerate(visible):
            self._keep(visible[index : index + TOGETHER + 1])
            if isinstance(part, t.Labelled):
                self._labelled(part)
            elif isinstance(part, t.Words):
                self._words(part)
            elif isinstance(part, t.Table):
                self._table(part)
            elif isinstance(part, t.Signing):
                self._signing(part)
            else:
                self.top += part.height

    def _says(self, part: t.Part) -> bool:
        """Tell whether a part has something to print."""
        if isinstance(part, t.Labelled):
            return part.keep or bool(self.values[part.field])
        if isinstance(part, t.Words):
            used = fields_in(part.text)
            return not used or part.text.count("{pages}") > 0 or any(self.values[field] for field in used)
        return True

    def _keep(self, parts: Sequence[t.Part]) -> None:
        """Keep sentences right before the places to sign together with them."""
        height = 0.0
        for part in parts:
            if isinstance(part, t.Table):
                return
            height += self._height(part)
            if isinstance(part, t.Signing):
                if height <= KEPT:
                    self.room(height)
                return

    def _height(self, part: t.Part) -> float:
        """Return the height in mm that a part other than a table takes; of places to sign their first row."""
        if isinstance(part, t.Labelled):
            return len(self._labelled_lines(part)) * self.step(self.template.text_size)
        if isinstance(part, t.Words):
            size = part.size or self.template.text_size
            return len(self._word_lines(part)) * self.step(size)
        if isinstance(part, t.Signing):
            return self._signing_height(part, self._signing_rows(part)[0])
        return part.height if isinstance(part, t.Gap) else 0.0

    def _labelled_lines(self, part: t.Labelled) -> list[tuple[float, str]]:
        """Wrap a value: one paragraph goes on after its label, several stand below it as a list."""
        size, frame = self.template.text_size, self.frame
        font = fonts.SERIF_BOLD if part.bold else fonts.SERIF
        paragraphs = self.values[part.field].split("\n")
        offset = fonts.widths(fonts.SERIF).of(f"{part.label}: ", size) / MM
        if len(paragraphs) > 1:
            lines = [(frame.left, "")]
            for words in paragraphs:
                wrapped = wrap(f"- {words}", font, size, (frame.width - 4) * MM)
                lines.extend((frame.left + 4, line) for line in wrapped)
            return lines
        words = clean(paragraphs[0])
        first = words.split(" ")[0]
        measure = fonts.widths(font).of
        if (offset + measure(first, size) / MM) > frame.width:
            return [
                (frame.left, ""),
                *((frame.left, line) for line in wrap(words, font, size, frame.width * MM)),
            ]
        head = wrap(words, font, size, (frame.width - offset) * MM)[0]
        rest = words[len(head) :].strip()
        lines = [(frame.left + offset, head)]
        if rest:
            lines.extend((frame.left, line) for line in wrap(rest, font, size, frame.width * MM))
        return lines

    def _labelled(self, part: t.Labelled) -> None:
        """Write a label and its value."""
        size = self.template.text_size
        font = fonts.SERIF_BOLD if part.bold else fonts.SERIF
        lines = self._labelled_lines(part)
        if part.joined and len(lines) == 1 and self._joins(part, lines[0][1], font, size):
            return
        step = self.step(size)
        self.room(step * min(2, len(lines)))
        self.sheet.text(self.frame.left, self.top + step * 0.78, f"{part.label}:", size=size)
        self.lines(lines, font, size, Align.LEFT)
        if len(lines) == 1:
            self._line_end = (self.top, lines[0][0] + fonts.widths(font).of(clean(lines[0][1]), size) / MM)

    def _joins(self, part: t.Labelled, value: str, font: str, size: float) -> bool:
        """Write label and value on the line of the part before; False when they do not fit there."""
        top, end = self._line_end
        label = f"{part.label}: "
        x = max(end + JOINT, self.frame.middle)
        offset = fonts.widths(fonts.SERIF).of(label, size) / MM
        if top != self.top or x + offset + fonts.widths(font).of(value, size) / MM > self.frame.right:
            return False
        baseline = top - self.step(size) * 0.22
        self.sheet.text(x, baseline, label.strip(), size=size)
        self.sheet.text(x + offset, baseline, value, font=font, size=size)
        return True

    def _word_lines(self, part: t.Words) -> list[str]:
        """Wrap a sentence with its fields put in."""
        size = part.size or self.template.text_size
        words = filled(part.text, self.values)
        return [
            line
            for paragraph in words.split("\n")
            for line in wrap(paragraph, STYLES[part.style], size, self.frame.width * MM)
        ]

    def _words(self, part: t.Words) -> None:
        """Write a sentence in its style."""
        align = ALIGN[part.align]
        x = {Align.LEFT: self.frame.left, Align.CENTRE: self.frame.middle, Align.RIGHT: self.frame.right}[
            align
        ]
        lines = [(x, line) for line in self._word_lines(part)]
        self.lines(lines, STYLES[part.style], part.size or self.template.text_size, align)

    def _table(self, part: t.Table) -> None:
        """Draw a table over as many pages as it needs, its heads on each.

        Raises ValueError when the heads alone fill a page (a bad template).
        """
        grid = Grid(self.frame, part)
        page = self.frame.bottom - self.frame.top - CONTINUED - grid.head_height
        rows = self._laid.get(id(part))
        if rows is None:
            rows = self._laid[id(part)] = grid.rows(self.paper.filled.tables[part.rows], page)
        self.top += 1.0
        start = 0
        while start < len(rows) or start == 0:
            room = self.frame.bottom - self.top - grid.head_height
            stop = start
            while stop < len(rows) and rows[stop].height <= room:
                room -= rows[stop].height
                stop += 1
            if stop == start and rows:
                if self.top <= self.frame.top + CONTINUED:
                    raise ValueError("the heads of the table leave no room for a line")
                self.next_page()
                continue
            self.top = grid.draw(self.sheet, self.top, rows[start:stop])
            start = stop
            if start >= len(rows):
                break
            self.next_page()
        self.top += 1.0

    @property
    def _signing_size(self) -> float:
        """Return the text size of places to sign."""
        return self.template.text_size - 0.5

    def _beside(self, part: t.Signing) -> list[Signature]:
        """Return the places of witnesses and interpreters, below the requester's own."""
        if not any(place.name == "requester" for place in part.places):
            return []
        return [Signature(role=role, name=name) for role, name in self.paper.filled.beside]

    def _signing_rows(self, part: t.Signing) -> list[list[Signature]]:
        """Return the rows of places to sign: the form's own, then those beside who cannot sign.

        All in one row where that saves a page with nothing but ink on it.
        """
        own, beside = [self._place(place) for place in part.places], self._beside(part)
        if not beside:
            return [own]
        left = self.frame.bottom - self.top
        apart = self._signing_height(part, own) + self._signing_height(part, beside)
        together = [*own, *beside]
        if len(together) <= MOST_PLACES and apart > left >= self._signing_height(part, together):
            return [together]
        return [own, beside]

    def _signing_height(self, part: t.Signing, row: list[Signature]) -> float:
        """Return the height in mm of one row of places, as ``blocks.signatures`` draws it."""
        size, width = self._signing_size, (self.frame.width / len(row) - 3) * MM
        roles = max(len(wrap(_title(place), fonts.SERIF_BOLD, size, width)) for place in row)
        hints = max(len(wrap(place.hint, fonts.SERIF_ITALIC, size - 1.5, width)) for place in row)
        names = max(len(wrap(place.name, fonts.SERIF_BOLD, size, width)) for place in row)
        lines = roles + names + max(place.role.count("\n") for place in row)
        return 1.5 + part.room + lines * self.step(size) + hints * self.step(size - 1.5)

    def _signing(self, part: t.Signing) -> None:
        """Draw the places to sign; who cannot sign gives a fingerprint and others sign beside."""
        for row in self._signing_rows(part):
            self.room(self._signing_height(part, row))
            top = self._heads(row, self.top + 1.5)
            titles = [structs.replace(place, role=_title(place)) for place in row]
            self.top = blocks.signatures(
                self.sheet, self.frame, top, titles, room=part.room, size=self._signing_size
            )

    def _heads(self, row: Sequence[Signature], top: float) -> float:
        """Write for whom somebody signs (``KT. GIÁM ĐỐC``) above his title; return the top below."""
        width, below, size = self.frame.width / len(row), top, self._signing_size
        for index, place in enumerate(row):
            y, middle = top, self.frame.left + width * (index + 0.5)
            for line in place.role.split("\n")[:-1]:
                y = self.sheet.block(
                    middle, y, line, width - 3, font=fonts.SERIF_BOLD, size=size, align=Align.CENTRE
                )
            below = max(below, y)
        return below

    def _place(self, place: t.Place) -> Signature:
        """Return one place to sign with its words."""
        name = self.values[place.name] if place.name else ""
        hint = place.hint
        if place.name == "requester" and self.paper.filled.cannot_sign:
            hint = DIFFERENT_HINTS[self.paper.filled.fingerprint]
        return Signature(role=filled(place.role, self.values), name=name, hint=hint if place.role else "")
