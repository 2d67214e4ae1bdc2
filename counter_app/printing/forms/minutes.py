"""Minutes signed by two persons: opening balance of a register, recovery and settlement of numbers.

No legal form is known for these acts; layout and wording are our own (U). Two different persons sign, as the
program demands for the act itself.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

import msgspec

from counter_app.printing import blocks, fonts, paging
from counter_app.printing.formats import fold_name, hour_and_date, register_number
from counter_app.printing.layout import A4, Align, Sheet
from counter_app.printing.model import Letterhead, Marks, Signature


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """Who signs minutes: name and office."""

    name: str
    office: str


class TwoPersonMinutes(msgspec.Struct, frozen=True, kw_only=True):
    """What all minutes say: title, what is recorded as labelled facts, what follows, who signs.

    ``facts`` are (label, value) pairs. ``journal_head``: head of the journal after the act, printed small for
    later proof.
    """

    head: Letterhead
    title: str
    held_at: datetime
    facts: tuple[tuple[str, str], ...]
    statement: str
    first: Person
    second: Person
    journal_head: str
    marks: Marks = Marks()

    def __post_init__(self) -> None:
        """Refuse minutes that one person would sign twice."""
        if fold_name(self.first.name) == fold_name(self.second.name):
            raise ValueError("minutes need two different persons")


class Minutes(TwoPersonMinutes, frozen=True, kw_only=True):
    """Minutes of numbers: (number or range, outcome, ground) rows, may be empty."""

    numbers: tuple[tuple[str, str, str], ...]


REAL: Final = Marks()
"""Marks of a first, real print."""
NUMBER_COLUMNS: Final = (
    blocks.Column("Số chứng thực", 28, Align.CENTRE),
    blocks.Column("Kết quả", 40),
    blocks.Column("Căn cứ, lý do", 100),
)


def opening_balance(
    *,
    head: Letterhead,
    held_at: datetime,
    register: str,
    book: str,
    year: int,
    last_on_paper: int,
    counter: str,
    first: Person,
    second: Person,
    journal_head: str,
    marks: Marks = REAL,
) -> Minutes:
    """Return minutes of taking a register over from the paper book, to go on after its last number."""
    facts = (
        ("Sổ", register),
        ("Quyển số", f"{book}/{year}"),
        ("Số cuối cùng đã ghi trong sổ giấy", register_number(last_on_paper)),
        ("Số đầu tiên cấp trên máy", register_number(last_on_paper + 1)),
        ("Nơi cấp số", counter),
    )
    statement = (
        "Hai người nêu trên đã cùng xem sổ giấy, thống nhất số cuối cùng như trên. "
        "Từ số tiếp theo, số chứng thực được cấp trên máy; sổ giấy dừng ghi tại số cuối cùng."
    )
    return Minutes(
        head=head,
        title="BIÊN BẢN CHUYỂN SỐ DƯ ĐẦU KỲ SỔ CHỨNG THỰC",
        held_at=held_at,
        facts=facts,
        numbers=(),
        statement=statement,
        first=first,
        second=second,
        journal_head=journal_head,
        marks=marks,
    )


def recovery(
    *,
    head: Letterhead,
    held_at: datetime,
    register: str,
    year: int,
    lost_counter: str,
    last_known: int,
    resume_at: int,
    reason: str,
    first: Person,
    second: Person,
    journal_head: str,
    marks: Marks = REAL,
) -> Minutes:
    """Return minutes of recovering the right to number after its PC was lost.

    The numbers between are *chưa rõ*: neither valid nor void until settled one by one.
    """
    facts = (
        ("Sổ", f"{register} năm {year}"),
        ("Máy không còn dùng được", lost_counter),
        ("Lý do", reason),
        ("Số cuối cùng biết chắc", register_number(last_known)),
        ("Cấp tiếp từ số", register_number(resume_at)),
    )
    numbers: tuple[tuple[str, str, str], ...] = ()
    if resume_at - last_known > 1:
        span = register_number(last_known + 1)
        if resume_at - last_known > 2:
            span = f"{span} - {register_number(resume_at - 1)}"
        numbers = (
            (
                span,
                "Chưa rõ",
                "Có thể đã cấp trên máy bị mất; giải quyết từng số theo phiếu, biên lai, bản sao.",
            ),
        )
    statement = (
        "Các số chưa rõ không phải số có hiệu lực, cũng không phải số bị hủy, cho đến khi được giải quyết "
        "từng số một trước khi khóa sổ tháng."
    )
    return Minutes(
        head=head,
        title="BIÊN BẢN KHÔI PHỤC QUYỀN CẤP SỐ CHỨNG THỰC",
        held_at=held_at,
        facts=facts,
        numbers=numbers,
        statement=statement,
        first=first,
        second=second,
        journal_head=journal_head,
        marks=marks,
    )


def settlement(
    *,
    head: Letterhead,
    held_at: datetime,
    register: str,
    year: int,
    numbers: tuple[tuple[str, str, str], ...],
    first: Person,
    second: Person,
    journal_head: str,
    marks: Marks = REAL,
) -> Minutes:
    """Return minutes of settling unknown numbers: each with its outcome and ground."""
    return Minutes(
        head=head,
        title="BIÊN BẢN GIẢI QUYẾT SỐ CHỨNG THỰC CHƯA RÕ",
        held_at=held_at,
        facts=(("Sổ", f"{register} năm {year}"),),
        numbers=numbers,
        statement="Kết quả từng số được ghi vào cột Ghi chú của sổ.",
        first=first,
        second=second,
        journal_head=journal_head,
        marks=marks,
    )


def render(data: Minutes) -> bytes:
    """Return the minutes as A4; the table of numbers runs over pages."""
    sheet = Sheet(A4, "Bien ban", practice=data.marks.practice)
    frame = blocks.frame_of(sheet, 18)
    top = opened(sheet, frame, data)
    top = paging.paged_table(sheet, frame, top + 2, NUMBER_COLUMNS, data.numbers, size=12)
    top = sheet.block(frame.left, top + 3, data.statement, frame.width, size=13)
    top = proof(sheet, frame, top, data)
    top = paging.room_for(sheet, frame, top, 55)
    signed(sheet, frame, top, data)
    return sheet.finish()


def opened(sheet: Sheet, frame: blocks.Frame, data: TwoPersonMinutes) -> float:
    """Draw head, title, place, persons and facts; where they end (mm)."""
    sheet.practice_marks()
    top = blocks.heading(sheet, frame, data.head)
    top = blocks.title(sheet, frame, top + 5, data.title)
    top = blocks.reprint_line(sheet, frame, top, data.marks)
    place = f", tại {data.head.place}" if data.head.place else ""
    words = f"Lập lúc {hour_and_date(data.held_at)}{place}."
    top = sheet.block(frame.left, top + 3, words, frame.width, size=13)
    for index, person in enumerate((data.first, data.second), 1):
        words = f"{index}. {person.name} - {person.office}"
        top = sheet.block(frame.left, top + 0.5, words, frame.width, size=13)
    top += 2
    for label, value in data.facts:
        top = blocks.labelled(sheet, frame, top + 0.5, label, value, size=13)
    return top


def proof(sheet: Sheet, frame: blocks.Frame, top: float, data: TwoPersonMinutes) -> float:
    """Draw the head of the journal, small, where there is one; where it ends (mm)."""
    if not data.journal_head:
        return top
    words = f"Nhật ký của máy sau việc này: {data.journal_head}"
    return sheet.block(frame.left, top + 1.5, words, frame.width, font=fonts.SANS, size=7.5)


def signed(sheet: Sheet, frame: blocks.Frame, top: float, data: TwoPersonMinutes) -> None:
    """Draw the two places to sign."""
    places = tuple(
        Signature(role=f"NGƯỜI THỨ {word}", name=person.name)
        for word, person in (("NHẤT", data.first), ("HAI", data.second))
    )
    blocks.signatures(sheet, frame, top + 5, places, room=24, size=12)
