"""The list of hits, made with the first letter typed: its table costs as much as the rest of the frame."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from counter_app.ui.background import Background
from counter_app.ui.shell.topbar import SearchBox

if TYPE_CHECKING:
    from counter_app.services.ports.home import SearchHit
    from counter_app.ui.shell.search import SearchPopup


class SearchWhenTyped(QObject):
    """Listens to ``box`` until somebody types; ``popup`` is None before. Arguments as of ``SearchPopup``."""

    def __init__(
        self,
        frame: QWidget,
        box: SearchBox,
        background: Background,
        search: Callable[[str], Sequence[SearchHit]],
        on_open: Callable[[SearchHit], None],
    ) -> None:
        """Lives as long as ``frame``."""
        super().__init__(frame)
        self.popup: SearchPopup | None = None
        self._frame, self._box, self._background = frame, box, background
        self._search, self._on_open = search, on_open
        box.textEdited.connect(self._begin)

    def _begin(self) -> None:
        from counter_app.ui.shell.search import SearchPopup

        self._box.textEdited.disconnect(self._begin)
        self.popup = SearchPopup(self._frame, self._box, self._background, self._search, self._on_open)
        self.popup.ask_soon()
