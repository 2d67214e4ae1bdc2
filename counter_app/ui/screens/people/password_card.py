"""A forgotten password: the official types a new one twice, the head confirms, the reason is kept."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

from counter_app.services.ports.founding import AccountView
from counter_app.services.ports.officials import NewPasswordForm
from counter_app.ui.formatting import nfc
from counter_app.ui.i18n import tr
from counter_app.ui.widgets.card import Card
from counter_app.ui.widgets.fields.field import Field
from counter_app.ui.widgets.text import label


class PasswordCard(Card):
    """``form(official)`` is what was typed; passwords are never trimmed."""

    def __init__(self) -> None:
        """Empty fields."""
        super().__init__(tr("Thay mật khẩu đã quên"), "4")
        self.who = label("", "strong", wrap=True)
        self.new, self.repeated = _secret(tr("Mật khẩu mới (từ 8 ký tự)")), _secret(tr("Nhập lại mật khẩu"))
        self.ground = Field(tr("Lý do"), required=True, hint=tr("Ví dụ: quên mật khẩu"))
        self.secret = _secret(tr("PIN hoặc mật khẩu của lãnh đạo đang làm việc"))
        self.inputs: tuple[QWidget, ...] = (self.new, self.repeated, self.ground, self.secret)
        self.add(self.who)
        self.add(label(tr("Người này tự nhập mật khẩu mới, lãnh đạo xác nhận sau cùng."), "body", wrap=True))
        for field in (self.new, self.repeated, self.ground, self.secret):
            self.add(field)
        words = tr(
            "Mật khẩu và PIN cũ hết tác dụng ở mọi máy khi nhận được tin. Máy khác: nhập tệp tài khoản mới."
        )
        self.add(label(words, "caption", "text2", wrap=True))

    def show_official(self, official: AccountView | None) -> None:
        """Whose password it will be; nothing typed for somebody else stays."""
        self.who.setText("–" if official is None else f"{official.name} · {official.title_line}")
        self.clear()

    def form(self, official: AccountView) -> NewPasswordForm:
        """What stands in the fields."""
        new, repeated, secret = (nfc(one.edit.text()) for one in (self.new, self.repeated, self.secret))
        return NewPasswordForm(official.official, new, repeated, self.ground.text(), secret)

    def take_error(self, field: str, words: str) -> bool:
        """Words at the field they concern; False when it is none of these."""
        known = {
            "new": self.new, "repeated": self.repeated, "ground": self.ground, "pin": self.secret,
            "password": self.secret, "second": self.secret,
        }  # fmt: skip
        shown = known.get(field)
        if shown is not None:
            shown.show_error(words)
            shown.edit.setFocus()
            shown.edit.selectAll()
        return shown is not None

    def clear(self) -> None:
        """For the next one."""
        for field in (self.new, self.repeated, self.ground, self.secret):
            field.fill("")
        self.clear_errors()

    def clear_errors(self) -> None:
        """Before the next F9."""
        for field in (self.new, self.repeated, self.ground, self.secret):
            field.show_error("")


def _secret(words: str) -> Field:
    field = Field(words, required=True)
    field.edit.setEchoMode(QLineEdit.EchoMode.Password)
    return field
