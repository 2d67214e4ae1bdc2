"""Signing in, unlocking, changing person (``ux.md`` 4.1)."""

from __future__ import annotations

from counter_app.ui.i18n import translated
from counter_app.ui.screens.contract import ScreenContext, ScreenEntry, ScreenView


def _load(context: ScreenContext) -> ScreenView:
    from .view import SignInView

    return SignInView(context)


ENTRY = ScreenEntry(
    name="signin",
    title=translated("Đăng nhập"),
    permission="",
    shortcut="",
    icon="lock",
    load=_load,
    on_rail=False,
)
