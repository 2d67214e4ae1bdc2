"""Where numbers are given, the pen of a dead PC, unknown and double numbers (``sync.md`` 4)."""

from __future__ import annotations

from counter_app.ui.i18n import translated
from counter_app.ui.screens.contract import ScreenContext, ScreenEntry, ScreenView


def _load(context: ScreenContext) -> ScreenView:
    from .view import PenView

    return PenView(context)


ENTRY = ScreenEntry(
    name="pen",
    title=translated("Quyền cấp số và sổ"),
    permission="registers",
    shortcut="",
    icon="key",
    load=_load,
    group=1,
    roles=frozenset({"registrar", "signatory", "director", "deputy_director", "chairman"}),
)
"""For those who answer for the registers; whoever numbers may also pass the pen on."""
