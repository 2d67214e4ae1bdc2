"""The legend bar: keys that work now, and the time at the right."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from counter_app.ui.screens.contract import KeyHint
from counter_app.ui.theme import theme as themes
from counter_app.ui.widgets import painting
from counter_app.ui.widgets.text import label

KEPT = ("F9", "F1", "Esc")
"""Hints that stand even where room is short."""


class _Hints(QWidget):
    """Painted in one go; hints that do not fit are left out from the end."""

    def __init__(self) -> None:
        super().__init__()
        self.hints: tuple[KeyHint, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def minimumSizeHint(self) -> QSize:
        return QSize(80, 20)

    def _width(self, hint: KeyHint) -> int:
        theme = themes.current()
        return (
            painting.cap_width(theme, hint.keys) + painting.text_width(theme.font("caption"), hint.words) + 22
        )

    def fitting(self, width: int) -> list[KeyHint]:
        shown = list(self.hints)
        while sum(map(self._width, shown)) > width:
            spare = [hint for hint in shown if hint.keys not in KEPT]
            if not spare:
                break
            shown.remove(spare[-1])
        return shown

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme = themes.current()
        left, middle = 0, self.height() // 2
        for hint in self.fitting(self.width()):
            painting.draw_cap(painter, theme, hint.keys, left, middle)
            cap = painting.cap_width(theme, hint.keys)
            font = theme.font("caption")
            width = painting.text_width(font, hint.words)
            box = QRect(left + cap + 7, 0, width, self.height())
            painting.draw_text(painter, box, hint.words, font, theme.colour("text2"))
            left += self._width(hint)


class Legend(QFrame):
    """34 px at the foot of the window."""

    def __init__(self) -> None:
        """Empty until ``show_hints``."""
        super().__init__()
        self.setObjectName("legend")
        self._hints = _Hints()
        self._time = label("", "caption", "text2")
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 0, 18, 0)
        row.addWidget(self._hints, 1)
        row.addWidget(self._time, 0, Qt.AlignmentFlag.AlignVCenter)
        self.apply_sizes()

    def apply_sizes(self) -> None:
        """Height at the text scale in force."""
        self.setFixedHeight(themes.current().size("legend"))

    def show_hints(self, hints: Sequence[KeyHint]) -> None:
        """Replaces the hints."""
        self._hints.hints = tuple(hints)
        self._hints.setAccessibleName("; ".join(f"{hint.keys}: {hint.words}" for hint in hints))
        self._hints.update()

    def hints(self) -> tuple[KeyHint, ...]:
        """What it shows."""
        return self._hints.hints

    def show_time(self, words: str) -> None:
        """``Thứ Sáu, 20/11/2026 · 10:24``."""
        self._time.setText(words)
