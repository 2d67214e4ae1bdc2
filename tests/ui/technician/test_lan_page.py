"""The technician's page of the office LAN: on or off, port, addresses; F9 keeps, F5 calls everybody."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from counter_app.domain.errors import DomainError
from counter_app.domain.organisation import roles
from counter_app.services.ports.technician import LanForm, LanView
from counter_app.ui.screens.technician import OWN
from counter_app.ui.theme import theme as themes
from counter_app.ui.theme.theme import Theme
from tests.support.fakes.technician import LAN, FakeTechnician
from tests.ui.desk import Desk
from tests.ui.screen_checks import nameless

KEY = Qt.Key
(ENTRY,) = [one for one in OWN if one.name == "lan"]
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
    if themes.current() != Theme():
        themes.apply(themed, Theme())


def press(desk: Desk, *keys: Qt.Key) -> None:
    for key in keys:
        desk.robot.key(key)
    desk.settle()


def test_siblings_and_settings_stand_there(seat: Seat) -> None:
    view = seat(FakeTechnician()).view
    assert [view.rows.cell(n, 1).badge[0] for n in range(2)] == ["Đang nối", "Mất liên lạc"]
    assert view.rows.cell(0, 0).second == "192.168.1.12"
    assert (view.on.current(), view.port.text(), view.addresses.text()) == ("on", "7443", "192.168.1.13")
    assert view.own.text() == "Máy này nghe ở 192.168.1.10:7443."
    assert "192.168.1.12, 192.168.1.13" in view.learnt.text()


def test_what_is_typed_is_kept_by_f9_alone(seat: Seat) -> None:
    technician = FakeTechnician()
    desk = seat(technician)
    desk.view.port.edit.selectAll()
    desk.robot.type("7500")
    press(desk, KEY.Key_Return)
    assert technician.calls == []
    press(desk, KEY.Key_F9)
    assert technician.calls == [("lan", LanForm(True, "7500", "192.168.1.13"))]
    assert desk.window.bar.words() == "Đã lưu; máy này nghe và gọi lại từ bây giờ."


def test_it_is_switched_off_and_what_was_chosen_outlives_news(seat: Seat) -> None:
    technician = FakeTechnician()
    desk = seat(technician)
    desk.view.on.choose("off")
    desk.view.on_changed(frozenset({"lan"}))
    desk.settle()
    assert desk.view.on.current() == "off", "a sibling that comes does not undo the choice"
    press(desk, KEY.Key_F9)
    assert technician.on_lan.on is False


def test_f5_calls_everybody(seat: Seat) -> None:
    technician = FakeTechnician()
    desk = seat(technician)
    press(desk, KEY.Key_F5)
    assert technician.calls == [("call",)]


@pytest.mark.parametrize("field", ["port", "addresses"])
def test_a_wrong_value_is_told_at_its_field(seat: Seat, field: str) -> None:
    fault = DomainError("Sai.", field=field, code="lan.x", title_en="Wrong.")
    desk = seat(FakeTechnician(bad_lan=fault))
    press(desk, KEY.Key_F9)
    assert getattr(desk.view, field).error() == "Sai."


def test_alone_and_off_say_what_to_do(seat: Seat) -> None:
    view = seat(FakeTechnician(on_lan=LanView(trouble="Cổng 7443 bị chương trình khác dùng."))).view
    assert view.trouble.isVisibleTo(view)
    assert view.own.text() == "Máy này chưa nghe."
    off = seat(FakeTechnician(on_lan=LanView(on=False))).view
    assert off.on.current() == "off"
    assert off.own.text() == "Mạng nội bộ đang tắt trên máy này."


def test_who_may_only_look_changes_nothing(seat: Seat) -> None:
    technician = FakeTechnician()
    desk = seat(technician, frozenset({"technician"}))
    press(desk, KEY.Key_F9)
    assert technician.calls == []
    assert not desk.view.commit.isVisibleTo(desk.view)


def test_what_cannot_be_read_says_why(seat: Seat) -> None:
    fault = DomainError("Không đọc được.", code="x", title_en="Unread.")
    desk = seat(FakeTechnician(broken=fault))
    assert "Không đọc được." in desk.view.stack.currentWidget().accessibleName()


@pytest.mark.parametrize("scale", [1.0, 1.3])
def test_it_fits_the_smallest_screen(seat: Seat, themed: QApplication, scale: float) -> None:
    themes.apply(themed, Theme("light", scale))
    desk = seat(FakeTechnician(on_lan=LAN))
    least = desk.window.minimumSizeHint()
    assert (least.width() <= 1366, least.height() <= 697) == (True, True), least
    assert nameless(desk.view) == []
