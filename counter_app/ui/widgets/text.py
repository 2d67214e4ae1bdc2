"""Labels and icons that follow the theme by themselves."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from counter_app.ui.theme import theme as themes
from counter_app.ui.widgets import painting


def label(text: str = "", role: str = "body", colour: str = "", *, wrap: bool = False) -> QLabel:
    """A label. ``role``: display kpi h1 h2 body strong bold caption caption_strong input input_strong.

    ``colour``: text (when empty), text2, text3, primary, ok, warn, bad, conf, wait.
    """
    made = WrappedLabel(text) if wrap else QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setIndent(0)
    made.setProperty("role", role)
    made.setProperty("colour", colour)
    return made


def recolour(widget: QWidget, **properties: str | bool) -> None:
    """Changes style properties (``colour="bad"``, ``state="error"``) and redraws the widget."""
    if all(widget.property(name) == value for name, value in properties.items()):
        return
    for name, value in properties.items():
        widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


def rule() -> QFrame:
    """A hairline between parts of a card."""
    line = QFrame()
    line.setObjectName("rule")
    return line


ONE_LINE = 10_000
"""A width at which every text is one line, px."""
WRAP_HINT = 240
"""Width a wrapped text asks for, px; it takes what it gets."""


class WrappedLabel(QLabel):
    """Wraps at any width. Qt's own minimum is the height of the narrowest column, which blows windows up."""

    def __init__(self, text: str = "") -> None:
        """Gives way in width, takes the height its width needs."""
        super().__init__(text)
        self.setWordWrap(True)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def minimumSizeHint(self) -> QSize:
        """One line."""
        return QSize(40, self.heightForWidth(ONE_LINE))

    def sizeHint(self) -> QSize:
        """One line; the layout asks ``heightForWidth`` for more."""
        width = self.fontMetrics().horizontalAdvance(self.text()) + 4
        return QSize(min(width, WRAP_HINT), self.heightForWidth(ONE_LINE))


class HintLabel(WrappedLabel):
    """A hint nobody needs to act: it makes room when the text is larger than 115 %."""

    def __init__(self, text: str) -> None:
        """Caption in the second colour."""
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setIndent(0)
        self.setProperty("role", "caption")
        self.setProperty("colour", "text2")
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """A new text scale."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()

    def _fit(self) -> None:
        self.setHidden(themes.current().scale > themes.ROOMY_UP_TO)


class ElidedLabel(QLabel):
    """A label that gives way: its words end in … where there is no room; the tooltip holds them whole."""

    def __init__(self, text: str = "", role: str = "body", colour: str = "") -> None:
        """As ``label``; never asks for more than a word's width."""
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setIndent(0)
        self.setProperty("role", role)
        self.setProperty("colour", colour)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        """Narrow: the text is elided."""
        return QSize(24, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws as much as fits."""
        cut = self.fontMetrics().horizontalAdvance(self.text()) > self.width()
        self.setToolTip(self.text() if cut else "")
        painter = QPainter(self)
        align = self.alignment() | Qt.AlignmentFlag.AlignVCenter
        colour = self.palette().color(self.foregroundRole())
        painting.draw_text(painter, self.rect(), self.text(), self.font(), colour, align)


class Icon(QWidget):
    """A theme-aware icon. Give ``name_for_people`` when no word stands beside it."""

    def __init__(self, name: str, role: str = "text2", px: int = 17, name_for_people: str = "") -> None:
        """``role``: colour by token name; ``px`` at 100 %."""
        super().__init__()
        self._name, self._role, self._px = name, role, px
        self.setAccessibleName(name_for_people)
        self.setToolTip(name_for_people)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_icon(self, name: str, role: str = "") -> None:
        """Changes picture and, if given, colour."""
        self._name, self._role = name, role or self._role
        self.update()

    def sizeHint(self) -> QSize:
        """A square of the icon's size."""
        side = themes.current().size(self._px)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the cached pixmap."""
        painter = QPainter(self)
        middle = self.height() // 2
        painting.draw_icon(painter, themes.current(), self._name, self._role, self._px, 0, middle)
