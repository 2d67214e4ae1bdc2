"""Signing in as a person does it: the PIN of the last one, a typed name, a wrong PIN, a locked account."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from counter_app.domain.errors import DomainError
from counter_app.services.ports.session import LOCKED, NEEDS_PASSWORD, PersonChoice, Session
from counter_app.ui.screens.signin import ENTRY
from counter_app.ui.screens.signin.recovery import RecoveryCard
from counter_app.ui.screens.signin.rows import PeopleModel
from counter_app.ui.screens.signin.view import SignInView
from counter_app.ui.shell.window import Window, show_large
from counter_app.ui.theme import theme as themes
from counter_app.ui.theme.theme import Theme
from counter_app.ui.widgets.button import Button
from counter_app.ui.widgets.fields.field import Field
from sync.protocol.naming.ids import EntryId
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
    assert door.view.promise.isVisible()
    door.desk.close()


@pytest.mark.parametrize("question", ["", "Bây giờ là thứ Sáu, 20/11/2026, 07:31? Tỉnh: 01/01/2099."])
@pytest.mark.parametrize("look", [Theme(), Theme("dark"), Theme("high_contrast"), Theme("light", 1.3)])
def test_it_fits_a_small_screen_in_every_look(themed: QApplication, look: Theme, question: str) -> None:
    themes.apply(themed, look)
    door = Door(themed, question)
    hint = door.view.minimumSizeHint()
    door.desk.close()
    themes.apply(themed, Theme())
    assert hint.width() <= 1366
    assert hint.height() <= 697


NEW_PIN = "804615"


@pytest.fixture
def no_pin(door: Door) -> Door:
    """Somebody without a PIN at this PC gave his password."""
    door.port.offers_pin = True
    door.type("vang")
    door.key(ENTER)
    door.type(PASSWORD)
    door.key(ENTER)
    return door


def test_whoever_has_no_pin_sets_one_and_is_in(no_pin: Door) -> None:
    assert no_pin.came == []
    assert no_pin.view.pin.isVisible()
    assert not no_pin.view.box.isVisible()
    no_pin.type(NEW_PIN)
    no_pin.key(ENTER)
    no_pin.type(NEW_PIN)
    no_pin.key(Qt.Key.Key_F9)
    assert no_pin.port.pins == [("pin", NEW_PIN, NEW_PIN)]
    assert [(one.official, one.has_pin) for one in no_pin.came] == [(EntryId(1, 3), True)]
    assert no_pin.desk.window.has_pin


def test_he_may_put_it_off_and_works_with_his_password(no_pin: Door) -> None:
    no_pin.key(Qt.Key.Key_Escape)
    assert no_pin.port.pins == []
    assert [one.has_pin for one in no_pin.came] == [False]
    assert not no_pin.desk.window.has_pin


def test_a_refused_pin_is_said_at_its_field_and_nobody_is_in(no_pin: Door) -> None:
    no_pin.port.refuse = DomainError("PIN này dễ đoán.", field="pin", code="pin.easy", title_en="easy")
    no_pin.type("123456")
    no_pin.key(ENTER)
    no_pin.type("123456")
    no_pin.key(Qt.Key.Key_F9)
    assert "dễ đoán" in no_pin.view.pin.pin.error()
    assert no_pin.came == []
    no_pin.port.refuse = DomainError("Hai lần khác.", field="repeated", code="pin.differs", title_en="no")
    no_pin.key(Qt.Key.Key_F9)
    assert "Hai lần" in no_pin.view.pin.repeated.error()
    assert no_pin.view.pin.pin.error() == ""


def test_an_unanswered_question_locks_the_counter_again(no_pin: Door) -> None:
    no_pin.view._unanswered.timeout.emit()
    no_pin.desk.settle()
    assert no_pin.port.pins == [("lock",)]
    assert no_pin.view.box.isVisible()
    no_pin.key(Qt.Key.Key_Escape)
    assert no_pin.came == [], "Esc must not open what the password opened minutes ago"


def test_the_pin_box_holds_six_characters_only(no_pin: Door) -> None:
    no_pin.type(NEW_PIN + "99")
    assert no_pin.view.pin.pin.text() == NEW_PIN


def test_a_lot_asks_the_password_of_whoever_has_no_pin(no_pin: Door) -> None:
    no_pin.key(Qt.Key.Key_Escape)
    window, given = no_pin.desk.window, []
    window.uncover()
    window.ask_pin("Cấp số", "24 phiếu", given.append)
    no_pin.key(ENTER)
    assert given == []
    no_pin.type(PASSWORD)
    no_pin.key(ENTER)
    assert given == [PASSWORD]
    assert not window.dialog.is_open()
    window.pin_was_set()
    window.ask_pin("Cấp số", "24 phiếu", given.append)
    no_pin.type(NEW_PIN)
    no_pin.key(ENTER)
    assert given == [PASSWORD, NEW_PIN]


# --- a low window ---


def cut(view: QWidget) -> list[str]:
    """Fields, buttons and words that have less height than they need."""
    parts = [part for part in view.findChildren(QWidget) if part.isVisible()]
    low: list[QWidget] = [
        p for p in parts if isinstance(p, (Field, Button)) and p.height() < p.minimumSizeHint().height()
    ]
    words = [p for p in parts if isinstance(p, QLabel) and p.wordWrap()]
    low += [label for label in words if label.height() < label.heightForWidth(label.width())]
    return [f"{type(part).__name__} {part.accessibleName()}" for part in low]


@pytest.mark.parametrize("scale", [1.0, 1.3])
@pytest.mark.parametrize("shown", ["pin", "password", "opening", "recovery"])
def test_in_the_lowest_window_nothing_is_cut(themed: QApplication, scale: float, shown: str) -> None:
    themes.apply(themed, Theme("light", scale))
    door = Door(themed)
    try:
        if shown != "pin":
            door.type("vang")
        if shown == "opening":
            door.view._show_card(door.view.opening)
        if shown == "recovery":
            door.view._show_card(door.view.recovery)
        door.desk.settle()
        door.desk.window.resize(400, 300)
        for _ in range(3):
            door.desk.settle()
        assert door.desk.window.height() <= 697
        assert cut(door.view) == []
    finally:
        door.desk.close()
        themes.apply(themed, Theme())


@pytest.mark.parametrize("scale", [1.0, 1.3])
def test_the_supervisor_s_card_does_not_blow_the_window_up(themed: QApplication, scale: float) -> None:
    themes.apply(themed, Theme("light", scale))
    door = Door(themed)
    try:
        door.desk.window.resize(1366, 697)
        door.type("giang")
        door.robot.click(door.view.box.supervisor)
        door.desk.settle()
        assert door.view.opening.isVisible()
        assert (door.desk.window.width(), door.desk.window.height()) == (1366, 697)
        door.key(Qt.Key.Key_Escape)
        assert (door.desk.window.width(), door.desk.window.height()) == (1366, 697)
    finally:
        door.desk.close()
        themes.apply(themed, Theme())


def test_without_a_window_manager_the_window_is_as_large_as_a_small_screen(
    themed: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = Window()
    grown: list[tuple[int, int]] = []
    monkeypatch.setattr(window, "showMaximized", lambda: grown.append((window.width(), window.height())))
    show_large(window)
    screen = window.screen().availableSize()
    assert grown == [(min(1366, screen.width()), min(697, screen.height()))]
    window.deleteLater()


def test_an_idle_account_says_how_long_and_is_opened_by_the_supervisor(door: Door) -> None:
    idle = PersonChoice(EntryId(1, 7), "Lò Văn Kiên", "Công chức một cửa", LOCKED, 0, 61)
    rows = PeopleModel()
    rows.show_rows((idle,))
    assert rows.cell(0, 1).badge == ("Lâu không dùng", "bad", "lock")
    door.view.box.show_person(idle, "")
    assert any("61 ngày không dùng" in part.text() for part in door.view.box.findChildren(QLabel))
    assert not door.view.box.supervisor.isHidden()


def test_who_comes_in_is_told_of_the_last_time(door: Door) -> None:
    door.port.before = "Lần trước: 19/11/2026, 07:31, QUẦY-01."
    door.type(PIN)
    door.key(ENTER)
    assert door.desk.window.bar.words() == door.port.before


def recovery(door: Door) -> RecoveryCard:
    """The head is chosen and says that he forgot his password."""
    door.type("thang")
    door.view.box.recovery.click()
    door.desk.settle()
    assert door.view.recovery.isVisible()
    assert not door.view.box.isVisible()
    return door.view.recovery


def test_a_heads_password_is_recovered_before_two_witnesses(door: Door) -> None:
    card, new = recovery(door), "mot cau moi 2026"
    for typed in (new, new, "Quên mật khẩu", "", "", "mat khau 1", "mat khau 2"):
        door.type(typed)
        door.key(ENTER)
    card.commit()
    door.desk.settle()
    (given,) = door.port.recovered
    assert (given.official.seq, given.first.seq, given.second and given.second.seq) == (3, 2, 4)
    assert (given.password, given.ground) == (new, "Quên mật khẩu")
    assert (given.first_secret, given.second_secret) == ("mat khau 1", "mat khau 2")
    assert door.view.box.isVisible()


def test_the_provinces_act_stands_for_the_second_witness(door: Door) -> None:
    card = recovery(door)
    card.second.setCurrentIndex(card.second.count() - 1)
    assert card.second_secret.isHidden()
    for field, typed in ((card.new, "mot cau moi"), (card.repeated, "mot cau moi"), (card.reason, "quên")):
        field.fill(typed)
    card.commit()
    assert door.port.recovered == []
    assert card.first_secret.error() == "Điền ô này."
    card.first_secret.fill("mat khau 1")
    door.port.refuse = DomainError("Cần người làm chứng thứ hai.", code="recovery.alone", title_en="alone")
    card.commit()
    door.desk.settle()
    assert [(one.second, one.second_secret) for one in door.port.recovered] == [(None, "")]
    assert any("người làm chứng thứ hai" in part.text() for part in card.findChildren(QLabel))


def test_only_a_heads_box_offers_the_recovery_and_esc_puts_it_aside(door: Door) -> None:
    door.type("nang")
    assert not door.view.box.recovery.isVisible()
    recovery(door)
    door.key(Qt.Key.Key_Escape)
    assert door.view.box.isVisible()
