"""The first page of a PC that is no counter yet. It stands alone: no program, nobody signed in.

No ``ScreenEntry``: the application shows it when the store cannot open because there is no journal in it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from counter_app.services.ports.enrolment import EnrolmentPort
    from counter_app.services.ports.program import Program
    from counter_app.ui.background import Background
    from counter_app.ui.screens.contract import ScreenView

FIRST_PAGE_FOR = frozenset({"store.no_journal", "store.absent", "secret.absent", "secret.passphrase"})
"""Codes of the errors that this page is the way out of."""


def load(port: EnrolmentPort, background: Background, on_open: Callable[[Program], None]) -> ScreenView:
    """The page; ``on_open`` gets the program once this PC is a counter."""
    from .view import EnrolmentView

    return EnrolmentView(port, background, on_open)
