"""The one dialog host: reason, PIN, discard, print failure. No window of its own, nothing blocks."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from counter_app.ui.actions import Action
from counter_app.ui.formatting import nfc
from counter_app.ui.i18n import tr
from counter_app.ui.screens.contract import PrintChoice
from counter_app.ui.theme import theme as themes
from counter_app.ui.widgets.button import DANGER, NORMAL, PRIMARY, Button
from counter_app.ui.widgets.fields.field import Field
from counter_app.ui.widgets.fields.pin import PinBox
from counter_app.ui.widgets.text import Icon, label

WIDTH = 440


class DialogHost(QFrame):
    """Shows at most one dialog over its parent. Esc closes it and nothing happens."""

    def __init__(self, parent: QWidget) -> None:
        """Closed."""
        super().__init__(parent)
        self.setObjectName("veil")
        self._box: QFrame | None = None
        self._before: QWidget | None = None
        self._commit: Callable[[], None] | None = None
        self._radios: list[QRadioButton] = []
        self._outer = QVBoxLayout(self)
        self._outer.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.hide()

    def is_open(self) -> bool:
        """Whether a dialog stands."""
        return not self.isHidden()

    def ask_pin(self, title: str, words: str, on_pin: Callable[[str], None]) -> PinBox:
        """Six digits and Enter."""
        pin = PinBox()
        body = self._open(title, words, "key")

        def entered(digits: str) -> None:
            self.close_dialog()
            on_pin(digits)

        pin.entered.connect(entered)
        body.addWidget(label(tr("PIN 6 chữ số"), "caption_strong", "text2"))
        body.addWidget(pin)
        self._buttons(body, [Button(tr("Để sau"), "history", "Esc", NORMAL, self.close_dialog)])
        pin.setFocus()
        return pin

    def ask_password(
        self, title: str, words: str, on_password: Callable[[str], None], on_set: Callable[[], None]
    ) -> Field:
        """The password of whoever set no PIN at this PC, Enter; ``on_set`` leads to where one is set."""
        field = Field(tr("Mật khẩu"))
        field.edit.setEchoMode(QLineEdit.EchoMode.Password)
        body = self._open(title, words, "key")

        def entered() -> None:
            typed = nfc(field.edit.text())
            if not typed:
                field.show_error(tr("Nhập mật khẩu."))
                return
            self.close_dialog()
            on_password(typed)

        field.edit.returnPressed.connect(entered)
        body.addWidget(field)
        hint = tr("Chưa có PIN ở máy này, nên hỏi mật khẩu.")
        body.addWidget(label(hint, "caption", "text2", wrap=True))
        later = Button(tr("Để sau"), "history", "Esc", NORMAL, self.close_dialog)
        setting = Button(tr("Đặt PIN"), "lock", "", NORMAL, self._closing(on_set))
        self._buttons(body, [setting, later, Button(tr("Xác nhận"), "check", "Enter", PRIMARY, entered)])
        field.edit.setFocus()
        return field

    def ask_reason(
        self,
        title: str,
        reasons: tuple[tuple[str, str], ...],
        on_reason: Callable[[str, str], None],
        words: str = "",
        commit_words: str = "",
    ) -> Field:
        """Radio list on keys 1..9 and a text; F9 gives it. A reason is needed, or words of one's own."""
        body = self._open(title, words, "notes")
        group = QButtonGroup(self._box)
        self._radios = []
        for index, (_, reason) in enumerate(reasons):
            radio = QRadioButton(f"{index + 1}  {reason}")
            group.addButton(radio, index)
            self._radios.append(radio)
            body.addWidget(radio)
        self._widen(max((radio.sizeHint().width() for radio in self._radios), default=0))
        text = Field(tr("Ghi rõ thêm"))
        body.addWidget(text)

        def commit() -> None:
            chosen = group.checkedId()
            if chosen < 0 and not text.text():
                text.show_error(tr("Chọn một lý do hoặc ghi lý do."))
                text.edit.setFocus()
                return
            code = reasons[chosen][0] if chosen >= 0 else ""
            value = text.text()
            self.close_dialog()
            on_reason(code, value)

        self._commit = commit
        later = Button(tr("Để sau"), "history", "Esc", NORMAL, self.close_dialog)
        self._buttons(body, [later, Button(commit_words or title, "check", "F9", PRIMARY, commit)])
        first: QWidget = group.button(0) if reasons else text.edit
        first.setFocus()
        return text

    def ask_discard(self, title: str, words: str, commit_words: str, on_yes: Callable[[], None]) -> None:
        """Names the thing and the loss; focus stands on the harmless button."""
        body = self._open(title, words, "trash", "bad")

        def yes() -> None:
            self.close_dialog()
            on_yes()

        self._commit = yes
        keep = Button(tr("Giữ lại"), "arrow-back-up", "Esc", NORMAL, self.close_dialog)
        self._buttons(body, [keep, Button(commit_words, "trash", "F9", DANGER, yes)])
        keep.setFocus()

    def ask_leave(self, name: str, reminders: Sequence[str], on_yes: Callable[[], None]) -> None:
        """What stays open when ``name`` signs out; focus stands on staying, F9 goes."""
        words = tr("Lần sau cần mật khẩu. Chỉ rời chỗ một lát thì khóa máy (F12).")
        body = self._open(tr("{name} đăng xuất?").format(name=name), words, "logout")
        if reminders:
            body.addWidget(label(tr("Việc còn để lại"), "caption_strong", "text2"))
        for reminder in reminders:
            row = QHBoxLayout()
            row.setSpacing(8)
            row.addWidget(Icon("alert-circle", "warn", 17), 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(label(reminder, wrap=True), 1)
            body.addLayout(row)
        if not reminders:
            body.addWidget(label(tr("Không còn việc nào để lại."), "body", "text2"))

        def yes() -> None:
            self.close_dialog()
            on_yes()

        self._commit = yes
        stay = Button(tr("Ở lại"), "arrow-back-up", "Esc", NORMAL, self.close_dialog)
        self._buttons(body, [stay, Button(tr("Đăng xuất"), "logout", "F9", PRIMARY, yes)])
        stay.setFocus()

    def ask_pen(
        self, words: str, names: Sequence[str], on_pass: Callable[[int], None], on_keep: Callable[[], None]
    ) -> None:
        """Before the pen's PC closes: F9 passes the pen to the one chosen of ``names``, Esc stays open."""
        body = self._open(tr("Chuyển quyền cấp số trước khi đóng?"), words, "rubber-stamp")
        group = QButtonGroup(self._box)
        self._radios = [QRadioButton(f"{index + 1}  {name}") for index, name in enumerate(names)]
        for index, radio in enumerate(self._radios):
            group.addButton(radio, index)
            body.addWidget(radio)
        self._radios[0].setChecked(True)

        def give() -> None:
            place = group.checkedId()
            self.close_dialog()
            on_pass(place)

        self._commit = give
        stay = Button(tr("Ở lại"), "arrow-back-up", "Esc", NORMAL, self.close_dialog)
        keep = Button(tr("Đóng, giữ quyền"), "x", "", NORMAL, self._closing(on_keep))
        self._buttons(body, [stay, keep, Button(tr("Chuyển rồi đóng"), "check", "F9", PRIMARY, give)])
        self._radios[0].setFocus()

    def print_failed(self, words: str, choice: PrintChoice) -> None:
        """Print again, another printer, or later; the record is saved in any case."""
        body = self._open(tr("Chưa in được"), words, "printer-off", "warn")
        made = []
        for text, icon, kind, run in (
            (tr("Để sau"), "history", NORMAL, choice.later),
            (tr("Chọn máy khác"), "printer", NORMAL, choice.other_printer),
            (tr("In lại"), "refresh", PRIMARY, choice.again),
        ):
            made.append(Button(text, icon, "", kind, self._closing(run)))
        self._buttons(body, made)
        made[-1].setFocus()

    def takes_action(self, action: Action) -> bool:
        """Keys while a dialog stands: Esc closes, F9 commits; nothing else reaches the screen."""
        if action is Action.ESCAPE:
            self.close_dialog()
        elif action is Action.COMMIT and self._commit is not None:
            self._commit()
        return action is not Action.OPEN

    def close_dialog(self) -> None:
        """Closes; focus returns to where it was."""
        self._commit = None
        self.hide()
        if self._box is not None:
            self._outer.removeWidget(self._box)
            self._box.hide()
            self._box.deleteLater()
            self._box = None
        if self._before is not None and isValid(self._before):
            self._before.setFocus()
        self._before = None

    def place(self) -> None:
        """Covers the parent."""
        parent = self.parentWidget()
        if parent is not None:
            self.setGeometry(parent.rect())

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab stays inside."""
        return self._step(forward)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Digits choose a reason while no text has focus; Tab stays inside; Enter presses a button."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            return self._step(event.key() == Qt.Key.Key_Tab)
        if isinstance(watched, QRadioButton) and event.text().isdigit():
            buttons = self._radios
            place = int(event.text()) - 1
            if 0 <= place < len(buttons):
                buttons[place].setChecked(True)
                buttons[place].setFocus()
                return True
        if isinstance(watched, Button) and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            watched.click()
            return True
        return False

    def _closing(self, run: Callable[[], None]) -> Callable[[], None]:
        def close_and_run() -> None:
            self.close_dialog()
            run()

        return close_and_run

    def _open(self, title: str, words: str, icon: str, role: str = "primary") -> QVBoxLayout:
        if self.is_open():
            before = self._before
            self.close_dialog()
            self._before = before
        else:
            self._before = QApplication.focusWidget()
        self._box = QFrame()
        self._box.setObjectName("dialog")
        self._box.setFixedWidth(themes.current().size(WIDTH))
        self._box.setAccessibleName(title)
        body = QVBoxLayout(self._box)
        body.setContentsMargins(20, 16, 20, 16)
        body.setSpacing(9)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(Icon(icon, role, 20), 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(label(title, "h2", wrap=True), 1)
        body.addLayout(head)
        if words:
            body.addWidget(label(words, wrap=True))
        self._outer.addWidget(self._box, 0, Qt.AlignmentFlag.AlignCenter)
        return body

    def _widen(self, contents: int) -> None:
        """Long reasons (the grounds of the law) are not cut."""
        if self._box is not None:
            room = max(self._box.width(), min(contents + 48, self.width() - 80))
            self._box.setFixedWidth(room)

    def _buttons(self, body: QVBoxLayout, buttons: list[Button]) -> None:
        row = QHBoxLayout()
        row.addStretch(1)
        for button in buttons:
            row.addWidget(button)
        self._widen(sum(button.sizeHint().width() + row.spacing() for button in buttons))
        body.addSpacing(4)
        body.addLayout(row)
        for child in self._inside():
            child.installEventFilter(self)
        self.place()
        self.show()
        self.raise_()

    def _inside(self) -> list[QWidget]:
        if self._box is None:
            return []
        return [
            child
            for child in self._box.findChildren(QWidget)
            if child.focusPolicy() & Qt.FocusPolicy.TabFocus and not isinstance(child, QLabel)
        ]

    def _step(self, forward: bool) -> bool:
        inside = self._inside()
        if not inside:
            return True
        now = QApplication.focusWidget()
        place = inside.index(now) if now in inside else -1
        inside[(place + (1 if forward else -1)) % len(inside)].setFocus(Qt.FocusReason.TabFocusReason)
        return True
