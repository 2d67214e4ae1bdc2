"""The PIN box: six circles that fill; digits only, never shown, cleared when wrong."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QFrame, QSizePolicy

from counter_app.ui.i18n import tr
from counter_app.ui.theme import theme as themes
from counter_app.ui.widgets.text import recolour

LENGTH = 6


class PinBox(QFrame):
    """Six digits. ``entered`` fires with the PIN at Enter or, when ``at_once``, at the sixth digit."""

    entered = Signal(str)
    changed = Signal(int)

    def __init__(self, *, at_once: bool = False) -> None:
        """``at_once`` spares the Enter (confirming a lot asks for it: leave it off there)."""
        super().__init__()
        self.setObjectName("pinBox")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("PIN 6 chữ số"))
        self.setSizePolicy(QSizePolicy.Policy.MinimumExpanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self._digits = ""
        self._at_once = at_once

    def clear(self, *, wrong: bool = False) -> None:
        """Empties the box; ``wrong`` draws its border red until the next digit."""
        self._digits = ""
        recolour(self, state="error" if wrong else "")
        self.changed.emit(0)
        self.update()

    def start_with(self, digit: str) -> None:
        """A first digit that was typed elsewhere."""
        self._show(digit)

    def give(self) -> None:
        """Enter: six digits are given, fewer are not."""
        if len(self._digits) == LENGTH:
            self.entered.emit(self._digits)

    def sizeHint(self) -> QSize:
        """52 px high."""
        theme = themes.current()
        return QSize(theme.size(240), theme.size("pin_box"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits, Backspace, Enter, paste; everything else is somebody else's."""
        if event.key() == Qt.Key.Key_Backspace:
            self._show(self._digits[:-1])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.give()
        elif event.matches(QKeySequence.StandardKey.Paste):
            pasted = QApplication.clipboard().text().strip()
            if len(pasted) == LENGTH and pasted.isascii() and pasted.isdigit():
                self._show(pasted)
        elif event.text().isascii() and event.text().isdigit() and len(self._digits) < LENGTH:
            self._show(self._digits + event.text())
            if self._at_once and len(self._digits) == LENGTH:
                self.entered.emit(self._digits)
        else:
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The ring."""
        recolour(self, focused=True)
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """No ring."""
        recolour(self, focused=False)
        super().focusOutEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Frame and circles."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = themes.current()
        step, radius = theme.size(32), theme.size(13) / 2
        left = self.width() / 2 - step * (LENGTH - 1) / 2
        for place in range(LENGTH):
            filled = place < len(self._digits)
            painter.setPen(QPen(theme.colour("text" if filled else "field_line"), 1.6))
            painter.setBrush(theme.colour("text") if filled else Qt.BrushStyle.NoBrush)
            painter.drawEllipse(QPointF(left + place * step, self.height() / 2), radius, radius)

    def _show(self, digits: str) -> None:
        self._digits = digits
        recolour(self, state="")
        self.setAccessibleDescription(tr("đã nhập {n} trong 6 chữ số").format(n=len(digits)))
        self.changed.emit(len(digits))
        self.update()
