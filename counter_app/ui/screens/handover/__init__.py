"""Return of copies (``ux.md`` 4.6): scan, look who takes them, F9."""

from __future__ import annotations

from counter_app.ui.i18n import translated
from counter_app.ui.screens.contract import ScreenContext, ScreenEntry, ScreenView


def _load(context: ScreenContext) -> ScreenView:
    from .view import HandoverView

    return HandoverView(context)


ENTRY = ScreenEntry(
    name="handover",
    title=translated("Trả kết quả"),
    permission="handover",
    shortcut="F6",
    icon="package-export",
    load=_load,
)
