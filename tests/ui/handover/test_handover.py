"""The return desk as a person works it: scan, look, F9; nothing leaves twice, nothing leaves unpaid."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from counter_app.domain.errors import DomainError
from counter_app.services.ports.handover import ReturnForm
from counter_app.services.ports.home import ScanResult, SearchHit
from counter_app.ui import i18n
from counter_app.ui.screens.handover import ENTRY
from counter_app.ui.screens.handover.rows import numbers_words
from counter_app.ui.theme import theme as themes
from counter_app.ui.theme.theme import Theme
from counter_app.ui.theme.tokens import THEMES
from tests.support.fakes.handover import CARD, FIRST, OTHER_CARD, SECOND, SLIP, THIRD, FakeHandover
from tests.ui.desk import CLERK, Desk
from tests.ui.screen_checks import CTRL, KEY, bar, colours, nameless, press, scan, takes_keys, too_big, walk

Seat = Callable[..., Desk]
TO_RECEIVER, TO_MONEY, TO_RESULTS = (KEY.Key_3, CTRL), (KEY.Key_4, CTRL), (KEY.Key_2, CTRL)


@pytest.fixture
def seat(themed: QApplication) -> Iterator[Seat]:
    """Sits a clerk down before a fake port."""
    desks: list[Desk] = []

    def sit(port: FakeHandover, width: int = 1366, height: int = 768) -> Desk:
        desks.append(Desk(themed, ENTRY, {"handover": port}, CLERK, "QUẦY-02"))
        return desks[-1].show(width, height)

    yield sit
    for desk in desks:
        assert desk.errors == []
        desk.close()
    if themes.current() != Theme():
        themes.apply(themed, Theme())


def test_a_slip_and_f9_hand_over_and_the_box_waits_for_the_next(seat: Seat) -> None:
    desk = seat(port := FakeHandover())
    scan(desk, SLIP)
    assert desk.view.commit.words() == "Đã trả 1 kết quả"
    assert press(desk, KEY.Key_F9) == 1
    assert port.forms == [ReturnForm(FIRST.request)]
    assert desk.view.box.hasFocus()
    assert desk.view.model.found == ()
    assert bar(desk) == "Đã trả 6."


def test_the_card_opens_everything_of_the_person_and_notes_the_lost_slip(seat: Seat) -> None:
    desk = seat(port := FakeHandover())
    scan(desk, CARD)
    assert desk.view.model.chosen == {FIRST.request, SECOND.request}
    assert desk.view._by_card.isVisible()
    press(desk, KEY.Key_F9)
    assert [(form.request, form.slip_lost) for form in port.forms] == [
        (FIRST.request, True),
        (SECOND.request, True),
    ]


def test_a_slip_is_no_lost_slip(seat: Seat) -> None:
    desk = seat(port := FakeHandover())
    scan(desk, CARD)
    scan(desk, SLIP)
    press(desk, KEY.Key_F9)
    assert [form.slip_lost for form in port.forms] == [False]


def test_what_is_not_ready_is_grey_and_cannot_be_ticked(seat: Seat) -> None:
    desk = seat(port := FakeHandover(of_person=(THIRD,)))
    scan(desk, CARD)
    press(desk, KEY.Key_Space)
    assert desk.view.model.chosen == set()
    assert "Hẹn 25/11" in bar(desk)
    press(desk, KEY.Key_F9)
    assert port.forms == []


def test_space_leaves_a_result_for_another_day(seat: Seat) -> None:
    desk = seat(port := FakeHandover())
    scan(desk, CARD)
    press(desk, KEY.Key_Space, KEY.Key_F9)
    assert [form.request for form in port.forms] == [SECOND.request]


def test_unsigned_numbers_say_so_in_their_row(seat: Seat) -> None:
    desk = seat(FakeHandover())
    scan(desk, SLIP)
    assert "Số 1838 chưa xác nhận đã ký, đóng dấu." in desk.view.result_rows.row_words(1)


def test_money_is_counted_for_what_is_ticked(seat: Seat) -> None:
    desk = seat(port := FakeHandover())
    scan(desk, SLIP)
    press(desk, TO_MONEY)
    desk.robot.type("10")
    assert desk.view.pay._change.text() == "4.000\u00a0đ"
    press(desk, KEY.Key_F9)
    assert port.forms == [ReturnForm(FIRST.request, given="10")]


def test_a_transfer_asks_for_no_money_given_and_the_next_person_pays_cash(seat: Seat) -> None:
    desk = seat(port := FakeHandover())
    scan(desk, SLIP)
    press(desk, TO_MONEY)
    desk.robot.type("10")
    desk.view.pay.method.choose("transfer")
    assert (desk.view.pay.given.isEnabled(), desk.view.pay.given.text()) == (False, "")
    press(desk, TO_MONEY)
    assert desk.view.pay.method.isAncestorOf(desk.robot.focus())
    press(desk, KEY.Key_F9)
    assert port.forms == [ReturnForm(FIRST.request, method="transfer")]
    scan(desk, SLIP)
    assert desk.view.pay.method.current() == "cash"


def test_too_little_money_stops_at_the_field(seat: Seat) -> None:
    desk = seat(port := FakeHandover())
    scan(desk, SLIP)
    press(desk, TO_MONEY)
    desk.robot.type("5")
    press(desk, KEY.Key_F9)
    assert port.forms == []
    assert "còn thiếu 1.000" in desk.view.pay.given.error()
    assert desk.view.pay.given.edit.hasFocus()


def test_with_nothing_to_pay_the_field_is_closed(seat: Seat) -> None:
    desk = seat(FakeHandover(of_person=(SECOND,)))
    scan(desk, CARD)
    assert not desk.view.pay.given.isEnabled()


def test_somebody_else_needs_name_and_card(seat: Seat) -> None:
    desk = seat(port := FakeHandover())
    scan(desk, SLIP)
    press(desk, TO_RECEIVER, KEY.Key_Right, KEY.Key_F9)
    assert port.forms == []
    assert desk.view.receiver.name.error()
    assert "hiện có 0" in desk.view.receiver.identity.error()
    scan(desk, OTHER_CARD)
    press(desk, KEY.Key_F9)
    assert [(form.receiver, form.receiver_id) for form in port.forms] == [("GIANG A PAO", "012085004471")]


def test_the_other_persons_card_does_not_change_whose_results_stand_there(seat: Seat) -> None:
    desk = seat(port := FakeHandover())
    scan(desk, SLIP)
    press(desk, TO_RECEIVER, KEY.Key_Right)
    scan(desk, OTHER_CARD)
    assert port.searched == [SLIP]


def test_the_next_person_starts_with_an_empty_form(seat: Seat) -> None:
    desk = seat(FakeHandover())
    scan(desk, SLIP)
    press(desk, TO_RECEIVER, KEY.Key_Right)
    scan(desk, OTHER_CARD)
    press(desk, KEY.Key_F9)
    scan(desk, CARD)
    assert not desk.view.receiver.is_other()
    assert desk.view.receiver.name.text() == ""


def test_fingerprint_is_recorded(seat: Seat) -> None:
    desk = seat(port := FakeHandover())
    scan(desk, SLIP)
    desk.view.receiver.how.choose("fingerprint")
    press(desk, KEY.Key_F9)
    assert port.forms[0].how_signed == "fingerprint"


def test_a_name_typed_without_its_slip_is_found_on_enter(seat: Seat) -> None:
    desk = seat(port := FakeHandover())
    desk.view.box.setFocus()
    desk.robot.type("dí")
    press(desk, KEY.Key_Return)
    assert port.searched == ["dí"]
    assert len(desk.view.model.found) == 3
    assert port.forms == []


def test_an_unknown_code_says_what_to_do_and_empties_the_page(seat: Seat) -> None:
    desk = seat(FakeHandover())
    scan(desk, SLIP)
    scan(desk, "98765432109876543210")
    assert desk.view.notice.isVisible()
    assert "Không thấy hồ sơ nào." in desk.view.notice.accessibleName()
    assert desk.view.model.found == ()


def test_enter_opens_a_waiting_row_without_handing_it_over(seat: Seat) -> None:
    desk = seat(port := FakeHandover())
    desk.view.waiting.setFocus()
    press(desk, KEY.Key_Down, KEY.Key_Return)
    assert desk.view.model.found == (SECOND,)
    assert port.forms == []


def test_escape_puts_the_person_aside_then_leaves(seat: Seat) -> None:
    desk = seat(port := FakeHandover())
    scan(desk, SLIP)
    assert desk.view.on_escape() is True
    assert desk.view.model.found == ()
    assert desk.view.on_escape() is False
    assert port.forms == []


def test_a_second_f9_before_the_answer_hands_over_once(seat: Seat) -> None:
    desk = seat(port := FakeHandover())
    scan(desk, SLIP)
    desk.view.on_commit()
    desk.view.on_commit()
    desk.settle()
    assert len(port.forms) == 1


@pytest.mark.parametrize("field", ["given", "receiver_id"])
def test_what_the_rules_refuse_is_told_where_it_is(seat: Seat, field: str) -> None:
    desk = seat(port := FakeHandover(refuses=DomainError("Chưa đúng.", field=field)))
    scan(desk, SLIP)
    press(desk, TO_RECEIVER, KEY.Key_Right)
    scan(desk, OTHER_CARD)
    press(desk, KEY.Key_F9)
    shown = desk.view.pay.given if field == "given" else desk.view.receiver.identity
    assert shown.error() == "Chưa đúng."
    assert desk.view.model.found == (FIRST,)
    port.refuses = None
    press(desk, KEY.Key_F9)
    assert len(port.forms) == 1


def test_other_refusals_stand_in_the_bar_and_keep_the_person(seat: Seat) -> None:
    desk = seat(FakeHandover(refuses=DomainError("Đã trả lúc 09:12 cho Lý A Vảng. Xem lại?")))
    scan(desk, SLIP)
    press(desk, KEY.Key_F9)
    assert "09:12" in bar(desk)
    assert desk.view.model.found == (FIRST,)


@pytest.mark.parametrize("suffix", [KEY.Key_Return, KEY.Key_Tab, None])
def test_a_burst_into_any_field_hands_nothing_over(seat: Seat, suffix: Qt.Key | None) -> None:
    desk = seat(port := FakeHandover())
    scan(desk, SLIP)
    press(desk, TO_RECEIVER, KEY.Key_Right)
    for widget in takes_keys(desk.window):
        widget.setFocus()
        scan(desk, SLIP, suffix)
    assert port.forms == []


def test_enter_through_the_form_hands_nothing_over(seat: Seat) -> None:
    desk = seat(port := FakeHandover())
    scan(desk, SLIP)
    press(desk, TO_RECEIVER, KEY.Key_Right, TO_RECEIVER, *[KEY.Key_Return] * 6)
    assert port.forms == []


def test_tab_goes_down_the_receivers_form(seat: Seat) -> None:
    desk = seat(FakeHandover())
    scan(desk, SLIP)
    press(desk, TO_RECEIVER, KEY.Key_Right, TO_RECEIVER)
    path = walk(desk, 2)
    assert path[:2] == [desk.view.receiver.identity.edit, desk.view.pay.given.edit]


def test_waiting_that_cannot_be_read_says_so_and_f5_reads_again(seat: Seat) -> None:
    port = FakeHandover(trouble=DomainError("Chưa đọc được.", remedy="Nhấn F5."))
    desk = seat(port)
    assert not desk.view.waiting.isVisible()
    port.trouble = None
    press(desk, KEY.Key_F5)
    assert desk.view.waiting.isVisible()


def test_nothing_waits(seat: Seat) -> None:
    desk = seat(FakeHandover(requests=()))
    assert not desk.view.waiting.isVisible()
    assert desk.view.drawer.tabs._tabs[0].count == "0"


def test_a_change_elsewhere_reads_the_list_again(seat: Seat) -> None:
    port = FakeHandover(requests=())
    desk = seat(port)
    port.requests = (SECOND,)
    desk.window.screens_changed(frozenset({"session"}))
    desk.settle()
    assert desk.view.drawer.tabs._tabs[0].count == "0"
    desk.window.screens_changed(frozenset({"signing"}))
    desk.settle()
    assert desk.view.drawer.tabs._tabs[0].count == "1"


@pytest.mark.parametrize("scale", [1.0, 1.3])
@pytest.mark.parametrize("wrong", [False, True])
def test_fits_the_smallest_screen(themed: QApplication, seat: Seat, scale: float, wrong: bool) -> None:
    themes.apply(themed, Theme("light", scale))
    desk = seat(FakeHandover(), 1366, 697)
    scan(desk, CARD)
    press(desk, TO_RECEIVER, KEY.Key_Right)
    if wrong:
        press(desk, KEY.Key_F9)
    assert too_big(desk) == ""


@pytest.mark.parametrize("theme", THEMES)
def test_every_theme_paints(themed: QApplication, seat: Seat, theme: str) -> None:
    themes.apply(themed, Theme(theme))
    desk = seat(FakeHandover())
    assert colours(desk) > 4
    scan(desk, CARD)
    assert colours(desk) > 4


def test_names_for_those_who_listen(seat: Seat) -> None:
    desk = seat(FakeHandover())
    scan(desk, CARD)
    assert nameless(desk.view) == []
    assert "không trả lần này" in desk.view.result_rows.row_words(1)


def test_english_is_whole_and_fits(themed: QApplication, seat: Seat) -> None:
    i18n.use_language("en")
    desk = seat(FakeHandover())
    scan(desk, CARD)
    assert desk.view.title() == "Hand over"
    assert too_big(desk) == ""


def test_a_scan_elsewhere_and_a_search_hit_open_the_person(seat: Seat) -> None:
    desk = seat(port := FakeHandover())
    desk.window.open_screen("handover", ScanResult("request", SLIP, "Phiếu 02-0006.", FIRST.request))
    desk.settle()
    assert desk.view.model.chosen == {FIRST.request}
    desk.window.open_screen("handover", SearchHit("request", "SÙNG THỊ DÍ", "Giấy CN hộ nghèo", "handover"))
    desk.settle()
    assert port.searched == [SLIP, "SÙNG THỊ DÍ"]
    assert port.forms == []


def test_a_request_of_the_work_list_opens_by_itself(seat: Seat) -> None:
    desk = seat(FakeHandover())
    desk.window.open_screen("handover", SECOND.request)
    desk.settle()
    assert [view.request for view in desk.view.model.found] == [SECOND.request]
    desk.window.open_screen("handover", THIRD.request)
    desk.settle()
    assert [view.request for view in desk.view.model.found] == [SECOND.request], "it does not wait here"


def test_f9_counts_the_papers_that_are_ticked_not_the_slips(seat: Seat) -> None:
    desk = seat(FakeHandover())
    scan(desk, CARD)
    ticked = sum(
        desk.view.result_rows.cell(row, 0).tick is True for row in range(len(desk.view.result_rows.rows()))
    )
    assert ticked > 0
    assert desk.view.commit.words() == f"Đã trả {ticked} kết quả"


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        ([], ""),
        (["1829/2026"], "1829/2026"),
        (["1776/2026", "1777/2026", "1778/2026"], "1776–1778/2026"),
        (["1776/2026", "1778/2026", "1779/2026"], "1776/2026, 1778–1779/2026"),
        (["99/2025", "100/2026"], "99/2025, 100/2026"),
        (["1776/2026", "chưa rõ"], "1776/2026, chưa rõ"),
    ],
)
def test_numbers_that_follow_each_other_are_said_as_one_run(numbers: list[str], words: str) -> None:
    assert numbers_words(numbers) == words


def test_the_sum_over_the_list_is_that_of_everything_ticked(seat: Seat) -> None:
    dear = replace(SECOND, to_pay=8000, message="Còn thu 8.000 đ trước khi trả.")
    desk = seat(FakeHandover(of_person=(FIRST, dear)))
    scan(desk, CARD)
    said = desk.view.notice
    assert "14.000\u00a0đ" in said.accessibleName()
    press(desk, TO_RESULTS)
    press(desk, KEY.Key_Space)
    assert "14.000" not in said.accessibleName()
    assert "8.000\u00a0đ" in said.accessibleName()
    desk.view.results.go_to(len(desk.view.model.lines()) - 1)
    press(desk, KEY.Key_Space)
    assert not said.isVisible()
