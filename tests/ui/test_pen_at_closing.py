"""Closing on the PC that holds the pen: asked once, passed by F9, and never held up for long."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any, cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from counter_app.domain.errors import DomainError
from counter_app.services.ports.pen import PenOffer
from counter_app.services.ports.program import Program
from counter_app.ui.background import Background
from counter_app.ui.shell import pen_at_closing
from counter_app.ui.shell.pen_at_closing import PenAtClosing
from counter_app.ui.shell.window import Window
from counter_app.ui.widgets.button import Button
from tests.support.fakes.pen import FakePen

OFFERS = (PenOffer(769, "BÀN KÝ", ("SCT/BS", "SCT/CK")), PenOffer(513, "QUẦY-02", ("SCT/BS", "SCT/CK")))
KEY = Qt.Key


class Closing:
    """A window on a program whose pen desk is a fake."""

    def __init__(self, pen: Any) -> None:
        self.errors: list[BaseException] = []
        self.background = Background(self.errors.append)
        self.window = Window()
        self.window.show()
        QTest.qWaitForWindowActive(self.window)
        self.program: Any = cast(Program, SimpleNamespace(pen=pen))
        self.closing = PenAtClosing(self.window, self.background, lambda: self.program)

    def key(self, key: Qt.Key) -> None:
        action = {KEY.Key_F9: "COMMIT", KEY.Key_Escape: "ESCAPE"}[key]
        from counter_app.ui.actions import Action

        self.window.takes_action(Action[action])


@pytest.fixture
def sit(themed: QApplication) -> Iterator[Any]:
    made: list[Closing] = []

    def closing(pen: Any) -> Closing:
        made.append(Closing(pen))
        return made[-1]

    yield closing
    for one in made:
        one.program = None
        one.window.close()
        assert one.background.finish()
        one.window.deleteLater()


def test_without_a_pen_here_or_a_running_pc_it_just_closes(sit: Any, qtbot: QtBot) -> None:
    one = sit(FakePen())
    one.window.close()
    qtbot.waitUntil(lambda: not one.window.isVisible())
    assert not one.window.dialog.is_open()


def test_f9_passes_it_to_the_first_then_closes(sit: Any, qtbot: QtBot) -> None:
    pen = FakePen(running=OFFERS)
    one = sit(pen)
    one.window.close()
    qtbot.waitUntil(one.window.dialog.is_open)
    assert one.window.isVisible()
    assert pen.calls == []
    one.key(KEY.Key_F9)
    qtbot.waitUntil(lambda: not one.window.isVisible())
    assert pen.calls == [("offer", 769)]


def test_another_pc_is_chosen_by_its_digit(sit: Any, qtbot: QtBot) -> None:
    pen = FakePen(running=OFFERS)
    one = sit(pen)
    one.window.close()
    qtbot.waitUntil(one.window.dialog.is_open)
    QTest.keyClick(QApplication.focusWidget(), KEY.Key_2)
    one.key(KEY.Key_F9)
    qtbot.waitUntil(lambda: not one.window.isVisible())
    assert pen.calls == [("offer", 513)]


def test_it_closes_without_passing_when_he_says_so(sit: Any, qtbot: QtBot) -> None:
    pen = FakePen(running=OFFERS)
    one = sit(pen)
    one.window.close()
    qtbot.waitUntil(one.window.dialog.is_open)
    (keep,) = [b for b in one.window.dialog.findChildren(Button) if b.words() == "Đóng, giữ quyền"]
    keep.click()
    qtbot.waitUntil(lambda: not one.window.isVisible())
    assert pen.calls == []


def test_closing_again_while_it_asks_closes_and_keeps_the_pen(sit: Any, qtbot: QtBot) -> None:
    pen = FakePen(running=OFFERS)
    one = sit(pen)
    one.window.close()
    qtbot.waitUntil(one.window.dialog.is_open)
    one.window.close()
    assert (one.window.isVisible(), pen.calls) == (False, [])


def test_escape_stays_and_the_next_close_asks_again(sit: Any, qtbot: QtBot) -> None:
    one = sit(FakePen(running=OFFERS))
    one.window.close()
    qtbot.waitUntil(one.window.dialog.is_open)
    one.key(KEY.Key_Escape)
    assert (one.window.isVisible(), one.window.dialog.is_open()) == (True, False)
    one.window.close()
    qtbot.waitUntil(one.window.dialog.is_open)


def test_a_pen_that_does_not_go_is_said_and_the_window_stays(sit: Any, qtbot: QtBot) -> None:
    fault = DomainError("BÀN KÝ chưa nhận.", code="pen.not_offered", title_en="Not taken.")
    one = sit(FakePen(running=OFFERS, refuses=fault))
    one.window.close()
    qtbot.waitUntil(one.window.dialog.is_open)
    one.key(KEY.Key_F9)
    qtbot.waitUntil(lambda: "BÀN KÝ chưa nhận." in one.window.bar.words())
    assert one.window.isVisible()
    one.window.close()
    qtbot.waitUntil(one.window.dialog.is_open)


def test_a_store_that_does_not_answer_keeps_nobody(
    sit: Any, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pen_at_closing, "LOOK_MS", 50)
    held = threading.Event()
    pen = SimpleNamespace(offers=lambda: held.wait(20) and OFFERS)
    one = sit(pen)
    one.window.close()
    qtbot.waitUntil(lambda: not one.window.isVisible())
    held.set()


def test_what_cannot_be_read_keeps_nobody(sit: Any, qtbot: QtBot) -> None:
    def broken() -> tuple[PenOffer, ...]:
        raise DomainError("Hỏng.", code="x", title_en="Broken.")

    one = sit(SimpleNamespace(offers=broken))
    one.window.close()
    qtbot.waitUntil(lambda: not one.window.isVisible())


def test_the_systems_own_end_is_never_held_up(sit: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QApplication, "isSavingSession", lambda _: True)
    one = sit(FakePen(running=OFFERS))
    one.window.close()
    assert not one.window.isVisible()
