"""The 80 mm strip of a copy request: the citizen's half, then the stub that stays with the pile.

Height follows the content. Drawn on the dot grid of a 203 dpi head (8 dots/mm), so that the same page
goes to a driver as PDF or to ESC/POS as a 1-bit raster with every bar whole
(``dependencies.md`` 1, findings 7 and 9).
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

import msgspec

from counter_app.printing import barcodes, fonts
from counter_app.printing.formats import clean, grouped, money, short_moment
from counter_app.printing.layout import MM, Align, Sheet
from counter_app.printing.model import Letterhead, Marks

WIDTH: Final = 80.0
EDGE: Final = 4.5
"""Blank millimetres on each side: the head prints 72 of the 80 mm, half a millimetre is left to spare."""
DOT: Final = 0.125
"""One dot of the print head in millimetres."""
MODULE: Final = 2 * DOT
"""Narrowest bar: two dots."""
MAX_HEIGHT: Final = 3000.0


class StripLine(msgspec.Struct, frozen=True, kw_only=True):
    """One row of the request: what, pages, copies, amount in đồng.

    ``original`` False: the commune's own photocopies, which the stub does not count among the papers.
    ``quantity`` stands instead of pages x copies where nothing is copied: ``1 giấy tờ``.
    """

    text: str
    pages: int
    copies: int
    amount: int
    original: bool = True
    quantity: str = ""


class Strip(msgspec.Struct, frozen=True, kw_only=True):
    """A copy request as the citizen takes it home.

    ``short_code`` is what people say (``02-0018``), ``code`` the digits of the barcode; ``due_at`` None means
    the copies are given back while the person waits. ``received`` and ``change`` are None until paid.
    """

    head: Letterhead
    short_code: str
    code: str
    requester: str
    taken_at: datetime
    lines: tuple[StripLine, ...]
    due_at: datetime | None
    received: int | None
    change: int | None
    receiver: str
    marks: Marks = Marks()

    @property
    def total(self) -> int:
        """Return the sum of all lines in đồng."""
        return sum(line.amount for line in self.lines)


def render(data: Strip) -> bytes:
    """Return the strip as a one-page PDF, 80 mm wide and as high as its content.

    Raises ValueError when it would be longer than three metres.
    """
    height = _draw(Sheet((WIDTH, MAX_HEIGHT), "do", practice=data.marks.practice), data)
    if height > MAX_HEIGHT:
        raise ValueError("strip too long")
    # Whole dots, so that bars keep to the grid of the head when y is counted from the bottom.
    height = -(-height // DOT) * DOT
    sheet = Sheet((WIDTH, height), "Phieu chung thuc 80 mm", practice=data.marks.practice)
    _draw(sheet, data)
    return sheet.finish()


def _draw(sheet: Sheet, data: Strip) -> float:
    """Draw both halves; return the height used."""
    top = _citizen(sheet, 3.0, data)
    sheet.dashed(EDGE, top + 2, WIDTH - EDGE)
    return _stub(sheet, top + 4, data) + 3.0


def _citizen(sheet: Sheet, top: float, data: Strip) -> float:
    """Draw the citizen's half; return the top below it."""
    top = _mark(sheet, top, data)
    room = WIDTH - 2 * EDGE
    top = _centred(sheet, top, data.head.unit, 9, bold=True)
    copies_alone = not any(line.quantity for line in data.lines)
    title = "PHIẾU YÊU CẦU CHỨNG THỰC BẢN SAO" if copies_alone else "PHIẾU YÊU CẦU CHỨNG THỰC"
    top = _centred(sheet, top, title, 10, bold=True)
    top = _centred(sheet, top, data.short_code, 18, bold=True)
    top = _centred(sheet, top, f"Nhận lúc {short_moment(data.taken_at)}", 8.5)
    top = sheet.block(EDGE, top + 1, data.requester, room, font=fonts.SANS_BOLD, size=10) + 0.5
    for index, line in enumerate(data.lines, 1):
        top = _line(sheet, top, index, line)
    sheet.line(EDGE, top + 0.5, WIDTH - EDGE, top + 0.5, weight=0.8)
    top = _pair(sheet, top + 1, "Tổng cộng", money(data.total), 11, bold=True)
    if data.received is not None:
        top = _pair(sheet, top, "Tiền nhận", money(data.received), 9)
        top = _pair(sheet, top, "Tiền trả lại", money(data.change or 0), 9)
    else:
        top = sheet.block(EDGE, top, "Thu khi trả kết quả.", room, font=fonts.SANS, size=9)
    when = "Chờ lấy ngay tại quầy" if data.due_at is None else f"Hẹn trả: {short_moment(data.due_at)}"
    top = sheet.block(EDGE, top + 0.5, when, room, font=fonts.SANS_BOLD, size=10)
    top = sheet.block(EDGE, top, f"Người nhận: {data.receiver}", room, font=fonts.SANS, size=8.5)
    top = _code(sheet, top + 1, data.code)
    return _centred(sheet, top, "Phiếu này không thay biên lai.", 8)


