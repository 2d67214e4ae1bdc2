"""What a scanned copy is worth, told offline (``sync.md`` 4): opened by scanning its QR on any screen."""

from __future__ import annotations

from counter_app.ui.i18n import translated
from counter_app.ui.screens.contract import ScreenContext, ScreenEntry, ScreenView


def _load(context: ScreenContext) -> ScreenView:
    from .view import CheckView

    return CheckView(context)


ENTRY = ScreenEntry(
    name="check",
    title=translated("Kiểm tra bản sao"),
    permission="search",
    shortcut="",
    icon="shield-check",
    load=_load,
    on_rail=False,
)
