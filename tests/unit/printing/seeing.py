"""How the tests look at papers: as text, as a picture, as a scanner would after a poor scan."""

from __future__ import annotations

import unicodedata

import pypdfium2
import zxingcpp
from PIL import Image, ImageFilter

from counter_app.printing.preview import page_image


def text_of(pdf: bytes, page: int | None = None) -> str:
    """The text of a page or of all pages, lines joined by single spaces, NFC."""
    with pypdfium2.PdfDocument(pdf) as document:
        wanted = range(len(document)) if page is None else [page]
        pages = [document[i].get_textpage().get_text_range() for i in wanted]
    return " ".join(unicodedata.normalize("NFC", " ".join(pages).replace("\u00a0", " ")).split())


def squeezed(text: str) -> str:
    """Text without any space, to compare words that were wrapped."""
    return "".join(text.split())


def poor_scan(
    pdf: bytes, page: int = 0, *, dpi: int = 200, blur: float = 0.8, turn: float = 2.0
) -> Image.Image:
    """The page as scanned: 200 dpi, out of focus, lying askew."""
    picture = page_image(pdf, page, dpi).filter(ImageFilter.GaussianBlur(blur))
    return picture.rotate(turn, expand=True, fillcolor=255, resample=Image.Resampling.BICUBIC)


def codes_in(picture: Image.Image) -> list[tuple[str, str]]:
    """Kind and text of all codes a scanner library finds, sorted."""
    found = zxingcpp.read_barcodes(picture, text_mode=zxingcpp.TextMode.Plain)
    return sorted((code.format.name, code.text) for code in found)


def ink(picture: Image.Image) -> int:
    """The number of dark dots."""
    return sum(picture.convert("L").histogram()[:128])


def page_size_mm(pdf: bytes, page: int = 0) -> tuple[float, float]:
    """Width and height of a page in millimetres."""
    with pypdfium2.PdfDocument(pdf) as document:
        width, height = document[page].get_size()
    return round(width * 25.4 / 72, 2), round(height * 25.4 / 72, 2)


def white_margins_mm(pdf: bytes, page: int = 0, dpi: int = 100) -> tuple[float, float, float, float]:
    """White left, top, right and bottom of the inked area in millimetres."""
    picture = page_image(pdf, page, dpi).point(lambda grey: 255 if grey < 160 else 0)
    box = picture.getbbox()
    assert box is not None, "nothing on the page"
    step = 25.4 / dpi
    return box[0] * step, box[1] * step, (picture.width - box[2]) * step, (picture.height - box[3]) * step
