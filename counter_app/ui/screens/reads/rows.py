"""Rows of looks: when, who, what, whose by code."""

from __future__ import annotations

from counter_app.services.ports import reads
from counter_app.services.ports.reads import ReadRow
from counter_app.ui import formatting
from counter_app.ui.i18n import tr
from counter_app.ui.widgets.lists.table import CellModel, CellSpec, Column


def way(code: str) -> tuple[str, str]:
    """Words and icon of a way of looking; a code of a newer version is shown as it is."""
    known = {
        reads.PERSON: (tr("Xem một người"), "user"),
        reads.REQUEST: (tr("Mở phiếu"), "file-text"),
        reads.DOSSIER: (tr("Mở hồ sơ"), "file-text"),
        reads.LINE: (tr("Xem một dòng sổ"), "book"),
        reads.WORK_LIST: (tr("Danh sách việc"), "eye"),
        reads.SEARCH: (tr("Kết quả tìm"), "search"),
        reads.PILE: (tr("Xấp chờ cấp số"), "eye"),
        reads.LOT: (tr("Xấp đã cấp số"), "eye"),
        reads.MONTH: (tr("Xem sổ tháng"), "book"),
        reads.MONTH_PDF: (tr("Xuất sổ ra PDF"), "file-text"),
        reads.MONTH_EXCEL: (tr("Xuất sổ ra Excel"), "file-text"),
        reads.COPY_CHECK: (tr("Quét kiểm tra bản sao"), "scan"),
        reads.SYNC_LIST: (tr("Danh sách đồng bộ"), "eye"),
        reads.QUESTION: (tr("Mở việc tỉnh hỏi"), "eye"),
        reads.BUNDLE_OUT: (tr("Xuất gói ra tệp"), "package-export"),
        reads.PRINT_LIST: (tr("Danh sách bản in"), "printer"),
        reads.PREVIEW: (tr("Xem trước bản in"), "printer"),
        reads.PRINT: (tr("In giấy"), "printer"),
        reads.OPEN_LOCKED: (tr("Mở tài khoản bị khóa"), "lock"),
        reads.EXPORT_ALL: (tr("Xuất toàn bộ dữ liệu"), "package-export"),
    }
    return known.get(code, (code, "eye"))


class ReadsModel(CellModel):
    """Four columns."""

    def __init__(self) -> None:
        """Empty until ``show_rows``."""
        super().__init__(
            (
                Column(tr("Lúc"), 98),
                Column(tr("Ai"), 180, grow=2),
                Column(tr("Làm gì"), 200, grow=2),
                Column(tr("Của mục nào"), 200, grow=3),
            )
        )

    def cell(self, row: int, column: int) -> CellSpec:
        """One cell."""
        read: ReadRow = self.rows()[row]
        if column == 0:
            return CellSpec(formatting.day_and_time(read.at), colour="text2")
        if column == 1:
            return CellSpec(read.who or tr("Không ai đăng nhập"), weight=500, tooltip=read.who)
        if column == 2:
            words, icon = way(read.what)
            return CellSpec(words, read.reason, icon=(icon, "text2"), tooltip=read.reason)
        more = tr("{n} mục").format(n=read.shown) if read.shown > 1 else ""
        return CellSpec(", ".join(read.subjects), more)
