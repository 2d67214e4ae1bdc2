"""Choosing one of few (segmented control), a page of a list (tab strip), yes or no (tick)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QWidget,
)

from counter_app.ui.theme import theme as themes
from counter_app.ui.theme.theme import Theme
from counter_app.ui.widgets import painting


class _Segment(QPushButton):
    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.setObjectName("segment")
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setAccessibleName(words)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        theme = themes.current()
        return QSize(painting.text_width(theme.font("caption", 600), self.text()) + 11, theme.size(26))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        self.style().drawControl(QStyle.ControlElement.CE_PushButtonBevel, option, painter, self)
        theme = themes.current()
        colour = theme.colour("primary" if self.isChecked() else "text2")
        painting.draw_text(
            painter, self.rect(), self.text(), theme.font("caption", 600), colour, painting.CENTER
        )


class Segmented(QFrame):
    """Two to four exclusive choices side by side; arrows change, Tab leaves."""

    chosen = Signal(str)

    def __init__(self, choices: Sequence[tuple[str, str]], current: str = "") -> None:
        """``choices``: (code, words); the first is current when none is named."""
        super().__init__()
        self.setObjectName("segmented")
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self._group = QButtonGroup(self)
        self._codes = [code for code, _ in choices]
        row = QHBoxLayout(self)
        row.setContentsMargins(1, 1, 1, 1)
        row.setSpacing(0)
        for index, (_, words) in enumerate(choices):
            button = _Segment(words)
            button.installEventFilter(self)
            self._group.addButton(button, index)
            row.addWidget(button, 1)
        self.choose(current or self._codes[0], quiet=True)
        self._group.idClicked.connect(self._clicked)

    def current(self) -> str:
        """Code of the choice."""
        return self._codes[self._group.checkedId()]

    def choose(self, code: str, *, quiet: bool = False) -> None:
        """Chooses by code; ``quiet`` tells nobody. Raises ValueError for an unknown code."""
        index = self._codes.index(code)
        self._group.button(index).setChecked(True)
        for i, button in enumerate(self._group.buttons()):
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if i == index else Qt.FocusPolicy.ClickFocus)
        if not quiet:
            self.chosen.emit(code)

    def choose_next(self) -> None:
        """The next choice, round again: a key such as Ctrl+M."""
        self.choose(self._codes[(self._group.checkedId() + 1) % len(self._codes)])

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """Left and right change the choice."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
            target = self._group.checkedId() + step
            if step and 0 <= target < len(self._codes):
                self.choose(self._codes[target])
                self._group.button(target).setFocus()
                return True
        return False

    def _clicked(self, index: int) -> None:
        self.choose(self._codes[index])


class _Tab(QPushButton):
    def __init__(self, words: str) -> None:
        super().__init__()
        self.setObjectName("tab")
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.words, self.count, self.alarm = words, "", ""

    def sizeHint(self) -> QSize:
        theme = themes.current()
        width = painting.text_width(theme.font("body", 600), self.words) + 26
        if self.count:
            width += painting.text_width(theme.font("caption", 700), self.count) + 6
        return QSize(width, theme.size(30))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        self.style().drawControl(QStyle.ControlElement.CE_PushButtonBevel, option, painter, self)
        theme = themes.current()
        role = "primary" if self.isChecked() else "text2"
        font = theme.font("body", 600)
        width = painting.text_width(font, self.words)
        box = QRect(12, 0, width, self.height())
        painting.draw_text(painter, box, self.words, font, theme.colour(role))
        if self.count:
            counted = theme.font("caption", 700)
            place = QRect(12 + width + 6, 0, painting.text_width(counted, self.count), self.height())
            painting.draw_text(painter, place, self.count, counted, theme.colour(self.alarm or role))


