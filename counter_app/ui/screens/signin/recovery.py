"""The only head lost the password: two named officials witness a new one at this PC (decision 058)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QWidget

from counter_app.services.ports.session import PersonChoice, RecoveryForm
from counter_app.ui.focus_chain import FocusChain
from counter_app.ui.formatting import nfc
from counter_app.ui.i18n import tr
from counter_app.ui.widgets.button import NORMAL, PRIMARY, Button
from counter_app.ui.widgets.card import Card
from counter_app.ui.widgets.fields.field import Field
from counter_app.ui.widgets.text import label


class RecoveryCard(Card):
    """``given`` carries the form; ``left`` that it was put aside. Passwords are never trimmed."""

    given = Signal(object)
    left = Signal()

    def __init__(self) -> None:
        """Empty until ``ask``."""
        super().__init__(tr("Khôi phục mật khẩu lãnh đạo"), role="h2")
        self._words = label("", "caption", "text2", wrap=True)
        self.new, self.repeated = _secret(tr("Mật khẩu mới")), _secret(tr("Nhập lại"))
        self.reason = Field(tr("Lý do"), required=True)
        self.first, self.second = QComboBox(), QComboBox()
        self.first.setAccessibleName(tr("Người làm chứng thứ nhất"))
        self.second.setAccessibleName(tr("Người làm chứng thứ hai"))
        self.first_secret, self.second_secret = (
            _secret(tr("Mật khẩu người 1")),
            _secret(tr("Mật khẩu người 2")),
        )
        self._wrong = label("", "caption", "bad", wrap=True)
        parts = (
            self._words, _beside(self.new, self.repeated), self.reason, self.first, self.second,
            _beside(self.first_secret, self.second_secret), self._wrong,
        )  # fmt: skip
        for part in parts:
            self.add(part)
        self.add(Button(tr("Thay mật khẩu"), "key", "F9", PRIMARY, self.commit))
        self.add(Button(tr("Để sau"), "history", "Esc", NORMAL, self.left.emit))
        self.body.addStretch(1)
        self.second.currentIndexChanged.connect(self._second_chosen)
        self._chain = FocusChain(
            (self.new.edit, self.repeated.edit, self.reason.edit, self.first, self.second,
             self.first_secret.edit, self.second_secret.edit)
        )  # fmt: skip
        self._whose: PersonChoice | None = None
        self._people: tuple[PersonChoice, ...] = ()

    def ask(self, head: PersonChoice, people: Sequence[PersonChoice]) -> None:
        """Who may witness at this PC: two of them, or one when the province sent its act."""
        self._whose = head
        self._people = tuple(one for one in people if one.may_witness and one.official != head.official)
        words = tr("{name} tự nhập mật khẩu mới. Hai người làm chứng xác nhận; tỉnh sẽ hỏi lại.")
        self._words.setText(words.format(name=head.name))
        names = [f"{one.name} - {one.title}" for one in self._people]
        for box in (self.first, self.second):
            box.clear()
            box.addItems(names)
        self.second.addItem(tr("Văn bản của tỉnh thay người thứ hai"))
        self.second.setCurrentIndex(min(1, len(names)))
        for field in self._secrets():
            field.fill("")
        self.reason.fill("")
        self.show_wrong("")
        self.new.edit.setFocus()

    def commit(self) -> None:
        """F9: nothing is given while a field is empty."""
        needed = [self.new, self.repeated, self.reason, self.first_secret]
        if self._second() is not None:
            needed.append(self.second_secret)
        for field in (*self._secrets(), self.reason):
            empty = field in needed and not field.edit.text().strip()
            field.show_error(tr("Điền ô này.") if empty else "")
        wrong = next((one for one in needed if one.error()), None)
        if wrong is not None:
            wrong.edit.setFocus()
        elif self._whose is not None and self._people:
            self.given.emit(self._form(self._whose))

    def show_wrong(self, words: str) -> None:
        """The refusal's words."""
        self._wrong.setText(words)
        self._wrong.setVisible(bool(words))

    def _form(self, head: PersonChoice) -> RecoveryForm:
        new, repeated, first, second = (nfc(field.edit.text()) for field in self._secrets())
        witness = self._people[max(self.first.currentIndex(), 0)].official
        other = self._second()
        return RecoveryForm(
            head.official, new, repeated, self.reason.text(), witness, first,
            None if other is None else other.official, "" if other is None else second,
        )  # fmt: skip

    def _second(self) -> PersonChoice | None:
        place = self.second.currentIndex()
        return self._people[place] if 0 <= place < len(self._people) else None

    def _second_chosen(self, _place: int) -> None:
        self.second_secret.setVisible(self._second() is not None)

    def _secrets(self) -> tuple[Field, Field, Field, Field]:
        return self.new, self.repeated, self.first_secret, self.second_secret


def _beside(left: Field, right: Field) -> QWidget:
    """Two fields in one row: a low window shows all of the card."""
    row = QWidget()
    beside = QHBoxLayout(row)
    beside.setContentsMargins(0, 0, 0, 0)
    beside.setSpacing(8)
    beside.addWidget(left, 1)
    beside.addWidget(right, 1)
    return row


def _secret(words: str) -> Field:
    field = Field(words, required=True)
    field.edit.setEchoMode(QLineEdit.EchoMode.Password)
    return field
