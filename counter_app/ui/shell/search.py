"""Ctrl+K: what is found while typing, in groups, below the box; Enter opens the current line."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from counter_app.services.ports.home import SearchHit
from counter_app.ui.background import Background
from counter_app.ui.i18n import tr
from counter_app.ui.shell.topbar import SearchBox
from counter_app.ui.theme import theme as themes
from counter_app.ui.widgets.lists.states import StatePanel
from counter_app.ui.widgets.lists.table import CellModel, CellSpec, Column, TableView

TYPING_PAUSE_MS = 60
ROWS_SEEN = 9
_ICONS = {
    "person": "user",
    "dossier": "file-description",
    "request": "file-text",
    "number": "numbers",
    "procedure": "book",
    "command": "player-play",
}


class _Hits(CellModel):
    def __init__(self) -> None:
        super().__init__((Column(""), Column("", 110, right=True)))

    def cell(self, row: int, column: int) -> CellSpec:
        hit: SearchHit = self.rows()[row]
        if column == 0:
            icon = (_ICONS.get(hit.group, "search"), "text2")
            return CellSpec(hit.title, hit.second_line, icon=icon, weight=600)
        return CellSpec(group_words(hit.group), colour="text3", align="right")


def group_words(group: str) -> str:
    """The group of a hit for people."""
    return {
        "person": tr("Người"),
        "dossier": tr("Hồ sơ"),
        "request": tr("Hồ sơ"),
        "number": tr("Số chứng thực"),
        "procedure": tr("Thủ tục"),
        "command": tr("Lệnh"),
    }.get(group, "")


class SearchPopup(QFrame):
    """The list below the search box. ``search`` runs on a worker; ``on_open`` gets the hit."""

    def __init__(
        self,
        parent: QWidget,
        box: SearchBox,
        background: Background,
        search: Callable[[str], Sequence[SearchHit]],
        on_open: Callable[[SearchHit], None],
    ) -> None:
        """Listens to the box by itself."""
        super().__init__(parent)
        self.setObjectName("hits")
        self._box, self._background, self._search, self._on_open = box, background, search, on_open
        self._model = _Hits()
        self._table = TableView(self._model, "two_line", tr("Kết quả tìm"), heads=False)
        self._table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._table.clicked.connect(lambda index: self._open_row(index.row()))
        empty_words = tr("Thử bỏ bớt chữ, hoặc quét CCCD. Chỉ tìm trên máy này.")
        self._empty = StatePanel(tr("Không thấy."), empty_words, "search")
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.addWidget(self._table)
        column.addWidget(self._empty)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(TYPING_PAUSE_MS)
        self._timer.timeout.connect(self._ask)
        box.textEdited.connect(self.ask_soon)
        box.asked.connect(lambda _text: self._open_row(self._table.current_row()))
        box.installEventFilter(self)
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up and down move the bar while the box keeps focus; leaving the box closes."""
        if event.type() == QEvent.Type.FocusOut:
            self.hide()
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self.isVisible():
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
            if step:
                self._table.go_to(max(0, self._table.current_row() + step))
                return True
        return False

    def ask_soon(self) -> None:
        """Search for what stands in the box as soon as the typing pauses."""
        self._timer.start()

    def show_hits(self, hits: Sequence[SearchHit]) -> None:
        """Shows what was found, or the words for nothing."""
        self._model.show_rows(hits)
        self._table.setVisible(bool(hits))
        self._empty.setVisible(not hits)
        self._place(max(3, min(len(hits), ROWS_SEEN)))
        self.show()
        self.raise_()

    def _ask(self) -> None:
        text = self._box.text().strip()
        if not text:
            self.hide()
            return
        search = self._search
        self._background.run_query(lambda: search(text), self.show_hits, owner=self, key="search")

    def _open_row(self, row: int) -> None:
        if self.isVisible() and 0 <= row < len(self._model.rows()):
            hit = self._model.rows()[row]
            self.hide()
            self._box.clear()
            self._on_open(hit)

    def _place(self, rows: int) -> None:
        parent = self.parentWidget()
        if parent is None:
            return
        theme = themes.current()
        under = self._box.mapTo(parent, self._box.rect().bottomLeft())
        width = max(self._box.width(), theme.size(460))
        left = min(under.x(), parent.width() - width - 8)
        self.setGeometry(left, under.y() + 4, width, rows * theme.size("row_two_line") + 4)
