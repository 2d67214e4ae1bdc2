"""Somebody sits down at a counter: the arrows choose, PIN or password and Enter open."""

from __future__ import annotations

from PySide6.QtCore import Qt

from counter_app.practice import people
from counter_app.practice.day.failures import check, equal
from counter_app.practice.day.seat import Seat
from counter_app.practice.day.stage import DESK, FIRST, Stage
from counter_app.services.ports.session import NEEDS_PIN

EASY_PIN = "123456"
PLACES = {FIRST: "QUẦY-01", DESK: "BÀN KÝ"}


def sign_in(stage: Stage, login: str, counter: int = FIRST, *, sets_pin: bool = False) -> Seat:
    """The official with this login opens the window of a counter; who sat there before is locked out.

    ``sets_pin``: his first time at this PC; the page offers a PIN and he sets it.
    """
    seat = stage.seat(counter)
    if not seat.window.is_covered():
        seat.press(Qt.Key.Key_F12)
        seat.until(seat.window.is_covered, "màn hình khóa")
    page = seat.cover
    seat.until(lambda: bool(page.model.people()), "danh sách cán bộ")
    seat.settle()
    wanted = stage.world.founded.officials[login]
    officials = [person.official for person in page.model.people()]
    here = officials.index(page.model.chosen.official)
    step = officials.index(wanted) - here
    for _ in range(abs(step)):
        seat.press(Qt.Key.Key_Down if step > 0 else Qt.Key.Key_Up)
    equal(page.model.chosen.official, wanted, "người được chọn ở trang đăng nhập")
    by_pin = page.model.needs() == NEEDS_PIN
    seat.type(people.PIN if by_pin else people.PASSWORD)
    seat.enter()
    if sets_pin:
        _answer_pin_card(stage, seat)
    seat.until(lambda: not seat.window.is_covered(), "mở khóa")
    seat.settle()
    equal(seat.application._session.official, wanted, "người đang ngồi ở quầy")
    name = seat.application._session.name
    if sets_pin:
        return seat
    stage.say(f"{name} đăng nhập tại {PLACES[counter]} bằng {'PIN' if by_pin else 'mật khẩu'}.")
    return seat


def _answer_pin_card(stage: Stage, seat: Seat) -> None:
    """An easy PIN is refused in words; his own is typed twice."""
    seat.until(seat.cover.pin.isVisible, "phần đặt PIN")
    if not stage.refused_easy_pin:
        stage.refused_easy_pin = True
        seat.type(EASY_PIN)
        seat.enter()
        seat.type(EASY_PIN)
        seat.commit()
        check("dễ đoán" in seat.cover.pin.pin.error(), f"PIN {EASY_PIN} phải bị từ chối")
        stage.picture(seat, "dat-pin")
    seat.type(people.PIN)
    seat.enter()
    seat.cover.pin.repeated.edit.selectAll()
    seat.type(people.PIN)
    seat.commit()


def morning(stage: Stage) -> None:
    """The clerk's first sign-in of the day: by password, on a PC that has no line."""
    stage.at(7, 31)
    seat = stage.seat(FIRST)
    if not seat.window.is_covered():
        seat.press(Qt.Key.Key_F12)
        seat.until(seat.window.is_covered, "màn hình khóa")
    stage.picture(seat, "dang-nhap")
    sign_in(stage, people.CLERK)
    check(not seat.window.is_covered(), "màn hình phải mở")
    stage.picture(seat, seat.screen())
