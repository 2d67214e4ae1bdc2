"""One tab of the queue, or the online list, read in one go."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from counter_app.services.ports.dossiers import DossiersPort, QueueView
from counter_app.ui.background import Background

MINE, UNIT, WAITING, DECIDING, LATE, ONLINE = "mine", "unit", "waiting", "deciding", "late", "online"


class QueueReader(QObject):
    """The rows of the tab in front; an answer for another tab than the one in front is not shown."""

    changed = Signal()
    unread = Signal(object)

    def __init__(self, port: DossiersPort, background: Background, tab: str = MINE) -> None:
        """Reads nothing before ``read``."""
        super().__init__()
        self._port, self._background = port, background
        self.tab = tab
        self.page: QueueView | None = None

    def read(self) -> None:
        """Reads the tab again."""
        port, tab = self._port, self.tab
        self._background.run_query(
            lambda: port.online() if tab == ONLINE else port.queue(tab),
            lambda page: self._show(tab, page), self.unread.emit, owner=self, key="dossiers.queue",
        )  # fmt: skip

    def choose(self, tab: str) -> None:
        """Another tab."""
        if tab != self.tab:
            self.tab = tab
            self.read()

    def _show(self, tab: str, page: QueueView) -> None:
        if tab == self.tab:
            self.page = page
            self.changed.emit()
