"""The report in the card of the books: its table, where its figures come from, Excel and PDF."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from counter_app.services.ports.register_reports import Report, ReportRow
from counter_app.services.ports.register_row import RegisterRow
from counter_app.ui.i18n import tr
from counter_app.ui.screens.registers.report_rows import (
    FIGURE_OF_COLUMN,
    FIRST_FIGURE,
    LinesTable,
    ReportTable,
    words_of_figure,
)
from counter_app.ui.widgets.button import Button
from counter_app.ui.widgets.lists.states import ListStack, StatePanel
from counter_app.ui.widgets.lists.table import TableView
from counter_app.ui.widgets.text import ElidedLabel, label


class ReportPane(QWidget):
    """Up and down choose a row, left and right a figure; Enter opens the lines behind it."""

    def __init__(self) -> None:
        """Empty."""
        super().__init__()
        self.rows = ReportTable()
        self.table = TableView(self.rows, "compact", tr("Báo cáo chứng thực"))
        self.stack = ListStack(self.table, StatePanel(tr("Kỳ này chưa có số nào."), "", "books"))
        self.excel = Button(tr("Xuất Excel"), "file-spreadsheet", "Ctrl E")
        self.pdf = Button(tr("Ghi PDF"), "printer", "Ctrl P")
        self._note = ElidedLabel("", "caption")
        foot = QFrame()
        foot.setObjectName("cardFoot")
        row = QHBoxLayout(foot)
        row.setContentsMargins(14, 7, 11, 7)
        row.setSpacing(10)
        row.addWidget(self._note, 1)
        row.addWidget(self.excel)
        row.addWidget(self.pdf)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.stack, 1)
        column.addWidget(foot)
        self.table.selectionModel().currentChanged.connect(self._moved)

    def show_report(self, report: Report) -> None:
        """A period; the frame stays on its figure."""
        column = max(self.table.currentIndex().column(), FIRST_FIGURE)
        self.table.show_again((*report.rows, report.total), lambda row: (row.kind, row.signatory))
        self.table.setCurrentIndex(self.rows.index(self.table.current_row(), column))
        self.stack.loaded(len(report.rows))
        self._note.setText(report.note)

    def note(self) -> str:
        """Where the figures come from, as the foot says it."""
        return self._note.text()

    def chosen(self) -> tuple[ReportRow | None, str]:
        """The row and the figure under the frame."""
        index = self.table.currentIndex()
        return self.rows.row_at(index.row()), FIGURE_OF_COLUMN[max(index.column(), 0)]

    def _moved(self, now: QModelIndex, _before: QModelIndex) -> None:
        self.rows.mark(now.row(), now.column())


class LinesPanel(QWidget):
    """In the drawer: the lines behind one figure, each to be opened in its book."""

    def __init__(
        self, row: ReportRow, figure: str, lines: tuple[RegisterRow, ...], on_open: Callable[[], None]
    ) -> None:
        """``on_open``: Enter or a double click on a line."""
        super().__init__()
        self.setProperty("wide", True)
        self.rows = LinesTable()
        self.table = TableView(self.rows, "compact", words_of_figure(figure))
        self.rows.show_rows(lines)
        self._on_open = on_open
        self.table.opened.connect(self._opened)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 8, 0)
        column.setSpacing(8)
        column.addWidget(label(row.label, "strong", wrap=True))
        column.addWidget(self.table, 1)
        without = getattr(row, figure) - len(lines)
        self.said = tr("Enter mở dòng trong sổ.")
        if without > 0:
            self.said += " " + tr("{n} số dựng lại từ căn cứ chỉ có trong biên bản.").format(n=without)
        column.addWidget(label(self.said, "caption", "text2", wrap=True))
        self.table.go_to(0)
        self.setFocusProxy(self.table)

    def line(self) -> RegisterRow | None:
        """The line under the bar."""
        place, rows = self.table.current_row(), self.rows.rows()
        return rows[place] if 0 <= place < len(rows) else None

    def _opened(self, _row: int) -> None:
        self._on_open()
