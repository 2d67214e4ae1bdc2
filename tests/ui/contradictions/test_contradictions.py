"""The desk by keys: both words side by side, F9 asks the secret once, nothing else writes."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from counter_app.domain.errors import DomainError
from counter_app.domain.organisation import roles
from counter_app.services.ports.contradictions import DecisionForm
from counter_app.services.session.permissions import SCREENS
from counter_app.ui.screens.contradictions import ENTRY
from counter_app.ui.screens.dossier.view_model import Asked
from counter_app.ui.theme import theme as themes
from counter_app.ui.theme.theme import Theme
from tests.support.fakes.contradictions import PHONE, RETURNED, FakeContradictions, FakeStrays
from tests.ui import screen_checks as checks
from tests.ui.desk import Desk
from tests.ui.robot import squeezed

HEAD = frozenset({"contradictions", roles.REVIEW_CLASHES})
CTRL = Qt.KeyboardModifier.ControlModifier
Seat = Callable[..., Desk]


@pytest.fixture
def seat(themed: QApplication) -> Iterator[Seat]:
    desks: list[Desk] = []

    def sit(port: FakeContradictions, permissions: frozenset[str] = HEAD) -> Desk:
        ports = {"contradictions": port, "strays": FakeStrays()}
        desks.append(Desk(themed, ENTRY, ports, permissions))
        return desks[-1].show()

    yield sit
    for desk in desks:
        desk.close()
    themes.apply(themed, Theme())


def texts(desk: Desk) -> list[str]:
    return [one.text() for one in desk.view.findChildren(QLabel) if one.isVisible()]


def keys(desk: Desk) -> list[str]:
    return [hint.keys for hint in desk.view.legend()]


def test_both_words_stand_side_by_side_with_counter_person_time_and_proposal(seat: Seat) -> None:
    desk = seat(FakeContradictions())
    shown = texts(desk)
    for words in ("QUẦY-01", "0912 000 001", "QUẦY-02", "0912 000 002", "Đang được tính"):
        assert words in shown
    assert any("Lù Thị Mai · " in one for one in shown)
    assert "Đề xuất: 0912 000 002. Ghi sau, đang được dùng." in shown
    assert desk.view.card.choice() == "1"
    assert keys(desk) == ["1-3", "Ctrl 4", "F9", "Enter"]
    cell = desk.view.waiting.cell(0, 0)
    assert (cell.text, cell.second) == ("02-0018 · PHÀN THỊ TẬP HUẤN", "Đăng ký khai sinh")
    places = [one.geometry().top() for one in desk.view.card.findChildren(QLabel) if one.text() in
              ("0912 000 001", "0912 000 002")]  # fmt: skip
    assert len(places) == 2
    assert places[0] == places[1]


def test_f9_writes_once_after_reason_and_secret_and_the_row_leaves(seat: Seat) -> None:
    port = FakeContradictions()
    desk = seat(port)
    checks.press(desk, Qt.Key.Key_F9)
    assert desk.view.card.words.error()
    assert not desk.window.dialog.is_open()
    desk.robot.type("Theo thẻ căn cước")
    checks.press(desk, Qt.Key.Key_F9)
    assert port.decided == []
    checks.give_pin(desk, "246810")
    assert port.decided == [DecisionForm(PHONE.key, "1", "Theo thẻ căn cước", "246810")]
    assert checks.bar(desk) == "Đã ghi quyết định."
    assert desk.view.waiting.rowCount() == 2
    assert desk.view.card.shown == RETURNED
    assert desk.view.card.words.text() == ""


def test_ctrl_4_and_an_arrow_choose_the_other_and_enter_opens_what_it_is_about(seat: Seat) -> None:
    port = FakeContradictions()
    desk = seat(port)
    checks.press(desk, (Qt.Key.Key_4, CTRL), Qt.Key.Key_Up)
    assert desk.view.card.choice() == "0"
    desk.view.table.setFocus()
    opened: list[tuple[str, object]] = []
    desk.window.open_screen = lambda name, argument=None: opened.append((name, argument))
    checks.press(desk, Qt.Key.Key_Return)
    assert opened == [("dossier", Asked(PHONE.subject, "contradictions"))]


def test_typed_words_stay_while_the_list_is_read_again(seat: Seat) -> None:
    desk = seat(FakeContradictions())
    desk.view.card.words.fill("đang gõ")
    desk.view.on_changed(frozenset({"received"}))
    desk.settle()
    assert desk.view.card.words.text() == "đang gõ"
    checks.press(desk, Qt.Key.Key_Down)
    assert desk.view.card.shown == RETURNED
    assert desk.view.card.words.text() == ""


def test_who_may_only_read_is_told_so(seat: Seat) -> None:
    port = FakeContradictions()
    desk = seat(port, frozenset({"contradictions"}))
    desk.view.card.words.fill("x")
    checks.press(desk, Qt.Key.Key_F9)
    assert port.decided == []
    assert not desk.window.dialog.is_open()
    assert "quyết định việc trùng" in checks.bar(desk)


def test_a_wrong_pin_is_asked_again_and_a_change_elsewhere_reads_again(seat: Seat) -> None:
    port = FakeContradictions(refusal=DomainError("PIN sai.", code="pin.wrong", title_en="Wrong PIN."))
    desk = seat(port)
    desk.view.card.words.fill("x")
    checks.press(desk, Qt.Key.Key_F9)
    checks.give_pin(desk, "135791")
    assert desk.window.dialog.is_open()
    port.refusal = DomainError("Việc này vừa thay đổi.", code="contradiction.gone", title_en="Changed.")
    before = port.reads
    checks.give_pin(desk, "246810")
    assert port.reads > before
    assert len(port.decided) == 2


def test_the_history_says_who_chose_what_and_what_was_not_proposed(seat: Seat) -> None:
    desk = seat(FakeContradictions())
    checks.press(desk, Qt.Key.Key_2)
    model = desk.view.settled
    assert desk.view.history.isVisible()
    assert not desk.view.card.isVisible()
    assert model.cell(0, 2).text == "Theo QUẦY-02, khác đề xuất"
    assert model.cell(0, 2).second == "Theo thẻ căn cước"
    assert model.cell(1, 2).text == "Cả hai đúng"
    assert (model.cell(0, 3).text, model.cell(0, 3).second) == ("Vàng Văn Thăng", "BÀN KÝ")


def test_nothing_to_decide_and_an_unread_list_are_said(seat: Seat) -> None:
    empty = seat(FakeContradictions((), ()))
    assert "Không có việc trùng." in texts(empty)
    assert keys(empty) == ["1-3"], "no key is named that could do nothing"
    assert not empty.view.commit.isVisible()
    error = DomainError("Chưa có người đăng nhập.", code="session.none", title_en="Nobody.")
    assert "Chưa có người đăng nhập." in texts(seat(FakeContradictions(error=error)))


def test_a_scanners_burst_writes_nothing_in_any_field(seat: Seat) -> None:
    port = FakeContradictions()
    desk = seat(port)
    for widget in (desk.view.table, desk.view.card.words.edit, desk.view.card.picker):
        widget.setFocus()
        checks.scan(desk, "0123456789012345")
    checks.press(desk, Qt.Key.Key_Return, Qt.Key.Key_Escape)
    assert port.decided == []


@pytest.mark.parametrize("scale", [100, 130])
def test_it_fits_and_everything_has_a_name(seat: Seat, themed: QApplication, scale: int) -> None:
    themes.apply(themed, Theme(scale=scale / 100))
    desk = seat(FakeContradictions())
    desk.view.table.go_to(2)
    desk.settle()
    assert checks.too_big(desk) == ""
    assert squeezed(desk.window) == []
    assert checks.nameless(desk.view) == []


def test_heads_decide_and_those_who_read_reports_look() -> None:
    decide = {role for role in roles.ROLES if roles.grade((role,), roles.REVIEW_CLASHES)}
    assert decide == {roles.DIRECTOR, roles.DEPUTY_DIRECTOR, roles.CHAIRMAN}
    assert roles.REVIEW_CLASHES in SCREENS["contradictions"]
