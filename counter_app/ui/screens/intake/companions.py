"""Who stands beside the party: a row each, by card or typed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from counter_app.services.ports.copies import Notice
from counter_app.services.ports.intake import CompanionForm
from counter_app.ui.formatting import grouped
from counter_app.ui.i18n import tr
from counter_app.ui.screens.copies.entry import id_kind
from counter_app.ui.screens.intake import entry
from counter_app.ui.widgets.button import LINK, Button
from counter_app.ui.widgets.fields.field import Field
from counter_app.ui.widgets.fields.picker import Picker
from counter_app.ui.widgets.text import label

ROLES = (
    entry.REPRESENTATIVE, entry.HELPER, entry.WITNESS, entry.INTERPRETER, entry.SPOUSE, entry.CHILD,
)  # fmt: skip


def role_words(role: str) -> str:
    """The role as people say it."""
    return {
        entry.REPRESENTATIVE: tr("Nộp theo ủy quyền, đại diện"),
        entry.HELPER: tr("Người nộp hộ"),
        entry.WITNESS: tr("Người làm chứng"),
        entry.INTERPRETER: tr("Người phiên dịch"),
        entry.SPOUSE: tr("Vợ hoặc chồng"),
        entry.CHILD: tr("Con"),
    }.get(role, role)


def _detail_words(role: str) -> str:
    if role == entry.REPRESENTATIVE:
        return tr("Giấy ủy quyền, chức vụ")
    return tr("Tiếng") if role == entry.INTERPRETER else tr("Quan hệ")


class CompanionRow(QWidget):
    """``typed`` carries the ``CompanionForm``; ``left`` when a cell was left; ``dropped`` by its cross."""

    typed = Signal(object)
    left = Signal()
    dropped = Signal()

    def __init__(self) -> None:
        """Empty cells."""
        super().__init__()
        self.role = Picker(tr("Vai trò"))
        self.role.show_choices([role_words(one) for one in ROLES], 0)
        self.number = Field(tr("Số giấy tờ"))
        self.name = Field(tr("Họ và tên"))
        self.birth = Field(tr("Ngày sinh"))
        self.detail = Field(tr("Quan hệ"))
        self.cross = Button(tr("Bỏ"), "x", "", LINK, self.dropped.emit)
        self.fields = (self.number, self.name, self.birth, self.detail)
        self._companion = CompanionForm("")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addLayout(_below(label(tr("Vai trò"), "caption_strong", "text2"), self.role), 186)
        for field, width in zip(self.fields, (134, 158, 96, 118), strict=True):
            row.addWidget(field, width)
            field.edit.textEdited.connect(lambda _text: self._tell())
            field.left.connect(self._leave)
        row.addLayout(_below(label(" ", "caption_strong"), self.cross))
        self.role.picked.connect(lambda _place: self._tell())

    def inputs(self) -> tuple[QWidget, ...]:
        """What takes keys, in order."""
        return (self.role, *(field.edit for field in self.fields), self.cross)

    def fill(self, companion: CompanionForm, *, from_card: bool = False) -> None:
        """Writes the cells."""
        self._companion = companion
        self.role.setCurrentIndex(ROLES.index(companion.role) if companion.role in ROLES else -1)
        values = (grouped(companion.id_number), companion.name, companion.birth, companion.detail)
        for field, value in zip(self.fields, values, strict=True):
            field.fill(value, from_qr=from_card)
        self._name_cells()

    def companion(self) -> CompanionForm:
        """As it stands."""
        return self._companion

    def show_fault(self, words: str, code: str) -> None:
        """Words under the cell concerned: the name, or what the role asks for."""
        about_detail = code == "companion.language"
        self.name.show_error("" if about_detail else words)
        self.detail.show_error(words if about_detail else "")

    def set_read_only(self, read_only: bool) -> None:
        """Cells as text."""
        for field in self.fields:
            field.set_read_only(read_only)
        for part in (self.role, self.cross):
            part.setEnabled(not read_only)

    def _tell(self) -> None:
        number = "".join(self.number.text().split())
        place = self.role.currentIndex()
        old = self._companion
        self._companion = CompanionForm(
            ROLES[place] if place >= 0 else old.role, self.name.text(), id_kind(number), number,
            self.birth.text(), self.detail.text(), old.from_card and number == old.id_number,
        )  # fmt: skip
        self._name_cells()
        self.typed.emit(self._companion)

    def _name_cells(self) -> None:
        role = role_words(self._companion.role)
        self.detail.rename(_detail_words(self._companion.role))
        for field in self.fields:
            field.edit.setAccessibleName(tr("{role}: {field}").format(role=role, field=field.words()))
        self.cross.setAccessibleName(tr("Bỏ {role}").format(role=role))

    def _leave(self) -> None:
        shown = grouped(self._companion.id_number)
        if not self.number.edit.hasFocus() and self.number.text() != shown:
            self.number.edit.fill(shown)
        self.left.emit()


def _below(head: QWidget, part: QWidget) -> QVBoxLayout:
    """A part in line with the cells beside it, whatever words stand below them."""
    column = QVBoxLayout()
    column.setSpacing(3)
    column.addWidget(head)
    column.addWidget(part)
    column.addStretch(1)
    return column


class Companions(QWidget):
    """The rows. ``typed`` (row, form), ``dropped`` (row), ``rows_changed`` when there are more or fewer."""

    typed = Signal(int, object)
    left = Signal()
    dropped = Signal(int)
    rows_changed = Signal()

    def __init__(self) -> None:
        """Nobody."""
        super().__init__()
        self.rows: list[CompanionRow] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self.hide()

    def show_rows(self, companions: Sequence[CompanionForm]) -> None:
        """As many rows as there are people; a row whose person is another one is written anew."""
        if len(companions) != len(self.rows):
            self.fill(companions)
            return
        for row, companion in zip(self.rows, companions, strict=True):
            if row.companion() != companion:
                row.fill(companion)

    def fill(self, companions: Sequence[CompanionForm]) -> None:
        """All rows written anew."""
        changed = len(companions) != len(self.rows)
        while len(self.rows) > len(companions):
            gone = self.rows.pop()
            self._column.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        while len(self.rows) < len(companions):
            self._add()
        for row, companion in zip(self.rows, companions, strict=True):
            row.fill(companion)
        self.setVisible(bool(self.rows))
        if changed:
            self.rows_changed.emit()

    def current(self) -> int | None:
        """The row that has the focus."""
        focus = QApplication.focusWidget()
        return next(
            (i for i, row in enumerate(self.rows) if focus is not None and row.isAncestorOf(focus)), None
        )

    def start(self, index: int) -> None:
        """Focus to the number of a row."""
        if 0 <= index < len(self.rows):
            self.rows[index].number.edit.setFocus(Qt.FocusReason.TabFocusReason)

    def inputs(self) -> tuple[QWidget, ...]:
        """What takes keys, row by row."""
        return tuple(one for row in self.rows for one in row.inputs())

    def show_faults(self, notices: Sequence[Notice], *, all_of_them: bool) -> None:
        """Words at the first row of the role that a notice names, after F9 or once something is typed."""
        for row in self.rows:
            companion = row.companion()
            due = all_of_them or bool(companion.id_number or companion.name)
            found = next((n for n in notices if n.field == companion.role and due), None)
            lacks = found is not None and (not companion.name or found.code == "companion.language")
            row.show_fault(found.title if found is not None and lacks else "", found.code if found else "")

    def set_read_only(self, read_only: bool) -> None:
        """Cells as text."""
        for row in self.rows:
            row.set_read_only(read_only)

    def _add(self) -> None:
        row = CompanionRow()
        self.rows.append(row)
        self._column.addWidget(row)
        row.typed.connect(lambda companion: self.typed.emit(self.rows.index(row), companion))
        row.left.connect(self.left)
        row.dropped.connect(lambda: self.dropped.emit(self.rows.index(row)))
