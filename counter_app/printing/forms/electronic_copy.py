"""An electronic certified copy before it is signed: the pages of the scan, then a certification sheet.

The sheet has room for two signatures that are seen: the signatory's and the organisation's. Wording is data
(``resources/forms``, kind ``electronic``, unverified); where signatures stand follows no act that was
read [U].
"""

from __future__ import annotations

from io import BytesIO
from typing import Final

import msgspec

from counter_app.printing import barcodes, fonts
from counter_app.printing.formats import long_date, register_number
from counter_app.printing.forms.certification import QR_SIDE, CertificationText
from counter_app.printing.layout import A5_LANDSCAPE, Align, Sheet
from counter_app.printing.model import Marks
from counter_app.printing.texts import text_in_force

SYMBOL: Final = "SCTĐT/BS"
MAX_PAGES: Final = 200
_POINTS: Final = 72 / 25.4
_MARGIN: Final = 16.0
_BOX: Final = (82.0, 26.0)
_BOX_TOP: Final = 93.0


class SeenAt(msgspec.Struct, frozen=True):
    """A rectangle of the last page, in points from its lower left corner."""

    left: int
    bottom: int
    width: int
    height: int


def _seen_at(left: float) -> SeenAt:
    bottom = A5_LANDSCAPE[1] - _BOX_TOP - _BOX[1]
    return SeenAt(*(round(value * _POINTS) for value in (left, bottom, *_BOX)))


ORGANISATION_AT: Final = _seen_at(_MARGIN)
SIGNATORY_AT: Final = _seen_at(A5_LANDSCAPE[0] - _MARGIN - _BOX[0])


class ElectronicCopy(msgspec.Struct, frozen=True, kw_only=True):
    """The scan (a PDF) and what its certification says; ``original`` is the name of the paper."""

    scan: bytes
    text: CertificationText
    original: str
    marks: Marks = Marks()


class ScanRefused(Exception):
    """The scan cannot become a copy. Carries words for people."""

    def __init__(self, pages: int = 0) -> None:
        super().__init__(f"scan refused, {pages} pages")
        self.title = "Ảnh quét không dùng được làm bản sao"
        self.meaning = f"Tệp hỏng, không phải PDF, không có trang, hoặc quá {MAX_PAGES} trang."
        self.remedy = "Quét lại bản chính rồi ký tiếp."
        self.title_en = "The scan cannot become a copy"
        self.meaning_en = f"It is damaged, no PDF, empty, or has more than {MAX_PAGES} pages."
        self.remedy_en = "Scan the original again, then sign on."


def render(data: ElectronicCopy) -> bytes:
    """Scan and sheet as one PDF. Raises ScanRefused, NoTextInForce, BarcodeRefused, FontMissing."""
    import pypdfium2

    sheet = _sheet(data)
    try:
        scan = pypdfium2.PdfDocument(data.scan)
    except pypdfium2.PdfiumError as error:
        raise ScanRefused from error
    with scan, pypdfium2.PdfDocument.new() as copy, pypdfium2.PdfDocument(sheet) as last:
        if not 1 <= len(scan) <= MAX_PAGES:
            raise ScanRefused(len(scan))
        copy.import_pages(scan)
        copy.import_pages(last)
        target = BytesIO()
        copy.save(target)
    return target.getvalue()


def lines_of(text: CertificationText) -> list[str]:
    """The lines of the certification in the wording in force, places filled."""
    places = {
        "number": register_number(text.number),
        "book": text.book,
        "year": str(text.year),
        "day": long_date(text.day).capitalize(),
    }
    return [line.format_map(places) for line in text_in_force("electronic", text.day, text.place).lines]


def _sheet(data: ElectronicCopy) -> bytes:
    """Half an A4: wording in the middle, QR on the left, signatory's title on the right, rooms below."""
    text, width = data.text, A5_LANDSCAPE[0]
    sheet = Sheet(A5_LANDSCAPE, "Ban sao dien tu", practice=data.marks.practice)
    sheet.practice_marks()
    top = 22.0
    *lines, title = lines_of(text)
    for index, line in enumerate((lines[0], data.original, *lines[1:])):
        font = fonts.SERIF_BOLD if index == 0 else fonts.SERIF
        top = sheet.block(width / 2, top, line, width - 2 * _MARGIN, font=font, size=13, align=Align.CENTRE)
    top += 3
    if text.qr_payload:
        _qr(sheet, top, text)
    signer = width - _MARGIN - _BOX[0] / 2
    for line in (title, *text.signer_lines, text.signer_name):
        top = sheet.block(
            signer, top, line, _BOX[0], font=fonts.SERIF_BOLD, size=11.5, align=Align.CENTRE
        )  # fmt: skip
    return sheet.finish()


def _qr(sheet: Sheet, top: float, text: CertificationText) -> None:
    modules = barcodes.qr(text.qr_payload).width + 2 * barcodes.QR_QUIET
    side = sheet.qr(
        _MARGIN, top, text.qr_payload, module=max(barcodes.PAPER_MODULE_MM, QR_SIDE / modules)
    )  # fmt: skip
    caption = f"{register_number(text.number)}/{text.year}-{SYMBOL}"
    sheet.block(
        _MARGIN + side / 2, top + side - 0.5, caption, side + 6, font=fonts.SANS, size=7, align=Align.CENTRE
    )
