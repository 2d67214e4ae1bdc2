"""What was typed and what was found; the acts on a register line."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from counter_app.services.ports.home import HomePort, SearchHit
from counter_app.services.ports.registers import RegistersPort
from counter_app.ui.background import Background

TYPING_PAUSE_MS = 60
MOST = 60


class SearchModel(QObject):
    """Searches as typed; only the newest answer counts."""

    found = Signal()
    history_known = Signal(object, object)
    """(hit, its acts in words, oldest first)."""
    failed = Signal(object)

    def __init__(self, home: HomePort, registers: RegistersPort, background: Background) -> None:
        """Nothing typed."""
        super().__init__()
        self._home, self._registers, self._background = home, registers, background
        self.text = ""
        self.hits: tuple[SearchHit, ...] = ()
        self.answered = ""
        """The text the hits were found for."""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(TYPING_PAUSE_MS)
        self._timer.timeout.connect(self.search)

    def type(self, text: str) -> None:
        """The text as it stands; asked after a short pause."""
        self.text = text.strip()
        self._timer.start()

    def search(self) -> None:
        """Asks now."""
        self._timer.stop()
        text, home = self.text, self._home
        if not text:
            self._show("", ())
            return
        self._background.run_query(
            lambda: home.search(text, MOST), lambda hits: self._show(text, hits), self._stopped,
            owner=self, key="search.hits",
        )  # fmt: skip

    def ask_history(self, hit: SearchHit) -> None:
        """The acts on a register line; other hits have none here."""
        line, registers = hit.subject, self._registers
        if hit.group != "number" or line is None:
            self.history_known.emit(hit, ())
            return
        self._background.run_query(
            lambda: registers.history(line), lambda acts: self.history_known.emit(hit, acts),
            self._no_history, owner=self, key="search.history",
        )  # fmt: skip

    def _show(self, text: str, hits: tuple[SearchHit, ...]) -> None:
        if text != self.text:
            return
        self.hits, self.answered = hits, text
        self.found.emit()

    def _stopped(self, error: BaseException) -> None:
        self.hits, self.answered = (), self.text
        self.failed.emit(error)

    def _no_history(self, error: BaseException) -> None:
        """The hit itself stands; its history can be read in the register."""
