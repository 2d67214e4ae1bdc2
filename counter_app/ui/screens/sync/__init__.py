"""What is not at the province yet, what the province asks, files carried by hand (``ux.md`` 3.3, 4.10)."""

from __future__ import annotations

from counter_app.ui.i18n import translated
from counter_app.ui.screens.contract import ScreenContext, ScreenEntry, ScreenView


def _load(context: ScreenContext) -> ScreenView:
    from .view import SyncView

    return SyncView(context)


ENTRY = ScreenEntry(
    name="sync",
    title=translated("Đồng bộ với tỉnh"),
    permission="sync",
    shortcut="",
    icon="refresh",
    load=_load,
    group=1,
)
