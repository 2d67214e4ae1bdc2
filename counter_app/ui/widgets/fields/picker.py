"""Choosing one person or thing of several: a combo box with our arrow; Alt+Down opens the list."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy, QStyle, QStyleOptionComboBox, QStylePainter

from counter_app.ui.theme import theme as themes
from counter_app.ui.widgets import painting


class Picker(QComboBox):
    """``picked`` fires with the place of the choice when a person makes it, not when the program does."""

    picked = Signal(int)

    def __init__(self, words: str) -> None:
        """``words``: what a screen reader calls it."""
        super().__init__()
        self.setAccessibleName(words)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.activated.connect(self.picked)

    def show_choices(self, choices: Sequence[str], current: int) -> None:
        """Replaces the choices; tells nobody."""
        if [self.itemText(place) for place in range(self.count())] != list(choices):
            self.clear()
            self.addItems(list(choices))
        self.setCurrentIndex(current if 0 <= current < len(choices) else -1)

    def minimumSizeHint(self) -> QSize:
        """Narrow: the words are elided."""
        return QSize(120, super().minimumSizeHint().height())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scrolling the page must not change a choice."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The style's box, the words cut with an ellipsis where they are too long, our arrow."""
        painter = QStylePainter(self)
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        theme = themes.current()
        side = theme.size(17)
        left = self.width() - side - 9
        words = QRect(11, 0, left - 17, self.height())
        role = "text" if self.isEnabled() else "text3"
        painting.draw_text(painter, words, self.currentText(), theme.font("input"), theme.colour(role))
        painting.draw_icon(painter, theme, "chevron-down", "text2", 17, left, self.height() // 2)
        self.setToolTip(self.currentText())
