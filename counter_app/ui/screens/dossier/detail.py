"""The whole words of the row under the bar, where the cells of its list end in …"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from counter_app.ui.theme import theme as themes
from counter_app.ui.widgets import painting
from counter_app.ui.widgets.lists.scrolled import scrolled
from counter_app.ui.widgets.lists.table import CellModel, CellSpec, TableView
from counter_app.ui.widgets.text import label

MARGINS = (14, 7, 14, 8)
MOST_LINES = 6
_CELL_SPACE = 20
"""Room of a cell that is not words, px: its padding."""


def wide_words(spec: CellSpec) -> int:
    """Width that a cell's words need, px; 0 for an icon or a badge without words beside it."""
    if not spec.text:
        return 0
    theme = themes.current()
    first = painting.text_width(theme.font("body", spec.weight), spec.text)
    second = painting.text_width(theme.font("caption"), spec.second) if spec.second else 0
    return max(first, second) + (theme.size(17) + 8 if spec.icon is not None else 0)


def is_cut(table: TableView, model: CellModel) -> bool:
    """Whether any cell of the list has more words than room."""
    columns = range(model.columnCount())
    return any(
        wide_words(model.cell(row, column)) > table.columnWidth(column) - _CELL_SPACE
        for row in range(model.rowCount())
        for column in columns
        if not table.isColumnHidden(column)
    )


class Detailed(QWidget):
    """A list with a strip below it. The strip stands only where some cell is cut.

    It is as high as the longest words of the list need, at most six lines (then it scrolls): the list stands
    still while the bar moves.
    """

    def __init__(self, table: TableView, above: QWidget, words: Callable[[Any], str]) -> None:
        """``above``: the table with its states; ``words``: all that a row says, "" for nothing to add."""
        super().__init__()
        self.table, self._words = table, words
        self._model: CellModel = table.model()  # type: ignore[assignment]
        self.text = label("", "caption", "text2", wrap=True)
        self.text.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self._area = scrolled(self.text)
        self.strip = QFrame()
        self.strip.setObjectName("cardFoot")
        inner = QVBoxLayout(self.strip)
        inner.setContentsMargins(*MARGINS)
        inner.addWidget(self._area)
        self.strip.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(above, 1)
        column.addWidget(self.strip)
        table.current_changed.connect(self._show)

    def stands(self) -> bool:
        """Whether the strip has anything to add."""
        return is_cut(self.table, self._model)

    def fit(self) -> None:
        """Rows, widths or text size changed."""
        rows = self._model.rows()
        stands = bool(rows) and self.stands()
        self.strip.setVisible(stands)
        if stands:
            self._area.setFixedHeight(self._height([self._words(row) for row in rows]))
        self._show(self.table.current_row())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other widths, other cells that are cut."""
        super().resizeEvent(event)
        self.fit()

    def _height(self, texts: Sequence[str]) -> int:
        metrics = QFontMetrics(themes.current().font("caption"))
        room = QRect(0, 0, max(self.width() - MARGINS[0] - MARGINS[2] - 10, 80), 10_000)
        wrap = Qt.TextFlag.TextWordWrap
        needed = max(metrics.boundingRect(room, wrap, text).height() for text in texts)
        return min(needed, metrics.lineSpacing() * MOST_LINES) + 4

    def _show(self, place: int) -> None:
        rows = self._model.rows()
        self.text.setText(self._words(rows[place]) if 0 <= place < len(rows) else "")


class ActsDetail(Detailed):
    """Why an act is grey: stands wherever one act of the list has something to say."""

    def stands(self) -> bool:
        """Whether any act says more than its name."""
        return any(self._words(row) for row in self._model.rows())
