"""The page of one tab, read in one go."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from counter_app.services.ports.home import HomePort, HomeView
from counter_app.ui.background import Background


class HomeModel(QObject):
    """Tiles, tabs, rows and the side card of the tab in front."""

    changed = Signal()
    unread = Signal(object)
    """The page could not be read."""

    def __init__(self, port: HomePort, background: Background) -> None:
        """Reads nothing before ``read``."""
        super().__init__()
        self._port, self._background = port, background
        self.tab = "todo"
        self.page: HomeView | None = None

    def read(self) -> None:
        """Reads the page again."""
        port, tab = self._port, self.tab
        self._background.run_query(
            lambda: port.home(tab), self._show, self.unread.emit, owner=self, key="home.page"
        )

    def choose_tab(self, tab: str) -> None:
        """Another group of the list."""
        if tab != self.tab:
            self.tab = tab
            self.read()

    def _show(self, page: HomeView) -> None:
        self.page = page
        self.changed.emit()
