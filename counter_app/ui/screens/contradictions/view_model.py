"""What waits for a decision, what was decided, and deciding; nothing twice by two presses of F9."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from counter_app.services.ports.contradictions import (
    ContradictionsPort,
    ContradictionView,
    DecisionForm,
    SettledView,
)
from counter_app.ui.background import Background

Read = tuple[tuple[ContradictionView, ...], tuple[SettledView, ...]]


class ContradictionsModel(QObject):
    """Reads both lists at once, so that a row is never in both."""

    read_done = Signal()
    unread = Signal(object)
    decided = Signal(str)
    failed = Signal(object)

    def __init__(self, port: ContradictionsPort, background: Background) -> None:
        """Nothing is read yet."""
        super().__init__()
        self._port, self._background = port, background
        self._busy = False
        self.waiting: tuple[ContradictionView, ...] = ()
        self.settled: tuple[SettledView, ...] = ()

    def read(self) -> None:
        """Reads both lists again."""
        port = self._port
        self._background.run_query(
            lambda: (port.waiting(), port.settled()), self._show, self.unread.emit, owner=self,
            key="contradictions",
        )  # fmt: skip

    def decide(self, form: DecisionForm) -> None:
        """Commits. Called from F9 alone, after the secret."""
        if self._busy:
            return
        self._busy = True
        port = self._port
        self._background.run_change(lambda: port.settle(form), self._decided, self._refused, owner=self)

    def _show(self, found: Read) -> None:
        self.waiting, self.settled = found
        self.read_done.emit()

    def _decided(self, words: str) -> None:
        self._busy = False
        self.decided.emit(words)
        self.read()

    def _refused(self, error: BaseException) -> None:
        self._busy = False
        self.failed.emit(error)
