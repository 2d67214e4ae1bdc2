"""*Ai đã xem dữ liệu*: looks at personal data on this PC, for heads and inspectors."""

from __future__ import annotations

from counter_app.ui.i18n import translated
from counter_app.ui.screens.contract import ScreenContext, ScreenEntry, ScreenView


def _load(context: ScreenContext) -> ScreenView:
    from .view import ReadsView

    return ReadsView(context)


ENTRY = ScreenEntry(
    name="reads",
    title=translated("Ai đã xem dữ liệu"),
    permission="reads",
    shortcut="",
    icon="eye",
    load=_load,
    group=1,
    on_rail=False,
)
"""Opened from settings, or as a command of Ctrl+K."""
