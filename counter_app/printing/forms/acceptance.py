"""Acceptance minutes of a counter PC: the self-test's list with the cure in words, signed by two.

Carries no personal data of citizens (role of the technician, ``law.md`` 7.2). Layout is our own (U).
"""

from __future__ import annotations

from datetime import datetime
from enum import Enum
from typing import Final

import msgspec

from counter_app.printing import blocks, paging
from counter_app.printing.formats import hour_and_date
from counter_app.printing.layout import A4, Align, Sheet
from counter_app.printing.model import Letterhead, Marks, Signature


class Verdict(Enum):
    """Outcome of one check, in the words of the screen."""

    PASSED = "Đạt"
    LOOK = "Cần xem"
    BROKEN = "Hỏng"
    OFFLINE = "Ngoại tuyến"
    NOT_HERE = "Không áp dụng"
    UNCHECKED = "Chưa kiểm tra được"


class Check(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the self-test: what, outcome, figure or cure in words."""

    name: str
    verdict: Verdict
    words: str


class Acceptance(msgspec.Struct, frozen=True, kw_only=True):
    """A self-test taken over by the unit: which PC, which version, which lines."""

    head: Letterhead
    unit: str = ""
    counter: str
    device: str
    version: str
    tested_at: datetime
    checks: tuple[Check, ...]
    technician: str
    representative: str
    marks: Marks = Marks()
    system: str = ""


COLUMNS: Final = (
    blocks.Column("TT", 9, Align.CENTRE),
    blocks.Column("Nội dung kiểm tra", 52),
    blocks.Column("Kết quả", 28, Align.CENTRE),
    blocks.Column("Số liệu, cách xử lý", 84),
)


def summary(checks: tuple[Check, ...]) -> str:
    """Return the count of each outcome; the parts add up to the whole."""
    parts = [(verdict.value, sum(check.verdict is verdict for check in checks)) for verdict in Verdict]
    words = ", ".join(f"{count} {word.lower()}" for word, count in parts if count)
    return f"{len(checks)} mục kiểm tra: {words}." if checks else "Chưa có mục kiểm tra nào."


def render(data: Acceptance) -> bytes:
    """Return the minutes as A4; the list runs over pages."""
    sheet = Sheet(A4, "Bien ban nghiem thu", practice=data.marks.practice)
    frame = blocks.frame_of(sheet, 18)
    sheet.practice_marks()
    top = blocks.heading(sheet, frame, data.head)
    top = blocks.title(sheet, frame, top + 4, "BIÊN BẢN NGHIỆM THU MÁY TẠI QUẦY")
    top = blocks.reprint_line(sheet, frame, top, data.marks) + 2
    for label, value in (
        ("Đơn vị", data.unit),
        ("Quầy", data.counter),
        ("Số máy", data.device),
        ("Phiên bản chương trình", data.version),
        ("Hệ điều hành", data.system),
        ("Kiểm tra lúc", hour_and_date(data.tested_at)),
    ):
        if value:
            top = blocks.labelled(sheet, frame, top, label, value, size=12.5)
    rows = [[str(i), c.name, c.verdict.value, c.words] for i, c in enumerate(data.checks, 1)]
    top = paging.paged_table(sheet, frame, top + 2, COLUMNS, rows, size=11.5)
    top = sheet.block(frame.left, top + 2, summary(data.checks), frame.width, size=12.5)
    top = paging.room_for(sheet, frame, top, 52)
    blocks.signatures(
        sheet,
        frame,
        top + 4,
        (
            Signature(role="KỸ THUẬT VIÊN", name=data.technician),
            Signature(role="ĐẠI DIỆN ĐƠN VỊ", name=data.representative),
        ),
        room=22,
        size=12,
    )
    return sheet.finish()
