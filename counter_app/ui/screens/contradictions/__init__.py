"""*Đối chiếu việc trùng*: what two counters contradict one another in, side by side, and the decision."""

from __future__ import annotations

from counter_app.ui.i18n import translated
from counter_app.ui.screens.contract import ScreenContext, ScreenEntry, ScreenView


def _load(context: ScreenContext) -> ScreenView:
    from .view import ContradictionsView

    return ContradictionsView(context)


ENTRY = ScreenEntry(
    name="contradictions",
    title=translated("Đối chiếu việc trùng"),
    permission="contradictions",
    shortcut="",
    icon="git-merge",
    load=_load,
    group=1,
    on_rail=False,
)
"""Opened from settings, or as a command of Ctrl+K: a head's rail is full, and days without one are usual."""
