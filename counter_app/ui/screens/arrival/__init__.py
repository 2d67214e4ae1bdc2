"""*Tiếp nhận sổ đang dùng*: opening figures and old books of an office that arrives in mid-year."""

from __future__ import annotations

from counter_app.ui.i18n import translated
from counter_app.ui.screens.contract import ScreenContext, ScreenEntry, ScreenView


def _load(context: ScreenContext) -> ScreenView:
    from .view import ArrivalView

    return ArrivalView(context)


ENTRY = ScreenEntry(
    name="arrival",
    title=translated("Tiếp nhận sổ đang dùng"),
    permission="close_books",
    shortcut="",
    icon="books",
    load=_load,
    group=1,
    on_rail=False,
)
"""Opened as a command of Ctrl+K: an office arrives once."""