class TabStrip(QWidget):
    """Pages of a list with counts, keys 1..7. ``alarms`` colours a count (``bad``, ``warn``)."""

    chosen = Signal(str)

    def __init__(self, tabs: Sequence[tuple[str, str]]) -> None:
        """``tabs``: (code, words)."""
        super().__init__()
        self._codes = [code for code, _ in tabs]
        self._tabs = [_Tab(words) for _, words in tabs]
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 8, 10, 8)
        row.setSpacing(3)
        for index, tab in enumerate(self._tabs):
            self._group.addButton(tab, index)
            row.addWidget(tab)
        row.addStretch(1)
        self.right = row
        self._tabs[0].setChecked(True)
        self._group.idClicked.connect(lambda index: self.chosen.emit(self._codes[index]))

    def current(self) -> str:
        """Code of the page."""
        return self._codes[self._group.checkedId()]

    def choose(self, code_or_index: str | int) -> bool:
        """Chooses by code or by place from 0 among those shown (keys 1..7); False when there is none."""
        shown = [place for place, tab in enumerate(self._tabs) if not tab.isHidden()]
        if isinstance(code_or_index, str):
            index = self._codes.index(code_or_index)
        elif 0 <= code_or_index < len(shown):
            index = shown[code_or_index]
        else:
            return False
        self._tabs[index].setChecked(True)
        self.chosen.emit(self._codes[index])
        return True

    def shown(self) -> int:
        """How many pages there are to choose from."""
        return sum(not tab.isHidden() for tab in self._tabs)

    def show_codes(self, codes: Sequence[str]) -> None:
        """Only these pages; the one in front stays in front."""
        for code, tab in zip(self._codes, self._tabs, strict=True):
            tab.setVisible(code in codes or tab.isChecked())

    def show_counts(self, counts: dict[str, int], alarms: dict[str, str] | None = None) -> None:
        """Writes the counts beside the words; a code that is absent has none."""
        for code, tab in zip(self._codes, self._tabs, strict=True):
            tab.count = str(counts[code]) if code in counts else ""
            tab.alarm = (alarms or {}).get(code, "") if counts.get(code) else ""
            tab.setAccessibleName(f"{tab.words} {tab.count}".strip())
            tab.updateGeometry()
            tab.update()

    def add_right(self, widget: QWidget) -> None:
        """A widget at the right end of the strip."""
        self.right.addWidget(widget)


def paint_tick(painter: QPainter, theme: Theme, box: QRect, *, on: bool, enabled: bool = True) -> None:
    """The square of a tick, on or off."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    frame = QRectF(box).adjusted(1, 1, -1, -1)
    if not enabled:
        painter.setPen(QPen(theme.colour("line_strong"), 1.4))
        painter.setBrush(theme.colour("sunken"))
    elif on:
        painter.setPen(QPen(theme.colour("primary"), 1.4))
        painter.setBrush(theme.colour("primary"))
    else:
        painter.setPen(QPen(theme.colour("field_line"), 1.6))
        painter.setBrush(theme.colour("surface"))
    painter.drawRoundedRect(frame, 4, 4)
    if on:
        side = box.width() - 4
        mark = theme.icon(
            "check", "text_inv" if enabled else "text3", 14, painter.device().devicePixelRatioF()
        )
        painter.drawPixmap(QRect(box.left() + 2, box.top() + 2, side, side), mark)


class Tick(QCheckBox):
    """A check box with our square; Space ticks, Enter goes on."""

    def __init__(self, words: str, *, on: bool = False) -> None:
        """``words`` beside the square."""
        super().__init__(words)
        self.setChecked(on)
        self.setAccessibleName(words)

    def sizeHint(self) -> QSize:
        """Square, gap, words."""
        theme = themes.current()
        width = theme.size("checkbox") + 12 + painting.text_width(theme.font("body", 500), self.text())
        return QSize(width, theme.size(26))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Square and words; a ring when it has focus."""
        painter = QPainter(self)
        theme = themes.current()
        side = theme.size("checkbox")
        box = QRect(3, (self.height() - side) // 2, side, side)
        paint_tick(painter, theme, box, on=self.isChecked(), enabled=self.isEnabled())
        if self.hasFocus():
            painter.setPen(QPen(theme.colour("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(box).adjusted(-2, -2, 2, 2), 5, 5)
        words = QRect(side + 11, 0, self.width() - side - 11, self.height())
        colour = theme.colour("text" if self.isEnabled() else "text3")
        painting.draw_text(painter, words, self.text(), theme.font("body", 500), colour)

    def hitButton(self, position: object) -> bool:
        """The whole widget is the target."""
        return True
