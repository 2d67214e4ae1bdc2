"""Finding anybody and anything on this PC, and what happened to it (``ux.md`` 4.7)."""

from __future__ import annotations

from counter_app.ui.i18n import translated
from counter_app.ui.screens.contract import ScreenContext, ScreenEntry, ScreenView


def _load(context: ScreenContext) -> ScreenView:
    from .view import SearchView

    return SearchView(context)


ENTRY = ScreenEntry(
    name="search",
    title=translated("Tra cứu"),
    permission="search",
    shortcut="F8",
    icon="search",
    load=_load,
)
