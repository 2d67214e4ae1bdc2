"""One person of a row: number, what he does, name, last day of his paper, signature or fingerprint."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from counter_app.ui.formatting import grouped
from counter_app.ui.i18n import tr
from counter_app.ui.screens.copies.entry import id_kind
from counter_app.ui.screens.copies.signers.people import INTERPRETER, ROLES, SIGNS, WITNESS, Beside
from counter_app.ui.widgets.fields.choices import Tick
from counter_app.ui.widgets.fields.field import Field
from counter_app.ui.widgets.fields.picker import Picker
from counter_app.ui.widgets.text import label


def role_words(role: str) -> str:
    """What somebody does at a signing, as people say it."""
    return {
        SIGNS: tr("Người ký"),
        WITNESS: tr("Người làm chứng"),
        INTERPRETER: tr("Người phiên dịch"),
    }[role]


class PersonBlock(QWidget):
    """``typed`` after each change; ``number_left`` with a number to look up."""

    typed = Signal()
    number_left = Signal(str)

    def __init__(self) -> None:
        """Nobody: only the number takes keys until it holds something."""
        super().__init__()
        self.number = Field(tr("Số giấy tờ"))
        self.role = Picker(tr("Vai trò"))
        self.role.show_choices([role_words(one) for one in ROLES], 0)
        self.name = Field(tr("Họ và tên"))
        self.valid = Field(tr("Giấy tờ hết hạn"), hint=tr("nếu có ghi"))
        self.finger = Tick(tr("Điểm chỉ"))
        self._finger_head = label(" ", "caption_strong")
        self._one = Beside()
        self._build()
        for field in (self.number, self.name, self.valid):
            field.edit.textEdited.connect(self._tell)
        self.number.left.connect(self._leave_number)
        self.role.picked.connect(self._tell)
        self.finger.toggled.connect(self._tell)
        self._show_rest()

    def inputs(self) -> tuple[QWidget, ...]:
        """What takes keys, in reading order."""
        return self.number.edit, self.role, self.name.edit, self.valid.edit, self.finger

    def person(self) -> Beside:
        """As it stands."""
        return self._one

    def fill(self, one: Beside, *, from_card: bool = False) -> None:
        """Writes the cells; tells nobody."""
        self._one = one
        self.number.fill(grouped(one.who.id_number), from_qr=from_card)
        self.name.fill(one.who.name, from_qr=from_card)
        self.valid.fill(one.who.valid)
        self.role.setCurrentIndex(ROLES.index(one.role))
        before = self.finger.blockSignals(True)
        self.finger.setChecked(one.who.fingerprint)
        self.finger.blockSignals(before)
        self._show_rest()

    def _tell(self, _value: object = None) -> None:
        number = "".join(self.number.text().split())
        who = replace(
            self._one.who, id_number=number, id_kind=id_kind(number), name=self.name.text(),
            valid=self.valid.text(), valid_until=0, fingerprint=self.finger.isChecked(),
        )  # fmt: skip
        self._one = Beside(ROLES[max(self.role.currentIndex(), 0)], who)
        for field in (self.number, self.name, self.valid):
            field.edit.setModified(False)  # the form holds it: Esc has nothing to lose
        self._show_rest()
        self.typed.emit()

    def _leave_number(self) -> None:
        number = self._one.who.id_number
        if not self.number.edit.hasFocus() and self.number.text() != grouped(number):
            self.number.edit.fill(grouped(number))
        if number and not self._one.who.name:
            self.number_left.emit(number)

    def _show_rest(self) -> None:
        """Enter on an empty number leaves the block: the rest waits for a number."""
        self.role.setEnabled(not self._one.is_blank)
        for part in (self.name, self.valid, self.finger, self._finger_head):
            part.setVisible(not self._one.is_blank)
        if self._one.role != SIGNS:
            self.finger.hide()
        words = role_words(self._one.role)
        for field in (self.number, self.name, self.valid):
            field.edit.setAccessibleName(tr("{role}: {field}").format(role=words, field=field.words()))

    def _build(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        grid.addWidget(self.number, 0, 0)
        grid.addLayout(_below(label(tr("Vai trò"), "caption_strong", "text2"), self.role), 0, 1)
        grid.addWidget(self.name, 1, 0, 1, 2)
        grid.addWidget(self.valid, 2, 0)
        grid.addLayout(_below(self._finger_head, self.finger), 2, 1, Qt.AlignmentFlag.AlignTop)


def _below(head: QWidget, part: QWidget) -> QVBoxLayout:
    """A part in line with the cells beside it."""
    column = QVBoxLayout()
    column.setSpacing(3)
    column.addWidget(head)
    column.addWidget(part)
    column.addStretch(1)
    return column
