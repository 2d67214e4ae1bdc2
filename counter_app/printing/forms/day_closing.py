"""Sheet of a day's closing: cash, receipts, numbers, what stays open, and the head of the journal.

The head of the journal on signed paper lets anyone prove later that nothing before it was changed
(``quality.md``, Security). Layout is our own (U).
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

import msgspec

from counter_app.printing import blocks, fonts, paging
from counter_app.printing.formats import grouped, long_date, money, short_moment
from counter_app.printing.layout import A4, Align, Sheet
from counter_app.printing.model import Letterhead, Marks, Signature


class Count(msgspec.Struct, frozen=True, kw_only=True):
    """How many notes of one value were counted."""

    value: int
    notes: int


class DayClosing(msgspec.Struct, frozen=True, kw_only=True):
    """A closed day at one counter; all money in whole đồng.

    ``cash_lines`` and ``work_lines`` are (label, amount) and (label, words) pairs as the caller found them;
    ``expected`` is what must be in the drawer. ``open_items`` lists what is not finished.
    ``journal``, ``seq`` and ``journal_head`` name the last entry of the day.
    """

    head: Letterhead
    counter: str
    day: date
    closed_at: datetime
    cash_lines: tuple[tuple[str, int], ...]
    expected: int
    counted: tuple[Count, ...]
    reason: str
    work_lines: tuple[tuple[str, str], ...]
    open_items: tuple[str, ...]
    journal: str
    seq: int
    journal_head: str
    cashier: str
    supervisor: str
    marks: Marks = Marks()

    @property
    def counted_total(self) -> int:
        """Return the money found in the drawer."""
        return sum(count.value * count.notes for count in self.counted)

    @property
    def difference(self) -> int:
        """Return counted minus expected; negative when money is missing."""
        return self.counted_total - self.expected


MONEY_COLUMNS: Final = (
    blocks.Column("Khoản", 60),
    blocks.Column("Số tiền (đồng)", 30, Align.RIGHT),
)
COUNT_COLUMNS: Final = (
    blocks.Column("Mệnh giá", 30, Align.RIGHT),
    blocks.Column("Số tờ", 18, Align.RIGHT),
    blocks.Column("Thành tiền", 30, Align.RIGHT),
)


def render(data: DayClosing) -> bytes:
    """Return the sheet as A4; a long list of open items runs on to further pages."""
    sheet = Sheet(A4, "Chot quy ngay", practice=data.marks.practice)
    frame = blocks.frame_of(sheet, 15)
    sheet.practice_marks()
    top = blocks.heading(sheet, frame, data.head)
    top = blocks.title(sheet, frame, top + 3, "BIÊN BẢN CHỐT QUỸ NGÀY", size=15)
    words = f"{long_date(data.day).capitalize()} - {data.counter} - chốt lúc {short_moment(data.closed_at)}"
    top = sheet.block(frame.middle, top, words, frame.width, size=12, align=Align.CENTRE)
    top = blocks.reprint_line(sheet, frame, top, data.marks) + 3
    top = _cash(sheet, frame, top, data) + 3
    for label, value in data.work_lines:
        top = blocks.labelled(sheet, frame, top, label, value, size=11.5)
    top = _open_items(sheet, frame, top + 2, data)
    top = paging.room_for(sheet, frame, top, 68)
    top = sheet.block(
        frame.left,
        top + 2,
        f"Nhật ký {data.journal}, mục {data.seq}. Mã kiểm: {data.journal_head}",
        frame.width,
        font=fonts.SANS,
        size=8,
    )
    blocks.signatures(
        sheet,
        frame,
        top + 4,
        (
            Signature(role="NGƯỜI CHỐT QUỸ", name=data.cashier),
            Signature(role="NGƯỜI KIỂM TRA", name=data.supervisor),
        ),
        room=22,
        size=12,
    )
    return sheet.finish()


def _cash(sheet: Sheet, frame: blocks.Frame, top: float, data: DayClosing) -> float:
    """Draw what must be in the drawer beside what was counted; return the top below."""
    left = blocks.Frame(frame.left, frame.middle - 3, frame.top, frame.bottom)
    right = blocks.Frame(frame.middle + 3, frame.right, frame.top, frame.bottom)
    rows = [[label, grouped(amount)] for label, amount in data.cash_lines]
    below = blocks.table(
        sheet, left, top, MONEY_COLUMNS, [*rows, ["Phải có", grouped(data.expected)]], size=11
    )
    counted = [[grouped(c.value), grouped(c.notes), grouped(c.value * c.notes)] for c in data.counted]
    counted.append(["Đếm được", "", grouped(data.counted_total)])
    below = max(below, blocks.table(sheet, right, top, COUNT_COLUMNS, counted, size=11))
    words = f"Lệch: {money(data.difference)}" if data.difference else "Không lệch."
    below = sheet.block(frame.left, below + 2, words, frame.width, font=fonts.SERIF_BOLD, size=12)
    if data.reason:
        below = blocks.labelled(sheet, frame, below, "Lý do lệch", data.reason, size=11.5)
    return below


def _open_items(sheet: Sheet, frame: blocks.Frame, top: float, data: DayClosing) -> float:
    """Write what is still open; return the top below."""
    if not data.open_items:
        return sheet.block(frame.left, top, "Không còn việc chưa xong.", frame.width, size=11.5)
    top = sheet.block(frame.left, top, "Việc chưa xong:", frame.width, font=fonts.SERIF_BOLD, size=11.5)
    for item in data.open_items:
        top = paging.room_for(sheet, frame, top, 14)
        top = sheet.block(frame.left + 4, top, f"- {item}", frame.width - 4, size=11.5)
    return top
