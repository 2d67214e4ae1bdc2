"""The hook that tells the screens what changed: from any thread in, on the main thread out, gathered."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot


class Notifications(QObject):
    """``post`` from any thread; ``changed`` fires on the main thread once for all areas of a moment."""

    changed = Signal(object)
    _posted = Signal(object)

    def __init__(self) -> None:
        """Gathers what arrives within one turn of the event loop."""
        super().__init__()
        self._areas: set[str] = set()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._tell)
        self._posted.connect(self._gather, Qt.ConnectionType.QueuedConnection)

    def post(self, areas: frozenset[str]) -> None:
        """The listener given to ``Program.on_change``; safe from a worker."""
        self._posted.emit(areas)

    def listen(self, listener: Callable[[frozenset[str]], None]) -> None:
        """Calls the listener on the main thread with the areas that changed."""
        self.changed.connect(listener)

    @Slot(object)
    def _gather(self, areas: frozenset[str]) -> None:
        self._areas |= areas
        self._timer.start()

    @Slot()
    def _tell(self) -> None:
        areas, self._areas = frozenset(self._areas), set()
        self.changed.emit(areas)
