"""Receipts as the cashier works them: find, void, refund, replace a slip, open and close a book."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit

from counter_app.domain.errors import DomainError
from counter_app.services.ports.pen import BookForm
from counter_app.ui import i18n
from counter_app.ui.screens.receipts import ENTRY
from counter_app.ui.theme import theme as themes
from counter_app.ui.theme.theme import Theme
from counter_app.ui.theme.tokens import THEMES
from tests.support.fakes.cash import BOOKS, CLOSED, FULL, SLIPS, FakeCash
from tests.support.fakes.pen import PEOPLE, RECEIPTS, SECRET, FakePen
from tests.ui import robot
from tests.ui.desk import CLERK, Desk
from tests.ui.screen_checks import CTRL, KEY, bar, colours, nameless, press, scan, takes_keys, too_big

Seat = Callable[..., Desk]
CASHIER = CLERK | {"refund_first", "close_day"}
SLIPS_KEY, BOOKS_KEY, NEW_BOOK = (KEY.Key_2, CTRL), (KEY.Key_3, CTRL), (KEY.Key_O, CTRL)


@pytest.fixture
def seat(themed: QApplication) -> Iterator[Seat]:
    """Sits the cashier down before fake ports."""
    desks: list[Desk] = []

    def sit(
        cash: FakeCash | None = None, pen: FakePen | None = None, *, may: frozenset[str] = CASHIER,
        height: int = 768, scale: float = 1.0, name: str = "light",
    ) -> Desk:  # fmt: skip
        if (scale, name) != (1.0, "light"):
            themes.apply(themed, Theme(name, scale))
        ports: dict[str, Any] = {"cash": cash or FakeCash(), "pen": pen or FakePen(found=RECEIPTS)}
        desks.append(Desk(themed, ENTRY, ports, may, "QUẦY-01"))
        return desks[-1].show(1366, height)

    yield sit
    for desk in desks:
        assert desk.errors == []
        desk.close()
    i18n.use_language("vi")
    if themes.current() != Theme():
        themes.apply(themed, Theme())


def find(desk: Desk, text: str = "18") -> None:
    desk.robot.type(text)
    press(desk, KEY.Key_Return)


def undo(desk: Desk, *, refund: bool = False, ground: str = "Thu nhầm", secret: str = SECRET) -> Any:
    """The first receipt found, its form filled in."""
    find(desk)
    press(desk, KEY.Key_Return)
    form = desk.view.parts.undo
    if refund:
        form.how.choose("refund")
        form.chain.start()
        press(desk, KEY.Key_Return)
    desk.robot.type(ground)
    press(desk, KEY.Key_Return, KEY.Key_Return)
    desk.robot.type(secret)
    return form


# --- finding ---


def test_a_number_typed_finds_receipts_and_the_list_has_the_keys(seat: Seat) -> None:
    desk = seat()
    assert desk.view.parts.box.hasFocus()
    assert "Gõ số biên lai" in desk.view.parts.found_stack.currentWidget().accessibleName()
    find(desk)
    rows = desk.view.parts.found_rows
    assert [row.title for row in rows.rows()] == ["Biên lai AA-26P số 18", "Biên lai AB-26P số 18"]
    assert [rows.cell(place, 4).badge[0] for place in range(2)] == ["Có giá trị", "Đã hủy"]
    assert [rows.cell(place, 2).struck for place in range(2)] == [False, True]
    assert desk.view.parts.found.hasFocus()


def test_a_scan_finds_and_commits_nothing(seat: Seat) -> None:
    pen, cash = FakePen(found=RECEIPTS), FakeCash()
    desk = seat(cash, pen)
    scan(desk, "000000011261120000132")
    assert desk.view.parts.box.value() == "000000011261120000132"
    assert len(desk.view.parts.found_rows.rows()) == 2
    assert (pen.calls, cash.calls) == ([], [])


def test_what_is_not_here_is_said(seat: Seat) -> None:
    desk = seat(pen=FakePen())
    find(desk, "999")
    assert "“999”" in desk.view.parts.found_stack.currentWidget().accessibleName()
    assert desk.view.parts.box.hasFocus()


# --- two persons undo ---


def test_a_receipt_is_voided_with_one_f9(seat: Seat) -> None:
    desk = seat(pen=(pen := FakePen(found=RECEIPTS)))
    form = undo(desk)
    assert desk.view.parts.commit.words() == "Hủy biên lai"
    assert form.two.secret.edit.echoMode() == QLineEdit.EchoMode.Password
    assert pen.calls == []
    press(desk, KEY.Key_F9)
    ((what, asked),) = pen.calls
    assert what == "void_receipt"
    assert (asked.receipt, asked.ground, asked.second) == (
        RECEIPTS[0].receipt, "Thu nhầm", PEOPLE[0].official,
    )  # fmt: skip
    assert "Đã hủy biên lai" in bar(desk)
    assert form.two.secret.text() == ""
    assert desk.view.parts.found_rows.cell(0, 4).badge[0] == "Đã hủy"
    press(desk, KEY.Key_F9)
    assert len(pen.calls) == 1


def test_two_presses_of_f9_in_one_breath_void_once(seat: Seat) -> None:
    desk = seat(pen=(pen := FakePen(found=RECEIPTS)))
    undo(desk)
    desk.robot.key(KEY.Key_F9)
    desk.robot.key(KEY.Key_F9)
    desk.settle()
    assert len(pen.calls) == 1


def test_part_of_the_money_goes_back(seat: Seat) -> None:
    desk = seat(pen=(pen := FakePen(found=RECEIPTS)))
    form = undo(desk, refund=True)
    assert form.amount.amount() == 8_000
    form.amount.show_amount(4_000)
    press(desk, KEY.Key_F9)
    assert [(call[0], call[2]) for call in pen.calls] == [("refund", 4_000)]
    assert desk.view.parts.found_rows.cell(0, 4).badge[0] == "Đã hoàn"


def test_the_way_it_was_paid_is_proposed_and_may_be_changed(seat: Seat) -> None:
    by_bank = replace(RECEIPTS[0], method="transfer")
    desk = seat(pen=(pen := FakePen(found=(by_bank, RECEIPTS[1]))))
    form = undo(desk)
    assert not form.way.isVisible()
    form.how.choose("refund")
    assert (form.way.isVisible(), form.way.current()) == (True, "transfer")
    form.way.choose("cash")
    press(desk, KEY.Key_F9)
    assert [call[1].method for call in pen.calls] == ["cash"]


def test_what_is_missing_is_named(seat: Seat) -> None:
    desk = seat(pen=(pen := FakePen(found=RECEIPTS)))
    find(desk)
    press(desk, KEY.Key_Return)
    form = desk.view.parts.undo
    form.how.choose("refund")
    form.amount.fill("")
    press(desk, KEY.Key_F9)
    assert all(field.error() for field in (form.amount, form.ground, form.two.secret))
    assert form.amount.edit.hasFocus()
    form.how.choose("void")
    press(desk, KEY.Key_F9)
    assert not form.amount.error()
    assert pen.calls == []


def test_a_wrong_secret_and_a_closed_day_say_so(seat: Seat) -> None:
    desk = seat(pen=(pen := FakePen(found=RECEIPTS)))
    form = undo(desk, secret="sai")
    press(desk, KEY.Key_F9)
    assert "Mật khẩu" in form.two.secret.error()
    assert form.ground.text() == "Thu nhầm"
    pen.refuses = DomainError("Ngày của biên lai này đã chốt quỹ.", code="void.day_closed")
    desk.robot.type(SECRET)
    press(desk, KEY.Key_F9)
    assert "đã chốt quỹ" in bar(desk)
    assert pen.calls == []


def test_a_void_receipt_is_not_undone_again(seat: Seat) -> None:
    desk = seat()
    find(desk)
    press(desk, KEY.Key_Down, KEY.Key_Return)
    assert desk.view.parts.form is None
    assert "đã hủy" in bar(desk)


def test_only_the_cashier_undoes(seat: Seat) -> None:
    desk = seat(may=CLERK)
    find(desk)
    press(desk, KEY.Key_Return)
    assert desk.view.parts.form is None
    assert "Không có quyền" in bar(desk)


def test_without_a_second_person_nothing_is_asked(seat: Seat) -> None:
    desk = seat(pen=(pen := FakePen(found=RECEIPTS, people=())))
    undo(desk)
    press(desk, KEY.Key_F9)
    assert pen.calls == []
    assert "người thứ hai" in bar(desk)


# --- slips ---


def test_a_slip_gets_its_electronic_receipt_and_the_next_keeps_symbol_and_day(seat: Seat) -> None:
    desk = seat(cash := FakeCash())
    press(desk, SLIPS_KEY, KEY.Key_Return)
    for text in ("26TAA", "7", "AB12CD"):
        desk.robot.type(text)
        press(desk, KEY.Key_Return)
    desk.robot.type("20/11/2026")
    assert cash.calls == []
    press(desk, KEY.Key_F9)
    ((what, form),) = cash.calls
    assert (what, form.slip) == ("follow", SLIPS[0].slip)
    assert (form.symbol, form.number, form.lookup, form.day) == ("26TAA", 7, "AB12CD", "20/11/2026")
    assert [row.slip for row in desk.view.parts.slip_rows.rows()] == [SLIPS[1].slip]
    assert desk.view.parts.slips.hasFocus()
    press(desk, KEY.Key_Return)
    card = desk.view.parts.follow
    assert (card.symbol.text(), card.number.text(), card.day.text()) == ("26TAA", "", "20/11/2026")


def test_a_wrong_symbol_stands_at_its_field(seat: Seat) -> None:
    refusal = DomainError("Ký hiệu có dạng 26TAA.", field="symbol", code="slip.symbol")
    desk = seat(cash := FakeCash(refuses=refusal))
    press(desk, SLIPS_KEY, KEY.Key_Return, KEY.Key_F9)
    card = desk.view.parts.follow
    assert card.symbol.error() == "Ô này chưa nhập."
    for field, text in zip((card.symbol, card.number, card.lookup, card.day), "A1B2", strict=True):
        field.fill(text)
    press(desk, KEY.Key_F9)
    assert card.number.error() == ""
    card.number.fill("bảy")
    press(desk, KEY.Key_F9)
    assert card.number.error() == "Chỉ nhập số."
    card.number.fill("7")
    press(desk, KEY.Key_F9)
    assert "26TAA" in card.symbol.error()
    assert cash.calls == []


# --- books ---


def test_books_say_what_is_left_and_where_they_went(seat: Seat) -> None:
    rows = seat().view.parts.book_rows
    assert [rows.cell(place, 3).badge[0] for place in range(3)] == ["Sắp hết", "Chưa dùng tới", "Mất"]
    assert (rows.cell(0, 0).second, rows.cell(0, 2).text) == ("Còn 9 số: chuẩn bị quyển mới.", "9")
    assert (rows.cell(2, 0).second, rows.cell(2, 2).text) == ("Biên bản 04/BB", "–")


def test_a_new_book_begins_at_its_first_number_a_started_one_goes_on(seat: Seat) -> None:
    desk = seat(pen=(pen := FakePen()))
    for following, expected in (("", 101), ("105", 105)):
        press(desk, NEW_BOOK)
        for text in ("AB-26P", "C1-10", "101", "150"):
            desk.robot.type(text)
            press(desk, KEY.Key_Return)
        desk.robot.type(following)
        press(desk, KEY.Key_F9)
        assert pen.calls.pop() == ("open_book", BookForm("AB-26P", "C1-10", 101, 150, expected))
    assert "101–150" in bar(desk) or "105–150" in bar(desk)


def test_a_book_is_closed_with_its_ground(seat: Seat) -> None:
    desk = seat(cash := FakeCash())
    press(desk, BOOKS_KEY, KEY.Key_Return)
    card = desk.view.parts.close_book
    assert card.outcome.current() == "returned", "nine papers are left in it"
    desk.robot.type("Phiếu nộp 3")
    press(desk, KEY.Key_F9)
    ((what, form),) = cash.calls
    assert (what, form.book, form.outcome, form.words) == (
        "close_book", FULL.book, "returned", "Phiếu nộp 3",
    )  # fmt: skip
    assert desk.view.parts.book_rows.cell(0, 3).badge[0] == "Đã nộp lại"


def test_a_missing_ground_stands_at_its_field_and_a_closed_book_is_only_shown(seat: Seat) -> None:
    desk = seat(FakeCash(refuses=DomainError("Ghi căn cứ.", field="words", code="book.words")))
    press(desk, BOOKS_KEY, KEY.Key_Return, KEY.Key_F9)
    assert "Ghi căn cứ" in desk.view.parts.close_book.words.error()
    press(desk, KEY.Key_Escape, BOOKS_KEY, KEY.Key_End, KEY.Key_Return)
    assert desk.view.parts.form is None
    assert CLOSED.symbol in bar(desk)


def test_who_takes_no_money_opens_and_closes_no_book(seat: Seat) -> None:
    desk = seat(may=frozenset({"cash", "close_day"}))
    for keys in ((NEW_BOOK,), (BOOKS_KEY, KEY.Key_Return), (SLIPS_KEY, KEY.Key_Return)):
        press(desk, *keys)
        assert desk.view.parts.form is None
        assert "Không có quyền" in bar(desk)


# --- the page ---

OPENINGS = [(NEW_BOOK,), (SLIPS_KEY, KEY.Key_Return), (BOOKS_KEY, KEY.Key_Return)]


@pytest.mark.parametrize("keys", OPENINGS)
def test_scans_and_enter_commit_nothing_and_escape_keeps_what_was_typed(seat: Seat, keys: Any) -> None:
    pen, cash = FakePen(found=RECEIPTS), FakeCash()
    desk = seat(cash, pen)
    press(desk, *keys)
    form = desk.view.parts.form
    for field in dict.fromkeys(form.fields.values()):
        field.edit.setFocus()
        scan(desk, "000000011261120000132")
        press(desk, KEY.Key_Return)
    first = next(iter(form.fields.values()))
    first.fill("17")
    press(desk, KEY.Key_Escape)
    assert desk.view.parts.form is None
    press(desk, KEY.Key_F9)
    assert (pen.calls, cash.calls) == ([], [])
    assert first.text() == "17"


@pytest.mark.parametrize("scale", [1.0, 1.3])
@pytest.mark.parametrize("keys", [(), *OPENINGS])
def test_it_fits_and_nothing_is_squeezed(seat: Seat, keys: Any, scale: float) -> None:
    desk = seat(height=697, scale=scale)
    press(desk, *keys)
    assert too_big(desk) == ""
    assert robot.squeezed(desk.window) == []


def test_the_longest_form_fits_at_130_percent(seat: Seat) -> None:
    desk = seat(height=697, scale=1.3)
    undo(desk, refund=True)
    assert too_big(desk) == ""
    assert robot.squeezed(desk.window) == []


def test_nothing_here_says_what_fills_it_and_a_failure_says_why(seat: Seat) -> None:
    desk = seat(FakeCash(all_books=(), waiting=()), height=697)
    assert "Ctrl+O" in desk.view.parts.books_stack.currentWidget().accessibleName()
    assert "Mọi phiếu" in desk.view.parts.slips_stack.currentWidget().accessibleName()
    other = seat(FakeCash(trouble=DomainError("Chưa đọc được.", "", "Nhấn F5.", code="x")), height=697)
    assert other.view.parts.slips_stack.currentWidget().accessibleName().startswith("Chưa đọc được.")
    assert too_big(other) == ""
    other.view.model._cash.trouble = None
    press(other, KEY.Key_F5)
    assert len(other.view.parts.book_rows.rows()) == len(BOOKS)
    assert other.view.parts.books_card.isVisible()


@pytest.mark.parametrize("name", THEMES)
def test_every_theme_is_painted_and_all_has_a_name(seat: Seat, name: str) -> None:
    desk = seat(name=name)
    find(desk)
    assert colours(desk) > 6
    assert nameless(desk.view) == []
    assert takes_keys(desk.view)


def test_english_is_complete_on_the_page(seat: Seat) -> None:
    i18n.use_language("en")
    desk = seat()
    assert desk.view.title() == "Receipts"
    press(desk, NEW_BOOK)
    assert desk.view.parts.commit.words() == "Open a receipt book"
