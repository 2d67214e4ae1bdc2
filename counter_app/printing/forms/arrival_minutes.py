"""Minutes of an office that arrives: opening figures of a counter, and files of old books that were written.

No legal form is known for these acts; layout and wording are our own (U). Two different persons sign, as the
program demands for the acts themselves.
"""

from __future__ import annotations

from typing import Final

from counter_app.printing import blocks, paging
from counter_app.printing.forms import minutes
from counter_app.printing.layout import A4, Align, Sheet

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


class ArrivalMinutes(minutes.TwoPersonMinutes, frozen=True, kw_only=True):
    """Minutes of an arrival; ``registers``: (symbol, book, last on paper, first here) rows, may be empty."""

    registers: tuple[tuple[str, str, str, str], ...]


def render(data: ArrivalMinutes) -> bytes:
    """Return the minutes as A4."""
    sheet = Sheet(A4, "Bien ban", practice=data.marks.practice)
    frame = blocks.frame_of(sheet, 18)
    top = minutes.opened(sheet, frame, data)
    if data.registers:
        top = paging.paged_table(sheet, frame, top + 3, REGISTER_COLUMNS, data.registers, size=12)
    top = sheet.block(frame.left, top + 3, data.statement, frame.width, size=13)
    top = paging.room_for(sheet, frame, top, 60)
    top = minutes.proof(sheet, frame, top, data)
    minutes.signed(sheet, frame, top, data)
    return sheet.finish()
