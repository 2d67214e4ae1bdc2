"""The rail, built from the role: icon, one or two lines, badge, key; 212 px, or 56 px of icons."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QVBoxLayout,
    QWidget,
)

from counter_app.ui.formatting import initials
from counter_app.ui.i18n import tr
from counter_app.ui.screens.contract import ScreenEntry
from counter_app.ui.theme import theme as themes
from counter_app.ui.theme.tokens import tokens
from counter_app.ui.widgets import painting


def _ground(button: QPushButton, painter: QPainter) -> None:
    option = QStyleOptionButton()
    button.initStyleOption(option)
    button.style().drawControl(QStyle.ControlElement.CE_PushButtonBevel, option, painter, button)


class RailItem(QPushButton):
    """One line of the rail."""

    def __init__(self, entry: ScreenEntry) -> None:
        """Words come from the entry, translated."""
        super().__init__()
        self.setObjectName("railItem")
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.entry = entry
        self._words = tr(entry.title)
        self._second = tr(entry.second_line) if entry.second_line else ""
        self._count = 0
        self._narrow = False
        self.show_badge(0)

    def show_badge(self, count: int) -> None:
        """The gold count; 0 hides it."""
        self._count = count
        name = " ".join(part for part in (self._words, self._second) if part)
        counted = tr("{name}: {n} việc").format(name=name, n=count) if count else name
        self.setAccessibleName(f"{counted} ({self.entry.shortcut})" if self.entry.shortcut else counted)
        self.update()

    def set_narrow(self, narrow: bool) -> None:
        """Icons only; the words go to the tooltip."""
        self._narrow = narrow
        self.setMaximumHeight(self.sizeHint().height())
        self.setToolTip(self.accessibleName() if narrow else "")
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """40 px, 44 with two lines."""
        theme = themes.current()
        name = "rail_item_two_line" if self._second else "rail_item"
        high = tokens().size["rail_item"] if self._narrow else theme.size(name)
        return QSize(theme.size(36), high)

    def minimumSizeHint(self) -> QSize:
        """Gives way to 30 px before the window grows too high."""
        return QSize(36, min(30, self.sizeHint().height()))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Icon, words, badge, key."""
        painter = QPainter(self)
        _ground(self, painter)
        theme = themes.current()
        on = self.isChecked()
        role = "rail_on" if on else "rail_text"
        middle = self.height() // 2
        side = theme.size(20)
        count = str(self._count) if self._count else ""
        if self._narrow:
            self._paint_narrow(painter, theme, role, count)
            return
        left = 11
        painting.draw_icon(painter, theme, self.entry.icon, role, 20, left, middle)
        right = self._paint_right(painter, count, on=on)
        self._paint_words(painter, QRect(left + side + 9, 0, right - left - side - 13, self.height()), role)

    def _paint_narrow(self, painter: QPainter, theme: themes.Theme, role: str, count: str) -> None:
        """The icon at the left, so that a badge stands beside it and icons stay in one column."""
        middle = self.height() // 2
        left = self.icon_left()
        painting.draw_icon(painter, theme, self.entry.icon, role, 20, left, middle)
        if count:
            count = count if len(count) < 3 else "99+"
            left = self.width() - painting.count_width(theme, count)
            painting.draw_count(painter, theme, count, left, theme.size(9))

    def icon_left(self) -> int:
        """Where the icon of a narrow line begins, px: room for a badge of one digit is kept at its right."""
        theme = themes.current()
        side = theme.size(20)
        room = self.width() - painting.count_width(theme, "9") - side - 2
        return max(1, min((self.width() - side) // 2, room))

    def _paint_right(self, painter: QPainter, count: str, *, on: bool) -> int:
        theme = themes.current()
        right = self.width() - 10
        if self.entry.shortcut:
            font = theme.font("keycap", 600)
            width = painting.text_width(font, self.entry.shortcut)
            box = QRect(right - width, 0, width, self.height())
            colour = theme.colour("rail_on" if on else "rail_muted")
            painting.draw_text(painter, box, self.entry.shortcut, font, colour)
            right -= width + 9
        if count:
            width = painting.count_width(theme, count)
            painting.draw_count(painter, theme, count, right - width, self.height() // 2)
            right -= width + 6
        return right

    def _paint_words(self, painter: QPainter, box: QRect, role: str) -> None:
        theme = themes.current()
        font = theme.font("body", 600 if self.isChecked() else 500)
        if not self._second:
            painting.draw_text(painter, box, self._words, font, theme.colour(role))
            return
        half = box.height() // 2
        small = theme.font("keycap")
        muted: QColor = theme.colour("rail_on" if self.isChecked() else "rail_muted")
        first = QRect(box.left(), 0, box.width(), half)
        second = QRect(box.left(), half - 1, box.width(), half)
        painting.draw_text(painter, first, self._words, font, theme.colour(role))
        painting.draw_text(painter, second, self._second, small, muted)


class PersonBox(QPushButton):
    """Who is at the counter; a click locks."""

    def __init__(self) -> None:
        """Nobody yet."""
        super().__init__()
        self.setObjectName("person")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._name, self._duty, self.narrow = "", "", False

    def show_person(self, name: str, duty: str) -> None:
        """Name and title."""
        self._name, self._duty = name, duty
        self.setToolTip(tr("Khóa màn hình, đổi người (F12)"))
        self.setAccessibleName(f"{name}, {duty}. {self.toolTip()}")
        self.update()

    def sizeHint(self) -> QSize:
        """48 px."""
        return QSize(36, themes.current().size(48))

    def paintEvent(self, event: QPaintEvent) -> None:
        """A round with initials, two lines, a lock."""
        painter = QPainter(self)
        _ground(self, painter)
        theme = themes.current()
        side = theme.size(32)
        middle = self.height() // 2
        left = (self.width() - side) // 2 if self.narrow else 9
        round_box = QRect(left, middle - side // 2, side, side)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("rail_accent"))
        painter.drawEllipse(round_box)
        marks = theme.font("caption", 700)
        painting.draw_text(
            painter, round_box, initials(self._name), marks, theme.colour("on_accent"), painting.CENTER
        )
        if self.narrow:
            return
        lock = theme.size(17)
        painting.draw_icon(painter, theme, "lock", "rail_muted", 17, self.width() - lock - 9, middle)
        width = self.width() - left - side - lock - 26
        font, small = theme.font("body", 600), theme.font("keycap")
        high = QFontMetrics(font).height()
        top = middle - high + 1
        name_box = QRect(left + side + 9, top, width, high)
        painting.draw_text(painter, name_box, self._name, font, theme.colour("rail_text"))
        duty_box = QRect(left + side + 9, middle, width, high)
        painting.draw_text(painter, duty_box, self._duty, small, theme.colour("rail_muted"))


class _Head(QWidget):
    """Stamp, product name, unit and counter."""

    def __init__(self) -> None:
        super().__init__()
        self.unit, self.narrow = "", False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(36, themes.current().size(52))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = themes.current()
        side, middle = theme.size(30), self.height() // 2
        left = (self.width() - side) // 2 if self.narrow else 4
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("rail_accent"))
        painter.drawRoundedRect(left, middle - side // 2, side, side, 7, 7)
        inset = (side - theme.size(20)) // 2
        painting.draw_icon(painter, theme, "rubber-stamp", "on_accent", 20, left + inset, middle)
        if self.narrow:
            return
        left += side + 10
        font, small = theme.font("input", 700), theme.font("keycap")
        high = QFontMetrics(font).height()
        width = self.width() - left
        first = QRect(left, middle - high + 2, width, high)
        second = QRect(left, middle + 1, width, high - 2)
        painting.draw_text(painter, first, tr("Một cửa cấp xã"), font, theme.colour("rail_text"))
        painting.draw_text(painter, second, self.unit, small, theme.colour("rail_muted"))


class Rail(QFrame):
    """The rail. ``chosen`` carries the name of a screen, ``lock_asked`` a click on the person."""

    chosen = Signal(str)
    lock_asked = Signal()

    def __init__(self) -> None:
        """Empty until ``show_entries``."""
        super().__init__()
        self.setObjectName("rail")
        self._items: dict[str, RailItem] = {}
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._narrow = False
        self._head = _Head()
        self.person = PersonBox()
        self.person.clicked.connect(lambda _checked=False: self.lock_asked.emit())
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(10, 7, 10, 12)
        self._column.setSpacing(2)
        self._apply_width()

    def show_entries(self, entries: Sequence[ScreenEntry]) -> None:
        """Builds the lines; entries of group 1 stand below a rule."""
        while self._column.count():
            taken: QWidget | None = self._column.takeAt(0).widget()
            if taken is not None and taken not in (self._head, self.person):
                taken.deleteLater()
        self._items.clear()
        self._column.addWidget(self._head)
        group = 0
        for entry in entries:
            if entry.group != group:
                group = entry.group
                self._column.addSpacing(7)
                line = QFrame()
                line.setObjectName("railRule")
                self._column.addWidget(line)
                self._column.addSpacing(7)
            item = RailItem(entry)
            item.set_narrow(self._narrow)
            item.clicked.connect(lambda _checked=False, name=entry.name: self.chosen.emit(name))
            self._group.addButton(item)
            self._items[entry.name] = item
            self._column.addWidget(item)
        self._column.addStretch(1)
        self._column.addWidget(self.person)

    def show_unit(self, unit: str) -> None:
        """``UBND xã … · QUẦY-02``."""
        self._head.unit = unit
        self._head.setToolTip(unit)
        self._head.update()

    def show_badges(self, counts: dict[str, int]) -> None:
        """Counts by screen name; absent ones are hidden."""
        for name, item in self._items.items():
            item.show_badge(counts.get(name, 0))

    def show_current(self, name: str) -> None:
        """Marks the screen in front; one that has no line here leaves none lit."""
        self._group.setExclusive(False)  # an exclusive group never lets its last button go
        for key, item in self._items.items():
            item.setChecked(key == name)
        self._group.setExclusive(True)

    def first_name(self) -> str:
        """Name of the screen a person begins with, ``""`` while the rail is empty."""
        return next(iter(self._items), "")

    def name_for_key(self, key: str) -> str:
        """Name of the screen a key opens, ``""`` when the role has none."""
        return next((n for n, item in self._items.items() if item.entry.shortcut == key), "")

    def set_narrow(self, narrow: bool) -> None:
        """212 px or 56."""
        self._narrow = narrow
        self._head.narrow = self.person.narrow = narrow
        for item in self._items.values():
            item.set_narrow(narrow)
        self._apply_width()

    def is_narrow(self) -> bool:
        """Whether only icons are shown."""
        return self._narrow

    def _apply_width(self) -> None:
        theme = themes.current()
        for item in self._items.values():
            item.setMaximumHeight(item.sizeHint().height())
        self.setFixedWidth(theme.size("rail_collapsed" if self._narrow else "rail"))
