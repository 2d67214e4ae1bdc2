"""Settings of this PC; those of the unit to read (``ux.md`` 4.12)."""

from __future__ import annotations

from counter_app.ui.i18n import translated
from counter_app.ui.screens.contract import ScreenContext, ScreenEntry, ScreenView


def _load(context: ScreenContext) -> ScreenView:
    from .view import SettingsView

    return SettingsView(context)


ENTRY = ScreenEntry(
    name="settings",
    title=translated("Cài đặt"),
    permission="settings",
    shortcut="",
    icon="settings",
    load=_load,
    group=1,
)
