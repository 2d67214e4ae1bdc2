"""The drawer in which the person at the counter changes his own PIN or password (``ux.md`` 4.1)."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from counter_app.services.ports.session import PasswordForm, PinForm
from counter_app.ui.focus_chain import FocusChain
from counter_app.ui.formatting import nfc
from counter_app.ui.i18n import tr
from counter_app.ui.widgets.button import NORMAL, PRIMARY, Button
from counter_app.ui.widgets.fields.field import Field
from counter_app.ui.widgets.text import label

PIN, PASSWORD = "pin", "password"


class SecretPanel(QWidget):
    """Three fields; ``form()`` is what was typed, never trimmed, for the ``kind`` it was made for."""

    def __init__(self, kind: str) -> None:
        """``kind``: PIN or PASSWORD."""
        super().__init__()
        self.kind = kind
        pin = kind == PIN
        self.password = _secret(tr("Mật khẩu hiện nay"))
        self.new = _secret(tr("PIN mới, 6 chữ số") if pin else tr("Mật khẩu mới (từ 8 ký tự)"))
        self.repeated = _secret(tr("Nhập lại PIN") if pin else tr("Nhập lại mật khẩu"))
        self.confirm = Button(tr("Đổi PIN") if pin else tr("Đổi mật khẩu"), "key", "F9", PRIMARY)
        self.later = Button(tr("Để sau"), "history", "Esc", NORMAL)
        about_pin = tr("PIN chỉ của máy này: mở khóa và xác nhận lô trong ngày.")
        about_password = tr("Chỉ đổi ở máy này. Ở máy khác của xã thì đổi tại máy đó.")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(9)
        column.addWidget(label(about_pin if pin else about_password, "caption", "text2", wrap=True))
        for widget in (self.password, self.new, self.repeated, self.confirm, self.later):
            column.addWidget(widget)
        column.addStretch(1)
        self.chain = FocusChain((self.password.edit, self.new.edit, self.repeated.edit), parent=self)

    def form(self) -> PinForm | PasswordForm:
        """What stands in the fields."""
        old, new, repeated = (nfc(one.edit.text()) for one in (self.password, self.new, self.repeated))
        return PinForm(old, new, repeated) if self.kind == PIN else PasswordForm(old, new, repeated)

    def clear_errors(self) -> None:
        """Before the next F9."""
        for field in (self.password, self.new, self.repeated):
            field.show_error("")

    def take_error(self, field: str, words: str) -> bool:
        """Words at the field they concern; False when it is none of these."""
        known = {"password": self.password, "new": self.new, "pin": self.new, "repeated": self.repeated}
        shown = known.get(field)
        if shown is None:
            return False
        shown.show_error(words)
        shown.edit.setFocus()
        shown.edit.selectAll()
        return True


def _secret(words: str) -> Field:
    field = Field(words, required=True)
    field.edit.setEchoMode(QLineEdit.EchoMode.Password)
    return field
