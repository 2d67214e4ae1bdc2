"""A supervisor opens a locked account at this PC: who, his password, the reason (``ux.md`` 4.1)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit

from counter_app.services.ports.session import LOCKED, PersonChoice
from counter_app.ui.focus_chain import FocusChain
from counter_app.ui.i18n import tr
from counter_app.ui.widgets.button import NORMAL, PRIMARY, Button
from counter_app.ui.widgets.card import Card
from counter_app.ui.widgets.fields.field import Field
from counter_app.ui.widgets.text import label
from sync.protocol.naming.ids import EntryId


class OpeningCard(Card):
    """``given`` carries the supervisor, his password and the reason; ``left`` that it was put aside."""

    given = Signal(object, str, str)
    left = Signal()

    def __init__(self) -> None:
        """Empty until ``ask``."""
        super().__init__(tr("Lãnh đạo mở khóa"), role="h2")
        self._words = label("", "caption", "text2", wrap=True)
        self.supervisor = QComboBox()
        self.supervisor.setAccessibleName(tr("Lãnh đạo"))
        self.password = Field(tr("Mật khẩu của lãnh đạo"), required=True)
        self.password.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.reason = Field(tr("Lý do mở khóa"), required=True)
        self._wrong = label("", "caption", "bad", wrap=True)
        for part in (self._words, self.supervisor, self.password, self.reason, self._wrong):
            self.add(part)
        self.add(Button(tr("Mở khóa tài khoản"), "lock-open", "F9", PRIMARY, self.commit))
        self.add(Button(tr("Để sau"), "history", "Esc", NORMAL, self.left.emit))
        self.body.addStretch(1)
        self._chain = FocusChain((self.supervisor, self.password.edit, self.reason.edit))
        self._people: tuple[PersonChoice, ...] = ()

    def ask(self, locked: PersonChoice, people: Sequence[PersonChoice]) -> None:
        """Who may open: anybody of this PC but the locked one; rights are checked when it is done."""
        self._people = tuple(one for one in people if one.official != locked.official and one.needs != LOCKED)
        self.supervisor.clear()
        self.supervisor.addItems([f"{one.name} - {one.title}" for one in self._people])
        self._words.setText(tr("Mở cho {name}. Lý do được ghi vào nhật ký.").format(name=locked.name))
        self.password.fill("")
        self.reason.fill("")
        self.show_wrong("")
        self.supervisor.setFocus()

    def commit(self) -> None:
        """F9: nothing is given while a field is empty."""
        self.password.show_error("" if self.password.edit.text() else tr("Nhập mật khẩu."))
        self.reason.show_error("" if self.reason.text() else tr("Ghi lý do mở khóa."))
        wrong = next((one for one in (self.password, self.reason) if one.error()), None)
        if wrong is not None:
            wrong.edit.setFocus()
        elif self._people:
            chosen: EntryId = self._people[max(self.supervisor.currentIndex(), 0)].official
            self.given.emit(chosen, self.password.edit.text(), self.reason.text())

    def show_wrong(self, words: str) -> None:
        """The refusal's words."""
        self._wrong.setText(words)
        self._wrong.setVisible(bool(words))
