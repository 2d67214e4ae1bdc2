"""Files that were found on sticks and beside the program, and a field for any other path."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from counter_app.services.ports.enrolment import FoundFile
from counter_app.ui.i18n import tr
from counter_app.ui.widgets.fields.field import Field
from counter_app.ui.widgets.lists.states import ListStack, StatePanel
from counter_app.ui.widgets.lists.table import CellModel, CellSpec, Column, TableView


class _Rows(CellModel):
    def __init__(self) -> None:
        super().__init__((Column(""),))

    def cell(self, row: int, column: int) -> CellSpec:
        file: FoundFile = self.rows()[row]
        icon = "usb" if file.removable else "folder"
        return CellSpec(file.name, file.place, icon=(icon, "text2"), weight=600)


class FileList(QWidget):
    """``chosen`` carries the path of the file that stands in the field now, "" for none."""

    chosen = Signal(str)

    def __init__(self, list_name: str, field_name: str) -> None:
        """Both names translated by the caller."""
        super().__init__()
        self.setObjectName("plain")
        self._model = _Rows()
        self.table = TableView(self._model, "two_line", list_name, heads=False)
        self.path_field = Field(field_name)
        empty = StatePanel(tr("Chưa thấy tệp nào."), tr("Cắm USB rồi nhấn F5, hoặc gõ đường dẫn."), "usb")
        self._stack = ListStack(self.table, empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(9)
        column.addWidget(self._stack, 1)
        column.addWidget(self.path_field)
        self._last = self._from_list = ""
        self.table.current_changed.connect(self._take)
        self.path_field.left.connect(self._typed)
        self.setFocusProxy(self.table)

    def show_files(self, files: Sequence[FoundFile]) -> None:
        """What was found; a path that was typed or chosen stays, else the first file stands in the field."""
        typed = self.path()
        by_hand = typed not in ("", self._from_list)
        self._model.show_rows(files)
        self._stack.loaded(len(files))
        if files and by_hand:  # the bar went to the first row by itself: nobody chose that
            self.path_field.fill(typed)
            self._last = typed
            self.chosen.emit(typed)
        elif files:
            self._focus(self.table)
            place = next((row for row, file in enumerate(files) if file.path == typed), 0)
            self.table.go_to(place)
            self._take(place, again=True)
        else:
            self._focus(self.path_field.edit)
            self.chosen.emit(typed)

    def _focus(self, widget: QWidget) -> None:
        """Never away from a page that stands before this one."""
        if self.isVisible():
            widget.setFocus()

    def path(self) -> str:
        """What was chosen or typed."""
        return self.path_field.text()

    def _take(self, row: int, *, again: bool = False) -> None:
        if 0 <= row < len(self._model.rows()):
            path = self._model.rows()[row].path
            self.path_field.fill(path)
            self._from_list = path
            if again or path != self._last:
                self._last = path
                self.chosen.emit(path)

    def _typed(self) -> None:
        if self.path() != self._last:
            self._last = self.path()
            self.chosen.emit(self._last)
