"""Receipts undone by two persons, slips that get their receipt, books of paper receipts (``law.md`` 4.8)."""

from __future__ import annotations

from counter_app.ui.i18n import translated
from counter_app.ui.screens.contract import ScreenContext, ScreenEntry, ScreenView


def _load(context: ScreenContext) -> ScreenView:
    from .view import ReceiptsView

    return ReceiptsView(context)


ENTRY = ScreenEntry(
    name="receipts",
    title=translated("Biên lai"),
    permission="cash",
    shortcut="",
    icon="receipt",
    load=_load,
    group=1,
)
"""For everybody who takes money or closes the day."""
