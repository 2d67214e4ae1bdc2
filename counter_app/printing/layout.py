"""The sheet every paper is drawn on: millimetres from the top left corner, wrapped text, lines, codes."""

from __future__ import annotations

from enum import Enum
from io import BytesIO
from typing import TYPE_CHECKING, Final

from counter_app.printing import barcodes, fonts
from counter_app.printing.formats import clean

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

MM: Final = 72.0 / 25.4
"""Points in a millimetre."""
A4: Final = (210.0, 297.0)
A4_LANDSCAPE: Final = (297.0, 210.0)
A5: Final = (148.0, 210.0)
A5_LANDSCAPE: Final = (210.0, 148.0)
LEADING: Final = 1.28
"""Line height per font size: stacked marks over capitals need the room."""
PRACTICE_MARK: Final = "BẢN TẬP HUẤN - KHÔNG CÓ GIÁ TRỊ"


class Align(Enum):
    """Where text stands relative to its x: starts there, is centred on it, or ends there."""

    LEFT = 0
    CENTRE = 1
    RIGHT = 2


def wrap(text: str, font: str, size: float, width: float) -> list[str]:
    """Break a text into lines not wider than ``width`` points; nothing is ever cut away.

    Lines break at spaces; a word wider than the line is broken between letters.
    """
    measure = fonts.widths(font).of
    text = clean(text)
    if measure(text, size) <= width:
        return [text]
    lines: list[str] = []
    line = ""
    for word in text.split(" "):
        candidate = f"{line} {word}" if line else word
        if measure(candidate, size) <= width:
            line = candidate
            continue
        if line:
            lines.append(line)
        pieces = _broken(word, font, size, width)
        lines.extend(pieces[:-1])
        line = pieces[-1]
    lines.append(line)
    return lines


def _broken(word: str, font: str, size: float, width: float) -> list[str]:
    """Break one word between letters where it does not fit; at least one letter stands on each line."""
    measure = fonts.widths(font).of
    pieces: list[str] = []
    while measure(word, size) > width and len(word) > 1:
        low, high = 1, len(word) - 1
        while low < high:
            middle = (low + high + 1) // 2
            low, high = (middle, high) if measure(word[:middle], size) <= width else (low, middle - 1)
        pieces.append(word[:low])
        word = word[low:]
    return [*pieces, word]


