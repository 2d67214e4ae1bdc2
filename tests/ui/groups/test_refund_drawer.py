"""A group's money goes back by keys: from its drawer, once, with the second person's secret."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from counter_app.domain.errors import DomainError
from counter_app.domain.organisation.roles import REFUND_FIRST
from counter_app.ui.screens.groups import ENTRY
from counter_app.ui.screens.groups.refund_panel import RefundPanel
from sync.protocol.naming.ids import EntryId
from tests.support.fakes.copies import FakeCopies
from tests.support.fakes.groups import FakeGroups
from tests.support.fakes.pen import FakePen
from tests.support.fakes.prints import FakePrints
from tests.ui.desk import Desk
from tests.ui.screen_checks import KEY, bar, nameless, press, too_big

GROUP = EntryId(513, 71)
RIGHTS = frozenset({"copies", "take_in", "take_money"})


@pytest.fixture
def sit(themed: QApplication) -> Iterator:
    desks: list[Desk] = []

    def down(port: FakeGroups, *more: str) -> Desk:
        ports = {"groups": port, "papers": FakePrints(), "copies": FakeCopies(), "pen": FakePen()}
        desks.append(Desk(themed, ENTRY, ports, RIGHTS | set(more)).show(1366, 697))
        desks[-1].view.on_shown(GROUP)
        desks[-1].settle()
        return desks[-1]

    yield down
    for desk in desks:
        desk.close()


def drawer(desk: Desk) -> RefundPanel:
    panel = desk.view.taken_in.refunds.panel()
    assert panel is not None
    return panel


def opened(sit, port: FakeGroups) -> tuple[Desk, RefundPanel]:
    desk = sit(port, REFUND_FIRST)
    desk.view.taken_in.panel().back.click()
    desk.settle()
    return desk, drawer(desk)


def fill(desk: Desk, ground: str, secret: str) -> None:
    press(desk, KEY.Key_Return)
    desk.robot.type(ground)
    press(desk, KEY.Key_Return, KEY.Key_Return)
    desk.robot.type(secret)
    desk.settle()


def test_what_is_owed_is_offered_first_and_f9_gives_it_back_once(sit) -> None:
    port = FakeGroups()
    desk, panel = opened(sit, port)
    shown = [panel.how.itemText(place).replace("\u00a0", " ") for place in range(panel.how.count())]
    assert shown == ["Phải hoàn: 60.000 đ · 2 biên lai", "Tất cả: 720.000 đ · 24 biên lai"]
    assert too_big(desk) == ""
    assert nameless(desk) == []
    fill(desk, "Hai số bị gạch", "mat khau")
    press(desk, KEY.Key_Return)
    assert port.refunds == [], "Enter never commits"
    desk.view.on_commit()
    desk.view.on_commit()  # before the first was answered
    desk.settle()
    (form,) = port.refunds
    assert (form.whole, form.amount, form.ground, form.second_secret) == (
        False, 60_000, "Hai số bị gạch", "mat khau"
    )  # fmt: skip
    assert bar(desk).startswith("Đã hoàn")
    assert desk.view.taken_in.refunds.panel() is None


def test_the_foot_names_the_drawers_keys_and_then_the_pages_again(sit) -> None:
    def keys() -> list[str]:
        return [hint.keys for hint in desk.view.legend()]

    desk = sit(FakeGroups(), REFUND_FIRST)
    assert keys()[-1] == "Esc"
    assert "F9" not in keys(), "F9 does nothing in this drawer"
    desk.view.taken_in.panel().back.click()
    desk.settle()
    assert keys() == ["Esc", "F9"]
    drawer(desk).later.click()
    desk.settle()
    assert "Ctrl V" in keys()


def test_all_of_it_by_the_arrow(sit) -> None:
    port = FakeGroups()
    desk, _ = opened(sit, port)
    press(desk, KEY.Key_Down)
    fill(desk, "Trường đổi ý", "mat khau")
    press(desk, KEY.Key_F9)
    assert [(form.whole, form.amount) for form in port.refunds] == [(True, 720_000)]


def test_what_is_missing_is_said_at_its_cell(sit) -> None:
    port = FakeGroups()
    desk, panel = opened(sit, port)
    press(desk, KEY.Key_F9)
    assert (panel.ground.error(), panel.two.secret.error()) == ("Ô này chưa nhập.",) * 2
    assert (port.refunds, port.forms) == ([], []), "and F9 does not write the list behind it"


def test_a_refusal_stands_where_it_belongs(sit) -> None:
    port = FakeGroups()

    def refuse(_form: object) -> str:
        raise DomainError("Số tiền hoàn đã đổi: 0 đ.", field="amount", code="refund.changed")

    port.refund = refuse  # type: ignore[method-assign]
    desk, panel = opened(sit, port)
    fill(desk, "Trường đổi ý", "mat khau")
    press(desk, KEY.Key_F9)
    assert panel.error.text() == "Số tiền hoàn đã đổi: 0 đ."
    assert desk.errors == []


def test_who_may_not_give_back_is_not_asked(sit) -> None:
    desk = sit(FakeGroups())
    assert not desk.view.taken_in.panel().back.isVisible()
