"""Buttons of icon, words and key cap. The cap shows only while the button's part has focus (ux.md 1)."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStyle, QStyleOptionButton, QWidget

from counter_app.ui.theme import theme as themes
from counter_app.ui.widgets import painting
from counter_app.ui.widgets.parts import caps_around

NORMAL, PRIMARY, COMMIT, DANGER, LINK = "normal", "primary", "commit", "danger", "link"
_HEIGHT = {NORMAL: 36, PRIMARY: 36, COMMIT: 44, DANGER: 36, LINK: 26}
_GAP = 8


class Button(QPushButton):
    """One button look for the whole program. Never a default button: Enter means "next field"."""

    def __init__(
        self,
        words: str,
        icon: str = "",
        keys: str = "",
        kind: str = NORMAL,
        on_click: Callable[[], None] | None = None,
    ) -> None:
        """``words``: verb and object, translated; ``keys``: the cap, such as ``"F9"``."""
        super().__init__()
        self.setObjectName("kit")
        self.setProperty("kind", kind)
        self.setAutoDefault(False)
        self.setDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._kind, self._icon, self._words, self._keys = kind, icon, words, keys
        self._cap_shown: bool | None = None
        self._name()
        if on_click is not None:
            self.clicked.connect(lambda _checked=False: on_click())

    def words(self) -> str:
        """What the button says."""
        return self._words

    def show_words(self, words: str, icon: str | None = None) -> None:
        """Changes the words, as the outcome of the commit changes."""
        self._words = words
        self._icon = self._icon if icon is None else icon
        self._name()
        self.updateGeometry()
        self.update()

    def show_cap(self, shown: bool | None) -> None:
        """The page decides, None: the rule of ``parts`` again; the width stays, so that nothing jumps."""
        self._cap_shown = shown
        self.update()

    def has_cap(self) -> bool:
        """Whether the cap is painted now: the button can be pressed and its part has the focus.

        The page's one commit belongs to every part.
        """
        if not self._keys or not self.isEnabled():
            return False
        if self._cap_shown is not None:
            return self._cap_shown
        caps = caps_around(self)
        return caps is None or self._kind == COMMIT or caps.stand_on(self)

    def disable_because(self, reason: str) -> None:
        """Disabled with its reason in the tooltip; an empty reason enables it."""
        self.setEnabled(not reason)
        self.setToolTip(reason)

    def sizeHint(self) -> QSize:
        """From the words: nothing is ever cut."""
        theme = themes.current()
        width = self._content_width() + (8 if self._kind == LINK else 26)
        return QSize(width, theme.size(_HEIGHT[self._kind]))

    def minimumSizeHint(self) -> QSize:
        """The same: buttons do not shrink."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground by the style sheet, contents by hand in the colours of kind and state."""
        painter = QPainter(self)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        self.style().drawControl(QStyle.ControlElement.CE_PushButtonBevel, option, painter, self)
        theme = themes.current()
        shows_cap = self.has_cap()
        left = max((self.width() - self._content_width(with_cap=shows_cap)) // 2, 4)
        middle = self.height() // 2
        role = self._role()
        if self._icon:
            icon_role = role if role != "text" else "text"
            left += painting.draw_icon(painter, theme, self._icon, icon_role, 17, left, middle) + _GAP
        font = theme.font("body", 600)
        width = painting.text_width(font, self._words)
        box = QRect(left, 0, width, self.height())
        painting.draw_text(painter, box, self._words, font, theme.colour(role))
        if shows_cap:
            painting.draw_cap(
                painter, theme, self._keys, left + width + _GAP, middle, on_primary=self._is_blue()
            )

    def _name(self) -> None:
        self.setAccessibleName(f"{self._words} ({self._keys})" if self._keys else self._words)

    def _is_blue(self) -> bool:
        return self._kind in (PRIMARY, COMMIT) and self.isEnabled()

    def _role(self) -> str:
        if not self.isEnabled():
            return "text3"
        return {PRIMARY: "text_inv", COMMIT: "text_inv", DANGER: "bad", LINK: "primary"}.get(
            self._kind, "text"
        )

    def _content_width(self, *, with_cap: bool = True) -> int:
        theme = themes.current()
        width = painting.text_width(theme.font("body", 600), self._words)
        if self._icon:
            width += theme.size(17) + _GAP
        if self._keys and with_cap:
            width += painting.cap_width(theme, self._keys) + _GAP
        return width


def commit_button(words: str, icon: str = "printer", on_click: Callable[[], None] | None = None) -> Button:
    """The F9 button of a screen: 44 px, blue, as wide as its column."""
    made = Button(words, icon, "F9", COMMIT, on_click)
    made.setSizePolicy(QSizePolicy.Policy.MinimumExpanding, QSizePolicy.Policy.Fixed)
    return made


class WideButton(QPushButton):
    """Two lines with an icon at the left and a cap at the right: the doors on the home screen."""

    def __init__(
        self,
        words: str,
        second_line: str,
        icon: str,
        keys: str,
        *,
        primary: bool = False,
        on_click: Callable[[], None] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """``words`` bold, ``second_line`` smaller below."""
        super().__init__(parent)
        self.setObjectName("kit")
        self.setProperty("kind", "two_line_primary" if primary else "two_line")
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._words, self._second, self._icon, self._keys = words, second_line, icon, keys
        self._primary = primary
        self.setAccessibleName(f"{words}. {second_line} ({keys})")
        if on_click is not None:
            self.clicked.connect(lambda _checked=False: on_click())

    def sizeHint(self) -> QSize:
        """Two lines high."""
        theme = themes.current()
        words = max(
            painting.text_width(theme.font("input", 600), self._words),
            painting.text_width(theme.font("caption"), self._second),
        )
        width = words + painting.cap_width(theme, self._keys) + theme.size(20) + 56
        height = QFontMetrics(theme.font("input")).height() + QFontMetrics(theme.font("caption")).height()
        return QSize(width, max(theme.size(52), height + 12))

    def minimumSizeHint(self) -> QSize:
        """The same."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Icon, two lines, cap."""
        painter = QPainter(self)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        self.style().drawControl(QStyle.ControlElement.CE_PushButtonBevel, option, painter, self)
        theme = themes.current()
        first: QColor = theme.colour("text_inv" if self._primary else "text")
        second: QColor = theme.colour("text_inv" if self._primary else "text2")
        middle = self.height() // 2
        icon_role = "text_inv" if self._primary else "primary"
        left = 15 + painting.draw_icon(painter, theme, self._icon, icon_role, 20, 14, middle) + 12
        cap = painting.cap_width(theme, self._keys)
        width = self.width() - left - cap - 24
        half = theme.size(18)
        painting.draw_text(
            painter, QRect(left, middle - half, width, half), self._words, theme.font("input", 600), first
        )
        painting.draw_text(
            painter, QRect(left, middle + 1, width, half), self._second, theme.font("caption"), second
        )
        painting.draw_cap(
            painter, theme, self._keys, self.width() - cap - 13, middle, on_primary=self._primary
        )
