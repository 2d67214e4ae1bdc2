"""A registrar before a fake register, for the tests of the registers' page."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QApplication

from counter_app.ui.screens.registers import ENTRY
from counter_app.ui.theme import theme as themes
from counter_app.ui.theme.theme import Theme
from tests.support.fakes.pen import FakePen
from tests.support.fakes.registers import FakePeople, FakeRegisters
from tests.ui.desk import CLERK, Desk

Sits = Callable[..., Desk]
REGISTRAR = CLERK | {"close_books", "two_persons_first", "read_reports"}


@pytest.fixture
def sits(themed: QApplication) -> Iterator[Sits]:
    """Sits somebody down before a fake port; everybody leaves without an error."""
    desks: list[Desk] = []

    def sit(port: FakeRegisters, may: frozenset[str] = REGISTRAR, scale: float = 1.0) -> Desk:
        if scale != 1.0:
            themes.apply(themed, Theme("light", scale))
        ports = {"registers": port, "pen": FakePen(), "session": FakePeople()}
        desks.append(Desk(themed, ENTRY, ports, may))
        return desks[-1].show(1366, 697)

    yield sit
    for desk in desks:
        assert desk.errors == []
        desk.close()
    if themes.current() != Theme():
        themes.apply(themed, Theme())
