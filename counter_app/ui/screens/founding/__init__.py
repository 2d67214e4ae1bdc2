"""The officials of a unit on a PC that knows nobody yet: founded here, or received from another PC."""

from __future__ import annotations

from counter_app.ui.i18n import translated
from counter_app.ui.screens.contract import ScreenContext, ScreenEntry, ScreenView


def _load(context: ScreenContext) -> ScreenView:
    from .view import FoundingView

    return FoundingView(context)


ENTRY = ScreenEntry(
    name="founding",
    title=translated("Cán bộ đầu tiên"),
    permission="",
    shortcut="",
    icon="users",
    load=_load,
    on_rail=False,
)
