"""The slip of a ticket that could not leave yet: its number, whom to call, what to read out.

Layout is our own [U]. What the clerk typed stands on it; the form says that it names no citizen.
"""

from __future__ import annotations

from datetime import datetime

import msgspec

from counter_app.printing import blocks, fonts
from counter_app.printing.formats import hour_and_date
from counter_app.printing.layout import A5, Align, Sheet
from counter_app.printing.model import Letterhead, Marks

MOST_WORDS = 700
"""Letters of the typed words that stand on the slip; all of them are in the entry."""


class TicketSlip(msgspec.Struct, frozen=True, kw_only=True):
    """A ticket on paper; ``support`` is name and phone of who helps, "" when nobody wrote it down.

    ``lacking`` are names of the self-test's lines that are not well.
    """

    head: Letterhead
    number: str
    counter: str
    screen: str
    opened_at: datetime
    words: str
    support: str
    lacking: tuple[str, ...] = ()
    marks: Marks = Marks()


def render(data: TicketSlip) -> bytes:
    """Return the slip as one A5 page."""
    sheet = Sheet(A5, "Phieu bao su co", practice=data.marks.practice)
    frame = blocks.frame_of(sheet, 11)
    sheet.practice_marks()
    top = blocks.heading(sheet, frame, data.head, size=8.5)
    top = blocks.title(sheet, frame, top + 6, "PHIẾU BÁO SỰ CỐ", size=13)
    top = sheet.block(
        frame.left + frame.width / 2, top + 1, data.number, frame.width, font=fonts.SANS_BOLD, size=22,
        align=Align.CENTRE,
    ) + 2  # fmt: skip
    for label, value in (
        ("Quầy", data.counter),
        ("Lúc", hour_and_date(data.opened_at)),
        ("Màn hình", data.screen),
        ("Chuyện xảy ra", _cut(data.words)),
        ("Tự kiểm tra, mục chưa đạt", ", ".join(data.lacking) or "không có"),
    ):
        top = blocks.labelled(sheet, frame, top, label, value, size=11) if value else top
    call = data.support or "chưa ghi; hỏi Trung tâm phục vụ hành chính công hoặc Sở phụ trách"
    top = blocks.labelled(sheet, frame, top + 2, "Gọi hỗ trợ", call, size=12.5, bold=True)
    words = (
        "Máy chưa có đường truyền: phiếu đã lưu và tự gửi khi có mạng hoặc theo gói USB. "
        "Cần gấp thì gọi số trên, đọc số phiếu và các dòng này. Không đọc dữ liệu của công dân."
    )
    sheet.block(frame.left, top + 3, words, frame.width, font=fonts.SERIF_ITALIC, size=10)
    return sheet.finish()


def _cut(words: str) -> str:
    plain = " ".join(words.split())
    return plain if len(plain) <= MOST_WORDS else plain[: MOST_WORDS - 1] + "…"
