"""The box at the right: PIN or password of the one chosen, and what to do when it does not fit."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from counter_app.services.ports.session import LOCKED, NEEDS_PASSWORD, NEEDS_PIN, PersonChoice
from counter_app.ui import formatting
from counter_app.ui.i18n import tr
from counter_app.ui.widgets.button import NORMAL, PRIMARY, Button
from counter_app.ui.widgets.card import Card
from counter_app.ui.widgets.fields.field import Field
from counter_app.ui.widgets.fields.pin import PinBox
from counter_app.ui.widgets.text import label, rule


class SecretBox(Card):
    """``given`` carries the PIN or password at Enter; the other two signals are buttons."""

    given = Signal(str)
    password_asked = Signal()
    supervisor_asked = Signal()
    recovery_asked = Signal()

    def __init__(self) -> None:
        """Says nothing until a person is shown."""
        super().__init__(tr("Mở khóa"), role="h2")
        self._words = label("", "caption", "text2", wrap=True)
        self._pin_label = label(tr("PIN 6 chữ số"), "caption_strong", "text2")
        self.pin = PinBox()
        self.password = Field(tr("Mật khẩu"))
        self.password.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self._wrong = label("", "caption", "bad", wrap=True)
        self.open = Button(tr("Mở khóa"), "lock-open", "Enter", PRIMARY, self._give)
        self.show_password = Button(tr("Hiện mật khẩu"), "eye", "", NORMAL, self._turn_echo)
        self.by_password = Button(tr("Nhập mật khẩu"), "key", "", NORMAL, self.password_asked.emit)
        self.supervisor = Button(tr("Lãnh đạo mở khóa"), "user-check", "", NORMAL, self.supervisor_asked.emit)
        self.recovery = Button(
            tr("Lãnh đạo quên mật khẩu"), "user-check", "", NORMAL, self.recovery_asked.emit
        )
        for part in (self._words, self._pin_label, self.pin, self.password, self._wrong, self.open):
            self.add(part)
        for button in (self.show_password, self.by_password, self.supervisor, self.recovery):
            self.add(button)
        self.add(rule())
        self._hints = (
            label(tr("Quên PIN?"), "caption_strong", "text2"),
            label(tr("Nhập mật khẩu rồi đặt PIN mới."), "caption", wrap=True),
            label(tr("Bị khóa?"), "caption_strong", "text2"),
            label(tr("Lãnh đạo mở ngay tại máy này, có ghi lý do."), "caption", wrap=True),
        )
        for hint in self._hints:
            self.add(hint)
        self.body.addStretch(1)
        idle = tr("Tự khóa khi không dùng một lúc. Đổi người không mất việc đang làm.")
        self.add(label(idle, "caption", "text2", wrap=True))
        self.pin.entered.connect(self.given)
        self.password.edit.returnPressed.connect(self._give)
        self.pin.changed.connect(lambda _count: self.show_wrong(""))
        # What nobody was asked for yet takes no room: a window that grew for it would not shrink again.
        self.show_person(None, "")

    def show_person(self, person: PersonChoice | None, needs: str) -> None:
        """The head names the person; the input is the one he needs."""
        self._needs = needs
        name = person.name if person is not None else ""
        if self.title_label is not None:
            self.title_label.setText(tr("Mở khóa: {name}").format(name=name) if name else tr("Mở khóa"))
        by_pin, locked = needs == NEEDS_PIN, person is not None and person.needs == LOCKED
        self._words.setText(_words(person, needs))
        pin_parts: tuple[QWidget, ...] = (self._pin_label, self.pin, self.by_password)
        for widget in pin_parts:
            widget.setVisible(by_pin)
        password_parts: tuple[QWidget, ...] = (self.password, self.show_password)
        for widget in password_parts:
            widget.setVisible(needs == NEEDS_PASSWORD)
        self.open.setVisible(bool(needs))
        self.supervisor.setVisible(locked)
        self.recovery.setVisible(person is not None and person.is_head and needs != NEEDS_PIN)
        self.pin.clear()
        self.password.fill("")
        self.show_wrong("")

    def show_wrong(self, words: str) -> None:
        """The refusal's words under the input; "" takes them away."""
        self._wrong.setText(words)
        self._wrong.setVisible(bool(words))

    def take(self, digit: str) -> bool:
        """A digit typed while the list had the focus: the first of a PIN. False where none is asked."""
        if self._needs == NEEDS_PIN:
            self.pin.start_with(digit)
        return self._needs == NEEDS_PIN

    def wrong(self) -> str:
        """The words shown now."""
        return self._wrong.text()

    def refuse(self, words: str) -> None:
        """What was typed did not fit: emptied, said, and ready for the next try."""
        self.pin.clear(wrong=True)
        self.password.fill("")
        self.show_wrong(words)
        self.input().setFocus()

    def input(self) -> QWidget:
        """Where typing goes."""
        if self._needs == NEEDS_PIN:
            return self.pin
        return self.password.edit if self._needs == NEEDS_PASSWORD else self.supervisor

    def _give(self) -> None:
        if self._needs == NEEDS_PASSWORD:
            if self.password.edit.text():
                self.given.emit(self.password.edit.text())
            else:
                self.show_wrong(tr("Nhập mật khẩu."))
        elif self._needs == NEEDS_PIN:
            self.pin.give()

    def _turn_echo(self) -> None:
        hidden = self.password.edit.echoMode() is QLineEdit.EchoMode.Password
        self.password.edit.setEchoMode(QLineEdit.EchoMode.Normal if hidden else QLineEdit.EchoMode.Password)
        self.show_password.show_words(tr("Ẩn mật khẩu") if hidden else tr("Hiện mật khẩu"), "eye")
        self.password.edit.setFocus()


def _words(person: PersonChoice | None, needs: str) -> str:
    if person is None:
        return tr("Chưa có tài khoản trên máy này. Lãnh đạo thêm tại máy này, hoặc nối tỉnh (mạng hoặc tệp).")
    if person.needs == LOCKED and person.idle_days:
        words = tr(
            "Tài khoản đã {days} ngày không dùng, nên đã khóa. Lãnh đạo mở ngay tại máy này, có ghi lý do."
        )
        return words.format(days=person.idle_days)
    if person.needs == LOCKED:
        until = formatting.time(person.locked_until)
        return tr("Đã khóa đến {time}. Lãnh đạo mở ngay tại máy này, có ghi lý do.").format(time=until)
    if needs == NEEDS_PIN:
        return tr("Đã nhập mật khẩu hôm nay. PIN dùng đến chốt ngày.")
    return tr("Lần đầu trong ngày trên máy này: nhập mật khẩu.")
