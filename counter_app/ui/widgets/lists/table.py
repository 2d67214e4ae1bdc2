"""Lists: one model base, one cell description, one view. The delegate paints all of it (``delegate.py``).

A screen's ``rows.py`` subclasses ``CellModel`` and answers ``cell(row, column)``; nothing is built for rows
that are not seen, so 10,000 rows cost nothing. No ``setIndexWidget``, no ``::item`` style rules.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QMouseEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from counter_app.ui.theme import theme as themes
from counter_app.ui.widgets.lists.delegate import CELL_ROLE, CellDelegate, CellSpec

Index = QModelIndex | QPersistentModelIndex
FETCH = 200

__all__ = ["CellModel", "CellSpec", "Column", "TableView"]


@dataclass(frozen=True, slots=True)
class Column:
    """Head of a column. ``width`` px at 100 %, 0 stretches; ``right`` aligns head and numbers.

    ``grow``: its share of the room that is left, on top of its width; ``roomy``: given up when the text is
    larger than 115 %, so that what people read first keeps its room.
    """

    words: str
    width: int = 0
    right: bool = False
    centre: bool = False
    grow: int = 0
    roomy: bool = False


class CellModel(QAbstractTableModel):
    """Base of every ``rows.py``. Override ``cell`` (and ``row_words`` if the cells do not say it all)."""

    def __init__(self, columns: Sequence[Column]) -> None:
        """Columns are fixed for the model's life."""
        super().__init__()
        self.columns = tuple(columns)
        self._rows: Sequence[Any] = ()
        self._shown = 0
        self.ticked: set[int] = set()

    def rows(self) -> Sequence[Any]:
        """All rows, seen or not."""
        return self._rows

    def show_rows(self, rows: Sequence[Any]) -> None:
        """Replaces all rows; ticks are forgotten."""
        self.beginResetModel()
        self._rows = rows
        self._shown = min(len(rows), FETCH)
        self.ticked.clear()
        self.endResetModel()

    def replace_row(self, row: int, value: Any) -> None:
        """Changes one row in place; the sequence must be a list."""
        assert isinstance(self._rows, list)
        self._rows[row] = value
        self.dataChanged.emit(self.index(row, 0), self.index(row, len(self.columns) - 1))

    def cell(self, row: int, column: int) -> CellSpec:
        """What stands in a cell."""
        raise NotImplementedError

    def row_words(self, row: int) -> str:
        """The whole row for a screen reader: the words of its cells."""
        parts = (self.cell(row, column).spoken() for column in range(len(self.columns)))
        return ", ".join(part for part in parts if part)

    def tick(self, row: int, on: bool | None = None) -> None:
        """Ticks, unticks or turns a row."""
        on = row not in self.ticked if on is None else on
        (self.ticked.add if on else self.ticked.discard)(row)
        self.dataChanged.emit(self.index(row, 0), self.index(row, len(self.columns) - 1))

    def rowCount(self, parent: Index | None = None) -> int:
        """Rows handed to the view so far."""
        return 0 if parent is not None and parent.isValid() else self._shown

    def columnCount(self, parent: Index | None = None) -> int:
        """Columns."""
        return 0 if parent is not None and parent.isValid() else len(self.columns)

    def canFetchMore(self, parent: Index) -> bool:
        """More rows than were handed over."""
        return not parent.isValid() and self._shown < len(self._rows)

    def fetchMore(self, parent: Index) -> None:
        """The next 200."""
        upto = min(self._shown + FETCH, len(self._rows))
        self.beginInsertRows(QModelIndex(), self._shown, upto - 1)
        self._shown = upto
        self.endInsertRows()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Cell for the delegate, words for search and screen readers."""
        if not index.isValid():
            return None
        if role == CELL_ROLE:
            return self.cell(index.row(), index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return self.cell(index.row(), index.column()).spoken()
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.row_words(index.row())
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.cell(index.row(), index.column()).tooltip or None
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Words and alignment of the heads."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.words
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
            side = Qt.AlignmentFlag.AlignHCenter if column.centre else side
            return side | Qt.AlignmentFlag.AlignVCenter
        return None


class TableView(QTableView):
    """The list of a screen. Row heights: ``compact`` 34, ``normal`` 42, ``two_line`` 48 px at 100 %."""

    current_changed = Signal(int)
    tick_clicked = Signal(int)
    opened = Signal(int)

    def __init__(
        self,
        model: CellModel,
        row: str = "two_line",
        name: str = "",
        *,
        heads: bool = True,
        fill_current: bool = True,
        fill_held: bool = False,
    ) -> None:
        """``name``: what a screen reader calls the list; ``fill_current`` off where rows are ticked.

        ``fill_held`` fills the current row while the list holds the focus: the second list of a page.
        """
        super().__init__()
        self.fill_current, self.fill_held = fill_current, fill_held
        self._scroll: int | None = None
        self._row = row
        self._model = model
        self.setAccessibleName(name)
        self.setObjectName("flush")
        self.setModel(model)
        self.setItemDelegate(CellDelegate(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionsClickable(False)
        head.setVisible(heads)
        self.setMinimumHeight(96)
        self.apply_sizes()
        self.selectionModel().currentRowChanged.connect(lambda now, _old: self._row_changed(now.row()))
        self.doubleClicked.connect(lambda index: self.opened.emit(index.row()))
        model.modelAboutToBeReset.connect(self._keep_scroll)
        model.modelReset.connect(self._keep_current)
        self._keep_current()

    def apply_sizes(self) -> None:
        """Row height and column widths at the text scale in force."""
        theme = themes.current()
        height = theme.size(f"row_{self._row}")
        self.verticalHeader().setMinimumSectionSize(height)
        self.verticalHeader().setDefaultSectionSize(height)
        head = self.horizontalHeader()
        head.setMinimumSectionSize(24)
        head.setFixedHeight(theme.size(32))
        for index, column in enumerate(self._model.columns):
            fixed = column.width > 0
            head.setSectionResizeMode(
                index, QHeaderView.ResizeMode.Fixed if fixed else QHeaderView.ResizeMode.Stretch
            )
            self.setColumnHidden(index, column.roomy and theme.scale > themes.ROOMY_UP_TO)
            if fixed:
                self.setColumnWidth(index, theme.column(column.width))
        self._share_room()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Once seen, the list has forgotten where it was scrolled before."""
        self._scroll = None
        super().paintEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Columns that grow share what is left."""
        super().resizeEvent(event)
        self._share_room()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The whole current row shows that the keys are here."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """And that they are not any more."""
        super().focusOutEvent(event)
        self.viewport().update()

    def current_row(self) -> int:
        """Row of the bar, -1 when there is none."""
        return self.currentIndex().row()

    def go_to(self, row: int, *, at_top: bool = False) -> None:
        """Moves the bar and shows the row; ``at_top`` shows as much as possible of what follows it.

        A list just read again stays scrolled where it was, unless the row would be out of sight.
        """
        while row >= self._model.rowCount() and self._model.canFetchMore(QModelIndex()):
            self._model.fetchMore(QModelIndex())
        if 0 <= row < self._model.rowCount():
            hint = QAbstractItemView.ScrollHint
            self.executeDelayedItemsLayout()  # else the range is that of the rows before
            if self._scroll is not None:
                self.verticalScrollBar().setValue(self._scroll)
            self._scroll = None
            self.setCurrentIndex(self._model.index(row, 0))
            self.scrollTo(self._model.index(row, 0), hint.PositionAtTop if at_top else hint.EnsureVisible)

    def show_again(self, values: Sequence[Any], identity: Callable[[Any], object]) -> None:
        """Rows that were read again: the bar stays on its row wherever that stands now, else at its place."""
        place, rows = self.current_row(), self._model.rows()
        chosen = identity(rows[place]) if 0 <= place < len(rows) else None
        self._model.show_rows(values)
        last = min(max(place, 0), max(len(values) - 1, 0))
        self.go_to(next((i for i, one in enumerate(values) if identity(one) == chosen), last))

    def tick_current(self, allowed: Callable[[int], bool] = lambda _row: True) -> bool:
        """Turns the tick of the current row and goes on to the next; False when there is no row."""
        row = self.current_row()
        if row < 0 or not allowed(row):
            return False
        self._model.tick(row)
        self.go_to(row + 1)
        return True

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Home and End are the first and the last row: a list has no cells to walk through."""
        if action is QAbstractItemView.CursorAction.MoveHome:
            return self._model.index(0, 0)
        if action is QAbstractItemView.CursorAction.MoveEnd:
            while self._model.canFetchMore(QModelIndex()):
                self._model.fetchMore(QModelIndex())
            return self._model.index(self._model.rowCount() - 1, 0)
        return super().moveCursor(action, modifiers)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on a tick turns it; a click elsewhere moves the bar."""
        index = self.indexAt(event.position().toPoint())
        super().mousePressEvent(event)
        if index.isValid() and self._model.cell(index.row(), index.column()).tick is not None:
            self.tick_clicked.emit(index.row())

    def _share_room(self) -> None:
        theme = themes.current()
        shown = [
            (index, column)
            for index, column in enumerate(self._model.columns)
            if not self.isColumnHidden(index)
        ]
        shares = sum(column.grow for _, column in shown)
        if not shares:
            return
        left = self.viewport().width() - sum(theme.column(column.width) for _, column in shown)
        left = max(left, 0)
        for index, column in shown:
            if column.grow:
                more = left * column.grow // shares
                left, shares = left - more, shares - column.grow
                self.setColumnWidth(index, theme.column(column.width) + more)

    def _row_changed(self, row: int) -> None:
        self.viewport().update()
        self.current_changed.emit(row)

    def _keep_scroll(self) -> None:
        self._scroll = self.verticalScrollBar().value()

    def _keep_current(self) -> None:
        if self._model.rowCount():
            self.setCurrentIndex(self._model.index(0, 0))
