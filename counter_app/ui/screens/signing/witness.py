"""The paper witness and the date: asked once after a start, before the first number is given (sync 5, 6)."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from counter_app.services.ports.signing import PenStatus
from counter_app.ui.formatting import long_moment
from counter_app.ui.i18n import language, tr
from counter_app.ui.widgets.button import Button, commit_button
from counter_app.ui.widgets.fields.field import Field
from counter_app.ui.widgets.notice import LOOK, Notice
from counter_app.ui.widgets.text import label

MOST_DIGITS = 7


class WitnessPanel(QWidget):
    """In the drawer: what the paper says is typed, never offered, so that somebody has to look."""

    def __init__(self, pen: PenStatus, now: int) -> None:
        """``now`` is the program's moment in ms, shown as the date to confirm."""
        super().__init__()
        self._pen = pen
        self.number = Field(tr("Số lớn nhất đã ghi trên giấy"), required=True)
        self.confirm: Button = commit_button(tr("Xác nhận, cấp số tiếp"), "check")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 8, 0)
        column.setSpacing(10)
        column.addWidget(
            label(tr("Máy vừa khởi động và chưa nghe máy nào khác giữ quyền cấp số. Hỏi một lần."), wrap=True)
        )
        if pen.paper_witness_needed:
            where = tr("Xem bản sao hoặc danh sách số in gần nhất của sổ này, kể cả của máy khác.")
            column.addWidget(label(where, "caption", "text2", wrap=True))
        column.addWidget(self.number)
        if not pen.paper_witness_needed:
            self.number.hide()
        if pen.date_confirmation_needed:
            today = tr("Hôm nay là {day}?").format(day=long_moment(now, language()))
            wrong = tr("Sai ngày giờ thì nhấn Esc và sửa đồng hồ của máy trước.")
            column.addWidget(Notice(today, wrong, LOOK, "calendar"))
        column.addWidget(self.confirm)
        column.addStretch(1)
        self.setFocusProxy(self.number.edit if pen.paper_witness_needed else self.confirm)

    def last_number(self) -> int | None:
        """What was typed; the known number where only the date is asked; None, with words at the field."""
        if not self._pen.paper_witness_needed:
            return self._pen.last_number
        typed = self.number.text()
        fits = typed.isascii() and typed.isdigit() and len(typed) <= MOST_DIGITS
        self.number.show_error("" if fits else tr("Nhập số lớn nhất trên giấy, chỉ gồm chữ số."))
        return int(typed) if fits else None
