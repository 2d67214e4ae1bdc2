"""The act that follows one near its end: Ctrl+D fills the form with all but number and day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication

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

    left, follows = 3, False

    def acts(self) -> tuple[ActView, ...]:
        first, *rest = super().acts()
        ending = replace(
            first, official=THANG, basis="uy_quyen", prefix="TUQ.", signs_as="Phó Giám đốc",
            days_left=self.left, scope=("copy", "transaction"), followed=self.follows,
            renew_from=20270101, renew_to=20271231,
        )  # fmt: skip
        return (ending, *rest)


@pytest.fixture
def desk(themed: QApplication) -> Iterator[Desk]:
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
    assert {"copy", "electronic", "signature", "translator", "transaction", "other", "dossier"} == set(ticks)
    press(desk, (KEY.Key_2, CTRL))
    assert all(tick.isVisible() for tick in ticks.values())
