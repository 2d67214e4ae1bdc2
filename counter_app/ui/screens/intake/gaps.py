"""What the catalogue does not know of a procedure ("chưa có"): limit and fee with their ground, never 0."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from counter_app.services.ports.copies import LOOK, Notice
from counter_app.services.ports.intake import IntakeForm, IntakeView
from counter_app.ui.i18n import tr
from counter_app.ui.widgets.fields.field import Field, MoneyField
from counter_app.ui.widgets.fields.picker import Picker
from counter_app.ui.widgets.text import label

UNITS = ("working_day", "calendar_day", "hour", "month", "same_day")


class Gaps(QWidget):
    """``limit_typed`` (value, unit, ground), ``fee_typed`` (amount, ground)."""

    limit_typed = Signal(str, str, str)
    fee_typed = Signal(str, str)

    def __init__(self) -> None:
        """Nothing lacks."""
        super().__init__()
        self.value = Field(tr("Thời hạn: chưa có"), hint=tr("vd. 5"))
        self.unit = Picker(tr("Đơn vị của thời hạn"))
        self.unit.show_choices(
            [tr("ngày làm việc"), tr("ngày"), tr("giờ làm việc"), tr("tháng"), tr("trong ngày")], 0
        )
        self.limit_ground = Field(tr("Căn cứ của thời hạn"), hint=tr("vd. Quyết định số …"))
        self.amount = MoneyField(tr("Lệ phí: chưa có mức"), shorthand=False)
        self.amount.edit.setPlaceholderText(tr("vd. 8.000"))
        self.fee_ground = Field(tr("Căn cứ của mức thu"), hint=tr("vd. Nghị quyết HĐND tỉnh số …"))
        unit = QVBoxLayout()
        unit.setSpacing(3)
        unit.addWidget(label(tr("Đơn vị"), "caption_strong", "text2"))
        unit.addWidget(self.unit)
        unit.addStretch(1)
        self.limit_row, self.fee_row = QWidget(), QWidget()
        _side_by_side(self.limit_row, (self.value, 150), (unit, 150), (self.limit_ground, 400))
        _side_by_side(self.fee_row, (self.amount, 150), (self.fee_ground, 560))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for row in (self.limit_row, self.fee_row):
            column.addWidget(row)
            row.hide()
        self.hide()
        for field in (self.value, self.limit_ground):
            field.edit.textEdited.connect(lambda _text: self._tell_limit())
        for field in (self.amount, self.fee_ground):
            field.edit.textEdited.connect(lambda _text: self._tell_fee())
        self.unit.picked.connect(lambda _place: self._tell_limit())
        self._may_same_day()

    def inputs(self) -> tuple[QWidget, ...]:
        """What takes keys, in order."""
        return (self.value.edit, self.unit, self.limit_ground.edit, self.amount.edit, self.fee_ground.edit)

    def fill(self, form: IntakeForm) -> None:
        """What a draft says."""
        self.value.fill(form.limit_value)
        self.unit.setCurrentIndex(UNITS.index(form.limit_unit) if form.limit_unit in UNITS else 0)
        self.limit_ground.fill(form.limit_ground)
        self.amount.fill(form.fee)
        self.fee_ground.fill(form.fee_ground)
        self._may_same_day()

    def show_form(self, form: IntakeForm, view: IntakeView | None) -> None:
        """The cells that this procedure needs; those of another procedure are emptied."""
        chosen = view is not None and view.procedure is not None and bool(form.procedure)
        limit = (
            chosen
            and view is not None
            and (not view.limit_known or bool(form.limit_value or form.limit_unit))
        )
        fee = chosen and view is not None and (not view.fee_known or bool(form.fee))
        for row, shown in ((self.limit_row, limit), (self.fee_row, fee)):
            row.setVisible(bool(shown))
        self.setVisible(bool(limit or fee))
        typing = any(one.hasFocus() for one in self.inputs())
        if not typing and not (form.limit_value or form.limit_unit or form.limit_ground or form.fee):
            self.fill(form)

    def show_faults(self, notices: Sequence[Notice], *, tried: bool) -> None:
        """A ground that is missing, below its cell."""
        stops = [one for one in notices if one.level != LOOK]
        for name, field in (("limit", self.limit_ground), ("fee", self.fee_ground)):
            found = next((one for one in stops if one.field == name), None)
            due = found is not None and (tried or field.edit.isModified())
            field.show_error(found.title if found is not None and due else "")

    def set_read_only(self, read_only: bool) -> None:
        """Cells as text."""
        for field in (self.value, self.limit_ground, self.amount, self.fee_ground):
            field.set_read_only(read_only)
        self.unit.setEnabled(not read_only)

    def _may_same_day(self) -> None:
        """ "Within the day" needs no number."""
        self.value.edit.setEnabled(UNITS[max(self.unit.currentIndex(), 0)] != "same_day")

    def _tell_limit(self) -> None:
        self._may_same_day()
        unit = UNITS[max(self.unit.currentIndex(), 0)]
        value = "0" if unit == "same_day" else self.value.text()
        self.limit_typed.emit(value, unit if value else "", self.limit_ground.text())

    def _tell_fee(self) -> None:
        self.fee_typed.emit(self.amount.text(), self.fee_ground.text())


def _side_by_side(holder: QWidget, *parts: tuple[QWidget | QVBoxLayout, int]) -> None:
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(10)
    for part, share in parts:
        if isinstance(part, QWidget):
            row.addWidget(part, share)
        else:
            row.addLayout(part, share)
