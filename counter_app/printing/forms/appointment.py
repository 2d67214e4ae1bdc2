"""Appointment slip with hour and date, handed out when copies are not ready the same day.

NĐ 23/2015/NĐ-CP art. 21 and TT 01/2020/TT-BTP art. 2 want the hour and the date; the layout follows
form 01 of TT 03/2025/TT-VPCP, seen second-hand (S).
"""

from __future__ import annotations

from datetime import datetime

import msgspec

from counter_app.printing import blocks, fonts, paging
from counter_app.printing.formats import hour_and_date, money
from counter_app.printing.layout import A5, Align, Sheet
from counter_app.printing.model import Letterhead, Marks, Signature


class Appointment(msgspec.Struct, frozen=True, kw_only=True):
    """A promise: who, what, when taken in, when to come back, where.

    ``code`` are the digits of the barcode. ``originals`` lists the papers ("Học bạ, 24 trang, 2 bản").
    ``reason`` says why not today ("Nhận sau 15 giờ", "Nhiều bản"). ``fee_due`` is None when nothing is owed
    or all is paid.
    """

    head: Letterhead
    code: str
    requester: str
    address: str
    phone: str
    procedure: str
    originals: tuple[str, ...]
    received_at: datetime
    due_at: datetime
    reason: str
    return_place: str
    receiver: str
    fee_due: int | None = None
    read_aloud: bool = False
    marks: Marks = Marks()


def render(data: Appointment) -> bytes:
    """Return the slip as A5, on further pages when the list of papers is long."""
    sheet = Sheet(A5, "Giay hen tra ket qua", practice=data.marks.practice)
    frame = blocks.frame_of(sheet, 11)
    sheet.practice_marks()
    top = blocks.heading(sheet, frame, data.head, size=8.5)
    blocks.code_line(sheet, frame.left - 3, top, data.code, height=8)
    top = blocks.dateline(sheet, frame, top + 2, data.head.place, data.received_at.date(), size=10) + 9
    top = blocks.title(sheet, frame, top, "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ", size=12.5)
    top = blocks.reprint_line(sheet, frame, top, data.marks) + 1
    for label, value in (
        ("Tiếp nhận hồ sơ của", data.requester),
        ("Địa chỉ", data.address),
        ("Số điện thoại", data.phone),
        ("Nội dung yêu cầu giải quyết", data.procedure),
    ):
        if value:
            top = blocks.labelled(sheet, frame, top, label, value, size=11, bold=label.startswith("Tiếp"))
    top = sheet.block(frame.left, top, "Giấy tờ đã nhận:", frame.width, size=11)
    for index, original in enumerate(data.originals, 1):
        top = paging.room_for(sheet, frame, top, 16)
        top = sheet.block(frame.left + 4, top, f"{index}. {original}", frame.width - 4, size=11)
    top = paging.room_for(sheet, frame, top, 88)
    _promise(sheet, frame, top, data)
    return sheet.finish()


def _promise(sheet: Sheet, frame: blocks.Frame, top: float, data: Appointment) -> None:
    """Draw times, place, money and signatures."""
    top = blocks.labelled(sheet, frame, top, "Thời gian nhận hồ sơ", hour_and_date(data.received_at), size=11)
    if data.reason:
        top = blocks.labelled(sheet, frame, top, "Lý do hẹn", data.reason, size=11)
    first = top + 2
    top = sheet.block(
        frame.middle, first + 1.5, "Thời gian trả kết quả", frame.width - 6, size=10.5, align=Align.CENTRE
    )
    top = sheet.block(
        frame.middle,
        top,
        hour_and_date(data.due_at),
        frame.width - 6,
        font=fonts.SERIF_BOLD,
        size=13,
        align=Align.CENTRE,
    )
    sheet.box(frame.left, first, frame.width, top + 1.5 - first, weight=0.9)
    top = blocks.labelled(sheet, frame, top + 3.5, "Nhận kết quả tại", data.return_place, size=11)
    if data.fee_due:
        top = blocks.labelled(sheet, frame, top, "Còn phải nộp khi nhận", money(data.fee_due), size=11)
    if data.read_aloud:
        top = sheet.block(
            frame.left,
            top,
            "Đã đọc lại cho người yêu cầu nghe.",
            frame.width,
            font=fonts.SERIF_ITALIC,
            size=10.5,
        )
    blocks.signatures(
        sheet,
        frame,
        top + 3,
        (
            Signature(role="NGƯỜI NỘP HỒ SƠ", name=data.requester),
            Signature(role="NGƯỜI TIẾP NHẬN HỒ SƠ", name=data.receiver),
        ),
        room=16,
        size=10,
    )
