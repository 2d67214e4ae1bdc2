"""The technician's page of signing tokens: three fields, F9 keeps, what the token shows stands beside."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from counter_app.domain.errors import DomainError
from counter_app.domain.organisation import roles
from counter_app.services.ports.settings import TokenSettings
from counter_app.ui.screens.technician import OWN
from counter_app.ui.theme import theme as themes
from counter_app.ui.theme.theme import Theme
from tests.support.fakes.digital import PERSON, UNIT, FakeDigital
from tests.support.fakes.settings import FakeSettings
from tests.ui.desk import Desk

KEY = Qt.Key
(ENTRY,) = [one for one in OWN if one.name == "tokens"]
Seat = Callable[..., Desk]
TECHNICIAN = frozenset({"technician", roles.MANAGE_DEVICES})


@pytest.fixture
def seat(themed: QApplication) -> Iterator[Seat]:
    desks: list[Desk] = []

    def sit(settings: FakeSettings, digital: FakeDigital, may: frozenset[str] = TECHNICIAN) -> Desk:
        desks.append(Desk(themed, ENTRY, {"settings": settings, "digital": digital}, may))
        return desks[-1].show()

    yield sit
    for desk in desks:
        assert desk.errors == []
        desk.close()
    if themes.current() != Theme():
        themes.apply(themed, Theme())


def test_what_is_typed_is_kept_by_f9(seat: Seat) -> None:
    settings = FakeSettings(signing=TokenSettings("/a.so", offered=("/usr/lib/b.so",)))
    desk = seat(settings, FakeDigital())
    assert desk.view.module.text() == "/a.so"
    assert desk.view.offered.text() == "Thấy trên máy này: /usr/lib/b.so"
    desk.view.module.edit.selectAll()
    desk.robot.type("/usr/lib/b.so")
    desk.view.tsa.edit.setText("https://tsa.example.vn")
    assert settings.signing.module == "/a.so"
    desk.robot.key(KEY.Key_F9)
    desk.settle()
    assert settings.signing.tsa == "https://tsa.example.vn"
    assert settings.signing.module == "/usr/lib/b.so"
    assert desk.window.bar.words() == "Đã lưu cài đặt thẻ ký số."


def test_certificates_with_their_days_stand_beside(seat: Seat) -> None:
    desk = seat(FakeSettings(), FakeDigital())
    rows = desk.view.rows
    assert [rows.cell(n, 0).text for n in range(2)] == [PERSON.subject, UNIT.subject]
    assert [rows.cell(n, 2).badge[:2] for n in range(2)] == [("24 ngày", "warn"), ("193 ngày", "ok")]


def test_an_empty_reader_says_what_to_do_and_f5_looks_again(seat: Seat) -> None:
    digital = FakeDigital(no_token="token.module_missing")
    desk = seat(FakeSettings(), digital)
    assert desk.view.rows.rows() == ()
    digital.no_token = ""
    desk.robot.key(KEY.Key_F5)
    desk.settle()
    assert len(desk.view.rows.rows()) == 2


def test_a_wrong_address_is_told_at_its_field(seat: Seat) -> None:
    fault = DomainError("Sai địa chỉ.", field="tsa", code="token.tsa", title_en="Wrong address.")
    desk = seat(FakeSettings(trouble=fault), FakeDigital())
    desk.robot.key(KEY.Key_F9)
    desk.settle()
    assert desk.view.tsa.error() == "Sai địa chỉ."


def test_who_may_only_look_changes_nothing(seat: Seat) -> None:
    settings = FakeSettings(signing=TokenSettings("/a.so"))
    desk = seat(settings, FakeDigital(), frozenset({"technician"}))
    desk.view.module.edit.setText("/evil.so")
    desk.robot.key(KEY.Key_F9)
    desk.settle()
    assert settings.signing.module == "/a.so"
    assert not desk.view.commit.isVisibleTo(desk.view)


@pytest.mark.parametrize("scale", [1.0, 1.3])
def test_it_fits_the_smallest_screen(seat: Seat, themed: QApplication, scale: float) -> None:
    themes.apply(themed, Theme("light", scale))
    least = seat(FakeSettings(), FakeDigital()).window.minimumSizeHint()
    assert (least.width() <= 1366, least.height() <= 697) == (True, True), least
