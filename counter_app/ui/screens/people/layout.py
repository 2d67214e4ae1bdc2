"""Where the cards of this page stand."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget


def on_top(card: QWidget) -> QWidget:
    """A card at the upper end of what it has."""
    held = QWidget()
    held.setObjectName("plain")
    column = QVBoxLayout(held)
    column.setContentsMargins(0, 0, 6, 0)
    column.addWidget(card)
    column.addStretch(1)
    return held
