"""Rows of the cards of this page: inputs beside each other, a name above one that has none."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from counter_app.ui.widgets.text import label


def named(words: str, widget: QWidget) -> QWidget:
    """A widget below its name."""
    held = QWidget()
    column = QVBoxLayout(held)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(3)
    column.addWidget(label(words, "caption_strong", "text2"))
    column.addWidget(widget)
    column.addStretch(1)
    return held


def pair(*widgets: QWidget) -> QHBoxLayout:
    """Widgets of one row, equally wide."""
    row = QHBoxLayout()
    row.setSpacing(12)
    for widget in widgets:
        row.addWidget(widget, 1)
    return row


def on_top(card: QWidget) -> QWidget:
    """A card at the upper end of what it has."""
    held = QWidget()
    held.setObjectName("plain")
    column = QVBoxLayout(held)
    column.setContentsMargins(0, 0, 6, 0)
    column.addWidget(card)
    column.addStretch(1)
    return held
