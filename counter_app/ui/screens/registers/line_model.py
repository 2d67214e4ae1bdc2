"""A note and a correction on one line of a register; all verbs return at once."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from counter_app.services.ports.pen import PenDeskPort
from counter_app.services.ports.register_years import CorrectionForm
from counter_app.services.ports.registers import RegistersPort
from counter_app.ui.background import Background
from sync.protocol.naming.ids import EntryId


class LineModel(QObject):
    """Each act is committed once until it is answered."""

    seconds_read = Signal(object)
    """``SecondPerson``s who may stand beside a correction."""
    done = Signal(str)
    failed = Signal(object)

    def __init__(self, port: RegistersPort, pen: PenDeskPort, background: Background) -> None:
        """Reads nothing before it is asked."""
        super().__init__()
        self._port, self._pen, self._background = port, pen, background
        self._acts = False

    def ask_seconds(self) -> None:
        """``seconds_read`` tells."""
        self._background.run_query(
            self._pen.seconds, self.seconds_read.emit, self.failed.emit, owner=self, key="registers.beside"
        )

    def note(self, line: EntryId, words: str) -> None:
        """Commits a note. Called from F9 alone."""
        port = self._port
        self._act(lambda: port.note(line, words))

    def correct(self, form: CorrectionForm) -> None:
        """Commits a correction by two persons. Called from F9 alone."""
        port = self._port
        self._act(lambda: port.correct(form))

    def _act(self, act: Callable[[], str]) -> None:
        if not self._acts:
            self._acts = True
            self._background.run_change(act, self._done, self._not_done, owner=self)

    def _done(self, sentence: str) -> None:
        self._acts = False
        self.done.emit(sentence)

    def _not_done(self, error: BaseException) -> None:
        self._acts = False
        self.failed.emit(error)
