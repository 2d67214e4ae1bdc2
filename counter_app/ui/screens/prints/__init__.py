"""*Bản in đang chờ*: papers that did not come out yet; their records are saved (``ux.md`` 3.4)."""

from __future__ import annotations

from counter_app.ui.i18n import translated
from counter_app.ui.screens.contract import ScreenContext, ScreenEntry, ScreenView


def _load(context: ScreenContext) -> ScreenView:
    from .view import PrintsView

    return PrintsView(context)


ENTRY = ScreenEntry(
    name="prints",
    title=translated("Bản in đang chờ"),
    permission="home",
    shortcut="",
    icon="printer",
    load=_load,
    group=1,
)
