"""The page of receipts while other things happen: news, half-typed numbers, coming back, two fast fingers."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt

from counter_app.domain.errors import DomainError
from counter_app.services.ports.receipts import SlipView
from counter_app.ui import i18n
from sync.protocol.naming.ids import EntryId
from tests.support.fakes.cash import BOOKS, FULL, SLIPS, FakeCash
from tests.support.fakes.pen import PEOPLE, RECEIPTS, SECRET, FakePen
from tests.ui.desk import CLERK, Desk
from tests.ui.receipts.test_receipts import BOOKS_KEY, NEW_BOOK, SLIPS_KEY, Seat, find, seat, undo
from tests.ui.screen_checks import CTRL, KEY, bar, press, scan, takes_keys

__all__ = ["seat"]
FIND_KEY, FORM_KEY = (KEY.Key_1, CTRL), (KEY.Key_4, CTRL)
OPEN_RECEIPTS = (RECEIPTS[0], replace(RECEIPTS[0], receipt=EntryId(257, 62), title="Biên lai AD-26P số 18"))
EARLIER = SlipView(EntryId(257, 39), "000000011261119000124", "Giàng Thị Tập Huấn", 20261119, 8_000)


def news(desk: Desk, *areas: str) -> None:
    """Something was received or done elsewhere."""
    desk.window.screens_changed(frozenset(areas or ("received",)))
    desk.settle()


# --- what is being typed or looked at stays ---


def test_news_takes_nobody_out_of_the_box_he_types_in(seat: Seat) -> None:
    desk = seat()
    find(desk)
    press(desk, FIND_KEY)
    desk.robot.type("4")
    news(desk)
    assert desk.view.parts.box.hasFocus()
    desk.robot.type("1")
    assert desk.view.parts.box.value() == "41"


def test_news_keeps_the_bar_on_its_receipt(seat: Seat) -> None:
    pen = FakePen(found=OPEN_RECEIPTS)
    desk = seat(pen=pen)
    find(desk)
    press(desk, KEY.Key_Down)
    pen.found = (RECEIPTS[1], *OPEN_RECEIPTS)
    news(desk)
    press(desk, KEY.Key_Return)
    assert desk.view.parts.undo.receipt == OPEN_RECEIPTS[1]


def test_news_keeps_the_bar_on_its_slip_and_its_book(seat: Seat) -> None:
    cash = FakeCash()
    desk = seat(cash)
    press(desk, SLIPS_KEY, KEY.Key_Down)
    cash.waiting = (EARLIER, *SLIPS)
    news(desk, "money")
    press(desk, KEY.Key_Return)
    assert desk.view.parts.follow.slip == SLIPS[1]
    press(desk, KEY.Key_Escape, BOOKS_KEY, KEY.Key_Down)
    cash.all_books = (BOOKS[1], BOOKS[0], BOOKS[2])
    news(desk, "money")
    press(desk, KEY.Key_Return)
    assert desk.view.parts.close_book.book == BOOKS[1]


def test_news_says_nothing_about_a_number_nobody_asked_for_yet(seat: Seat) -> None:
    pen = FakePen(found=())
    desk = seat(pen=pen)
    find(desk, "999")
    press(desk, FIND_KEY)
    desk.view.parts.box.selectAll()
    desk.robot.type("4")
    news(desk)
    assert "“999”" in desk.view.parts.found_stack.currentWidget().accessibleName()


def test_news_leaves_a_half_typed_form_alone(seat: Seat) -> None:
    cash, pen = FakeCash(), FakePen(found=RECEIPTS)
    desk = seat(cash, pen)
    form = undo(desk, refund=True)
    form.amount.show_amount(4_000)
    pen.people = (PEOPLE[1], PEOPLE[0])
    news(desk, "money")
    assert (form.amount.amount(), form.ground.text(), form.two.typed()) == (4_000, "Thu nhầm", SECRET)
    assert form.two.chosen() == PEOPLE[0].official, "the second person stays who was chosen"
    press(desk, KEY.Key_F9)
    assert pen.calls[0][1].second == PEOPLE[0].official


def test_other_news_reads_nothing(seat: Seat) -> None:
    cash = FakeCash()
    desk = seat(cash)
    cash.waiting = ()
    news(desk, "people")
    assert len(desk.view.parts.slip_rows.rows()) == len(SLIPS)


# --- drafts ---


def test_the_same_receipt_again_keeps_its_draft_another_begins_empty(seat: Seat) -> None:
    desk = seat(pen=FakePen(found=OPEN_RECEIPTS))
    form = undo(desk)
    press(desk, KEY.Key_Escape)
    desk.view.parts.found.setFocus()
    press(desk, KEY.Key_Return)
    assert form.ground.text() == "Thu nhầm"
    press(desk, KEY.Key_Escape)
    desk.view.parts.found.setFocus()
    press(desk, KEY.Key_Down, KEY.Key_Return)
    assert form.ground.text() == ""
    assert form.two.typed() == "", "a secret typed for one receipt confirms no other"


def test_another_slip_begins_without_the_number_of_the_last(seat: Seat) -> None:
    desk = seat()
    press(desk, SLIPS_KEY, KEY.Key_Return)
    card = desk.view.parts.follow
    for field, text in ((card.symbol, "26TAA"), (card.number, "7"), (card.lookup, "AB12")):
        field.fill(text)
    press(desk, KEY.Key_Escape, SLIPS_KEY, KEY.Key_Down, KEY.Key_Return)
    assert (card.symbol.text(), card.number.text(), card.lookup.text()) == ("26TAA", "", "")
    assert SLIPS[1].code in card._words.text()


def test_who_comes_back_stands_in_the_form_he_left(seat: Seat) -> None:
    desk = seat()
    press(desk, NEW_BOOK)
    desk.robot.type("AB-26P")
    desk.view.parts.books.setFocus()
    desk.window.open_screen("receipts")
    desk.settle()
    card = desk.view.parts.open_book
    assert desk.view.parts.form is card
    assert card.symbol.edit.hasFocus()
    assert card.symbol.text() == "AB-26P"


def test_who_is_sent_here_with_a_number_finds_it_asked(seat: Seat) -> None:
    desk = seat()
    desk.window.open_screen("receipts", "18")
    desk.settle()
    assert desk.view.parts.box.value() == "18"
    assert len(desk.view.parts.found_rows.rows()) == 2
    assert desk.view.parts.found.hasFocus()


# --- once ---


@pytest.mark.parametrize("keys", [(NEW_BOOK,), (SLIPS_KEY, KEY.Key_Return), (BOOKS_KEY, KEY.Key_Return)])
def test_two_presses_of_f9_in_one_breath_commit_once(seat: Seat, keys: Any) -> None:
    cash, pen = FakeCash(), FakePen()
    desk = seat(cash, pen)
    press(desk, *keys)
    for field in dict.fromkeys(desk.view.parts.form.fields.values()):
        field.fill("7")
    desk.robot.key(KEY.Key_F9)
    desk.robot.key(KEY.Key_F9)
    desk.settle()
    assert len(cash.calls) + len(pen.calls) == 1


def test_a_refused_act_may_be_tried_again(seat: Seat) -> None:
    cash = FakeCash(refuses=DomainError("Ghi căn cứ.", field="words", code="book.words"))
    desk = seat(cash)
    press(desk, BOOKS_KEY, KEY.Key_Return, KEY.Key_F9)
    cash.refuses = None
    desk.robot.type("Phiếu nộp 3")
    press(desk, KEY.Key_F9)
    assert [call[0] for call in cash.calls] == ["close_book"]
    assert desk.view.parts.close_book.words.text() == "", "the next book begins empty"


def test_f9_without_a_form_says_what_to_do(seat: Seat) -> None:
    pen, cash = FakePen(found=RECEIPTS), FakeCash()
    desk = seat(cash, pen)
    press(desk, KEY.Key_F9)
    assert "nhấn Enter" in bar(desk)
    assert (pen.calls, cash.calls) == ([], [])


@pytest.mark.parametrize("suffix", [KEY.Key_Return, KEY.Key_Tab, None])
def test_a_scan_wherever_the_focus_stands_only_finds(seat: Seat, suffix: Qt.Key | None) -> None:
    pen, cash = FakePen(found=RECEIPTS), FakeCash()
    desk = seat(cash, pen)
    undo(desk)
    for widget in takes_keys(desk.view):
        widget.setFocus()
        scan(desk, "000000011261120000132", suffix)
    assert (pen.calls, cash.calls) == ([], [])
    assert desk.view.parts.undo.ground.text() == "Thu nhầm"


# --- keys ---


def test_the_form_is_walked_in_reading_order_and_back(seat: Seat) -> None:
    desk = seat()
    press(desk, NEW_BOOK)
    card = desk.view.parts.open_book
    order = [card.symbol, card.template, card.first, card.last, card.next]
    for field in order:
        assert field.edit.hasFocus()
        press(desk, KEY.Key_Return)
    press(desk, (KEY.Key_Return, Qt.KeyboardModifier.ShiftModifier))
    assert card.last.edit.hasFocus()
    press(desk, SLIPS_KEY, FORM_KEY)
    assert card.symbol.edit.hasFocus(), "Ctrl+4 goes back into the form that stands"


def test_a_void_needs_no_amount_and_enter_passes_over_it(seat: Seat) -> None:
    desk = seat()
    find(desk)
    press(desk, KEY.Key_Return)
    form = desk.view.parts.undo
    assert form.ground.edit.hasFocus()
    assert not form.amount.isVisible()
    form.how.choose("refund")
    assert desk.view.parts.commit.words() == "Hoàn tiền"
    assert form.amount.isVisible()


def test_the_legend_follows_the_form(seat: Seat) -> None:
    desk = seat()
    assert [hint.keys for hint in desk.view.legend()][-1] == "Ctrl O"
    press(desk, NEW_BOOK)
    assert [hint.keys for hint in desk.view.legend()] == ["Enter", "F9", "Esc"]
    press(desk, KEY.Key_Escape)
    assert desk.view.parts.box.hasFocus()


def test_the_second_person_is_chosen_by_arrows(seat: Seat) -> None:
    pen = FakePen(found=RECEIPTS)
    desk = seat(pen=pen)
    find(desk)
    press(desk, KEY.Key_Return)
    desk.robot.type("Thu nhầm")
    press(desk, KEY.Key_Return, KEY.Key_Down, KEY.Key_Return)
    desk.robot.type(SECRET)
    press(desk, KEY.Key_F9)
    assert pen.calls[0][1].second == PEOPLE[1].official


# --- what is seen and heard ---


def test_a_listener_hears_the_receipt_its_money_and_what_became_of_it(seat: Seat) -> None:
    desk = seat()
    find(desk)
    rows = desk.view.parts.found_rows
    heard = " ".join(
        str(rows.data(rows.index(1, column), Qt.ItemDataRole.AccessibleTextRole)) for column in range(5)
    )
    for words in ("AB-26P số 18", "Tẩn Thị Tập Huấn", "19/11/2026", "4.000", "Đã hủy"):
        assert words in heard


def test_a_book_to_be_closed_and_one_in_use_are_told_apart(seat: Seat) -> None:
    used = replace(FULL, left=0, warning="Hết số: đóng quyển.", next_number=51)
    in_use = replace(FULL, warning="")
    rows = seat(FakeCash(all_books=(used, in_use))).view.parts.book_rows
    assert [rows.cell(place, 3).badge[0] for place in range(2)] == ["Cần đóng", "Đang dùng"]
    assert rows.cell(1, 0).second == "Mẫu C1-10"


def test_a_used_up_book_proposes_so_and_says_it(seat: Seat) -> None:
    desk = seat(FakeCash(all_books=(replace(FULL, left=0),)))
    press(desk, BOOKS_KEY, KEY.Key_Return)
    card = desk.view.parts.close_book
    assert card.outcome.current() == "used"
    assert "hết quyển" in card._words.text()


@pytest.mark.parametrize(
    ("typed", "wrong"), [("mười", True), ("-3", True), ("12345678", True), ("12", False)]
)
def test_numbers_of_a_book_are_whole_and_of_seven_digits_at_most(seat: Seat, typed: str, wrong: bool) -> None:
    desk = seat(pen=(pen := FakePen()))
    press(desk, NEW_BOOK)
    card = desk.view.parts.open_book
    for field, text in (
        (card.symbol, "AB-26P"),
        (card.template, "C1-10"),
        (card.first, "1"),
        (card.last, "50"),
    ):
        field.fill(text)
    card.next.fill(typed)
    press(desk, KEY.Key_F9)
    assert bool(card.next.error()) is wrong
    assert len(pen.calls) == (0 if wrong else 1)


def test_who_takes_no_money_is_told_which_right_he_lacks(seat: Seat) -> None:
    desk = seat(may=CLERK - {"take_money"})
    press(desk, NEW_BOOK)
    assert "mở quyển biên lai" in bar(desk)
    press(desk, SLIPS_KEY, KEY.Key_Return)
    assert "ghi biên lai" in bar(desk)


def test_english_of_lists_forms_and_refusals(seat: Seat) -> None:
    i18n.use_language("en")
    desk = seat()
    find(desk)
    badges = [desk.view.parts.found_rows.cell(place, 4).badge[0] for place in range(2)]
    assert badges == ["Counts", "Void"]
    for keys in ((NEW_BOOK,), (SLIPS_KEY, KEY.Key_Return), (BOOKS_KEY, KEY.Key_Return)):
        press(desk, *keys, KEY.Key_F9)
        form = desk.view.parts.form
        said = [form.commit_words()] if form else []
        said += [field.words() + field.error() for field in form.fields.values()] if form else []
        assert [words for words in said if not words.isascii()] == []
