"""*Phiếu ghi chú bổ sung*: what a bound page does not say of a number, to be pasted beside its line.

A bound page is not changed; a note to the book is known to NĐ 23/2015 art. 38(2), the slip is our own (U).
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

import msgspec

from counter_app.printing import blocks, paging
from counter_app.printing.formats import register_number, short_date, short_moment
from counter_app.printing.layout import A5_LANDSCAPE, Align, Sheet
from counter_app.printing.model import Letterhead, Marks, Signature


class BoundNote(msgspec.Struct, frozen=True, kw_only=True):
    """One line of a bound month with its later changes: rows of (when, what Ghi chú now says, who)."""

    head: Letterhead
    symbol: str
    book: str
    year: int
    month: int
    number: int
    day: date
    name: str
    original: str
    changes: tuple[tuple[str, str, str], ...]
    made_at: datetime
    signatures: tuple[Signature, ...] = ()
    marks: Marks = Marks()


COLUMNS: Final = (
    blocks.Column("Lúc ghi", 26, Align.CENTRE),
    blocks.Column("Nội dung ghi chú, đính chính", 110),
    blocks.Column("Người ghi", 40),
)


def render(data: BoundNote) -> bytes:
    """Return the slip as A5 lying; a long list of changes runs over pages."""
    sheet = Sheet(A5_LANDSCAPE, f"Ghi chu bo sung {data.number}", practice=data.marks.practice)
    frame = blocks.frame_of(sheet, 11)
    sheet.practice_marks()
    top = blocks.heading(sheet, frame, data.head, size=10)
    top = blocks.title(sheet, frame, top, "PHIẾU GHI CHÚ BỔ SUNG", size=14)
    where = (
        f"Dán tại số {register_number(data.number)}, sổ tháng {data.month:02d}/{data.year}, "
        f"quyển số {data.book}/{data.year} -{data.symbol}"
    )
    top = sheet.block(frame.middle, top, where, frame.width, size=11.5, align=Align.CENTRE)
    top = blocks.reprint_line(sheet, frame, top, data.marks) + 2
    line = f"{short_date(data.day)} - {data.name} - {data.original}"
    top = blocks.labelled(sheet, frame, top, f"Số chứng thực {register_number(data.number)}", line, size=11)
    top = paging.paged_table(sheet, frame, top + 2, COLUMNS, data.changes, size=10.5)
    words = f"Dòng đã in giữ nguyên. Phiếu lập lúc {short_moment(data.made_at)}."
    top = sheet.block(frame.left, top + 1.5, words, frame.width, size=10)
    top = paging.room_for(sheet, frame, top, 32)
    places = data.signatures or (Signature(role="NGƯỜI DÁN PHIẾU"), Signature(role="NGƯỜI KIỂM TRA"))
    blocks.signatures(sheet, frame, top + 2, places, room=13, size=10.5)
    return sheet.finish()
