"""Certified copies as a clerk enters them: by card, keys and F9 alone (``ux.md`` 4.4, 8)."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from counter_app.domain.errors import DomainError
from counter_app.services.ports.copies import INFO, LOOK, KnownPerson, Notice, RequestForm, RowForm
from counter_app.services.ports.home import ScanResult, SearchHit
from counter_app.ui.screens.copies import ENTRY
from sync.protocol.naming.ids import EntryId
from tests.support.fakes.copies import (
    AT,
    BENT_CARD,
    CARD,
    EARLIER,
    EXPIRED,
    GROUNDS,
    OTHER_CARD,
    OTHER_PERSON,
    PERSON,
    SIGNERS,
    FakeCopies,
    sample,
)
from tests.ui.desk import MORNING, Desk
from tests.ui.screen_checks import CTRL, KEY, bar, press, scan

RIGHTS = frozenset({"copies", "take_in", "take_money"})
ALT = Qt.KeyboardModifier.AltModifier
Make = Callable[..., Desk]


@pytest.fixture
def make(themed: QApplication) -> Iterator[Make]:
    """A desk with the copies screen over the port given."""
    made: list[Desk] = []

    def build(port: FakeCopies | None = None, rights: frozenset[str] = RIGHTS) -> Desk:
        desk = Desk(themed, ENTRY, {"copies": port or FakeCopies()}, rights, "QUẦY-02").show()
        made.append(desk)
        return desk

    yield build
    for desk in made:
        desk.close()


def port_of(desk: Desk) -> FakeCopies:
    port: FakeCopies = desk.view.context.program.copies
    return port


def type_row(desk: Desk, text: str) -> int:
    """Types a row, Enter, Space: how many keys."""
    desk.robot.type(text)
    return len(text) + press(desk, KEY.Key_Return, KEY.Key_Space)


def texts(desk: Desk) -> list[str]:
    return [row.text for row in desk.view.model.form.rows]


def test_two_originals_take_one_scan_and_at_most_25_keys(make: Make) -> None:
    desk = make()
    scan(desk, CARD)
    keys = 1  # F4, which brought the screen to the front
    keys += type_row(desk, "gks 1x4")
    keys += type_row(desk, "hb 24x2")
    keys += press(desk, KEY.Key_F9)
    assert keys <= 25
    (form,) = port_of(desk).commits
    assert form.person == PERSON
    assert [(row.text, row.compared_at) for row in form.rows] == [("gks 1x4", MORNING), ("hb 24x2", MORNING)]
    assert form.signatory == SIGNERS[0].official
    assert bar(desk).startswith("Đã lưu 02-0018")
    assert desk.errors == []


def test_after_f9_the_page_waits_for_the_next_person(make: Make) -> None:
    desk = make()
    scan(desk, CARD)
    type_row(desk, "gks 1x4")
    press(desk, KEY.Key_F9, KEY.Key_F9)
    assert len(port_of(desk).commits) == 1
    assert desk.view.person.identity.text() == desk.view.person.name.text() == ""
    assert desk.view.model.form.rows == ()
    assert desk.robot.focus() is desk.view.person.identity.edit
    assert port_of(desk).draft is None
    assert "02-0018" in desk.view.subtitle()


def test_enter_goes_to_the_tick_and_space_to_a_new_row(make: Make) -> None:
    desk = make()
    scan(desk, CARD)
    assert desk.robot.focus() is desk.view.papers.editor
    desk.robot.type("gks 1x4")
    press(desk, KEY.Key_Return)
    assert desk.robot.focus() is desk.view.papers.table
    assert desk.view.model.form.rows[0].compared_at == 0
    press(desk, KEY.Key_Space)
    assert desk.robot.focus() is desk.view.papers.editor
    assert desk.view.papers.editor.row() == 1


def test_enter_on_the_empty_row_goes_to_the_money(make: Make) -> None:
    desk = make()
    scan(desk, CARD)
    type_row(desk, "gks 1x4")
    press(desk, KEY.Key_Return)
    assert desk.robot.focus() is desk.view.money.given.edit
    desk.robot.type("100")
    desk.settle()
    assert desk.view.money.change.text() == "92.000\u00a0đ"
    press(desk, KEY.Key_Return)
    assert desk.view.money.given.text() == "100.000"
    assert desk.robot.focus() is desk.view.text.signatory


@pytest.mark.parametrize("kept", [("gks 1x4",), ("gks 1x4", "hb 24x2")])
def test_enter_on_an_emptied_row_goes_to_the_typing_line_then_to_the_money(
    make: Make, kept: tuple[str, ...]
) -> None:
    desk = make()
    scan(desk, CARD)
    emptied = len(kept) - 1  # the last row, or one with a row before it
    for row in (*kept, "syll 1x1"):
        type_row(desk, row)
    desk.view.papers.go_to_tick(emptied)
    press(desk, KEY.Key_Return, (KEY.Key_A, CTRL), KEY.Key_Delete, KEY.Key_Return)
    left = [*kept[:emptied], "syll 1x1"]
    assert texts(desk) == left
    assert (desk.view.papers.editor.row(), desk.view.papers.editor.text()) == (len(left), "")
    assert desk.robot.focus() is desk.view.papers.editor
    press(desk, KEY.Key_Return)
    desk.robot.type("100")
    press(desk, KEY.Key_F9)
    assert [form.given.strip(" đ") for form in port_of(desk).commits] == ["100.000"]


def test_emptying_the_only_row_leaves_the_typing_line_open(make: Make) -> None:
    desk = make()
    scan(desk, CARD)
    desk.robot.type("gks 1x4")
    press(desk, KEY.Key_Return, KEY.Key_Return, (KEY.Key_A, CTRL), KEY.Key_Delete, KEY.Key_Return)
    assert texts(desk) == []
    assert desk.robot.focus() is desk.view.papers.editor
    desk.robot.type("hb 24x2")
    press(desk, KEY.Key_Return)
    assert texts(desk) == ["hb 24x2"]


def test_a_burst_with_enter_commits_nothing_in_any_field(make: Make) -> None:
    desk = make(sample())
    view = desk.view
    inputs = [*view.chain.inputs(), view.papers.table, *view.pay_chain.inputs(), view.commit]
    for target in inputs:
        target.setFocus()
        scan(desk, "033900021261120001 82".replace(" ", ""))
        scan(desk, CARD, KEY.Key_Tab)
    view.papers.open_last()
    scan(desk, "0339000212611200182")
    assert port_of(desk).commits == []
    assert texts(desk) == ["bang 1x3", "hb 24x2p", "cc 2x5", "ck syll 1", "qsdd 4x2"]


def test_enter_and_escape_write_nothing_anywhere(make: Make) -> None:
    desk = make(sample())
    for target in (*desk.view.chain.inputs(), *desk.view.pay_chain.inputs(), desk.view.papers.table):
        target.setFocus()
        press(desk, KEY.Key_Return, KEY.Key_Escape)
    assert port_of(desk).commits == []


def test_f9_names_the_row_that_is_not_compared_and_stands_on_it(make: Make) -> None:
    desk = make()
    scan(desk, CARD)
    desk.robot.type("gks 1x4")
    press(desk, KEY.Key_F9)
    view = desk.view
    assert port_of(desk).commits == []
    assert view.notice.isVisible()
    assert "Dòng 1: chưa đánh dấu đã đối chiếu bản chính." in view.notice.accessibleName()
    assert desk.robot.focus() is view.papers.table
    assert view.papers.current_original() == 0
    assert "Còn 1 chỗ cần sửa" in view.hint.text()
    press(desk, KEY.Key_Space, KEY.Key_F9)
    assert len(port_of(desk).commits) == 1


def test_nothing_is_called_wrong_before_the_cell_was_left(make: Make) -> None:
    desk = make()
    view = desk.view
    desk.robot.type("01208600681")
    desk.settle()
    assert view.person.identity.error() == ""
    press(desk, KEY.Key_Return)
    assert view.person.identity.error() == "Số căn cước phải có 12 chữ số, hiện có 11."
    assert view.person.name.error() == ""
    assert view.person.identity.text() == "012 086 006 81"


def test_f9_goes_from_fault_to_fault(make: Make) -> None:
    desk = make()
    view = desk.view
    desk.robot.type("01208600681")
    press(desk, KEY.Key_F9)
    assert view.person.identity.error().startswith("Số căn cước phải có 12")
    assert view.person.name.error() == "Nhập họ và tên."
    assert desk.robot.focus() is view.person.identity.edit
    press(desk, (KEY.Key_Period, CTRL))
    assert desk.robot.focus() is view.person.name.edit
    press(desk, (KEY.Key_Period, CTRL))
    assert desk.robot.focus() is view.papers.editor
    assert port_of(desk).commits == []


def test_an_amber_notice_needs_alt_enter(make: Make) -> None:
    port = sample()
    desk = make(port)
    press(desk, KEY.Key_Space, KEY.Key_F9)
    assert port.commits == []
    assert "thẻ căn cước hết hạn" in desk.view.notice.accessibleName()
    press(desk, (KEY.Key_Return, ALT), KEY.Key_F9)
    (form,) = port.commits
    assert form.rows[2].seen == (EXPIRED.code,)


def test_an_amber_notice_about_the_person_is_kept_before_the_first_row(make: Make) -> None:
    port = FakeCopies(extra=[Notice(LOOK, "identity.birth_year", "Năm sinh khác số căn cước.", "", -1)])
    desk = make(port)
    scan(desk, CARD)
    press(desk, (KEY.Key_Return, ALT))
    type_row(desk, "gks 1x4")
    press(desk, KEY.Key_F9)
    assert [form.rows[0].seen for form in port.commits] == [("identity.birth_year",)]


def test_money_that_is_short_is_not_waved_through(make: Make) -> None:
    desk = make()
    scan(desk, CARD)
    type_row(desk, "hb 24x2")
    press(desk, KEY.Key_Return)
    desk.robot.type("50")
    desk.settle()
    press(desk, (KEY.Key_Return, ALT), KEY.Key_F9)
    assert port_of(desk).commits == []
    assert desk.view.money.change_words.text() == "Còn thiếu"
    assert desk.view.model.form.rows[0].seen == ()
    press(desk, (KEY.Key_M, CTRL), (KEY.Key_M, CTRL), KEY.Key_F9)
    (form,) = port_of(desk).commits
    assert (form.pay, form.method) == ("return", "cash")


def test_ctrl_m_takes_a_transfer_whatever_was_given(make: Make) -> None:
    desk = make()
    scan(desk, CARD)
    type_row(desk, "hb 24x2")
    press(desk, KEY.Key_Return)
    desk.robot.type("50")
    desk.settle()
    press(desk, (KEY.Key_M, CTRL))
    assert desk.view.money.when.currentText() == "Chuyển khoản"
    assert (desk.view.money.given.isEnabled(), desk.view.money.change.text()) == (False, "–")
    press(desk, KEY.Key_F9)
    (form,) = port_of(desk).commits
    assert (form.pay, form.method) == ("now", "transfer")
    assert desk.view.money.when.current() == "now"  # the next person pays in cash, as most do


def test_every_change_is_kept_as_a_draft(make: Make) -> None:
    desk = make()
    desk.robot.type("012086006812")
    desk.settle()
    assert port_of(desk).draft is not None
    assert port_of(desk).draft.person.id_number == "012086006812"
    scan(desk, CARD)
    desk.robot.type("gks 1x4")
    press(desk, KEY.Key_Return)
    assert [row.text for row in port_of(desk).draft.rows] == ["gks 1x4"]
    assert desk.view.subtitle() == "Nháp · đã lưu 10:41"


def test_a_draft_comes_back_with_the_row_under_the_cursor(make: Make) -> None:
    desk = make(sample())
    view = desk.view
    assert view.person.identity.text() == "012 086 006 812"
    assert view.papers.current_original() == 4
    assert desk.robot.focus() is view.papers.table
    assert view.money.given.text() == "150.000"
    assert view.money.change.text() == "26.000\u00a0đ"
    assert view.text.medium.text() == "13 lời chứng · in lên trang cuối"


def test_leaving_the_screen_takes_over_what_is_being_typed(make: Make) -> None:
    desk = make()
    scan(desk, CARD)
    desk.robot.type("gks 1x4")
    desk.view.on_hidden()
    desk.settle()
    assert [row.text for row in port_of(desk).draft.rows] == ["gks 1x4"]


def test_a_row_still_being_typed_is_kept_at_each_key(make: Make) -> None:
    desk = make()
    scan(desk, CARD)
    type_row(desk, "gks 1x4")
    desk.robot.type("hb 2")
    desk.settle()
    assert [row.text for row in port_of(desk).draft.rows] == ["gks 1x4", "hb 2"]
    assert port_of(desk).cursor == 1
    press(desk, KEY.Key_Escape)
    assert [row.text for row in port_of(desk).draft.rows] == ["gks 1x4"]


def test_rows_are_duplicated_deleted_and_given_back(make: Make) -> None:
    port = sample()
    desk = make(port)
    view = desk.view
    view.papers.go_to_tick(1)
    press(desk, (KEY.Key_D, CTRL))
    assert texts(desk)[1:3] == ["hb 24x2p", "hb 24x2p"]
    assert view.model.form.rows[2].compared_at == 0
    press(desk, (KEY.Key_Minus, CTRL))
    assert texts(desk) == ["bang 1x3", "hb 24x2p", "cc 2x5", "ck syll 1", "qsdd 4x2"]
    assert bar(desk) == "Đã xóa dòng 3 (Học bạ)."
    press(desk, (KEY.Key_Z, CTRL))
    assert texts(desk).count("hb 24x2p") == 2


def test_the_rows_of_last_time_come_back_unticked(make: Make) -> None:
    port = FakeCopies(
        known_people={PERSON.id_number: KnownPerson(PERSON, 2, ("hb 24x2", "gks 1x4"), earlier=EARLIER)}
    )
    desk = make(port)
    scan(desk, CARD)
    assert desk.view.person.again.text() == "Lần thứ 3 trong năm. Lấy lại dòng cũ"
    press(desk, (KEY.Key_R, CTRL))
    assert texts(desk) == ["hb 24x2", "gks 1x4"]
    press(desk, KEY.Key_Space, KEY.Key_Space, KEY.Key_F9)
    assert len(port.commits) == 1


def test_the_same_key_goes_on_to_the_requests_before(make: Make) -> None:
    port = FakeCopies(known_people={PERSON.id_number: KnownPerson(PERSON, 2, (), earlier=EARLIER)})
    desk = make(port)
    scan(desk, CARD)
    press(desk, (KEY.Key_R, CTRL))
    assert bar(desk).startswith("Dòng của phiếu 02-0011 ngày 03/09/2026. Phiếu 1/2")
    press(desk, (KEY.Key_R, CTRL))
    assert texts(desk) == ["cc 2x1"], "the rows of the other request stand instead, not below"
    assert "01-0107" in bar(desk)
    press(desk, (KEY.Key_R, CTRL))
    assert texts(desk) == ["hb 24x2", "gks 1x4"]
    press(desk, KEY.Key_Space, (KEY.Key_R, CTRL))
    assert texts(desk) == ["hb 24x2", "gks 1x4", "hb 24x2", "gks 1x4"], "what was ticked stays"


def test_what_is_good_to_know_of_a_row_stands_where_nothing_stops_it(make: Make) -> None:
    known = Notice(INFO, "paper.held", "Nơi nhận tra cứu được.", "", 0, "paper")
    desk = make(FakeCopies(extra=[known]))
    scan(desk, CARD)
    type_row(desk, "cc 2x1")
    desk.view.papers.go_to_tick(0)
    desk.settle()
    assert not desk.view.notice.isHidden()
    assert desk.view.notice.accessibleName().startswith("Nơi nhận tra cứu được.")
    press(desk, KEY.Key_F9)
    assert len(port_of(desk).commits) == 1, "it stops nobody"


def test_a_changed_row_must_be_compared_again(make: Make) -> None:
    desk = make(sample())
    view = desk.view
    view.papers.go_to_tick(0)
    press(desk, KEY.Key_Return)
    assert view.papers.editor.text() == "bang 1x3; Số hiệu A 0451278"
    view.papers.editor.selectAll()
    desk.robot.type("bang 1x5; Số hiệu A 0451278")
    press(desk, KEY.Key_Return)
    row = view.model.form.rows[0]
    assert (row.text, row.mark, row.compared_at) == ("bang 1x5", "Số hiệu A 0451278", 0)


def test_escape_leaves_an_opened_row_as_it_was(make: Make) -> None:
    desk = make(sample())
    desk.view.papers.open_row(0)
    desk.robot.type("hc 1x1")
    press(desk, KEY.Key_Escape)
    assert texts(desk)[0] == "bang 1x3"
    assert desk.robot.focus() is desk.view.papers.table


def test_a_refusal_prints_its_ground_and_takes_the_row_away(make: Make) -> None:
    port = sample()
    desk = make(port)
    desk.view.papers.go_to_tick(1)
    press(desk, KEY.Key_R)
    assert desk.window.dialog.is_open()
    press(desk, KEY.Key_2, KEY.Key_F9)
    (refused,) = port.refusals
    assert (refused.original_name, refused.ground) == ("Học bạ", GROUNDS[1].code)
    assert refused.person == PERSON
    assert texts(desk) == ["bang 1x3", "cc 2x5", "ck syll 1", "qsdd 4x2"]
    assert port.commits == []


def test_kinds_are_offered_and_taken_with_the_arrows(make: Make) -> None:
    desk = make()
    scan(desk, CARD)
    desk.robot.type("so yeu")
    desk.settle()
    editor = desk.view.papers.editor
    assert editor.offer.isVisible()
    press(desk, KEY.Key_Down, KEY.Key_Return)
    assert editor.text() == "syll "
    desk.robot.type("1x2")
    press(desk, KEY.Key_Return)
    assert texts(desk) == ["syll 1x2"]


def test_enter_takes_the_text_when_nobody_moved_in_the_offer(make: Make) -> None:
    desk = make()
    scan(desk, CARD)
    desk.robot.type("hb")
    press(desk, KEY.Key_Return)
    assert texts(desk) == ["hb"]
    assert "Chưa hiểu dòng" in desk.view.notice.accessibleName()
    press(desk, KEY.Key_Space)
    assert desk.view.papers.editor.text() == "hb"
    assert desk.view.model.form.rows[0].compared_at == 0


def test_another_card_offers_the_first_person_back(make: Make) -> None:
    desk = make(sample())
    scan(desk, OTHER_CARD)
    assert desk.view.person.name.text() == OTHER_PERSON.name
    assert "HOÀNG VĂN SƠN" in bar(desk)
    press(desk, (KEY.Key_Z, CTRL))
    assert desk.view.person.name.text() == PERSON.name
    assert desk.view.model.form.person == PERSON


def test_a_card_that_cannot_be_read_overwrites_nothing(make: Make) -> None:
    desk = make(sample())
    scan(desk, "012345678901||TẬP HUẤN|01011990|Nam|Xã tập huấn|01012021")
    assert desk.view.person.name.text() == PERSON.name
    assert "Đọc được mã nhưng thiếu phần" in bar(desk)


def test_a_card_that_lacks_a_part_fills_the_rest_and_asks_to_compare(make: Make) -> None:
    desk = make()
    scan(desk, BENT_CARD)
    assert (desk.view.person.name.text(), desk.view.person.birth.text()) == (OTHER_PERSON.name, "")
    assert "thiếu phần" in bar(desk)


def test_such_a_card_of_another_person_still_offers_the_first_one_back(make: Make) -> None:
    desk = make(sample())
    scan(desk, BENT_CARD)
    assert "HOÀNG VĂN SƠN" in bar(desk)
    assert "thiếu phần" in bar(desk)
    press(desk, (KEY.Key_Z, CTRL))
    assert desk.view.model.form.person == PERSON


def test_a_known_number_fills_only_empty_cells(make: Make) -> None:
    port = FakeCopies(known_people={PERSON.id_number: KnownPerson(PERSON, 0, ())})
    desk = make(port)
    desk.view.person.name.edit.setFocus()
    desk.robot.type("TÊN ĐÃ GÕ")
    desk.view.person.identity.edit.setFocus()
    desk.robot.type(PERSON.id_number)
    press(desk, KEY.Key_Return)
    assert desk.view.person.name.text() == "TÊN ĐÃ GÕ"
    assert desk.view.person.home.text() == PERSON.address


def test_a_date_of_birth_is_tidied_when_left(make: Make) -> None:
    desk = make()
    desk.view.person.birth.edit.setFocus()
    desk.robot.type("020998")
    press(desk, KEY.Key_Return)
    assert desk.view.person.birth.text() == "02/09/1998"
    assert desk.view.model.form.person.birth == "02/09/1998"


def test_a_slip_of_somebody_else_is_left_to_the_shell(make: Make) -> None:
    desk = make()
    heard: list[str] = []
    desk.window.scan_unclaimed.connect(heard.append)
    scan(desk, "0339000212611200182")
    assert heard == ["0339000212611200182"]


def test_a_claimed_scan_puts_away_what_was_said_of_an_earlier_code(make: Make) -> None:
    desk = make()
    desk.window.scan_unclaimed.connect(lambda _code: desk.window.tell("Chưa biết mã này."))
    scan(desk, "8934563138164")
    assert bar(desk) == "Chưa biết mã này."
    scan(desk, CARD)
    assert desk.view.person.name.text() == PERSON.name
    assert bar(desk) == ""


def test_a_scan_leaves_errors_and_the_undo_of_a_row_where_they_stand(make: Make) -> None:
    desk = make(sample())
    desk.window.show_error(DomainError("print.off"))
    words = bar(desk)
    scan(desk, CARD)
    assert words
    assert bar(desk) == words
    desk.view.papers.go_to_tick(1)
    press(desk, (KEY.Key_Minus, CTRL))
    scan(desk, CARD)
    press(desk, (KEY.Key_Z, CTRL))
    assert texts(desk)[1] == "hb 24x2p"


def test_a_card_scanned_elsewhere_opens_here(make: Make) -> None:
    desk = make()
    desk.window.open_screen("copies", ScanResult("card", CARD, ""))
    desk.settle()
    assert desk.view.person.name.text() == PERSON.name
    assert desk.robot.focus() is desk.view.papers.editor


def test_a_person_found_by_search_brings_the_name(make: Make) -> None:
    desk = make()
    desk.window.open_screen("copies", SearchHit("person", "LÒ THỊ ẨM", "Bản Hon", "copies"))
    desk.settle()
    assert desk.view.model.form.person.name == "LÒ THỊ ẨM"


def test_a_slip_sent_back_is_opened_unless_a_draft_stands(make: Make) -> None:
    desk = make()
    desk.window.open_screen("copies", EntryId(513, 7))
    desk.settle()
    assert desk.view.model.form.request == EntryId(513, 7)
    assert desk.view.subtitle() == "Sửa phiếu được trả lại"
    desk.window.open_screen("copies", EntryId(513, 8))
    desk.settle()
    assert desk.view.model.form.request == EntryId(513, 7)
    assert "Còn nháp" in bar(desk)


def test_a_refused_commit_keeps_everything(make: Make) -> None:
    port = FakeCopies(refuse_commit=DomainError("Quầy này đã hết số phiếu trong ngày.", code="code.day_full"))
    desk = make(port)
    scan(desk, CARD)
    type_row(desk, "gks 1x4")
    press(desk, KEY.Key_F9)
    assert "hết số phiếu" in bar(desk)
    assert texts(desk) == ["gks 1x4"]
    port.refuse_commit = None
    press(desk, KEY.Key_F9)
    assert len(port.commits) == 1


def test_a_draft_is_dropped_only_when_asked_twice(make: Make) -> None:
    port = sample()
    desk = make(port)
    desk.robot.click(desk.view.person.drop)
    press(desk, KEY.Key_Escape)
    assert len(texts(desk)) == 5
    desk.robot.click(desk.view.person.drop)
    press(desk, KEY.Key_F9)
    assert texts(desk) == []
    assert port.draft is None
    assert port.commits == []


def test_paper_that_did_not_come_out_opens_the_dialog(make: Make) -> None:
    desk = make()
    desk.papers.failing.add(41)
    scan(desk, CARD)
    type_row(desk, "gks 1x4")
    press(desk, KEY.Key_F9)
    assert len(port_of(desk).commits) == 1
    assert desk.window.dialog.is_open()


def test_f9_while_f9_runs_writes_once_and_nothing_changes_meanwhile(make: Make) -> None:
    port, gate = FakeCopies(), threading.Event()
    port.before_commit = lambda: bool(gate.wait(10)) and None  # type: ignore[assignment]
    desk = make(port)
    scan(desk, CARD)
    type_row(desk, "gks 1x4")
    model = desk.view.model
    model.commit()
    while not model.busy or port.commits:
        desk.app.processEvents()
    model.commit()
    desk.robot.key(KEY.Key_F9)
    model.write_row(0, "hb 24x2")
    model.set_given("500")
    assert model.form.rows[0].text == "gks 1x4"
    assert desk.view.person.name.edit.isReadOnly()
    gate.set()
    desk.settle()
    assert [form.rows[0].text for form in port.commits] == ["gks 1x4"]
    assert not desk.view.person.name.edit.isReadOnly()


def test_without_the_right_nothing_can_be_written(make: Make) -> None:
    rows = (RowForm("gks 1x4", "", AT),)
    port = FakeCopies(draft=RequestForm(PERSON, rows, signatory=SIGNERS[0].official))
    desk = Desk(QApplication.instance(), ENTRY, {"copies": port}, frozenset())  # type: ignore[arg-type]
    desk.show()
    before = desk.view.model.form
    press(desk, KEY.Key_F9, KEY.Key_Space, (KEY.Key_D, CTRL))
    scan(desk, OTHER_CARD)
    assert desk.view.model.form == before
    assert port.commits == []
    assert not desk.view.commit.isEnabled()
    assert desk.view.person.identity.edit.isReadOnly()
    desk.close()


def test_ctrl_digits_jump_to_the_parts(make: Make) -> None:
    desk = make(sample())
    view = desk.view
    targets = (view.person.identity.edit, view.papers.editor, view.money.given.edit, view.text.signatory)
    for key, target in zip((KEY.Key_1, KEY.Key_2, KEY.Key_3, KEY.Key_4), targets, strict=True):
        press(desk, (key, CTRL))
        assert desk.robot.focus() is target


def test_the_strip_is_looked_at_beside_the_form(make: Make) -> None:
    desk = make(sample())
    press(desk, (KEY.Key_P, CTRL))
    assert desk.window.drawer.is_open()
    press(desk, KEY.Key_Escape)
    assert not desk.window.drawer.is_open()
    assert port_of(desk).commits == []


def test_the_legend_follows_the_focus(make: Make) -> None:
    desk = make(sample())
    view = desk.view
    view.papers.table.setFocus()
    assert view.legend()[0].keys == "Space"
    view.papers.open_last()
    assert view.legend()[0].keys == "Enter"
    assert view.legend()[0].words == "Đến ô đối chiếu"


def test_a_form_whose_rows_came_ticked_keeps_their_moments(make: Make) -> None:
    rows = (RowForm("gks 1x4", "", AT - 60_000),)
    port = FakeCopies(draft=RequestForm(PERSON, rows, signatory=SIGNERS[0].official))
    desk = make(port)
    press(desk, KEY.Key_F9)
    assert [form.rows[0].compared_at for form in port.commits] == [AT - 60_000]


def test_after_the_last_row_was_refused_the_next_is_typed_at_once(make: Make) -> None:
    desk = make()
    scan(desk, CARD)
    desk.robot.type("hb 24x2")
    press(desk, KEY.Key_Return, KEY.Key_R, KEY.Key_1, KEY.Key_F9)
    assert texts(desk) == []
    assert desk.view.papers.editor.is_open()
    assert desk.robot.focus() is desk.view.papers.editor


def test_who_may_not_take_in_sees_the_page_and_changes_nothing(themed: QApplication) -> None:
    desk = Desk(themed, ENTRY, {"copies": sample()}, frozenset({"copies"})).show()
    view = desk.view
    assert not view.may_write
    assert not view.commit.isEnabled()
    assert "Không có quyền tiếp nhận" in view.commit.toolTip()
    before = texts(desk)
    press(desk, KEY.Key_F9, KEY.Key_R, KEY.Key_Space)
    assert texts(desk) == before
    assert not desk.window.dialog.is_open()
    desk.close()
