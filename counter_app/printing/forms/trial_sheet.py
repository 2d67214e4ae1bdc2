"""Test page of printer and scanner: stacked marks, millimetre rulers, edges, codes of known content.

The technician reads off what the printer cuts and shifts, and scans the codes back (``ux.md`` 4.11).
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

import msgspec

from counter_app.printing import barcodes, fonts
from counter_app.printing.formats import short_moment
from counter_app.printing.layout import A4, A5, MM, Align, Sheet
from counter_app.printing.model import Marks

SAMPLE: Final = "ẤẦẨẪẬ ẶẴ đ ư ơ 1.234.000 đ"
SAMPLE_MORE: Final = "ẮẰẲẴẶ ẾỀỂỄỆ ỐỒỔỖỘ ỚỜỞỠỢ ỨỪỬỮỰ Ỷ Ỹ Ỵ Đ NGUYỄN THỊ ẨM, ĐỖ ẪM, ẶNG"
SCAN_DIGITS: Final = "00000001261120000109"
"""Digits of the scan test: known beforehand, never a code of a real dossier (unit 00000)."""
SCAN_QR: Final = "MOT CUA CAP XA - TRANG THU - ẤẦẨẪẬ ẶẴ đ ư ơ"
STRIP_WIDTH: Final = 80.0


class TrialSheet(msgspec.Struct, frozen=True, kw_only=True):
    """A test print: on which printer, in which role, when, on which paper (``A4``, ``A5`` or ``80mm``)."""

    printer: str
    role: str
    printed_at: datetime
    paper: str = "A4"
    marks: Marks = Marks()


def render(data: TrialSheet) -> bytes:
    """Return the test page. Raises ValueError for an unknown paper."""
    sizes = {"A4": A4, "A5": A5, "80mm": (STRIP_WIDTH, 130.0)}
    if data.paper not in sizes:
        raise ValueError(f"no test page for paper {data.paper!r}")
    sheet = Sheet(sizes[data.paper], "Trang thu may in", practice=data.marks.practice)
    narrow = data.paper == "80mm"
    edge = 4.0 if narrow else 20.0
    room = sheet.width - 2 * edge
    _edges(sheet)
    upper = 8.0 if narrow else 22.0
    sheet.practice_line(sheet.width / 2, upper - 3, size=8.5)
    top = upper + 4
    top = sheet.block(edge, top, "TRANG THỬ MÁY IN", room, font=fonts.SANS_BOLD, size=11 if narrow else 16)
    words = f"{data.printer} · {data.role} · {short_moment(data.printed_at)}"
    top = sheet.block(edge, top, words, room, font=fonts.SANS, size=8 if narrow else 10) + 1
    for font, size in ((fonts.SANS, 12), (fonts.SANS_BOLD, 12), (fonts.SERIF, 13), (fonts.SERIF_BOLD, 13)):
        top = sheet.block(edge, top, SAMPLE, room, font=font, size=size if not narrow else size - 2)
    for more in (9.0, 11.0, 14.0) if not narrow else (8.0, 9.0):
        top = sheet.block(edge, top, SAMPLE_MORE, room, font=fonts.SERIF, size=more)
    module = 0.25 if narrow else barcodes.PAPER_MODULE_MM
    sheet.code128(edge, top + 3, SCAN_DIGITS, module=module, height=10)
    sheet.text(edge + 3, top + 17, barcodes.spaced(SCAN_DIGITS), font=fonts.SANS, size=9)
    sheet.qr(edge, top + 19, SCAN_QR, module=0.5)
    _ruler(sheet, edge, top + 42, min(150.0, room // 10 * 10))
    if not narrow:
        _upright_ruler(sheet, 14.0, 40.0, 100.0)
        _offsets(sheet, edge, top + 54)
    return sheet.finish()


def _edges(sheet: Sheet) -> None:
    """Draw frames 3, 5 and 10 mm inside: the outermost one seen whole is what the printer reaches."""
    for inset in (3.0, 5.0, 10.0) if sheet.width > 100 else (1.0, 3.0):
        sheet.box(inset, inset, sheet.width - 2 * inset, sheet.height - 2 * inset, weight=0.3)
        if sheet.width > 100:
            sheet.text(inset + 0.6, inset + 1.7, f"{inset:.0f} mm", font=fonts.SANS, size=4.5)


def _ruler(sheet: Sheet, x: float, top: float, length: float) -> None:
    """Draw a lying millimetre ruler."""
    for mark in range(int(length) + 1):
        height = 5.0 if mark % 10 == 0 else 3.5 if mark % 5 == 0 else 2.0
        sheet.line(x + mark, top, x + mark, top + height, weight=0.3)
        if mark % 10 == 0:
            sheet.text(x + mark, top + 8, str(mark), font=fonts.SANS, size=7, align=Align.CENTRE)
    sheet.line(x, top, x + length, top, weight=0.3)


def _upright_ruler(sheet: Sheet, x: float, top: float, length: float) -> None:
    """Draw a standing millimetre ruler."""
    for mark in range(int(length) + 1):
        width = 4.0 if mark % 10 == 0 else 2.5 if mark % 5 == 0 else 1.5
        sheet.line(x - width, top + mark, x, top + mark, weight=0.3)
    sheet.line(x, top, x, top + length, weight=0.3)


def _offsets(sheet: Sheet, x: float, top: float) -> None:
    """Say how to set the offsets of the tray of copies."""
    words = (
        "Đo bằng thước: vạch 100 phải đúng 100 mm. Khung ngoài cùng còn in đủ bốn cạnh là vùng in được. "
        "Nếu khung lệch, ghi độ lệch (mm) vào ô “Độ lệch lời chứng” của máy in này, rồi in lại trang thử."
    )
    sheet.block(x, top, words, (sheet.width * MM - 2 * x * MM) / MM, size=11)
