"""Right after the password: six digits for the rest of the day, typed twice, or later (``ux.md`` 4.1)."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit

from counter_app.ui.focus_chain import FocusChain
from counter_app.ui.i18n import tr
from counter_app.ui.widgets.button import NORMAL, PRIMARY, Button
from counter_app.ui.widgets.card import Card
from counter_app.ui.widgets.fields.field import Field
from counter_app.ui.widgets.text import label

PIN_DIGITS = 6


def pin_field(words: str) -> Field:
    """A field for six digits that nobody reads."""
    field = Field(words, required=True)
    field.edit.setEchoMode(QLineEdit.EchoMode.Password)
    field.edit.setMaxLength(PIN_DIGITS)
    return field


class PinCard(Card):
    """``given`` carries the PIN and its repetition at F9; ``left`` that it was put off."""

    given = Signal(str, str)
    left = Signal()

    def __init__(self) -> None:
        """Empty until ``ask``."""
        super().__init__(tr("Đặt PIN"), role="h2")
        self._words = label("", "body", wrap=True)
        self.pin, self.repeated = pin_field(tr("PIN 6 chữ số")), pin_field(tr("Nhập lại PIN"))
        why = tr("PIN mở khóa máy này và xác nhận lô, đến khi chốt ngày. Mật khẩu vẫn như cũ.")
        for part in (self._words, label(why, "caption", "text2", wrap=True), self.pin, self.repeated):
            self.add(part)
        self.add(Button(tr("Đặt PIN"), "key", "F9", PRIMARY, self.commit))
        self.add(Button(tr("Để sau"), "history", "Esc", NORMAL, self.left.emit))
        later = tr("Để sau thì mỗi lần mở khóa và mỗi lô đều hỏi mật khẩu. Đặt lúc khác ở Cài đặt.")
        self.add(label(later, "caption", "text2", wrap=True))
        self.body.addStretch(1)
        self._chain = FocusChain((self.pin.edit, self.repeated.edit))

    def ask(self, name: str, *, has_pin: bool) -> None:
        """Whose PIN at this PC."""
        words = tr("{name}: đặt PIN mới?") if has_pin else tr("{name} chưa có PIN ở máy này.")
        self._words.setText(words.format(name=name))
        for field in (self.pin, self.repeated):
            field.fill("")
            field.show_error("")
        self.pin.edit.setFocus()

    def commit(self) -> None:
        """F9: what was typed; an empty first field says so itself."""
        for field in (self.pin, self.repeated):
            field.show_error("")
        self.given.emit(self.pin.text(), self.repeated.text())

    def refuse(self, field: str, words: str) -> None:
        """Words at the field they concern; typing again replaces."""
        shown = self.repeated if field == "repeated" else self.pin
        shown.show_error(words)
        shown.edit.setFocus()
        shown.edit.selectAll()
