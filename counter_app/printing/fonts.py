"""The fonts of the papers: embedded as subsets, registered with reportlab on first use.

Papers use a Times-like serif (``PaperSerif``), the strip Noto Sans. The files are prepared by the build
(``dependencies.md`` 2.7) and never fall back to a built-in PDF font: those have no Vietnamese letters.
"""

from __future__ import annotations

import os
from functools import cache
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from counter_app.domain.errors import Words
from counter_app.errors import OutsideError

FOLDER_VARIABLE: Final = "COMMUNE_COUNTER_FONTS"
"""Names another folder with the same files, for installers that ship the fonts apart."""

SERIF: Final = "PaperSerif"
SERIF_BOLD: Final = "PaperSerif-Bold"
SERIF_ITALIC: Final = "PaperSerif-Italic"
SANS: Final = "PaperSans"
SANS_BOLD: Final = "PaperSans-Bold"

FILES: Final[dict[str, str]] = {
    SERIF: "PaperSerif-Regular.ttf",
    SERIF_BOLD: "PaperSerif-Bold.ttf",
    SERIF_ITALIC: "PaperSerif-Italic.ttf",
    SANS: "NotoSans-Regular.ttf",
    SANS_BOLD: "NotoSans-Bold.ttf",
}


class FontMissing(OutsideError):
    """A paper cannot be drawn because a font of the program is not in its place; ``print.font``."""

    def __init__(self, file_name: str) -> None:
        super().__init__(
            "print.font",
            Words(
                "Thiếu phông chữ để in.", f"Không thấy tệp {file_name}. Hồ sơ đã lưu, bản in chờ.",
                "Báo kỹ thuật viên cài lại chương trình, hoặc chạy bước chuẩn bị phông chữ.",
            ),
            Words(
                "A font for papers is missing.",
                f"There is no file {file_name}. Records are saved, prints wait.",
                "Tell the technician: install the program again, or run the step that prepares fonts.",
            ),
            file_name,
        )  # fmt: skip


def font_bytes(name: str) -> bytes:
    """Return the file of one font, from the override folder or from the program's own resources.

    Read as bytes, since an installed program may live inside a zip file. Raises FontMissing.
    """
    override = os.environ.get(FOLDER_VARIABLE)
    try:
        if override:
            return (Path(override) / FILES[name]).read_bytes()
        return files("resources").joinpath("fonts", FILES[name]).read_bytes()
    except (OSError, ModuleNotFoundError) as error:
        raise FontMissing(FILES[name]) from error


@cache
def ready(name: str) -> str:
    """Register one font with reportlab if need be and return its name.

    Raises FontMissing when the file is not there.
    """
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFError, TTFont

    content = font_bytes(name)
    try:
        pdfmetrics.registerFont(TTFont(name, BytesIO(content)))
    except TTFError as error:
        raise FontMissing(FILES[name]) from error
    return name


class Widths:
    """Measures text in one font: a table of letters, since reportlab's own measuring is the slow part."""

    def __init__(self, name: str) -> None:
        from reportlab.pdfbase import pdfmetrics

        font: Any = pdfmetrics.getFont(ready(name))
        face = font.face
        self._widths: dict[int, float] = face.charWidths
        self._default = float(face.defaultWidth)
        self._known: dict[str, float] = {}

    def of(self, text: str, size: float) -> float:
        """Return the width of the text in points at that size."""
        width = self._known.get(text)
        if width is None:
            get, default = self._widths.get, self._default
            width = sum(get(ord(letter), default) for letter in text) / 1000.0
            if len(self._known) < 50_000:
                self._known[text] = width
        return width * size

    def lacks(self, letters: str) -> str:
        """Return those of the letters that the font does not draw."""
        return "".join(letter for letter in letters if ord(letter) not in self._widths)


@cache
def widths(name: str) -> Widths:
    """Return the measuring table of a font, one for the life of the program."""
    return Widths(name)
