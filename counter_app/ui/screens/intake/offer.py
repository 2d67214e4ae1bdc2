"""Live results: communes under their cell, procedures under theirs; the keys stay in the text."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from counter_app.services.ports.intake import PlaceHit
from counter_app.ui.i18n import tr
from counter_app.ui.screens.intake.rows import PlacesModel
from counter_app.ui.theme import theme as themes
from counter_app.ui.widgets.fields.field import Line
from counter_app.ui.widgets.lists.table import TableView

OFFERED = 5
_WIDE = 320


class PlaceLine(Line):
    """Free letters of a commune; ``wanted`` asks for hits, ``picked`` carries the ``PlaceHit``."""

    wanted = Signal(str)
    picked = Signal(object)
    edited = Signal()

    def __init__(self) -> None:
        """Nothing offered."""
        super().__init__()
        self.model = PlacesModel()
        self._frame: QFrame | None = None
        self.table = TableView(self.model, "compact", tr("Xã, phường tìm thấy"), heads=False)
        self.table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.table.setMinimumHeight(0)
        self.table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.table.hide()
        self.table.setParent(self)  # without one it would outlive the page, and the page's memory with it
        self.table.clicked.connect(lambda index: self._take(index.row()))
        self.textEdited.connect(self._ask)
        self.installEventFilter(self)

    def is_open(self) -> bool:
        """Whether something is offered."""
        return self._frame is not None and not self._frame.isHidden()

    def show_hits(self, hits: Sequence[PlaceHit]) -> None:
        """What fits the letters so far, the first one under the bar."""
        self.model.show_rows(list(hits[:OFFERED]))
        frame = self._frame or self._make_frame()
        frame.setVisible(bool(hits) and self.hasFocus())
        if not self.is_open():
            return
        height = themes.current().size("row_compact") * self.model.rowCount() + 2
        window = self.window()
        corner = self.mapTo(window, QPoint(0, self.height() + 2))
        wide = themes.current().column(_WIDE)
        left = min(corner.x(), max(0, window.width() - wide - 8))
        frame.setGeometry(left, corner.y(), wide, height)
        frame.raise_()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The offer goes with the focus."""
        super().focusOutEvent(event)
        self.close_offer()

    def close_offer(self) -> None:
        """Nothing offered any more."""
        if self._frame is not None:
            self._frame.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows move in the offer, Enter takes what is under the bar and goes on as Enter does."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent) or not self.is_open():
            return False
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        if step:
            self.table.go_to(max(0, min(self.table.current_row() + step, self.model.rowCount() - 1)))
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take(self.table.current_row())
        return False

    def _take(self, row: int) -> None:
        if 0 <= row < self.model.rowCount():
            hit = self.model.rows()[row]
            self.close_offer()
            self.picked.emit(hit)

    def _ask(self, text: str) -> None:
        self.edited.emit()
        if text.strip():
            self.wanted.emit(text)
        else:
            self.close_offer()

    def _make_frame(self) -> QFrame:
        frame = QFrame(self.window())
        frame.setObjectName("hits")
        column = QVBoxLayout(frame)
        column.setContentsMargins(1, 1, 1, 1)
        column.addWidget(self.table)
        self.table.show()
        frame.hide()
        self.destroyed.connect(frame.deleteLater)  # it is the window's, which stays when the page goes
        self._frame = frame
        return frame


class Hits(QFrame):
    """The list below the procedure's field; never takes focus. ``chosen`` carries the place."""

    chosen = Signal(int)

    def __init__(self, table: TableView) -> None:
        """Hidden until there is something to offer."""
        super().__init__()
        self.setObjectName("hits")
        self.table = table
        table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        table.setMinimumHeight(0)
        table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        table.clicked.connect(self._clicked)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.addWidget(table)
        self.hide()

    def fit(self, rows: int, row: str) -> None:
        """As high as its rows."""
        self.table.setFixedHeight(themes.current().size(f"row_{row}") * rows)
        self.setVisible(rows > 0)

    def step(self, by: int) -> None:
        """Moves the bar."""
        last = self.table.model().rowCount() - 1
        self.table.go_to(max(0, min(self.table.current_row() + by, last)))

    def _clicked(self, index: QModelIndex) -> None:
        self.chosen.emit(index.row())


def hosts(widget: QWidget, other: QWidget | None) -> bool:
    """Whether ``other`` is ``widget`` or stands in it."""
    return other is not None and (other is widget or widget.isAncestorOf(other))
