"""The cell being typed in: one input laid over the list, with the kinds of paper offered below it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from counter_app.domain.certification.taking_in.row_grammar import MATTER_WORDS
from counter_app.services.ports.copies import PaperKind
from counter_app.ui.i18n import tr
from counter_app.ui.screens.copies.rows import PAPER_COLUMN, KindsModel, PapersModel
from counter_app.ui.theme import theme as themes
from counter_app.ui.widgets.fields.field import Line
from counter_app.ui.widgets.lists.table import TableView

OFFERED = 5
_LAST_COLUMN = 2


class Offer(QFrame):
    """Kinds of paper below the input; never takes focus."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        """Hidden."""
        super().__init__(parent)
        self.setObjectName("hits")
        self.model = KindsModel()
        self.table = TableView(self.model, "compact", tr("Loại giấy tờ"), heads=False)
        self.table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.table.setMinimumHeight(0)
        self.table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.table.clicked.connect(lambda index: self.chosen.emit(self.model.rows()[index.row()].alias))
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.addWidget(self.table)
        self.picked = False
        self.hide()

    def show_kinds(self, kinds: Sequence[PaperKind], below: QRect) -> None:
        """Places itself under (or above) the input; nothing to offer hides it."""
        self.picked = False
        self.model.show_rows(kinds[:OFFERED])
        self.table.setCurrentIndex(QModelIndex())
        self.setVisible(bool(kinds))
        if not kinds:
            return
        parent = self.parentWidget()
        height = themes.current().size("row_compact") * self.model.rowCount() + 2
        top = below.bottom() + 2
        if parent is not None and top + height > parent.height():
            top = below.top() - height - 2
        self.setGeometry(below.left(), top, below.width(), height)
        self.raise_()

    def step(self, by: int) -> bool:
        """Moves the bar; False when nothing is offered."""
        if not self.isVisible():
            return False
        now = self.table.current_row() + by if self.picked else (0 if by > 0 else -1)
        self.picked = now >= 0
        self.table.go_to(max(now, 0))
        return self.picked

    def current(self) -> str:
        """The short word a person moved to, "" when none."""
        if not self.picked or not self.isVisible():
            return ""
        return str(self.model.rows()[self.table.current_row()].alias)


class RowEditor(Line):
    """``closed`` (row, text) at Enter; ``dismissed`` at Esc; ``moved`` by -1 or 1 with the arrows."""

    closed = Signal(int, str)
    moved = Signal(int)
    asked_kinds = Signal(str)

    def __init__(self, table: TableView, model: PapersModel) -> None:
        """Hidden until ``open_at``."""
        super().__init__()
        self._table, self._model, self._row = table, model, 0
        self.setParent(table.viewport())
        self.setObjectName("rowEditor")
        self.setAccessibleName(tr("Giấy tờ, số trang x số bản"))
        self.setPlaceholderText(tr("gks 1x4 · hb 24x2p · ck syll 1"))
        self.offer = Offer(table.viewport())
        self.offer.chosen.connect(self._take)
        self.textEdited.connect(self._ask)
        self.left.connect(self.offer.hide)
        self.installEventFilter(self)
        table.viewport().installEventFilter(self)
        table.verticalScrollBar().valueChanged.connect(lambda _value: self.place())
        model.modelReset.connect(self.place)
        self.hide()

    def is_open(self) -> bool:
        """Whether a row is being typed."""
        return not self.isHidden()

    def row(self) -> int:
        """The row of the form being typed."""
        return self._row

    def open_at(self, row: int, text: str) -> None:
        """Lays itself over the row's cell and takes the focus."""
        self._row = row
        self._table.go_to(self._model.place_of(row))
        self.fill(text)
        self.setModified(False)
        self.show()
        self.place()
        self.setFocus(Qt.FocusReason.TabFocusReason)
        self.end(False)

    def dismiss(self) -> None:
        """Closes without a word."""
        self.offer.hide()
        self.hide()

    def place(self) -> None:
        """Over the paper's cell and the badge beside it."""
        if not self.is_open():
            return
        line = self._model.place_of(self._row)
        first = self._table.visualRect(self._model.index(line, PAPER_COLUMN))
        last = self._table.visualRect(self._model.index(line, _LAST_COLUMN))
        box = first.united(last).adjusted(4, 0, -4, 0)
        height = box.height() - 2  # the whole row: the red words of a faulty one would peek out below
        self.setGeometry(box.left(), box.top() + 1, box.width(), height)
        self.raise_()

    def show_kinds(self, kinds: Sequence[PaperKind]) -> None:
        """What fits the words typed so far."""
        typing = self.is_open() and self.hasFocus() and self._wants_kinds()
        self.offer.show_kinds(kinds if typing else (), self.geometry())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter closes the text; arrows move in the offer or to the next row."""
        if watched is not self:
            if event.type() == QEvent.Type.Resize:
                self._table.scrollTo(self._table.currentIndex())
                self.place()
            return False
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        key = event.key()
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
            self._enter()
            return True
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(key), 0)
        if step and plain:
            if not self.offer.step(step):
                self.moved.emit(step)
            return True
        return False

    def _enter(self) -> None:
        if alias := self.offer.current():
            self._take(alias)
            return
        self.closed.emit(self._row, self.value())

    def _take(self, alias: str) -> None:
        first = self.text().split(" ")[0]
        asked = f"{first} " if " " in self.text() and first.lower() in MATTER_WORDS else ""
        self.setText(f"{asked}{alias} ")
        self.offer.hide()

    def _wants_kinds(self) -> bool:
        text = self.text().strip()
        return bool(text) and not any(character.isdigit() for character in text)

    def _ask(self, text: str) -> None:
        if self._wants_kinds():
            self.asked_kinds.emit(text)
        else:
            self.offer.hide()
