"""Closing the counter's cash day (``ux.md`` 4.9)."""

from __future__ import annotations

from counter_app.ui.i18n import translated
from counter_app.ui.screens.contract import ScreenContext, ScreenEntry, ScreenView


def _load(context: ScreenContext) -> ScreenView:
    from .view import CashView

    return CashView(context)


ENTRY = ScreenEntry(
    name="cash",
    title=translated("Chốt quỹ ngày"),
    permission="cash",
    shortcut="",
    icon="cash-banknote",
    load=_load,
    group=1,
)
