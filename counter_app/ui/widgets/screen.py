"""Base class of every screen: answers the whole contract with defaults; a view writes what differs."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from counter_app.ui.actions import Action
from counter_app.ui.screens.contract import KeyHint, ScreenContext
from counter_app.ui.theme import theme as themes
from counter_app.ui.widgets.parts import PartCaps

PAGE_MARGINS = (20, 14, 18, 14)
GUTTER = 14


class Screen(QWidget):
    """A page. Override what the screen does; see ``screens.contract.ScreenView`` for each promise."""

    def __init__(self, context: ScreenContext) -> None:
        """Keeps the context; build the widgets in the subclass."""
        super().__init__()
        self.setObjectName("canvas")
        self.context = context
        self.part_caps = PartCaps(self)

    def widget(self) -> QWidget:
        """The page itself."""
        return self

    def title(self) -> str:
        """The big words of the top bar."""
        return ""

    def subtitle(self) -> str:
        """Nothing beside the title."""
        return ""

    def legend(self) -> tuple[KeyHint, ...]:
        """Only what the shell adds."""
        return ()

    def help_lines(self) -> tuple[str, ...]:
        """No lines of help."""
        return ()

    def on_shown(self, argument: object) -> None:
        """Nothing to open."""

    def on_hidden(self) -> None:
        """Nothing to keep."""

    def on_commit(self) -> None:
        """Nothing to commit."""

    def on_escape(self) -> bool:
        """Nothing to leave: the shell goes to the first screen."""
        return False

    def on_scan(self, code: str) -> bool:
        """The shell finds out what it is."""
        return False

    def on_action(self, action: Action) -> bool:
        """No other keys."""
        return False

    def on_changed(self, areas: frozenset[str]) -> None:
        """Shows nothing that could change."""


def page(screen: QWidget) -> QVBoxLayout:
    """The outer layout of a page: margins 20/14, gutter 14."""
    column = QVBoxLayout(screen)
    column.setContentsMargins(*PAGE_MARGINS)
    column.setSpacing(GUTTER - 3)
    return column


class SideColumn(QWidget):
    """A column of fixed width that grows with the text scale, never with the window."""

    def __init__(self, width: int) -> None:
        """``width`` px at 100 %."""
        super().__init__()
        self._width = width
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setFixedWidth(themes.current().side(width))

    def changeEvent(self, event: QEvent) -> None:
        """A new text scale."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.setFixedWidth(themes.current().side(self._width))


def main_and_side(side_width: int) -> tuple[QHBoxLayout, QVBoxLayout, QVBoxLayout]:
    """Two columns: the work, and a side column of ``side_width`` px (292-392). Returns (row, main, side)."""
    row = QHBoxLayout()
    row.setSpacing(GUTTER)
    main, side = QVBoxLayout(), QVBoxLayout()
    for column in (main, side):
        column.setSpacing(GUTTER - 3)
    holder = SideColumn(side_width)
    holder.setLayout(side)
    side.setContentsMargins(0, 0, 0, 0)
    row.addLayout(main, 1)
    row.addWidget(holder)
    return row, main, side
