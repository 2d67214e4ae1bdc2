"""Certification text of a copy from an original (Mẫu 01), as overlay, half sheet or label sheet.

The wording is data by date and place of reception (``resources/forms``). The block carries the number and
the copy's signed QR; ink and seal come after printing (``law.md`` 4.4). Texts come out in pile order.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from enum import Enum
from typing import Final

import msgspec

from counter_app.printing import barcodes, fonts
from counter_app.printing.formats import long_date, register_number
from counter_app.printing.layout import A4, A5_LANDSCAPE, Align, Sheet
from counter_app.printing.model import Marks
from counter_app.printing.texts import text_in_force

BLOCK_WIDTH: Final = 98.0
"""Width of the block in millimetres; an A4 page leaves room for the offsets of a printer tray."""
SIGN_ROOM: Final = 24.0
"""Blank millimetres for ink and round seal."""
QR_SIDE: Final = 26.0
"""Wanted side of the QR with its quiet zone; it grows when a module would fall below 0.33 mm."""


class Medium(Enum):
    """On what the text is printed."""

    OVERLAY = "overlay"
    HALF_SHEET = "half_sheet"
    LABELS = "labels"


class CertificationText(msgspec.Struct, frozen=True, kw_only=True):
    """What one text says: number in the register, book, day, signatory, and the signed QR of the copy.

    ``place`` is where the request was received (``seat`` or ``one_stop``); with ``day`` it chooses the
    wording. ``signer_lines`` are the lines of prefix and title (``KT. CHỦ TỊCH``, ``PHÓ CHỦ TỊCH``).
    ``qr_payload`` is printed as given; an empty one prints no QR. ``copies`` texts of one original are the
    same page again.
    """

    number: int
    book: str
    year: int
    day: date
    place: str
    signer_lines: tuple[str, ...]
    signer_name: str
    qr_payload: str
    copies: int = 1


class CertificationPile(msgspec.Struct, frozen=True, kw_only=True):
    """The texts of a pile in pile order and how they are printed.

    ``offset_x`` and ``offset_y``: upper left corner of the block on the copy's last page, millimetres.
    ``label_columns`` x ``label_rows``: the label sheet; ``first_label``: labels already used on it.
    """

    texts: tuple[CertificationText, ...]
    medium: Medium = Medium.OVERLAY
    marks: Marks = Marks()
    offset_x: float = 103.0
    offset_y: float = 195.0
    label_columns: int = 2
    label_rows: int = 4
    first_label: int = 0


class BlockOutsidePage(ValueError):
    """The offset would put a part of the text outside the page, where a printer cuts it."""

    def __init__(self) -> None:
        super().__init__("certification block outside the page")
        self.title = "Lời chứng nằm ngoài trang"
        self.meaning = "Với độ lệch đang đặt, một phần lời chứng sẽ bị cắt."
        self.remedy = "Sửa độ lệch của máy in, in trang thử rồi in lại."


def render(data: CertificationPile) -> bytes:
    """Return one PDF with all texts of the pile in its order.

    Raises BlockOutsidePage, NoTextInForce, BarcodeRefused, FontMissing; ValueError for an empty pile.
    """
    if not data.texts or any(text.copies < 1 for text in data.texts):
        raise ValueError("a pile has at least one text, a text at least one copy")
    return _MEDIA[data.medium](data)


def lines_of(text: CertificationText) -> list[str]:
    """Return the lines of the certification in the wording in force, places filled."""
    wording = text_in_force("copy", text.day, text.place)
    places = {
        "number": register_number(text.number),
        "book": text.book,
        "year": str(text.year),
        "day": long_date(text.day).capitalize(),
    }
    return [line.format_map(places) for line in wording.lines]


def _overlay(data: CertificationPile) -> bytes:
    """One A4 page per copy, blank but for the block at the offset."""
    sheet = Sheet(A4, "Loi chung thuc", practice=data.marks.practice)
    if data.offset_x < 3 or data.offset_x + BLOCK_WIDTH > A4[0] - 3 or data.offset_y < 3:
        raise BlockOutsidePage
    for text in data.texts:
        for _ in range(text.copies):
            bottom = _block(sheet, data.offset_x, data.offset_y, BLOCK_WIDTH, text, data.marks, SIGN_ROOM)
            if bottom > A4[1] - 3:
                raise BlockOutsidePage
            sheet.new_page()
    return sheet.finish()


def _half_sheets(data: CertificationPile) -> bytes:
    """One A5 page (half an A4) per copy, the block in the middle."""
    sheet = Sheet(A5_LANDSCAPE, "Loi chung thuc", practice=data.marks.practice)
    for text in data.texts:
        for _ in range(text.copies):
            sheet.practice_marks()
            _block(sheet, 45, 26, 120, text, data.marks, 34.0, size=13.5, own_mark=False)
            sheet.new_page()
    return sheet.finish()


def _labels(data: CertificationPile) -> bytes:
    """A4 label sheets filled row by row, beginning after the labels already used."""
    sheet = Sheet(A4, "Nhan loi chung thuc", practice=data.marks.practice)
    width, height = A4[0] / data.label_columns, A4[1] / data.label_rows
    per_sheet = data.label_columns * data.label_rows
    size = 9.5 if data.label_rows <= 4 else 8.5
    place = data.first_label
    for text in data.texts:
        for _ in range(text.copies):
            if place >= per_sheet:
                sheet.new_page()
                place = 0
            row, column = divmod(place, data.label_columns)
            bottom = _block(
                sheet, column * width + 5, row * height + 4, width - 10, text, data.marks, 17.0, size=size
            )
            if bottom > (row + 1) * height - 1.5:
                raise BlockOutsidePage
            place += 1
    return sheet.finish()


def _block(
    sheet: Sheet,
    x: float,
    top: float,
    width: float,
    text: CertificationText,
    marks: Marks,
    room: float,
    *,
    size: float = 11.5,
    own_mark: bool = True,
) -> float:
    """Draw one certification block: wording, QR on the left, signatory on the right; return its bottom."""
    middle = x + width / 2
    if own_mark and marks.practice:
        sheet.practice_line(middle, top, size=8)
        top += 5.5
    lines = lines_of(text)
    for index, line in enumerate(lines[:-1]):
        font = fonts.SERIF_BOLD if index == 0 else fonts.SERIF
        top = sheet.block(middle, top, line, width, font=font, size=size, align=Align.CENTRE)
    top += 0.8
    qr_bottom = top
    side = 0.0
    if text.qr_payload:
        modules = barcodes.qr(text.qr_payload).width + 2 * barcodes.QR_QUIET
        module = max(barcodes.PAPER_MODULE_MM, QR_SIDE / modules)
        side = sheet.qr(x, top, text.qr_payload, module=module)
        caption = f"{register_number(text.number)}/{text.year}-SCT/BS"
        qr_bottom = sheet.block(
            x + side / 2, top + side - 0.5, caption, side + 4, font=fonts.SANS, size=7, align=Align.CENTRE
        )
    column = width - side - (2 if side else 0)
    signer = x + width - column / 2
    top = sheet.block(
        signer, top, lines[-1], column, font=fonts.SERIF_BOLD, size=size - 0.5, align=Align.CENTRE
    )
    for line in text.signer_lines:
        top = sheet.block(
            signer, top, line, column, font=fonts.SERIF_BOLD, size=size - 0.5, align=Align.CENTRE
        )
    top = sheet.block(
        signer, top + room, text.signer_name, column, font=fonts.SERIF_BOLD, size=size, align=Align.CENTRE
    )
    if marks.reprint:
        below = max(top, qr_bottom)
        top = sheet.block(x, below, f"({marks.reprint})", width, font=fonts.SERIF_ITALIC, size=size - 2.5)
    return max(top, qr_bottom)


_MEDIA: Final[dict[Medium, Callable[[CertificationPile], bytes]]] = {
    Medium.OVERLAY: _overlay,
    Medium.HALF_SHEET: _half_sheets,
    Medium.LABELS: _labels,
}
