"""The list of stray acts by keys: what comes back, what does not, two secrets, one commit."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from counter_app.domain.errors import DomainError
from counter_app.domain.organisation import roles
from counter_app.services.ports.strays import ANEW, LEAVE, StrayForm
from counter_app.ui.screens.contradictions import ENTRY
from counter_app.ui.theme import theme as themes
from counter_app.ui.theme.theme import Theme
from tests.support.fakes.contradictions import SECOND, FakeContradictions, FakeStrays
from tests.ui import screen_checks as checks
from tests.ui.desk import Desk
from tests.ui.robot import squeezed

DEPUTY = frozenset({"contradictions", roles.REVIEW_CLASHES, roles.TWO_PERSONS_FIRST})
Seat = Callable[..., Desk]


@pytest.fixture
def seat(themed: QApplication) -> Iterator[Seat]:
    desks: list[Desk] = []

    def sit(port: FakeStrays, permissions: frozenset[str] = DEPUTY) -> Desk:
        ports = {"contradictions": FakeContradictions(), "strays": port}
        desks.append(Desk(themed, ENTRY, ports, permissions))
        desk = desks[-1].show()
        checks.press(desk, Qt.Key.Key_3)
        return desk

    yield sit
    for desk in desks:
        desk.close()
    themes.apply(themed, Theme())


def texts(desk: Desk) -> list[str]:
    return [one.text() for one in desk.view.findChildren(QLabel) if one.isVisible()]


def test_what_comes_back_and_what_does_not_stand_in_words(seat: Seat) -> None:
    desk = seat(FakeStrays())
    shown = texts(desk)
    assert "Nhập lại được" in shown
    assert "Thông tin người dân · LÒ VĂN TẬP HUẤN" in shown
    assert "Số chứng thực 1776/2026 · Giấy khai sinh" in shown
    assert not desk.view.card.isVisible()
    assert desk.view.strays.card.outcome.current() == ANEW
    row = desk.view.strays.rows
    assert (row.cell(0, 2).text, row.cell(0, 2).second) == ("2 việc", "2 mục không cấp lại")
    checks.press(desk, Qt.Key.Key_Down)
    assert desk.view.strays.card.outcome.current() == LEAVE  # nothing of it can be written anew


def test_both_secrets_then_one_commit_and_the_case_leaves(seat: Seat) -> None:
    port = FakeStrays()
    desk = seat(port)
    checks.press(desk, Qt.Key.Key_F9)
    assert desk.view.strays.card.words.error()
    desk.view.strays.card.words.fill("Theo phiếu")
    checks.press(desk, Qt.Key.Key_F9)
    assert desk.view.strays.card.two.secret.error()
    desk.view.strays.card.two.secret.fill("tap huan 2026")
    checks.press(desk, Qt.Key.Key_F9)
    assert port.settled == []
    checks.give_pin(desk, "246810")
    assert port.settled == [StrayForm("a", ANEW, "Theo phiếu", "246810", SECOND.official, "tap huan 2026")]
    assert checks.bar(desk) == "Đã nhập lại 2 việc."
    assert desk.view.strays.rows.rowCount() == 1
    assert desk.view.strays.card.two.secret.text() == ""


def test_a_wrong_second_secret_stands_at_its_field(seat: Seat) -> None:
    error = DomainError("Mật khẩu sai.", field="password", code="password.wrong", title_en="Wrong.")
    desk = seat(FakeStrays(refusal=error))
    desk.view.strays.card.words.fill("Theo phiếu")
    desk.view.strays.card.two.secret.fill("x")
    checks.press(desk, Qt.Key.Key_F9)
    checks.give_pin(desk, "246810")
    assert "Mật khẩu sai" in desk.view.strays.card.two.secret.error()


def test_who_may_not_begin_such_an_act_is_told_so(seat: Seat) -> None:
    port = FakeStrays()
    desk = seat(port, frozenset({"contradictions", roles.REVIEW_CLASHES}))
    checks.press(desk, Qt.Key.Key_F9)
    assert "nhập lại việc lạc" in checks.bar(desk)
    assert port.settled == []


def test_no_strays_are_said(seat: Seat) -> None:
    assert "Không có việc lạc." in texts(seat(FakeStrays(())))


@pytest.mark.parametrize("scale", [1.0, 1.3])
def test_it_fits_and_everything_has_a_name(seat: Seat, themed: QApplication, scale: float) -> None:
    themes.apply(themed, Theme(scale=scale))
    desk = seat(FakeStrays())
    assert checks.too_big(desk) == ""
    assert squeezed(desk.window) == []
    assert checks.nameless(desk.view) == []
