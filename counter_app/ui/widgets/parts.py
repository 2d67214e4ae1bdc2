"""Parts of a page: a card that focus can enter. Key caps stand only on buttons of the part that has it.

A cap promises that the key does this now (``ux.md`` 2.1). Buttons outside all cards, and those in cards
without a place for focus, belong to the whole page: their keys work wherever one stands.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from shiboken6 import isValid

from counter_app.ui.widgets.card import Card


def part_of(widget: QWidget) -> Card | None:
    """The nearest card around ``widget`` that focus can enter; None where the whole page is meant."""
    around = widget.parentWidget()
    while around is not None:
        if isinstance(around, Card) and _has_place(around):
            return around
        around = around.parentWidget()
    return None


def _has_place(card: Card) -> bool:
    """Whether ``card`` holds a list, a field, a choice; its plain buttons are doors, not places."""
    return any(
        one.focusPolicy() & Qt.FocusPolicy.TabFocus and not _is_door(one) and one.isVisibleTo(card)
        for one in card.findChildren(QWidget)
    )


def _is_door(widget: QWidget) -> bool:
    return isinstance(widget, QPushButton) and not widget.isCheckable()


class PartCaps(QObject):
    """Follows the focus inside one page. Found by its buttons through ``caps_around``."""

    def __init__(self, page: QWidget) -> None:
        """Lives as long as ``page``."""
        super().__init__(page)
        self._page = page
        self._part: Card | None = None
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._moved)

    def stand_on(self, button: QWidget) -> bool:
        """Whether the key of ``button`` belongs to where the focus is, or was before it left the page."""
        held = self._part if self._part is not None and isValid(self._part) else None
        if held is None or not held.isVisible():
            return True
        part = part_of(button)
        return part is None or part is held

    def _moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        if new is None or not isValid(self._page) or not self._page.isAncestorOf(new):
            return
        part = part_of(new)
        if part is not self._part:
            self._part = part
            for button in self._page.findChildren(QPushButton):
                button.update()


def caps_around(widget: QWidget) -> PartCaps | None:
    """Those of the page ``widget`` stands on; None in the frame, its dialog and its drawer."""
    around: QWidget | None = widget
    while around is not None:
        caps = getattr(around, "part_caps", None)
        if isinstance(caps, PartCaps):
            return caps
        around = around.parentWidget()
    return None
