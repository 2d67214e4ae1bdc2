"""Minutes of an office that arrives: opening figures of a counter, and files of old books that were written.

No legal form is known for these acts; layout and wording are our own (U). Two different persons sign, as the
program demands for the acts themselves.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

import msgspec

from counter_app.printing import blocks, fonts, paging
from counter_app.printing.formats import fold_name, hour_and_date
from counter_app.printing.forms.minutes import Person
from counter_app.printing.layout import A4, Align, Sheet
from counter_app.printing.model import Letterhead, Marks, Signature

FIGURES_TITLE: Final = "BIÊN BẢN TIẾP NHẬN SỔ ĐANG DÙNG"
LINES_TITLE: Final = "BIÊN BẢN NHẬP SỔ CHỨNG THỰC CŨ TRONG NĂM"
DOSSIERS_TITLE: Final = "BIÊN BẢN NHẬP HỒ SƠ ĐANG GIẢI QUYẾT"
FIGURES_WORDS: Final = (
    "Hai người nêu trên đã cùng xem sổ giấy, quyển biên lai và đếm tiền, thống nhất các số liệu trên. "
    "Từ số tiếp theo, số được cấp trên máy; sổ giấy dừng ghi tại số cuối cùng và được lưu giữ."
)
LINES_WORDS: Final = (
    "Hai người nêu trên đã cùng đối chiếu tệp với sổ giấy. Các dòng được ghi với dấu “Từ sổ cũ”; bản gốc là "
    "sổ giấy. Số của sổ cũ không có trong tệp vẫn có giá trị theo sổ giấy và không phải là số khuyết."
)
DOSSIERS_WORDS: Final = (
    "Hai người nêu trên đã cùng đối chiếu tệp với sổ theo dõi hồ sơ. Thời hạn giải quyết tính tiếp từ ngày "
    "tiếp nhận và ngày hẹn trả đã ghi trong sổ."
)
REGISTER_COLUMNS: Final = (
    blocks.Column("Sổ", 60),
    blocks.Column("Quyển số", 32, Align.CENTRE),
    blocks.Column("Số cuối trên sổ giấy", 38, Align.CENTRE),
    blocks.Column("Số đầu trên máy", 38, Align.CENTRE),
)


class ArrivalMinutes(msgspec.Struct, frozen=True, kw_only=True):
    """Minutes of one act: labelled facts, ``registers`` as (symbol, book, last on paper, first here) rows.

    ``journal_head``: head of the journal after the act, printed small for later proof.
    """

    head: Letterhead
    title: str
    held_at: datetime
    facts: tuple[tuple[str, str], ...]
    registers: tuple[tuple[str, str, str, str], ...]
    statement: str
    first: Person
    second: Person
    journal_head: str
    marks: Marks = Marks()

    def __post_init__(self) -> None:
        """Refuse minutes that one person would sign twice."""
        if fold_name(self.first.name) == fold_name(self.second.name):
            raise ValueError("minutes need two different persons")


def render(data: ArrivalMinutes) -> bytes:
    """Return the minutes as A4."""
    sheet = Sheet(A4, "Bien ban", practice=data.marks.practice)
    frame = blocks.frame_of(sheet, 18)
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
    if data.registers:
        top = paging.paged_table(sheet, frame, top + 3, REGISTER_COLUMNS, data.registers, size=12)
    top = sheet.block(frame.left, top + 3, data.statement, frame.width, size=13)
    _signed(sheet, frame, top, data)
    return sheet.finish()


def _signed(sheet: Sheet, frame: blocks.Frame, top: float, data: ArrivalMinutes) -> None:
    """Draw the head of the journal and the two places to sign."""
    top = paging.room_for(sheet, frame, top, 60)
    if data.journal_head:
        words = f"Nhật ký của máy sau việc này: {data.journal_head}"
        top = sheet.block(frame.left, top + 1.5, words, frame.width, font=fonts.SANS, size=7.5)
    places = tuple(
        Signature(role=f"NGƯỜI THỨ {word}", name=person.name)
        for word, person in (("NHẤT", data.first), ("HAI", data.second))
    )
    blocks.signatures(sheet, frame, top + 5, places, room=24, size=12)
