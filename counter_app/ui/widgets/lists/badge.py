"""Badges: a state as icon, word and colour, never colour alone. Key caps."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from counter_app.ui.i18n import tr
from counter_app.ui.theme import theme as themes
from counter_app.ui.theme.tokens import check_state, record_state
from counter_app.ui.widgets import painting


class Badge(QWidget):
    """A pill with words. ``kind``: ok, warn, bad, wait, conf, primary."""

    def __init__(self, words: str, kind: str = "wait", icon: str = "") -> None:
        """Words as they are shown (already translated)."""
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._words, self._kind, self._icon = words, kind, icon
        self.setAccessibleName(words)

    def show_state(self, words: str, kind: str, icon: str = "") -> None:
        """Changes what the badge says."""
        self._words, self._kind, self._icon = words, kind, icon
        self.setAccessibleName(words)
        self.updateGeometry()
        self.update()

    def words(self) -> str:
        """What it says now."""
        return self._words

    def sizeHint(self) -> QSize:
        """As wide as its words."""
        theme = themes.current()
        return QSize(painting.pill_width(theme, self._words, self._icon), painting.pill_height(theme))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the pill."""
        painter = QPainter(self)
        theme = themes.current()
        painting.draw_pill(
            painter, theme, self._words, self._kind, self._icon, QRect(0, 0, self.width(), self.height())
        )


def record_badge(code: str) -> Badge:
    """The badge of a record state (ux.md 3.2)."""
    state = record_state(code)
    return Badge(tr(state.words), state.kind, state.icon)


def check_badge(code: str) -> Badge:
    """The badge of a machine check: complete, look, missing."""
    state = check_state(code)
    return Badge(tr(state.words), state.kind, state.icon)


def key_cap(keys: str, on: str = "") -> QLabel:
    """A key cap as a label; ``on="primary"`` on a blue ground, ``"rail"`` on the rail."""
    cap = QLabel(keys)
    cap.setObjectName("cap")
    cap.setProperty("on", on)
    cap.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return cap
