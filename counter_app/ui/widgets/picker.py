"""Choosing one person or thing of several: a combo box with our arrow; Alt+Down opens the list."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy

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
        """The style's box, then our arrow."""
        super().paintEvent(event)
        painter = QPainter(self)
        theme = themes.current()
        left = self.width() - theme.size(17) - 9
        painting.draw_icon(painter, theme, "chevron-down", "text2", 17, left, self.height() // 2)
