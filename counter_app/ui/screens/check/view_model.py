"""Asks what a code is worth; keeps the last few answers of this sitting."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from counter_app.services.ports.home import CopyVerdict, HomePort
from counter_app.ui.background import Background

KEPT = 6


class CheckModel(QObject):
    """``checked`` when an answer came, newest first in ``verdicts``."""

    checked = Signal()
    failed = Signal(object)

    def __init__(self, home: HomePort, background: Background) -> None:
        """Nothing scanned."""
        super().__init__()
        self._home, self._background = home, background
        self.verdicts: list[CopyVerdict] = []

    def check(self, code: str) -> None:
        """Reads the code against the journals of this PC."""
        home = self._home
        self._background.run_query(
            lambda: home.check_copy(code), self._show, self.failed.emit, owner=self, key="check.copy"
        )

    def _show(self, verdict: CopyVerdict) -> None:
        self.verdicts = [verdict, *self.verdicts][:KEPT]
        self.checked.emit()
