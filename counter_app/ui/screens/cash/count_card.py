"""Counting the drawer: one line a note, biggest first; Enter goes down, keypad + too."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QIntValidator, QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from counter_app.domain.money.day_closing import NOTES
from counter_app.ui.focus_chain import FocusChain
from counter_app.ui.formatting import money, number
from counter_app.ui.i18n import tr
from counter_app.ui.screens.cash.view_model import MOST_PIECES
from counter_app.ui.theme import theme as themes
from counter_app.ui.widgets.card import Card
from counter_app.ui.widgets.fields.field import Field, Line
from counter_app.ui.widgets.text import label

COUNT_WIDTH = 84


class CountLine(Line):
    """How many notes of one value; only digits, right aligned; keypad + goes to the next line."""

    def __init__(self, value: int) -> None:
        """``value`` of one note in dong."""
        super().__init__()
        self.value_of_note = value
        self.setValidator(QIntValidator(0, MOST_PIECES, self))
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setAccessibleName(tr("Số tờ {note}").format(note=number(value)))

    def pieces(self) -> int:
        """What was typed; 0 when empty."""
        typed = self.text()
        return int(typed) if typed.isascii() and typed.isdigit() else 0


class CountCard(Card):
    """The whole count; ``counted`` tells each change as (value, pieces)."""

    counted = Signal(int, int)

    def __init__(self) -> None:
        """Two banks of notes side by side, the big ones at the left."""
        super().__init__(tr("Đếm tiền mặt"), "2")
        self.total = label("", "h1")
        self.add_to_head(label(tr("Đếm được"), "strong", "text2"), self.total)
        self.lines = tuple(CountLine(value) for value in NOTES)
        self._sums = tuple(label("", "strong") for _ in self.lines)
        self._chain: FocusChain | None = None
        banks = QHBoxLayout()
        banks.setSpacing(26)
        half = (len(self.lines) + 1) // 2
        for places in (range(half), range(half, len(self.lines))):
            banks.addLayout(self._bank(places), 1)
        self.add(banks)
        self._fit()

    def end_with(self, reason: Field) -> None:
        """``reason`` of a difference is the last field of the form; call it once all stand in the window."""
        self._chain = FocusChain((*self.lines, reason), parent=self)

    def _bank(self, places: range) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(5)
        grid.setColumnStretch(3, 1)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for row, place in enumerate(places):
            line = self.lines[place]
            grid.addWidget(label(number(line.value_of_note), "strong"), row, 0, right)
            grid.addWidget(label("×", "body", "text2"), row, 1)
            grid.addWidget(line, row, 2)
            grid.addWidget(self._sums[place], row, 3, right)
            line.textEdited.connect(lambda _text, one=line: self._tell(one))
            line.installEventFilter(self)
        grid.setRowStretch(len(places), 1)
        return grid

    def focus_first(self) -> None:
        """The biggest note."""
        self.lines[0].setFocus(Qt.FocusReason.TabFocusReason)

    def set_read_only(self, read_only: bool) -> None:
        """After the closing the count is text."""
        for line in self.lines:
            line.setReadOnly(read_only)

    def clear(self) -> None:
        """Empties every line."""
        for line, amount in zip(self.lines, self._sums, strict=True):
            line.clear()
            amount.setText("")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keypad + is the next line; the decimal key is ignored in counts (``ux.md`` 2.1)."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.text() == "+" and watched in self.lines:
                place = self.lines.index(watched) + 1
                following: QWidget = self.lines[min(place, len(self.lines) - 1)]
                following.setFocus(Qt.FocusReason.TabFocusReason)
                return True
            return event.text() in (".", ",")
        return False

    def changeEvent(self, event: QEvent) -> None:
        """A new text scale."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "lines"):
            self._fit()

    def _fit(self) -> None:
        for line in self.lines:
            line.setFixedWidth(themes.current().size(COUNT_WIDTH))

    def _tell(self, line: CountLine) -> None:
        place, pieces = self.lines.index(line), line.pieces()
        self._sums[place].setText(money(line.value_of_note * pieces) if pieces else "")
        self.counted.emit(line.value_of_note, pieces)
