"""The act that follows one near its end: Ctrl+D fills the form with all but number and day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog

from counter_app.services.ports.founding import DelegationForm
from counter_app.services.ports.officials import ActView
from counter_app.ui.screens.people import ENTRY
from sync.protocol.naming.ids import EntryId
from tests.support.fakes.founding import FakeFounding
from tests.support.fakes.session import OfflineLine
from tests.ui.desk import Desk
from tests.ui.screen_checks import CTRL, KEY, bar, press

THANG = EntryId(257, 6)


class Ending(FakeFounding):
    """The first act has three days left; the second is of somebody who is not here any more."""

    left, follows, place = 3, False, ""

    def acts(self) -> tuple[ActView, ...]:
        first, *rest = super().acts()
        ending = replace(
            first, official=THANG, basis="uy_quyen", prefix="TUQ.", signs_as="Phó Giám đốc",
            days_left=self.left, scope=("copy", "transaction"), followed=self.follows,
            renew_from=20270101, renew_to=20271231, scan=self.place,
        )  # fmt: skip
        return (ending, *rest)


@pytest.fixture
def desk(themed: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setattr(QFileDialog, "open", lambda _self: None)  # it would take the focus of the window
    port = Ending()
    ports = {"founding": port, "officials": port, "exchange": OfflineLine()}
    shown = Desk(themed, ENTRY, ports, frozenset({"manage_people"})).show(1366, 768)
    yield shown
    assert shown.errors == []
    shown.close()


def port_of(desk: Desk) -> Ending:
    return desk.view.context.program.founding


def test_the_next_act_needs_its_number_and_its_day_alone(desk: Desk) -> None:
    press(desk, (KEY.Key_D, CTRL))
    act = desk.view.act
    assert act.act_number.edit.hasFocus()
    assert "Vàng Văn Thăng" in act.who.text()
    desk.robot.type("71/QĐ-UBND")
    press(desk, KEY.Key_Return)
    desk.robot.type("15/12/2026")
    press(desk, KEY.Key_F9)
    assert port_of(desk).forms == [
        DelegationForm(THANG, "71/QĐ-UBND", 20261215, "uy_quyen", "TUQ.", "Phó Giám đốc",
                       ("copy", "transaction"), 20270101, 20271231)
    ]  # fmt: skip


def test_the_list_says_how_many_days_and_that_ctrl_d_helps(desk: Desk) -> None:
    assert desk.view.act_rows.cell(0, 2).badge[:2] == ("Còn 3 ngày", "warn")
    assert "Ctrl+D" in desk.view.ending._words.text()


def test_an_act_that_another_follows_is_no_longer_asked_for(desk: Desk) -> None:
    port_of(desk).follows = True
    desk.view.model.read()
    desk.settle()
    assert desk.view.act_rows.cell(0, 2).badge[:2] == ("Đã có văn bản mới", "ok")
    assert not desk.view.ending.isVisible()
    press(desk, (KEY.Key_D, CTRL))
    assert bar(desk) == "Chọn văn bản (phím 2) rồi nhấn Ctrl+D."


def test_an_act_of_somebody_who_is_gone_is_not_proposed_again(desk: Desk) -> None:
    desk.view.tabs.choose(1)
    desk.settle()
    desk.view.acts.go_to(3)
    press(desk, (KEY.Key_D, CTRL))
    assert bar(desk) == "Chọn văn bản (phím 2) rồi nhấn Ctrl+D."
    assert port_of(desk).forms == []


def test_every_kind_of_certification_may_be_ticked(desk: Desk) -> None:
    ticks = desk.view.act.scopes
    signing = {"copy", "electronic", "signature", "translator", "transaction", "dossier"}
    assert signing | {"look_up.population", "look_up.land"} == set(ticks)
    assert ticks["look_up.land"].text() == "tra cứu Đất đai"
    press(desk, (KEY.Key_2, CTRL))
    assert all(tick.isVisible() for tick in ticks.values())


def _dialog(desk: Desk) -> QFileDialog:
    return desk.view.findChildren(QFileDialog)[-1]


def test_the_scan_is_chosen_by_ctrl_o_and_goes_with_the_act(desk: Desk) -> None:
    press(desk, (KEY.Key_D, CTRL), (KEY.Key_O, CTRL))
    _dialog(desk).fileSelected.emit("/media/kt/USB-KT/qd-71.pdf")
    desk.view.act.act_number.fill("71/QĐ-UBND")
    desk.view.act.act_day.fill("15/12/2026")
    press(desk, KEY.Key_F9)
    assert port_of(desk).forms[-1].scan == "/media/kt/USB-KT/qd-71.pdf"
    assert desk.view.act.scan.text() == "", "the next act has its own"


def test_the_scan_of_the_act_under_the_bar_is_shown(desk: Desk) -> None:
    press(desk, (KEY.Key_P, CTRL))
    assert "Ctrl+P" in bar(desk)
    port_of(desk).place = "here"
    desk.view.model.read()
    desk.settle()
    desk.view.tabs.choose(1)
    desk.view.acts.go_to(0)
    assert desk.view.act_rows.cell(0, 1).second.endswith("có ảnh")
    press(desk, (KEY.Key_P, CTRL))
    assert port_of(desk).forms == [("look", EntryId(257, 20))]
    assert desk.window.drawer.title() == "Văn bản số 47/QĐ-UBND"
    press(desk, KEY.Key_Escape)


def test_a_scan_that_lies_elsewhere_is_brought_by_ctrl_o(desk: Desk) -> None:
    port_of(desk).place = "elsewhere"
    desk.view.model.read()
    desk.settle()
    desk.view.tabs.choose(1)
    desk.view.acts.go_to(0)
    press(desk, (KEY.Key_O, CTRL))
    _dialog(desk).fileSelected.emit("/media/kt/USB-KT/qd-47.pdf")
    desk.settle()
    assert port_of(desk).forms == [("scan", EntryId(257, 20), "/media/kt/USB-KT/qd-47.pdf")]
    assert bar(desk) == "Đã giữ ảnh văn bản số 47/QĐ-UBND."


def test_alt_enter_marks_who_is_here_today_and_takes_it_back(desk: Desk) -> None:
    alt = Qt.KeyboardModifier.AltModifier
    press(desk, (KEY.Key_Return, alt))
    chosen = desk.view.model.rows[0]
    assert port_of(desk).forms == [("present", chosen.official, True)]
    assert bar(desk) == f"Đã ghi {chosen.name} có mặt hôm nay."
    port_of(desk).people = (replace(chosen, on_duty=True), *port_of(desk).people[1:])
    desk.view.model.read()
    desk.settle()
    assert desk.view.rows.cell(0, 0).second.endswith("có mặt hôm nay")
    press(desk, (KEY.Key_Return, alt))
    assert len(port_of(desk).forms) == 1, "asked until when first"
    press(desk, KEY.Key_1)
    press(desk, KEY.Key_F9)
    assert port_of(desk).forms[-1] == ("present", chosen.official, False)
    assert bar(desk) == f"Đã ghi {chosen.name} vắng hôm nay."


def test_who_is_away_says_until_when(desk: Desk) -> None:
    alt = Qt.KeyboardModifier.AltModifier
    people = port_of(desk).people
    port_of(desk).people = (replace(people[0], on_duty=True, presence="vắng đến 14:00"), *people[1:])
    desk.view.model.read()
    desk.settle()
    assert desk.view.rows.cell(0, 0).second.endswith("vắng đến 14:00")
    press(desk, (KEY.Key_Return, alt))
    press(desk, KEY.Key_Tab)
    desk.robot.type("15:30")
    press(desk, KEY.Key_F9)
    assert port_of(desk).forms[-1] == ("present", people[0].official, False, "15:30")
    assert bar(desk) == f"Đã ghi {people[0].name} vắng đến 15:30."
