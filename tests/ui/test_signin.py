"""Signing in as a person does it: the PIN of the last one, a typed name, a wrong PIN, a locked account."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from counter_app.services.ports.session import NEEDS_PASSWORD, Session
from counter_app.ui.screens.signin import ENTRY
from counter_app.ui.screens.signin.view import SignInView
from counter_app.ui.theme import theme as themes
from counter_app.ui.theme.theme import Theme
from sync.protocol.ids import EntryId
from tests.support.fakes.session import MORNING, PASSWORD, PIN, FakeSession, OfflineLine
from tests.ui.desk import Desk

ENTER = Qt.Key.Key_Return


class Door:
    """The sign-in page over a window, a robot before it."""

    def __init__(self, app: QApplication, question: str = "") -> None:
        self.port = FakeSession()
        self.desk = Desk(app, ENTRY, {"session": self.port, "exchange": OfflineLine()})
        counter = replace(self.desk.view.context.counter, clock_question=question)
        self.view = SignInView(replace(self.desk.view.context, counter=counter))
        self.desk.window.cover(self.view)
        self.came: list[Session] = []
        self.desk.window.person_came.connect(self.came.append)
        self.desk.show()
        self.robot = self.desk.robot

    def type(self, text: str) -> None:
        self.robot.type(text)
        self.desk.settle()

    def key(self, key: Qt.Key) -> None:
        self.robot.key(key)
        self.desk.settle()

    def chosen(self) -> str:
        assert self.view.model.chosen is not None
        return self.view.model.chosen.name


@pytest.fixture
def door(themed: QApplication) -> Iterator[Door]:
    made = Door(themed)
    yield made
    made.desk.close()


def test_the_last_one_types_his_pin_and_is_in(door: Door) -> None:
    door.type(PIN)
    door.key(ENTER)
    assert [session.name for session in door.came] == ["Lù Thị Mai"]


def test_five_digits_are_not_tried(door: Door) -> None:
    door.type(PIN[:5])
    door.key(ENTER)
    assert door.port.asked == []


def test_a_wrong_pin_says_how_many_tries_are_left_and_empties_the_box(door: Door) -> None:
    door.type("111111")
    door.key(ENTER)
    assert door.view.box.wrong() == "PIN chưa đúng. Còn 4 lần, sau đó cần mật khẩu."
    door.type(PIN)
    door.key(ENTER)
    assert len(door.came) == 1


def test_the_words_of_one_person_s_mistake_do_not_follow_to_another(door: Door) -> None:
    door.type("111111")
    door.key(ENTER)
    door.key(Qt.Key.Key_Down)
    assert door.view.box.wrong() == ""


def test_typing_a_name_without_diacritics_chooses_the_person(door: Door) -> None:
    door.type("vang")
    assert door.chosen() == "Vàng Văn Thăng"
    assert door.view.model.needs() == NEEDS_PASSWORD
    door.key(ENTER)
    door.type(PASSWORD)
    door.key(ENTER)
    assert [session.official for session in door.came] == [EntryId(1, 3)]


def test_a_name_and_then_a_pin_need_no_key_between(door: Door) -> None:
    door.type("do hai"[:2])
    door.type(PIN)
    door.key(ENTER)
    assert [session.official for session in door.came] == [EntryId(1, 2)]


def test_arrows_choose_and_stop_at_the_ends(door: Door) -> None:
    for _ in range(9):
        door.key(Qt.Key.Key_Down)
    assert door.chosen() == "Giàng A Phử"
    for _ in range(9):
        door.key(Qt.Key.Key_Up)
    assert door.chosen() == "Lù Thị Mai"


def test_a_forgotten_pin_is_answered_by_the_password(door: Door) -> None:
    door.robot.click(door.view.box.by_password)
    door.desk.settle()
    door.type(PASSWORD)
    door.key(ENTER)
    assert len(door.came) == 1


def test_a_supervisor_opens_a_locked_account_only_with_a_reason(door: Door) -> None:
    door.type("giang")
    door.robot.click(door.view.box.supervisor)
    door.view.opening.password.edit.setFocus()
    door.type("x y")
    door.key(Qt.Key.Key_F9)
    assert door.port.opened == []
    assert door.view.opening.reason.error() == "Ghi lý do mở khóa."
    door.type("Quên mật khẩu")
    door.key(Qt.Key.Key_F9)
    assert door.port.opened == [(EntryId(1, 5), EntryId(1, 1), "x y", "Quên mật khẩu")]
    assert door.view.model.needs() == NEEDS_PASSWORD


def test_a_scan_at_the_door_opens_nothing(door: Door) -> None:
    door.robot.burst("012086006812|HOANG VAN SON|14031986")
    door.desk.settle()
    assert (door.port.asked, door.came) == ([], [])


def test_the_clock_is_asked_once_and_the_answer_is_given_to_the_program(themed: QApplication) -> None:
    door = Door(themed, "Bây giờ là thứ Sáu, 20/11/2026, 07:31?")
    assert door.view.clock.isVisible()
    door.robot.key(ENTER, Qt.KeyboardModifier.AltModifier)
    door.desk.settle()
    assert door.port.dates == [MORNING]
    assert not door.view.clock.isVisible()
    door.desk.close()


@pytest.mark.parametrize("look", [Theme(), Theme("dark"), Theme("high_contrast"), Theme("light", 1.3)])
def test_it_fits_a_small_screen_in_every_look(themed: QApplication, look: Theme) -> None:
    themes.apply(themed, look)
    door = Door(themed)
    hint = door.view.minimumSizeHint()
    door.desk.close()
    themes.apply(themed, Theme())
    assert hint.width() <= 1366
    assert hint.height() <= 697
