"""Taking in a dossier of any procedure on one page (``ux.md`` 4.3)."""

from __future__ import annotations

from counter_app.ui.i18n import translated
from counter_app.ui.screens.contract import ScreenContext, ScreenEntry, ScreenView


def _load(context: ScreenContext) -> ScreenView:
    from .view import IntakeView

    return IntakeView(context)


ENTRY = ScreenEntry(
    name="intake",
    title=translated("Tiếp nhận hồ sơ"),
    permission="intake",
    shortcut="F3",
    icon="file-plus",
    load=_load,
)
