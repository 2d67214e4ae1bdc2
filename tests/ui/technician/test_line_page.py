"""The technician's page of the line to the province: bytes, hours, proxy; F9 keeps."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from counter_app.domain.errors import DomainError
from counter_app.domain.organisation import roles
from counter_app.services.ports.technician import LineForm, LineView
from counter_app.ui.screens.technician import OWN
from tests.support.fakes.technician import FakeTechnician
from tests.ui.desk import Desk
from tests.ui.screen_checks import nameless

(ENTRY,) = [one for one in OWN if one.name == "line"]
Seat = Callable[..., Desk]
TECHNICIAN = frozenset({"technician", roles.MANAGE_DEVICES})


@pytest.fixture
def seat(themed: QApplication) -> Iterator[Seat]:
    desks: list[Desk] = []

    def sit(technician: FakeTechnician, may: frozenset[str] = TECHNICIAN) -> Desk:
        desks.append(Desk(themed, ENTRY, {"technician": technician}, may))
        return desks[-1].show()

    yield sit
    for desk in desks:
        assert desk.errors == []
        desk.close()


def keep(desk: Desk) -> None:
    desk.robot.key(Qt.Key.Key_F9)
    desk.settle()


def test_what_is_set_stands_there_but_for_the_password(seat: Seat) -> None:
    view = seat(FakeTechnician()).view
    assert view.hub.text() == "https://hub.tinh.example:8443"
    shown = (view.day_mb.text(), view.hours.text(), view.proxy.text(), view.user.text())
    assert shown == ("200", "8-11:30, 13-17", "10.0.0.1:3128", "xa-binh-lu")
    assert view.spent.text() == "Hôm nay đã dùng 38,4 MB."
    assert view.password.text() == ""
    assert view.password.edit.echoMode() == QLineEdit.EchoMode.Password
    assert "đã lưu" in view.password.edit.placeholderText()
    assert not nameless(view)


def test_what_is_typed_is_kept_by_f9_and_the_password_leaves_the_screen(seat: Seat) -> None:
    technician = FakeTechnician()
    desk = seat(technician)
    desk.view.paid.choose("paid")
    desk.view.password.edit.setFocus()
    desk.robot.type("chim-yen")
    desk.view.hub.edit.selectAll()
    desk.view.hub.edit.setFocus()
    desk.robot.type("https://moi.example")
    keep(desk)
    wanted = LineForm(
        "200", "8-11:30, 13-17", True, "10.0.0.1:3128", "xa-binh-lu", "chim-yen", "https://moi.example"
    )
    assert technician.calls == [("line", wanted)]
    assert desk.view.password.text() == ""
    assert desk.window.bar.words() == "Đã lưu; lần gửi tới theo cài đặt này."


@pytest.mark.parametrize("field", ["day_mb", "hours", "proxy", "hub"])
def test_a_wrong_value_is_told_at_its_field(seat: Seat, field: str) -> None:
    desk = seat(FakeTechnician(bad_line=DomainError("Sai.", field=field, code="line.x", title_en="Wrong.")))
    keep(desk)
    assert getattr(desk.view, field).error() == "Sai."


def test_nothing_set_says_what_empty_means(seat: Seat) -> None:
    view = seat(FakeTechnician(on_line=LineView())).view
    assert view.day_mb.text() == ""
    assert not view.spent.isVisibleTo(view)
    assert view.paid.current() == "usual"


def test_who_may_only_look_changes_nothing(seat: Seat) -> None:
    technician = FakeTechnician()
    desk = seat(technician, frozenset({"technician"}))
    keep(desk)
    assert technician.calls == []
    assert not desk.view.commit.isVisibleTo(desk.view)
