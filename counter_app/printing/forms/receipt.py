"""A5 receipt of a fee (line of a paper receipt book) and the provisional slip taken offline.

Contents follow NĐ 254/2026/NĐ-CP art. 23(2) as far as a paper receipt has them (``law.md`` 4.8). The
provisional slip is no receipt and says so; that a unit may hand it out is our own design (U).
Money for photocopies is no fee and stands as its own lines.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

import msgspec

from counter_app.printing import blocks, fonts, paging
from counter_app.printing.formats import grouped, money, short_moment
from counter_app.printing.layout import A5_LANDSCAPE, Align, Sheet
from counter_app.printing.model import Letterhead, Marks, Signature

NO_RECEIPT: Final = "PHIẾU NÀY KHÔNG THAY BIÊN LAI. Biên lai được lập và gửi sau, theo mã trên phiếu này."
COLUMNS: Final = (
    blocks.Column("TT", 7, Align.CENTRE),
    blocks.Column("Nội dung thu", 70),
    blocks.Column("Số lượng", 14, Align.CENTRE),
    blocks.Column("Thành tiền (đồng)", 24, Align.RIGHT),
)


class MoneyLine(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the money: what for, how many, whole đồng."""

    text: str
    quantity: int
    amount: int


class ReceiptBook(msgspec.Struct, frozen=True, kw_only=True):
    """Where the receipt stands in its book: template code, symbol, number (eight digits at most)."""

    template: str
    symbol: str
    number: int


class Receipt(msgspec.Struct, frozen=True, kw_only=True):
    """A receipt, or a provisional slip when ``book`` is None.

    ``fees`` are phí or lệ phí, ``services`` is photocopy money. ``words`` is the total in words, given by
    the caller. ``code``: digits of the barcode (slip or request).
    """

    head: Letterhead
    tax_code: str
    book: ReceiptBook | None
    payer: str
    address: str
    fees: tuple[MoneyLine, ...]
    services: tuple[MoneyLine, ...]
    words: str
    means: str
    taken_at: datetime
    cashier: str
    code: str
    marks: Marks = Marks()

    @property
    def total(self) -> int:
        """Return fees and services together, in đồng."""
        return sum(line.amount for line in (*self.fees, *self.services))


BOTTOM_ROOM = 41.0
"""Total, words, means and signatures, in mm: six lines of money still leave it on the first page."""


def render(data: Receipt) -> bytes:
    """Return the receipt or provisional slip as A5 lying; long content runs on to a second page."""
    provisional = data.book is None
    sheet = Sheet(A5_LANDSCAPE, "Phieu thu tam" if provisional else "Bien lai", practice=data.marks.practice)
    frame = blocks.frame_of(sheet, 12)
    sheet.practice_marks()
    top = _top(sheet, frame, data)
    top = paging.paged_table(sheet, frame, top, COLUMNS, _rows(data), size=10.5)
    top = paging.room_for(sheet, frame, top, BOTTOM_ROOM)
    _bottom(sheet, frame, top, data)
    return sheet.finish()


def _rows(data: Receipt) -> list[list[str]]:
    """Return the table's rows: fees first, then photocopies."""
    lines = (*data.fees, *data.services)
    return [
        [str(i), line.text, grouped(line.quantity), grouped(line.amount)] for i, line in enumerate(lines, 1)
    ]


def _top(sheet: Sheet, frame: blocks.Frame, data: Receipt) -> float:
    """Draw head, title, number and payer; return the top below."""
    left = (
        sheet.block(frame.left, frame.top, data.head.superior, 95, size=11)
        if data.head.superior
        else frame.top
    )
    left = sheet.block(frame.left, left, data.head.unit, 95, font=fonts.SERIF_BOLD, size=11)
    if data.tax_code or data.book is not None:  # a provisional slip is no receipt: no line left empty
        left = sheet.block(frame.left, left, f"Mã số thuế: {data.tax_code}", 95, size=10)
    right = frame.top
    if data.book is not None:
        for label, value in (
            ("Mẫu số", data.book.template),
            ("Ký hiệu", data.book.symbol),
            ("Số", f"{data.book.number:07d}"),
        ):
            right = sheet.block(frame.right, right, f"{label}: {value}", 70, size=10.5, align=Align.RIGHT)
    else:
        sheet.code128(frame.right - 62, right - 1, data.code, height=9)
        right = sheet.block(
            frame.right, right + 9, f"Mã: {data.code}", 70, font=fonts.SANS, size=8, align=Align.RIGHT
        )
    top = max(left, right) + 1
    name = "PHIẾU THU TẠM" if data.book is None else "BIÊN LAI THU PHÍ, LỆ PHÍ"
    top = blocks.title(sheet, frame, top, name, size=15)
    if data.book is None:
        top = sheet.block(
            frame.middle, top, NO_RECEIPT, frame.width, font=fonts.SERIF_ITALIC, size=10, align=Align.CENTRE
        )
    top = blocks.reprint_line(sheet, frame, top, data.marks)
    top = blocks.labelled(sheet, frame, top + 1, "Người nộp tiền", data.payer, size=11.5, bold=True)
    if data.address:
        top = blocks.labelled(sheet, frame, top, "Địa chỉ", data.address, size=11.5)
    return top + 1.5


def _bottom(sheet: Sheet, frame: blocks.Frame, top: float, data: Receipt) -> None:
    """Draw the total in figures and words, the code and the signatures."""
    top = sheet.block(
        frame.right - 1.2,
        top + 0.8,
        f"Tổng cộng: {money(data.total)}",
        frame.width,
        font=fonts.SERIF_BOLD,
        size=12,
        align=Align.RIGHT,
    )
    top = blocks.labelled(sheet, frame, top, "Bằng chữ", data.words, size=11.5)
    taken = f"Thu lúc {short_moment(data.taken_at)}"
    sheet.block(frame.right, top, taken, frame.width / 2, font=fonts.SERIF_ITALIC, size=10, align=Align.RIGHT)
    top = blocks.labelled(sheet, frame, top, "Hình thức thanh toán", data.means, size=11.5)
    if data.book is not None:
        blocks.code_line(sheet, frame.left - 3, top + 20, data.code)
        frame = blocks.Frame(frame.left + 46, frame.right, frame.top, frame.bottom)
    blocks.signatures(
        sheet,
        frame,
        top,
        (Signature(role="NGƯỜI NỘP TIỀN", name=""), Signature(role="NGƯỜI THU TIỀN", name=data.cashier)),
        room=10,
        size=10.5,
    )
