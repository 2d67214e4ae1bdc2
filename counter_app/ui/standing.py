"""Whether something that was put into the drawer still stands there: Qt deletes what was replaced."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

Shown = TypeVar("Shown", bound=QWidget)


def standing(widget: Shown | None) -> Shown | None:
    """``widget`` while Qt has it and shows it, else None."""
    return widget if widget is not None and isValid(widget) and widget.isVisible() else None
