"""Officials of the unit: accounts, acts that let them sign, the file that carries accounts to another PC."""

from __future__ import annotations

from counter_app.domain.organisation.roles import MANAGE_PEOPLE
from counter_app.ui.i18n import translated
from counter_app.ui.screens.contract import ScreenContext, ScreenEntry, ScreenView


def _load(context: ScreenContext) -> ScreenView:
    from .view import PeopleView

    return PeopleView(context)


ENTRY = ScreenEntry(
    name="people",
    title=translated("Cán bộ"),
    permission=MANAGE_PEOPLE,
    shortcut="",
    icon="users",
    load=_load,
    second_line=translated("Tài khoản, phân công ký"),
    group=1,
)
