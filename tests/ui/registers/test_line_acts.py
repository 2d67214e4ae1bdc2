"""A note and a correction on a line: what F9 writes, what is refused before it, who may."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QLabel

from counter_app.domain.errors import DomainError
from counter_app.services.ports.register_years import CorrectionForm
from counter_app.ui import i18n
from counter_app.ui.widgets.button import Button
from sync.protocol.naming.ids import EntryId
from tests.support.fakes.pen import FakePen
from tests.support.fakes.registers import FakeRegisters, november
from tests.ui import robot
from tests.ui.desk import CLERK, Desk
from tests.ui.screen_checks import KEY, bar, nameless, press, too_big

Sits = Callable[..., Desk]
FIRST = EntryId(513, 1799)
SECRET = "mat khau hai"
PIN = "246810"
BOUND = "in phiếu để dán ở Sổ năm"


def words_of(desk: Desk) -> str:
    """All words of the drawer."""
    return " ".join(one.text() for one in desk.window.drawer.findChildren(QLabel))


def correcting(sits: Sits, port: FakeRegisters, **more: object) -> Desk:
    """The form of a correction stands on the first line."""
    desk = sits(port, **more)
    press(desk, KEY.Key_Q)
    assert desk.view.lines.stands()
    return desk


def test_a_note_is_written_by_f9_once(sits: Sits) -> None:
    desk = sits(port := FakeRegisters())
    press(desk, KEY.Key_B)
    assert desk.window.drawer.title() == "Ghi chú số 1799"
    press(desk, KEY.Key_F9)
    assert port.calls == [], "without words nothing happens"
    assert desk.view.lines.card.words.error()
    desk.robot.type("da bao nguoi dan")
    press(desk, KEY.Key_F9)
    assert port.calls == [("note", FIRST, "da bao nguoi dan")]
    assert bar(desk) == "Đã ghi chú."
    assert not desk.window.drawer.is_open()
    assert desk.view.table.hasFocus()
    press(desk, KEY.Key_F9)
    assert len(port.calls) == 1


def test_f9_twice_before_the_answer_writes_once(sits: Sits) -> None:
    desk = sits(port := FakeRegisters())
    press(desk, KEY.Key_B)
    desk.robot.type("da bao")
    desk.view.on_commit()
    desk.view.on_commit()
    desk.settle()
    assert len(port.calls) == 1


def test_a_correction_takes_two_persons(sits: Sits) -> None:
    desk = correcting(sits, port := FakeRegisters())
    card = desk.view.lines.card
    assert [card.column.itemText(i) for i in range(card.column.count())] == [
        "(3) Người yêu cầu", "(4) Tên bản chính", "(5) Người ký, chức danh", "(6) Số bản", "(7) Phí",
    ]  # fmt: skip
    assert card.now.text() == "Lò Văn Ín", "the field begins with what is written"
    card.choose(1)
    assert card.now.text() == "Giấy khai sinh"
    press(desk, KEY.Key_F9)
    assert card.now.error(), "what is written already is no correction"
    card.now.fill("Giấy khai sinh (bản chính)")
    press(desk, KEY.Key_F9)
    assert card.words.error()
    card.words.fill("ghi thiếu")
    press(desk, KEY.Key_F9)
    assert card.two.secret.error()
    assert card.own.error(), "the first of the two gives his secret too"
    assert port.calls == []
    card.two.secret.edit.setText(SECRET)
    press(desk, KEY.Key_F9)
    assert port.calls == []
    card.own.edit.setText(PIN)
    press(desk, KEY.Key_F9)
    second = FakePen().seconds()[0].official
    form = CorrectionForm(FIRST, 4, "Giấy khai sinh (bản chính)", "ghi thiếu", second, SECRET, PIN)
    assert port.calls == [("correct", form)]
    assert bar(desk) == "Đã đính chính."
    assert not desk.window.drawer.is_open()


def test_a_wrong_secret_stands_at_its_field_and_f9_goes_again(sits: Sits) -> None:
    wrong = DomainError("Mật khẩu chưa đúng.", field="password", code="password.wrong")
    desk = correcting(sits, port := FakeRegisters(refuses=wrong))
    card = desk.view.lines.card
    for field, text in (
        (card.now, "Lò Văn Inh"),
        (card.words, "ghi sai"),
        (card.two.secret, SECRET),
        (card.own, PIN),
    ):
        field.fill(text)
    press(desk, KEY.Key_F9)
    assert "Mật khẩu chưa đúng" in card.two.secret.error()
    assert desk.view.lines.stands()
    port.refuses = None
    press(desk, KEY.Key_F9)
    assert [call[0] for call in port.calls] == ["correct"]


def test_escape_leaves_without_a_trace(sits: Sits) -> None:
    desk = correcting(sits, port := FakeRegisters())
    press(desk, KEY.Key_Escape)
    assert not desk.view.lines.stands()
    press(desk, KEY.Key_F9)
    assert port.calls == []


def test_the_history_of_a_line_offers_what_may_be_done_with_it(sits: Sits) -> None:
    desk = sits(FakeRegisters())
    press(desk, KEY.Key_Return)
    buttons = desk.window.drawer.findChildren(Button)
    assert [one.words() for one in buttons] == ["Đóng", "Ghi chú ...", "Đính chính ...", "Huỷ bỏ giá trị ..."]
    buttons[2].click()
    desk.settle()
    assert desk.window.drawer.title() == "Đính chính số 1799"


def test_struck_and_unknown_numbers_say_why_not(sits: Sits) -> None:
    desk = sits(FakeRegisters())
    desk.view.table.go_to(2)
    press(desk, KEY.Key_Q)
    assert bar(desk) == "Số 1801 đã gạch, không đính chính."
    desk.view.table.go_to(6)
    for key in (KEY.Key_B, KEY.Key_Q):
        press(desk, key)
        assert "Quyền cấp số và sổ" in bar(desk)
        assert not desk.window.drawer.is_open()
    desk.view.table.go_to(2)
    press(desk, KEY.Key_B)
    assert desk.window.drawer.title() == "Ghi chú số 1801", "a struck number may be noted on"


def test_whoever_may_not_has_neither_key_nor_button(sits: Sits) -> None:
    desk = sits(port := FakeRegisters(), may=CLERK)
    assert not {"B", "Q", "R"} & {hint.keys for hint in desk.view.legend()}
    for key in (KEY.Key_B, KEY.Key_Q):
        press(desk, key)
        assert "Không có quyền" in bar(desk)
    press(desk, KEY.Key_Return)
    assert [one.words() for one in desk.window.drawer.findChildren(Button)] == ["Đóng"]
    assert port.calls == []


def test_who_closes_books_notes_but_does_not_begin_a_correction(sits: Sits) -> None:
    desk = sits(FakeRegisters(), may=CLERK | {"close_books"})
    assert [hint.keys for hint in desk.view.legend() if hint.keys in "BQR"] == ["B"]


@pytest.mark.parametrize("closed", [False, True])
def test_a_bound_month_says_that_a_slip_is_to_be_pasted(sits: Sits, closed: bool) -> None:
    kept = {(2026, 11): replace(november(), closed=closed, blocked="")}
    desk = sits(FakeRegisters(kept=kept))
    press(desk, KEY.Key_B)
    assert (BOUND in words_of(desk)) is closed


@pytest.mark.parametrize("scale", [1.0, 1.3])
def test_the_forms_fit_and_everything_has_a_name(sits: Sits, scale: float) -> None:
    desk = correcting(sits, FakeRegisters(), scale=scale)
    assert nameless(desk.window.drawer) == []
    assert too_big(desk) == ""
    assert robot.squeezed(desk.window) == []


def test_english_of_the_forms(sits: Sits) -> None:
    i18n.use_language("en")
    try:
        desk = correcting(sits, FakeRegisters())
        assert desk.window.drawer.title() == "Put number 1799 right"
        assert desk.view.lines.card.column.itemText(1) == "(4) Original"
    finally:
        i18n.use_language("vi")
