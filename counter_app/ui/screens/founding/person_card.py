"""One official as he is typed: name, title, role, account, password, PIN."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QLineEdit, QWidget

from counter_app.domain.organisation.logins import login_of
from counter_app.domain.organisation.roles import ROLE_NAMES
from counter_app.services.ports.founding import OfficialForm
from counter_app.ui.formatting import nfc
from counter_app.ui.i18n import language, tr
from counter_app.ui.widgets.card import Card
from counter_app.ui.widgets.fields.field import Field
from counter_app.ui.widgets.fields.picker import Picker
from counter_app.ui.widgets.form_card import named, pair


class PersonCard(Card):
    """``inputs`` in the order of keys; ``form()`` is what was typed. Passwords are never trimmed."""

    def __init__(self, title: str, part: str, roles: Sequence[str], *, two_roles: bool = False) -> None:
        """``roles``: codes to choose from; ``two_roles`` offers a second one beside the first."""
        super().__init__(title, part)
        self._roles = tuple(roles)
        self.name = Field(tr("Họ và tên"), required=True)
        self.title_line = Field(tr("Chức danh"), required=True, hint=tr("in dưới chữ ký"))
        self.role = Picker(tr("Vai trò"))
        place = 0 if language() == "vi" else 1
        names = [ROLE_NAMES[role][place] for role in self._roles]
        self.role.show_choices(names, 0)
        self.more = Picker(tr("Vai trò thêm"))
        self.more.show_choices(["–", *names], 0)
        self.more.setEnabled(two_roles)
        self.login = Field(tr("Tên đăng nhập"), required=True)
        self.password = Field(tr("Mật khẩu (từ 8 ký tự)"), required=True)
        self.repeated = Field(tr("Nhập lại mật khẩu"), required=True)
        self.pin = Field(tr("PIN 6 chữ số"), hint=tr("đặt sau cũng được"))
        for secret in (self.password, self.repeated, self.pin):
            secret.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.inputs: tuple[QWidget, ...] = (
            self.name, self.title_line, self.role, self.more, self.login, self.pin, self.password,
            self.repeated,
        )  # fmt: skip
        self._build(two_roles)
        self.name.left.connect(self._propose)

    def form(self) -> OfficialForm:
        """What stands in the fields."""
        chosen = [self._roles[max(self.role.currentIndex(), 0)]]
        if self.more.currentIndex() > 0:
            chosen.append(self._roles[self.more.currentIndex() - 1])
        return OfficialForm(
            self.name.text(), self.title_line.text(), tuple(dict.fromkeys(chosen)), self.login.text(),
            nfc(self.password.edit.text()), nfc(self.repeated.edit.text()), self.pin.text(),
        )  # fmt: skip

    def take_error(self, field: str, words: str) -> bool:
        """Words at the field they concern, which gets the focus; False when it is none of these."""
        shown = self.fields().get(field)
        if shown is None:
            return False
        shown.show_error(words)
        shown.edit.setFocus()
        return True

    def fields(self) -> dict[str, Field]:
        """Fields by the names that errors use."""
        return {
            "name": self.name, "title_line": self.title_line, "login": self.login,
            "password": self.password, "repeated": self.repeated, "pin": self.pin,
        }  # fmt: skip

    def clear_errors(self) -> None:
        """No field is wrong until the next F9 says so."""
        for field in self.fields().values():
            field.show_error("")

    def _propose(self) -> None:
        if not self.login.text():
            self.login.fill(login_of(self.name.text()))

    def _build(self, two_roles: bool) -> None:
        role, more = named(tr("Vai trò"), self.role), named(tr("Vai trò thêm"), self.more)
        self.add(self.name)
        if two_roles:
            self.add(self.title_line)
            self.add(pair(role, more))
        else:
            more.setParent(self)
            more.hide()
            self.add(pair(self.title_line, role))
        self.add(pair(self.login, self.pin))
        self.add(pair(self.password, self.repeated))
        self.body.addStretch(1)