def _stub(sheet: Sheet, top: float, data: Strip) -> float:
    """Draw the stub that stays with the papers; return the top below it."""
    top = _mark(sheet, top, data)
    top = _centred(sheet, top, f"CUỐNG THEO XẤP  {data.short_code}", 11, bold=True)
    top = sheet.block(EDGE, top, data.requester, WIDTH - 2 * EDGE, font=fonts.SANS_BOLD, size=10)
    words = f"{_counted(data.lines)}, {short_moment(data.taken_at)}"
    top = sheet.block(EDGE, top, words, WIDTH - 2 * EDGE, font=fonts.SANS, size=9)
    return _code(sheet, top + 1, data.code)


def _counted(lines: tuple[StripLine, ...]) -> str:
    """``2 bản chính, 3 bản sao, 1 giấy tờ khác``: copies, and papers where nothing is copied."""
    copied = [line for line in lines if line.original and not line.quantity]
    others = sum(bool(line.quantity) for line in lines)
    copies = f"{len(copied)} bản chính, {sum(line.copies for line in copied)} bản sao" if copied else ""
    return ", ".join(filter(None, (copies, f"{others} giấy tờ ký, giao dịch" if others else "")))


def _mark(sheet: Sheet, top: float, data: Strip) -> float:
    """Draw the practice and reprint marks; return the top below them."""
    if data.marks.practice:
        sheet.practice_line(WIDTH / 2, top, size=8.5, font=fonts.SANS_BOLD)
        top += 5.5
    return _centred(sheet, top, data.marks.reprint, 8.5) if data.marks.reprint else top


def _line(sheet: Sheet, top: float, index: int, line: StripLine) -> float:
    """Draw one row: the paper's name wrapped, then pages x copies and the amount; return the top below."""
    top = sheet.block(EDGE, top, f"{index}. {clean(line.text)}", WIDTH - 2 * EDGE, font=fonts.SANS, size=9)
    quantity = line.quantity or f"{line.pages} trang x {line.copies} bản"
    return _pair(sheet, top, f"    {quantity}", grouped(line.amount), 9)


def _pair(sheet: Sheet, top: float, left: str, right: str, size: float, *, bold: bool = False) -> float:
    """Write a label on the left and a figure on the right; return the top below."""
    font = fonts.SANS_BOLD if bold else fonts.SANS
    indent = 4.0 if left.startswith(" ") else 0.0
    sheet.block(WIDTH - EDGE, top, right, WIDTH - 2 * EDGE, font=font, size=size, align=Align.RIGHT)
    return sheet.block(EDGE + indent, top, left, WIDTH - 2 * EDGE - 22, font=font, size=size)


def _centred(sheet: Sheet, top: float, text: str, size: float, *, bold: bool = False) -> float:
    """Write wrapped text in the middle; return the top below."""
    font = fonts.SANS_BOLD if bold else fonts.SANS
    return sheet.block(WIDTH / 2, top, text, WIDTH - 2 * EDGE, font=font, size=size, align=Align.CENTRE)


def _code(sheet: Sheet, top: float, digits: str) -> float:
    """Draw the barcode on whole dots, its digits below; return the top below."""
    symbol = barcodes.code128(digits)
    whole = (symbol.width + 2 * barcodes.CODE128_QUIET) * MODULE
    if whole > WIDTH:
        raise barcodes.BarcodeRefused("code too long for the strip")
    x = (WIDTH - whole) / 2 // DOT * DOT
    top = -(-top // DOT) * DOT
    sheet.code128(x, top, digits, module=MODULE, height=11)
    width = fonts.widths(fonts.SANS).of(barcodes.spaced(digits), 8.5) / MM
    sheet.text(WIDTH / 2 - width / 2, top + 14.4, barcodes.spaced(digits), font=fonts.SANS, size=8.5)
    return top + 15.6
