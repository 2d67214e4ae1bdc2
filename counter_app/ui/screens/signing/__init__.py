"""The signing desk with its four moments (``ux.md`` 4.5): *Trình ký* for clerks, *Bàn ký* for signers."""

from __future__ import annotations

from dataclasses import replace

from counter_app.ui.i18n import translated
from counter_app.ui.screens.contract import ScreenContext, ScreenEntry, ScreenView


def _load(context: ScreenContext) -> ScreenView:
    from .view import SigningView

    return SigningView(context)


ENTRY = ScreenEntry(
    name="signing",
    title=translated("Trình ký"),
    permission="signing",
    shortcut="F7",
    icon="writing-sign",
    load=_load,
)
"""For those who make the pile, number it on the PC with the pen, and confirm it."""

DESK_ENTRY = replace(ENTRY, title=translated("Bàn ký"), roles=frozenset({"signatory"}))
"""The same screen on a signatory's rail, where it stands first."""