class Sheet:
    """A PDF under construction, one or more pages of one size in millimetres.

    Same calls give the same bytes: no time stamp and no random id enters the file.
    """

    def __init__(self, size: tuple[float, float], title: str, *, practice: bool) -> None:
        from reportlab import rl_config
        from reportlab.pdfgen.canvas import Canvas

        # Binary streams: the text encoding that reportlab prefers makes each paper a quarter larger.
        rl_config.useA85 = 0
        self.width, self.height = size
        self._practice = practice
        self._buffer = BytesIO()
        self._canvas: Canvas = Canvas(
            self._buffer, pagesize=(size[0] * MM, size[1] * MM), pageCompression=1, invariant=1
        )
        self._canvas.setTitle(clean(title))
        self._canvas.setCreator("Một cửa cấp xã")
        self._canvas.setProducer("commune-counter")
        self._dirty = False

    @property
    def canvas(self) -> Canvas:
        """The reportlab canvas underneath, for what has no word here (points, from the bottom left)."""
        self._dirty = True
        return self._canvas

    def y(self, top: float) -> float:
        """Turn millimetres from the top into points from the bottom."""
        return (self.height - top) * MM

    def new_page(self) -> None:
        """End the page; the next drawing goes to a fresh one."""
        self._canvas.showPage()
        self._dirty = False

    def finish(self) -> bytes:
        """Close the document and return its bytes."""
        if self._dirty:
            self._canvas.showPage()
        self._canvas.save()
        return self._buffer.getvalue()

    def text(
        self,
        x: float,
        top: float,
        text: str,
        *,
        font: str = fonts.SERIF,
        size: float = 12,
        align: Align = Align.LEFT,
    ) -> None:
        """Write one line with its baseline ``top`` millimetres below the upper edge."""
        text = clean(text)
        if align is not Align.LEFT:
            part = 0.5 if align is Align.CENTRE else 1.0
            x -= fonts.widths(font).of(text, size) * part / MM
        canvas = self.canvas
        canvas.setFont(fonts.ready(font), size)
        canvas.drawString(x * MM, self.y(top), text)

    def block(
        self,
        x: float,
        top: float,
        text: str,
        width: float,
        *,
        font: str = fonts.SERIF,
        size: float = 12,
        align: Align = Align.LEFT,
    ) -> float:
        """Write a wrapped text whose upper edge is ``top``; return the ``top`` below it, in millimetres.

        ``x`` is the left edge, the middle or the right edge of the column, by ``align``.
        """
        step = size * LEADING / MM
        for line in wrap(text, font, size, width * MM):
            self.text(x, top + step * 0.78, line, font=font, size=size, align=align)
            top += step
        return top

    def line(self, x1: float, top1: float, x2: float, top2: float, *, weight: float = 0.5) -> None:
        """Draw a straight line, its weight in points."""
        canvas = self.canvas
        canvas.setLineWidth(weight)
        canvas.line(x1 * MM, self.y(top1), x2 * MM, self.y(top2))

    def dashed(self, x1: float, top: float, x2: float) -> None:
        """Draw a dashed cutting line."""
        canvas = self.canvas
        canvas.saveState()
        canvas.setDash(3, 2)
        self.line(x1, top, x2, top, weight=0.6)
        canvas.restoreState()

    def box(self, x: float, top: float, width: float, height: float, *, weight: float = 0.5) -> None:
        """Draw an empty rectangle."""
        canvas = self.canvas
        canvas.setLineWidth(weight)
        canvas.rect(x * MM, self.y(top + height), width * MM, height * MM, stroke=1, fill=0)

    def code128(
        self,
        x: float,
        top: float,
        digits: str,
        *,
        module: float = barcodes.PAPER_MODULE_MM,
        height: float = 10.0,
    ) -> float:
        """Draw digits as Code 128 with its quiet zone inside; return the whole width in millimetres."""
        symbol = barcodes.code128(digits)
        self._shapes(symbol, x + barcodes.CODE128_QUIET * module, top, module, height)
        return (symbol.width + 2 * barcodes.CODE128_QUIET) * module

    def qr(self, x: float, top: float, payload: str, *, module: float) -> float:
        """Draw a QR with its quiet zone inside; return its side in millimetres."""
        symbol = barcodes.qr(payload)
        quiet = barcodes.QR_QUIET * module
        self._shapes(symbol, x + quiet, top + quiet, module, module)
        return symbol.width * module + 2 * quiet

    def _shapes(
        self, symbol: barcodes.Symbol, x: float, top: float, module: float, row_height: float
    ) -> None:
        """Fill the dark runs of a symbol as one path, so that no hairline parts its rows."""
        canvas = self.canvas
        path = canvas.beginPath()
        step, height = module * MM, row_height * MM
        left, upper = x * MM, self.y(top)
        for run in symbol.runs:
            path.rect(left + run.column * step, upper - (run.row + 1) * height, run.length * step, height)
        canvas.drawPath(path, stroke=0, fill=1)

    def practice_marks(self) -> None:
        """Mark a page of the practice mode: a framed line on top and large pale words behind.

        Nothing on real papers. Call it first on each page, so that all else stands above it.
        """
        if not self._practice:
            return
        canvas = self.canvas
        canvas.saveState()
        canvas.setFillGray(0.88)
        canvas.translate(self.width * MM / 2, self.height * MM / 2)
        canvas.rotate(35)
        room = min(self.width, self.height) * MM * 1.05
        size = min(40.0, room / fonts.widths(fonts.SERIF_BOLD).of(PRACTICE_MARK, 1.0))
        canvas.setFont(fonts.ready(fonts.SERIF_BOLD), size)
        canvas.drawCentredString(0, -size / 3, PRACTICE_MARK)
        canvas.restoreState()
        self.practice_line(self.width / 2, 4.0)

    def practice_line(
        self, centre: float, top: float, *, size: float = 9.0, font: str = fonts.SERIF_BOLD
    ) -> None:
        """Write the practice mark in a frame, 4.6 mm high at size 9; nothing on real papers."""
        if not self._practice:
            return
        width = fonts.widths(font).of(PRACTICE_MARK, size) / MM + 4
        height = size * 0.51
        self.box(centre - width / 2, top, width, height, weight=0.8)
        self.text(centre, top + height * 0.75, PRACTICE_MARK, font=font, size=size, align=Align.CENTRE)
