"""What to do next, in three seconds (``ux.md`` 4.2)."""

from __future__ import annotations

from counter_app.ui.i18n import translated
from counter_app.ui.screens.contract import ScreenContext, ScreenEntry, ScreenView


def _load(context: ScreenContext) -> ScreenView:
    from .view import HomeView

    return HomeView(context)


ENTRY = ScreenEntry(
    name="home",
    title=translated("Bàn làm việc"),
    permission="home",
    shortcut="F2",
    icon="home",
    load=_load,
)
