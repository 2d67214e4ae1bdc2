"""Written refusal to certify a copy, with its ground (NĐ 23/2015/NĐ-CP arts. 8(1), 9(7) and 22).

It gets no certification number and no line in the register (``law.md`` 4.2). The layout follows form 03
of TT 03/2025/TT-VPCP, seen second-hand (S); the exact annex was not obtained (U).
"""

from __future__ import annotations

from datetime import datetime

import msgspec

from counter_app.printing import blocks, fonts, paging
from counter_app.printing.formats import short_moment
from counter_app.printing.layout import A5, Align, Sheet
from counter_app.printing.model import Letterhead, Marks, Signature
from counter_app.printing.texts import ground_in_force


class Refusal(msgspec.Struct, frozen=True, kw_only=True):
    """A refusal: of whom, of which original, on which ground.

    ``ground`` is a code of ``resources/forms/refusal_grounds.json``, valid on the day of refusal;
    ``details`` says what was seen on this paper. ``code``: digits of the barcode.
    """

    head: Letterhead
    code: str
    requester: str
    address: str
    phone: str
    original: str
    ground: str
    details: str
    refused_at: datetime
    receiver: str
    read_aloud: bool = False
    marks: Marks = Marks()


def render(data: Refusal) -> bytes:
    """Return the refusal as A5. Raises NoTextInForce for a ground that does not exist on that day."""
    ground = ground_in_force(data.ground, data.refused_at.date())
    sheet = Sheet(A5, "Phieu tu choi", practice=data.marks.practice)
    frame = blocks.frame_of(sheet, 11)
    sheet.practice_marks()
    top = blocks.heading(sheet, frame, data.head, size=8.5)
    blocks.code_line(sheet, frame.left - 3, top, data.code, height=8)
    top = blocks.dateline(sheet, frame, top + 2, data.head.place, data.refused_at.date(), size=10) + 9
    top = blocks.title(sheet, frame, top, "PHIẾU TỪ CHỐI TIẾP NHẬN GIẢI QUYẾT HỒ SƠ", size=12.5)
    top = blocks.reprint_line(sheet, frame, top, data.marks) + 1
    for label, value in (
        ("Tiếp nhận hồ sơ của", data.requester),
        ("Địa chỉ", data.address),
        ("Số điện thoại", data.phone),
        ("Nội dung yêu cầu giải quyết", "Chứng thực bản sao từ bản chính"),
        ("Bản chính", data.original),
    ):
        if value:
            top = blocks.labelled(sheet, frame, top, label, value, size=11, bold=label.startswith("Tiếp"))
    head = (
        "Qua kiểm tra, bản chính nêu trên không được dùng làm cơ sở để chứng thực bản sao theo "
        f"{ground.clause} Nghị định số 23/2015/NĐ-CP:"
    )
    top = sheet.block(frame.left, top + 1.5, head, frame.width, size=11)
    top = sheet.block(frame.left + 4, top + 0.5, ground.text, frame.width - 4, font=fonts.SERIF_BOLD, size=11)
    if data.details:
        top = blocks.labelled(sheet, frame, top + 0.5, "Cụ thể", data.details, size=11)
    if data.read_aloud:
        top = sheet.block(
            frame.left,
            top,
            "Đã đọc lại cho người yêu cầu nghe.",
            frame.width,
            font=fonts.SERIF_ITALIC,
            size=10.5,
        )
    top = sheet.block(
        frame.right,
        top + 1,
        f"Từ chối lúc {short_moment(data.refused_at)}",
        frame.width,
        font=fonts.SERIF_ITALIC,
        size=10,
        align=Align.RIGHT,
    )
    top = paging.room_for(sheet, frame, top, 40)
    blocks.signatures(
        sheet,
        frame,
        top + 2,
        (
            Signature(role="NGƯỜI NỘP HỒ SƠ", name=data.requester),
            Signature(role="NGƯỜI TIẾP NHẬN HỒ SƠ", name=data.receiver),
        ),
        room=16,
        size=10,
    )
    return sheet.finish()
