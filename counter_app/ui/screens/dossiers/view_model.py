"""One tab of the queue, or the online list, read in one go."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from counter_app.services.ports.dossiers import DossiersPort, DossierView, QueueView
from counter_app.ui.background import Background
from sync.protocol.naming.ids import EntryId

MINE, FIELDS, UNIT, WAITING = "mine", "fields", "unit", "waiting"
DECIDING, LATE, ONLINE = "deciding", "late", "online"


class QueueReader(QObject):
    """The rows of the tab in front; an answer for another tab than the one in front is not shown."""

    changed = Signal()
    unread = Signal(object)
    written = Signal(str)
    """Where a register was written."""
    failed = Signal(object)

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

    def write_register(self, *, whole_year: bool = False) -> None:
        """Form 07 as a file: today's lines of this counter as PDF, or the unit's year as Excel."""
        port = self._port
        self._background.run_change(
            lambda: port.tracking_register(whole_year=whole_year),
            self.written.emit,
            self.failed.emit,
            owner=self,
        )

    def _show(self, tab: str, page: QueueView) -> None:
        if tab == self.tab:
            self.page = page
            self.changed.emit()


class PreviewReader(QObject):
    """The dossier under the bar; an answer about one that the bar left meanwhile is not shown."""

    changed = Signal(object)
    """``DossierView``, or None while nothing is under the bar."""
    unread = Signal(object)

    def __init__(self, port: DossiersPort, background: Background) -> None:
        """Reads nothing before ``show``."""
        super().__init__()
        self._port, self._background = port, background
        self.wanted: EntryId | None = None

    def show(self, dossier: EntryId | None) -> None:
        """Another row; the same one is read again, for it may have changed."""
        self.wanted = dossier
        if dossier is None:
            self.changed.emit(None)
            return
        port = self._port
        self._background.run_query(
            lambda: port.look(dossier), lambda view: self._show(dossier, view),
            lambda error: self._fail(dossier, error), owner=self, key="dossiers.preview",
        )  # fmt: skip

    def _show(self, dossier: EntryId, view: DossierView) -> None:
        if dossier == self.wanted:
            self.changed.emit(view)

    def _fail(self, dossier: EntryId, error: BaseException) -> None:
        if dossier == self.wanted:
            self.unread.emit(error)
