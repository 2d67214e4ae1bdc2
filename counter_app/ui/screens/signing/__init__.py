"""The signing desk with its four moments (``ux.md`` 4.5): *Trình ký* for clerks, *Bàn ký* for signers."""

from __future__ import annotations

from dataclasses import replace

from counter_app.ui.i18n import translated
from counter_app.ui.screens.contract import ScreenContext, ScreenEntry, ScreenView


def _load(context: ScreenContext) -> ScreenView:
    from .view import SigningView

    return SigningView(context)


def _load_digital(context: ScreenContext) -> ScreenView:
    from .digital_view import DigitalView

    return DigitalView(context)


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

DIGITAL_ENTRY = replace(
    ENTRY, name="digital", title=translated("Ký số"), shortcut="", icon="signature", load=_load_digital,
    on_rail=False,
)  # fmt: skip
"""Electronic copies: opened from their queue at the desk."""
