"""Notices on three levels: stop (red), look (amber, needs Alt+Enter), info. And the figures of a page."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QVBoxLayout,
    QWidget,
)

from counter_app.ui.theme import theme as themes
from counter_app.ui.widgets import painting
from counter_app.ui.widgets.text import Icon, label, recolour

STOP, LOOK, INFO = "stop", "look", "info"
_LEVELS = {
    STOP: ("bad", "alert-circle"),
    LOOK: ("warn", "alert-triangle"),
    INFO: ("wait", "info-circle"),
}


class Notice(QFrame):
    """A box of words with icon. ``level`` stop, look, info, or a kind (ok, conf, primary) with an icon."""

    def __init__(self, title: str, words: str = "", level: str = INFO, icon: str = "") -> None:
        """``title`` one bold line, ``words`` below it (wrap)."""
        super().__init__()
        kind, own = _LEVELS.get(level, (level, "info-circle"))
        self.setObjectName("notice")
        self.setProperty("kind", kind)
        self._icon = Icon(icon or own, kind, 20)
        colour = kind if kind != "wait" else ""
        self._title = label(title, "strong", colour, wrap=True)
        self._words = label(words, "caption", wrap=True)
        if not words:  # never setVisible(True) here: without a parent it would be a window of its own
            self._words.hide()
        texts = QVBoxLayout()
        texts.setSpacing(1)
        texts.addWidget(self._title)
        texts.addWidget(self._words)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(13, 7, 13, 8)
        self._row.setSpacing(10)
        self._row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        self._row.addLayout(texts, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._say()

    def show_words(self, title: str, words: str = "", level: str = "", icon: str = "") -> None:
        """Changes what it says, and its level when given."""
        self._title.setText(title)
        self._words.setText(words)
        self._words.setVisible(bool(words))
        if level:
            kind, own = _LEVELS.get(level, (level, "info-circle"))
            self._icon.show_icon(icon or own, kind)
            recolour(self, kind=kind)
            recolour(self._title, colour=kind if kind != "wait" else "")
        self._say()

    def add_right(self, *widgets: QWidget) -> None:
        """Buttons at the right end."""
        for widget in widgets:
            self._row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)

    def _say(self) -> None:
        self.setAccessibleName(f"{self._title.text()} {self._words.text()}".strip())


class KpiTile(QPushButton):
    """A figure that filters when clicked: icon on a soft square, number, words; formula in the tooltip."""

    def __init__(
        self,
        words: str,
        icon: str,
        kind: str = "wait",
        formula: str = "",
        on_click: Callable[[], None] | None = None,
    ) -> None:
        """``kind`` colours the square (bad, warn, ok, primary)."""
        super().__init__()
        self.setObjectName("kit")
        self.setProperty("kind", "tile")
        self.setAutoDefault(False)
        self.setToolTip(formula)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._words, self._icon, self._kind, self._value = words, icon, kind, "–"
        self.show_value("–")
        if on_click is not None:
            self.clicked.connect(lambda _checked=False: on_click())

    def show_value(self, value: str, kind: str = "") -> None:
        """The figure as text."""
        self._value, self._kind = value, kind or self._kind
        self.setAccessibleName(f"{self._words}: {value}")
        self.update()

    def sizeHint(self) -> QSize:
        """72 px high, wide enough for the words."""
        theme = themes.current()
        width = painting.text_width(theme.font("caption", 500), self._words) + theme.size(38) + 42
        height = QFontMetrics(theme.font("kpi", 700)).height() + QFontMetrics(theme.font("caption")).height()
        return QSize(width, max(theme.size(72), height + 16))

    def minimumSizeHint(self) -> QSize:
        """The same."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Square, figure, words."""
        painter = QPainter(self)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        self.style().drawControl(QStyle.ControlElement.CE_PushButtonBevel, option, painter, self)
        theme = themes.current()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side, middle = theme.size(38), self.height() // 2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(f"{self._kind}_soft"))
        painter.drawRoundedRect(QRectF(14, middle - side / 2, side, side), 8, 8)
        inset = (side - theme.size(20)) // 2
        painting.draw_icon(painter, theme, self._icon, self._kind, 20, 14 + inset, middle)
        left = 14 + side + 12
        figure = theme.font("kpi", 700)
        high = QFontMetrics(figure).height()
        words = theme.font("caption", 500)
        top = middle - (high + QFontMetrics(words).height()) // 2
        width = self.width() - left - 8
        box = QRect(left, top, width, high)
        painting.draw_text(painter, box, self._value, figure, theme.colour("text"))
        below = QRect(left, top + high - 1, width, QFontMetrics(words).height())
        painting.draw_text(painter, below, self._words, words, theme.colour("text2"))
