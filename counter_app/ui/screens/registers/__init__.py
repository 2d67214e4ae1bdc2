"""The register of a month, its closing and its beginning (``ux.md`` 4.8)."""

from __future__ import annotations

from counter_app.ui.i18n import translated
from counter_app.ui.screens.contract import ScreenContext, ScreenEntry, ScreenView


def _load(context: ScreenContext) -> ScreenView:
    from .view import RegistersView

    return RegistersView(context)


ENTRY = ScreenEntry(
    name="registers",
    title=translated("Sổ và báo cáo"),
    permission="registers",
    shortcut="",
    icon="books",
    load=_load,
    group=1,
)
