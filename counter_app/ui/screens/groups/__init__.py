"""A school's people taken in together (``ux.md`` 4.4 "School lot", Ctrl+B)."""

from __future__ import annotations

from counter_app.ui.i18n import translated
from counter_app.ui.screens.contract import ScreenContext, ScreenEntry, ScreenView


def _load(context: ScreenContext) -> ScreenView:
    from .view import GroupsView

    return GroupsView(context)


ENTRY = ScreenEntry(
    name="groups",
    title=translated("Nhóm chứng thực"),
    permission="copies",
    shortcut="",
    icon="school",
    load=_load,
    on_rail=False,
)
