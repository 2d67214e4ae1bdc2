"""Asks what a code is worth; keeps the last few answers of this sitting."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from counter_app.services.ports.home import CopyVerdict, HomePort
from counter_app.ui.background import Background

KEPT = 6


class CheckModel(QObject):
    """``checked`` when an answer came, newest first in ``verdicts``."""

    checked = Signal()
    listed = Signal(str)
    """What the page says of the province's list."""
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

    def read_list(self) -> None:
        """``listed`` tells which list of the province is held."""
        home = self._home
        self._background.run_query(
            home.list_words, self.listed.emit, self.failed.emit, owner=self, key="check.list"
        )

    def take_list(self, path: str) -> None:
        """Keeps the list of a file; ``listed`` tells, ``failed`` why not."""
        home = self._home
        self._background.run_change(
            lambda: home.take_list(path), self.listed.emit, self.failed.emit, owner=self
        )

    def _show(self, verdict: CopyVerdict) -> None:
        self.verdicts = [verdict, *self.verdicts][:KEPT]
        self.checked.emit()
