"""Stray acts that wait, who may stand beside, and dealing with a case; nothing twice by two presses of F9."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from counter_app.services.ports.pen import SecondPerson
from counter_app.services.ports.strays import StrayCaseView, StrayForm, StraysPort
from counter_app.ui.background import Background

Read = tuple[tuple[StrayCaseView, ...], tuple[SecondPerson, ...]]


class StraysModel(QObject):
    """The cases and the persons who may confirm."""

    read_done = Signal()
    unread = Signal(object)
    settled = Signal(str)
    failed = Signal(object)

    def __init__(self, port: StraysPort, background: Background) -> None:
        """Nothing is read yet."""
        super().__init__()
        self._port, self._background = port, background
        self._busy = False
        self.cases: tuple[StrayCaseView, ...] = ()
        self.seconds: tuple[SecondPerson, ...] = ()

    def read(self) -> None:
        """Reads cases and persons again."""
        port = self._port
        self._background.run_query(
            lambda: (port.cases(), port.seconds()), self._show, self.unread.emit, owner=self, key="strays"
        )

    def settle(self, form: StrayForm) -> None:
        """Commits. Called from F9 alone, after both secrets."""
        if self._busy:
            return
        self._busy = True
        port = self._port
        self._background.run_change(lambda: port.settle(form), self._settled, self._refused, owner=self)

    def _show(self, found: Read) -> None:
        self.cases, self.seconds = found
        self.read_done.emit()

    def _settled(self, words: str) -> None:
        self._busy = False
        self.settled.emit(words)
        self.read()

    def _refused(self, error: BaseException) -> None:
        self._busy = False
        self.failed.emit(error)
