"""Inputs with their label, error words, state icon and the flash of a value that came from a QR."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from counter_app.ui.formatting import nfc, number, parse_money
from counter_app.ui.i18n import tr
from counter_app.ui.theme import theme as themes
from counter_app.ui.widgets import painting
from counter_app.ui.widgets.text import label, recolour

FLASH_MS = 2500


class Line(QLineEdit):
    """A line edit whose committed text is NFC and whose head is seen after it is filled by the program."""

    left = Signal()
    _icon = ("", "")

    def show_icon(self, icon: str, role: str) -> None:
        """A painted icon at the right end (no QAction: it would be rebuilt at each change of theme)."""
        self._icon = (icon, role)
        self.setTextMargins(0, 0, themes.current().size(20) if icon else 0, 0)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The text, then the state icon."""
        super().paintEvent(event)
        if self._icon[0]:
            painter = QPainter(self)
            theme = themes.current()
            left = self.width() - theme.size(17) - 9
            painting.draw_icon(painter, theme, *self._icon, 17, left, self.height() // 2)

    def fill(self, text: str) -> None:
        """Sets the text without moving what is seen to its tail."""
        self.setText(text)
        self.setCursorPosition(0)

    def value(self) -> str:
        """The text, composed (NFC) and trimmed."""
        return nfc(self.text()).strip()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tells that the field was left: the moment to check and to keep the draft."""
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.left.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Keyboard arrival selects all, so that typing replaces."""
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self.selectAll()


class Field(QWidget):
    """Label above, input, words below when wrong. ``edit`` is the input; ``left`` fires at field exit."""

    left = Signal()

    def __init__(
        self, words: str, *, required: bool = False, hint: str = "", edit: Line | None = None
    ) -> None:
        """``words``: the label, also the accessible name; ``hint``: placeholder."""
        super().__init__()
        self._words = words
        self.edit = edit or Line()
        self.edit.setPlaceholderText(hint)
        self.edit.setAccessibleName(words)
        self.edit.left.connect(self.left)
        self._error = label("", "caption", "bad", wrap=True)
        self._error.hide()
        self._head = head = label(f"{words} *" if required else words, "caption_strong", "text2")
        head.setBuddy(self.edit)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(FLASH_MS)
        self._timer.timeout.connect(lambda: recolour(self.edit, flash=False))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addWidget(head)
        column.addWidget(self.edit)
        column.addWidget(self._error)
        column.addStretch(1)  # beside a field with two lines of words the others stay at the top
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def words(self) -> str:
        """The label."""
        return self._words

    def rename(self, words: str) -> None:
        """Another label, where the field is chosen by what is asked."""
        self._words = words
        self._head.setText(words)
        self.edit.setAccessibleName(words)

    def text(self) -> str:
        """The committed text (NFC, trimmed)."""
        return self.edit.value()

    def fill(self, text: str, *, from_qr: bool = False) -> None:
        """Writes a value; one that came from a QR and changed the cell flashes."""
        changed = text != self.edit.value()
        self.edit.fill(text)
        if from_qr and changed:
            recolour(self.edit, flash=True)
            self.edit.setToolTip(tr("từ QR"))
            self._timer.start()

    def show_error(self, words: str) -> None:
        """Red border, icon and words; empty words clear them. Typed text is kept."""
        self._error.setText(words)
        self._error.setVisible(bool(words))
        recolour(self.edit, state="error" if words else "")
        self.edit.setAccessibleDescription(words)
        self.show_state("alert-triangle" if words else "", "bad", words)

    def error(self) -> str:
        """The words shown now."""
        return self._error.text()

    def show_state(self, icon: str, role: str = "ok", words: str = "") -> None:
        """An icon inside the input at its right (``circle-check`` when checked); empty removes it."""
        self.edit.show_icon(icon, role)
        self.edit.setToolTip(words)

    def set_read_only(self, read_only: bool) -> None:
        """Shows the value as text that cannot be changed (no right, newer data)."""
        self.edit.setReadOnly(read_only)
        self.edit.setFocusPolicy(Qt.FocusPolicy.ClickFocus if read_only else Qt.FocusPolicy.StrongFocus)


class MoneyLine(Line):
    """Money in whole dong, grouped at exit, right aligned. ``100`` means 100.000 (ux.md 4.4)."""

    SHORTHAND_BELOW = 1000

    def __init__(self, *, shorthand: bool = True) -> None:
        """``shorthand``: amounts below 1,000 are thousands; off where real small sums occur."""
        super().__init__()
        self.setObjectName("money")
        self._shorthand = shorthand
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.left.connect(self._group)

    def amount(self) -> int | None:
        """Dong, or None when empty or not money."""
        value = parse_money(self.text())
        if value is None:
            return None
        grouped = "." in self.text()
        if self._shorthand and not grouped and 0 < value < self.SHORTHAND_BELOW:
            return value * 1000
        return value

    def show_amount(self, dong: int | None) -> None:
        """Writes an amount, grouped."""
        self.fill("" if dong is None else number(dong))

    def _group(self) -> None:
        if (amount := self.amount()) is not None:
            self.show_amount(amount)


class MoneyField(Field):
    """A ``Field`` for money."""

    def __init__(self, words: str, *, shorthand: bool = True) -> None:
        """As ``MoneyLine``."""
        self._money = MoneyLine(shorthand=shorthand)
        super().__init__(words, edit=self._money)

    def amount(self) -> int | None:
        """Dong, or None."""
        return self._money.amount()

    def show_amount(self, dong: int | None) -> None:
        """Writes an amount, grouped."""
        self._money.show_amount(dong)
