"""In the child: what is seen of a signature on the page, drawn with the program's own embedded font."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from typing import Any, Final

from counter_app.devices.tokens.messages import ORGANISATION, Mark
from resources import open_resource

_PERSON: Final = (0.0, 0.2, 0.6)
_ORGANISATION: Final = (0.75, 0.05, 0.1)
_LARGEST: Final = 9.0
_SMALLEST: Final = 5.0
_LEADING: Final = 1.3
_INSET: Final = 5.0


@cache
def _fonts() -> tuple[str, str]:
    """Registered once a process: bold and regular Noto Sans (built-in PDF fonts lack Vietnamese letters)."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    names = ("SignedBold", "SignedRegular")
    for name, file in zip(names, ("NotoSans-Bold.ttf", "NotoSans-Regular.ttf"), strict=True):
        pdfmetrics.registerFont(TTFont(name, BytesIO(open_resource("fonts", file).read_bytes())))
    return names


def wrapped(lines: tuple[str, ...], size: float, width: float) -> list[tuple[str, str]]:
    """(font, text) of each line as it stands in ``width`` points; the first given line is bold."""
    from reportlab.lib.utils import simpleSplit

    bold, regular = _fonts()
    fonts = [bold] + [regular] * (len(lines) - 1)
    return [(font, part) for font, line in zip(fonts, lines, strict=True)
            for part in simpleSplit(line, font, size, width)]  # fmt: skip


def fitted(lines: tuple[str, ...], width: float, height: float) -> tuple[float, list[tuple[str, str]]]:
    """The largest letters with which all lines stand in the box, in half points, and the lines."""
    size = _LARGEST
    while True:
        parts = wrapped(lines, size, width)
        if len(parts) * size * _LEADING <= height or size <= _SMALLEST:
            return size, parts[: max(1, int(height / (size * _LEADING)))]
        size -= 0.5


def drawn(mark: Mark) -> bytes:
    """A PDF page of the size of the mark's box: frame and lines; blue for a person, red for the unit."""
    from reportlab.pdfgen.canvas import Canvas

    assert mark.box is not None
    width, height = float(mark.box.width), float(mark.box.height)
    colour = _ORGANISATION if mark.role == ORGANISATION else _PERSON
    target = BytesIO()
    canvas = Canvas(target, pagesize=(width, height), invariant=1)
    canvas.setStrokeColorRGB(*colour)
    canvas.setFillColorRGB(*colour)
    canvas.setLineWidth(0.8)
    canvas.roundRect(0.8, 0.8, width - 1.6, height - 1.6, 3)
    size, parts = fitted(mark.lines, width - 2 * _INSET, height - 2 * _INSET)
    top = (height + len(parts) * size * _LEADING) / 2
    for place, (font, text) in enumerate(parts, 1):
        canvas.setFont(font, size)
        canvas.drawString(_INSET, top - place * size * _LEADING + size * 0.3, text)
    canvas.save()
    return target.getvalue()


def stamp_style(mark: Mark) -> Any:
    """pyHanko's style for the mark's appearance."""
    from pyhanko.pdf_utils import layout
    from pyhanko.pdf_utils.content import PdfContent
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.stamp import StaticStampStyle

    page = drawn(mark)

    class Drawn(PdfContent):
        """The page just drawn, as content of a stamp."""

        def render(self) -> bytes:
            reader = PdfFileReader(BytesIO(page))
            self.resources.xobject["/Drawn"] = self._ensure_writer.import_page_as_xobject(reader)
            assert mark.box is not None
            self.box = layout.BoxConstraints(width=mark.box.width, height=mark.box.height)
            return b"/Drawn Do"

    fills = layout.SimpleBoxLayoutRule(
        x_align=layout.AxisAlignment.ALIGN_MIN, y_align=layout.AxisAlignment.ALIGN_MIN,
        margins=layout.Margins(),
    )  # fmt: skip
    return StaticStampStyle(
        border_width=0, background=Drawn(), background_layout=fills, background_opacity=1.0
    )
