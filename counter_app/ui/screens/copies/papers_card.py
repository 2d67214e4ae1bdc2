"""Part 2: the list of papers with its fast entry."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from counter_app.services.ports.copies import RequestForm, RequestView
from counter_app.ui.i18n import tr
from counter_app.ui.screens.copies.entry import typed_row
from counter_app.ui.screens.copies.row_editor import RowEditor
from counter_app.ui.screens.copies.rows import FAULTY, Line, PapersModel, lines_of
from counter_app.ui.widgets.button import LINK, Button
from counter_app.ui.widgets.card import Card
from counter_app.ui.widgets.lists.badge import Badge
from counter_app.ui.widgets.lists.states import ListStack
from counter_app.ui.widgets.lists.table import TableView
from counter_app.ui.widgets.text import ElidedLabel


class PapersCard(Card):
    """Enter closes the text and goes to the tick; Space ticks and opens the next row.

    ``written`` (row, text), ``tick_asked`` (row), ``refuse_asked``, ``ended`` (Enter on the empty last row).
    """

    written = Signal(int, str)
    tick_asked = Signal(int)
    refuse_asked = Signal()
    row_closed = Signal(int)
    """Enter closed the text of a row that stands in the list now."""
    ended = Signal()
    moved = Signal(int)

    def __init__(self) -> None:
        """One empty line."""
        super().__init__(tr("Giấy tờ cần chứng thực"), "2", flush=True)
        self.refuse_button = Button(tr("Từ chối, in phiếu"), "ban", "R", LINK, self.refuse_asked.emit)
        self.book = ElidedLabel("", "caption", "text2")
        self.book_number = ElidedLabel("", "caption_strong")
        self.place = Badge("", "wait", "lock")
        self.place.hide()
        self.add_to_head(self.refuse_button, self.book, self.book_number, self.place)
        self.model = PapersModel()
        self.table = TableView(self.model, "normal", tr("Giấy tờ cần chứng thực"), fill_current=False)
        self.editor = RowEditor(self.table, self.model)
        self.stack = ListStack(self.table, QWidget())
        self.add(self.stack, 1)
        self._form = RequestForm()
        self._locked = False
        self.editor.closed.connect(self._closed)
        self.editor.moved.connect(self._move)
        self.table.tick_clicked.connect(self._clicked)
        self.table.opened.connect(lambda place: self.open_row(self.model.line(place).row))
        self.table.current_changed.connect(lambda _place: self.moved.emit(self.current().row))

    def show_book(self, book: str, place: str) -> None:
        """Register and where numbers are given; never a number."""
        words, _, number = book.rpartition(" ") if any(c.isdigit() for c in book) else (book, "", "")
        self.book.setText(words)
        self.book_number.setText(number)
        self.place.setVisible(bool(place))
        self.place.show_state(place, "wait", "lock")

    def show_rows(self, form: RequestForm, view: RequestView | None, viewed: RequestForm) -> None:
        """The list again, with the bar where it was."""
        self._form = form
        lines = lines_of(form, view, viewed)
        if lines == list(self.model.rows()):
            return
        row = self.editor.row() if self.editor.is_open() else self.current().row
        self.model.show_rows(lines)
        self.table.go_to(self.model.place_of(row))
        self.editor.place()

    def current(self) -> Line:
        """The line under the bar."""
        return self.model.line(self.table.current_row())

    def current_original(self) -> int | None:
        """The form's row under the bar, None on the line to type in."""
        row = self.current().row
        return row if row < len(self._form.rows) else None

    def open_row(self, row: int) -> None:
        """Opens a row for typing; the row after the last is the new one."""
        if self._locked:
            return
        row = min(row, len(self._form.rows))
        text = typed_row(self._form.rows[row]) if row < len(self._form.rows) else ""
        self.editor.open_at(row, text)

    def open_last(self) -> None:
        """Opens the line to type in."""
        self.open_row(len(self._form.rows))

    def go_to_tick(self, row: int) -> None:
        """Bar and focus on a row's tick."""
        self.editor.dismiss()
        self.table.go_to(self.model.place_of(row))
        self.table.setFocus()

    def close_text(self) -> bool:
        """Takes over what is being typed, as Enter would; True when there was something."""
        if not self.editor.is_open():
            return False
        row, text = self.editor.row(), self.editor.value()
        self.editor.dismiss()
        if text.strip() or row < len(self._form.rows):
            self.written.emit(row, text)
        return bool(text.strip())

    def tick(self) -> bool:
        """Space in the list: ticks and opens the next row; on the line to type in it opens it."""
        line = self.current()
        if line.row >= len(self._form.rows) or line.kind == FAULTY:
            self.open_row(line.row)
            return True
        self.tick_asked.emit(line.row)
        return True

    def after_tick(self, row: int, form: RequestForm) -> None:
        """The next row that is not compared, else the line to type in."""
        waiting = [place for place in range(row + 1, len(form.rows)) if not form.rows[place].compared_at]
        if waiting:
            self.go_to_tick(waiting[0])
        else:
            self.open_last()

    def set_locked(self, locked: bool) -> None:
        """No typing while F9 runs or where there is no right."""
        self._locked = locked
        self.refuse_button.setEnabled(not locked)
        if locked:
            self.editor.dismiss()

    def _closed(self, row: int, text: str) -> None:
        self.editor.dismiss()
        if not text.strip() and row >= len(self._form.rows):
            self.ended.emit()
            return
        before = len(self._form.rows)
        self.written.emit(row, text)
        if len(self._form.rows) < before:  # an emptied row is gone: the keys go on where a row is typed
            self.open_last()
        else:
            self.go_to_tick(row)
            self.row_closed.emit(row)

    def _move(self, step: int) -> None:
        row = self.editor.row()
        self.close_text()
        if step < 0 and row > 0:
            self.go_to_tick(row - 1)
        elif step > 0 and row < len(self._form.rows):
            self.go_to_tick(row + 1)
        else:
            self.open_row(row)

    def _clicked(self, place: int) -> None:
        line = self.model.line(place)
        if line.ticked is not None and line.row < len(self._form.rows):
            self.table.go_to(place)
            self.tick_asked.emit(line.row)
