"""The head's drawers by keys: a setting and a price, his secret at the end, F9; who may not only reads."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from counter_app.domain.organisation.roles import MANAGE_PEOPLE
from counter_app.services.ports.settings import PhotocopyPrices, PriceForm, UnitForm
from counter_app.ui.screens.settings import ENTRY
from counter_app.ui.screens.settings.price_panel import PricePanel
from counter_app.ui.screens.settings.unit_panel import UnitPanel
from counter_app.ui.widgets.lists.badge import Badge
from tests.support.fakes.session import FakeSession
from tests.support.fakes.settings import SECRET, FakeSettings
from tests.ui.desk import Desk

KEY, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier
Seat = Callable[..., Desk]


@pytest.fixture
def seat(themed: QApplication) -> Iterator[Seat]:
    desks: list[Desk] = []

    def sit(port: FakeSettings, *rights: str) -> Desk:
        ports = {"settings": port, "session": FakeSession()}
        desks.append(Desk(themed, ENTRY, ports, frozenset({"settings", *rights})))
        return desks[-1].show()

    yield sit
    for desk in desks:
        desk.close()


def keys(desk: Desk, *pressed: Qt.Key | tuple[Qt.Key, Qt.KeyboardModifier]) -> None:
    for one in pressed:
        desk.robot.key(*one) if isinstance(one, tuple) else desk.robot.key(one)
        desk.settle()


def plain(text: str) -> str:
    """With ordinary blanks."""
    return text.replace("\u00a0", " ")


def types(desk: Desk, *lines: str) -> None:
    """Each line and Enter, the last without."""
    for place, line in enumerate(lines):
        if place:
            keys(desk, KEY.Key_Return)
        desk.robot.type(line)
        desk.settle()


def drawer(desk: Desk, kind: type) -> UnitPanel | PricePanel:
    (found,) = [one for one in desk.window.findChildren(kind) if one.isVisible()]
    return found


def test_the_head_changes_a_setting_without_a_mouse(seat: Seat) -> None:
    port = FakeSettings()
    desk = seat(port, MANAGE_PEOPLE)
    keys(desk, (KEY.Key_2, CTRL), KEY.Key_Down)
    panel = drawer(desk, UnitPanel)
    assert panel.which.currentText() == "Người tiếp nhận đồng thời là người ký"
    assert panel.now.text() == "Đang áp dụng: Cảnh báo"
    assert "Quy chế 2026" in panel.story.text()
    keys(desk, KEY.Key_Return, KEY.Key_Down, KEY.Key_Down, KEY.Key_Return)
    types(desk, "Kết luận giao ban", SECRET)
    keys(desk, KEY.Key_Return)
    assert port.unit_forms == [], "Enter never commits"
    keys(desk, KEY.Key_F9)
    assert port.unit_forms == [UnitForm("receiver_signs", "forbid", "Kết luận giao ban", SECRET)]
    assert desk.window.bar.words() == "Đã áp dụng ở mọi quầy của đơn vị."
    assert panel.now.text() == "Đang áp dụng: Cấm"
    assert (panel.secret.edit.text(), panel.ground.text()) == ("", "")
    assert port.kept == [], "F9 of the drawer keeps nothing of this PC"


def test_a_wrong_secret_stands_at_its_cell_and_the_choice_stays(seat: Seat) -> None:
    port = FakeSettings()
    desk = seat(port, MANAGE_PEOPLE)
    keys(desk, (KEY.Key_2, CTRL), KEY.Key_Down, KEY.Key_Return, KEY.Key_Down, KEY.Key_Return)
    types(desk, "", "111222")
    keys(desk, KEY.Key_F9)
    panel = drawer(desk, UnitPanel)
    assert panel.secret.error() == "PIN chưa đúng. Còn 4 lần."
    assert panel.value.currentText() == "Cho phép"
    assert (port.unit_forms, desk.errors) == ([], [])


def test_a_price_is_typed_with_its_decision(seat: Seat) -> None:
    port = FakeSettings(prices=PhotocopyPrices())
    desk = seat(port, MANAGE_PEOPLE)
    keys(desk, (KEY.Key_3, CTRL))
    panel = drawer(desk, PricePanel)
    assert panel.known.text() == "Đơn vị chưa ghi giá nào."
    types(desk, "500", "01/12/2026", "12/QĐ-UBND", "03/02/2026", SECRET)
    keys(desk, KEY.Key_F9)
    assert port.price_forms == [PriceForm("500", "12/QĐ-UBND", "03/02/2026", "01/12/2026", SECRET)]
    assert plain(panel.known.text()).startswith("500 đ một trang (đang áp dụng)")
    assert panel.dong.text() == ""


def test_what_is_missing_is_said_at_its_cell(seat: Seat) -> None:
    port = FakeSettings()
    desk = seat(port, MANAGE_PEOPLE)
    keys(desk, (KEY.Key_3, CTRL))
    types(desk, "500")
    keys(desk, KEY.Key_F9)
    assert drawer(desk, PricePanel).decision.error() == "Ghi số văn bản quy định giá."
    assert port.price_forms == []


def test_esc_leaves_the_drawer_and_nothing_is_written(seat: Seat) -> None:
    port = FakeSettings()
    desk = seat(port, MANAGE_PEOPLE)
    keys(desk, (KEY.Key_3, CTRL))
    types(desk, "500")
    keys(desk, KEY.Key_Escape, KEY.Key_F9)  # Esc asks first, for something was typed; F9 drops it
    assert not [one for one in desk.window.findChildren(PricePanel) if one.isVisible()]
    keys(desk, KEY.Key_F9)
    assert port.price_forms == []
    assert len(port.kept) == 1, "F9 is the page's again"


def test_who_does_not_lead_reads_and_hears_who_may(seat: Seat) -> None:
    desk = seat(FakeSettings())
    keys(desk, (KEY.Key_2, CTRL), (KEY.Key_3, CTRL))
    assert not [one for kind in (UnitPanel, PricePanel) for one in desk.window.findChildren(kind)]
    assert desk.window.bar.words() == "Giá sao chụp do Chủ tịch hoặc Giám đốc ghi, tại quầy bất kỳ."
    assert len(desk.view.unit.findChildren(Badge)) == 1


def test_f4_leads_to_the_prices(seat: Seat) -> None:
    desk = seat(FakeSettings(), MANAGE_PEOPLE)
    desk.window.open_screen("settings", "prices")
    desk.settle()
    assert drawer(desk, PricePanel).dong.edit.hasFocus()


def test_a_unit_without_a_price_says_so_and_what_f4_does(seat: Seat) -> None:
    desk = seat(FakeSettings(prices=PhotocopyPrices()))
    shown = [plain(one.text()) for one in desk.view.unit.findChildren(QLabel)]
    assert "chưa ghi" in shown
    assert any("F4 để khoản photo ngoài phiếu thu" in text for text in shown)
    old = seat(FakeSettings(prices=PhotocopyPrices(this_pc=300)))
    shown = [plain(one.text()) for one in old.view.unit.findChildren(QLabel)]
    assert {"300 đ một trang", "nhập tại máy này, đơn vị chưa ghi"} <= set(shown)
