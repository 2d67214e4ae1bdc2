"""Emptying a layout whose contents are drawn again."""

from __future__ import annotations

from PySide6.QtWidgets import QLayout


def clear(layout: QLayout) -> None:
    """Hides and deletes every widget of a layout. Never from ``changeEvent``: Qt walks the children then."""
    while layout.count():
        widget = layout.takeAt(0).widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
