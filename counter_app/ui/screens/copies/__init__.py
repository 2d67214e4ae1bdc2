"""Fast entry of certified copies (``ux.md`` 4.4)."""

from __future__ import annotations

from counter_app.ui.i18n import translated
from counter_app.ui.screens.contract import ScreenContext, ScreenEntry, ScreenView


def _load(context: ScreenContext) -> ScreenView:
    from .view import CopiesView

    return CopiesView(context)


ENTRY = ScreenEntry(
    name="copies",
    title=translated("Chứng thực"),
    permission="copies",
    shortcut="F4",
    icon="rubber-stamp",
    load=_load,
)
