"""The acts on one line, in the drawer: what happened to a number, oldest first."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from counter_app.services.ports.register_row import RegisterRow
from counter_app.ui.i18n import tr
from counter_app.ui.widgets.button import Button
from counter_app.ui.widgets.text import label


def history_panel(row: RegisterRow, acts: tuple[str, ...], buttons: tuple[Button, ...] = ()) -> QWidget:
    """Name, original, the acts in words; ``buttons``: what can still be done with the line."""
    panel = QWidget()
    column = QVBoxLayout(panel)
    column.setContentsMargins(0, 4, 8, 0)
    column.setSpacing(8)
    column.addWidget(label(row.name, "strong", wrap=True))
    column.addWidget(label(row.original, "body", "text2", wrap=True))
    for act in acts or (tr("Chưa rõ ai đã cấp số này."),):
        column.addWidget(label(act, wrap=True))
    for button in buttons:
        column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
    column.addStretch(1)
    return panel
