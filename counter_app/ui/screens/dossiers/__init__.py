"""The work queue of a handler, and online dossiers that wait for acceptance (``ux.md`` 4.2, 4.3b)."""

from __future__ import annotations

from counter_app.ui.i18n import translated
from counter_app.ui.screens.contract import ScreenContext, ScreenEntry, ScreenView


def _load(context: ScreenContext) -> ScreenView:
    from .view import QueueView

    return QueueView(context)


def _load_online(context: ScreenContext) -> ScreenView:
    from .view import OnlineView

    return OnlineView(context)


ENTRY = ScreenEntry(
    name="dossiers",
    title=translated("Hồ sơ giải quyết"),
    permission="dossiers",
    shortcut="",
    icon="briefcase",
    load=_load,
)
ONLINE_ENTRY = ScreenEntry(
    name="online",
    title=translated("Trực tuyến"),
    second_line=translated("chờ tiếp nhận"),
    permission="online",
    shortcut="",
    icon="world-download",
    load=_load_online,
)
