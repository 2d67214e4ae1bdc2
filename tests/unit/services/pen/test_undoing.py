"""Annulment, void receipts, refunds, receipt books: two persons, nothing erased."""

from __future__ import annotations

import pytest

from counter_app.domain.money_words import money_figures
from counter_app.services.ports.papers import DayForm
from counter_app.services.ports.pen import AnnulForm, BookForm, UndoForm
from tests.support.counter import CHAIRMAN, CLERK, PASSWORD, PIN, REGISTRAR, SIGNER
from tests.support.counter import take_in as taken
from tests.unit.services.pen.office import FIRST, day, refused, take_in

DECISION = "12/QĐ-UBND"


def annul(counter, number: int = FIRST, **more) -> str:
    counter.sign_in(REGISTRAR)
    (line,) = counter.areas.pen.line_of_number(counter.register, number)
    given = {
        "act_number": DECISION, "act_day": "20/11/2026", "words": "Bản chính giả",
        "second": counter.officials[CHAIRMAN], "second_secret": PASSWORD,
    }  # fmt: skip
    return counter.areas.pen.annul(AnnulForm(line.line, **{**given, **more}))


@pytest.fixture
def signed(counter):
    done = day(counter, 2)
    counter.areas.signing.confirm(done.lot, None)
    return counter


def test_a_signed_line_is_annulled_by_decision_and_stays_in_the_book(signed):
    assert annul(signed) == f"Số {FIRST}/2026 đã huỷ bỏ giá trị theo {DECISION}; dòng ở lại trong sổ."
    (line,) = signed.areas.pen.line_of_number(signed.register, FIRST)
    assert line.state == "annulled"
    assert DECISION in line.remarks
    assert "Bản chính giả" in line.remarks
    refused("annul.done", annul, signed)


def test_what_an_annulment_needs(signed):
    refused("annul.act", annul, signed, act_number=" ")
    refused("annul.date", annul, signed, act_day="19/11/2026")
    refused("day.future", annul, signed, act_day="21/11/2026")
    refused("second.same_person", annul, signed, second=signed.officials[REGISTRAR])
    refused("password.wrong", annul, signed, second_secret="không phải nó")
    (line,) = signed.areas.pen.line_of_number(signed.register, FIRST)
    assert line.state == "signed"


def test_an_unsigned_line_is_struck_not_annulled(counter):
    day(counter, 1)
    refused("annul.not_signed", annul, counter)


@pytest.fixture
def till(counters):
    """A counter with a receipt book; one receipt is given, the cashier sits there."""
    counter = counters(1, receipt_book=True)
    take_in(counter)
    return counter


def undo(counter, ground: str = "Thu nhầm", **more) -> UndoForm:
    (found,) = counter.areas.pen.receipts("1")
    given = {"second": counter.officials[SIGNER], "second_secret": PASSWORD}
    return UndoForm(found.receipt, ground, **{**given, **more})


def test_a_receipt_is_found_by_number_symbol_or_not_at_all(till):
    pen = till.areas.pen
    (found,) = pen.receipts("AA-26P 1")
    assert (found.title, found.left, found.void) == ("Biên lai AA-26P số 1", found.amount, False)
    assert found.amount > 0
    assert pen.receipts("ZZ-26P 1") == ()
    assert pen.receipts("99") == ()
    assert pen.receipts("không có") == ()


def test_a_void_receipt_no_longer_counts_in_the_drawer(till):
    assert till.areas.cash.day().cash > 0
    assert till.areas.pen.void_receipt(undo(till)).startswith("Đã hủy biên lai")
    assert till.areas.cash.day().cash == 0
    assert till.areas.pen.receipts("1")[0].void
    refused("void.done", till.areas.pen.void_receipt, undo(till))


def test_money_goes_back_never_more_than_is_left(till):
    pen, (found,) = till.areas.pen, till.areas.pen.receipts("1")
    refused("refund.amount", pen.refund, undo(till), found.amount + 1)
    assert pen.refund(undo(till), 1000) == f"Đã hoàn {money_figures(1000)}, trừ vào quỹ hôm nay."
    assert pen.receipts("1")[0].left == found.amount - 1000
    assert till.areas.cash.day().refunded == 1000
    refused("void.refunded", pen.void_receipt, undo(till))


def test_a_transfer_goes_back_to_the_account_unless_he_chose_the_drawer(counters):
    till = counters(1, receipt_book=True)
    till.sign_in(CLERK)
    taken(till, "gks 1x2", method="transfer")
    pen, before = till.areas.pen, till.areas.cash.day()
    assert pen.receipts("1")[0].method == "transfer"
    assert pen.refund(undo(till), 1000) == f"Đã hoàn {money_figures(1000)} bằng chuyển khoản."
    day = till.areas.cash.day()
    assert (day.refunded, day.transferred_back, day.expected) == (0, 1000, before.expected)
    pen.refund(undo(till, method="cash"), 1000)
    day = till.areas.cash.day()
    assert (day.refunded, day.transferred_back, day.expected) == (1000, 1000, before.expected - 1000)
    refused("refund.method", pen.refund, undo(till, method="gold"), 1000)


def test_undoing_takes_two_persons_and_a_ground(till):
    pen = till.areas.pen
    assert CLERK not in {one.name for one in pen.seconds(money=True)}
    refused("void.ground", pen.void_receipt, undo(till, " "))
    refused("second.same_person", pen.refund, undo(till, second=till.officials[CLERK]), 1000)
    refused("role.not_allowed", pen.refund, undo(till, second=till.officials[REGISTRAR]), 1000)
    till.sign_in(REGISTRAR)
    refused("role.not_allowed", pen.void_receipt, undo(till))
    assert till.areas.cash.day().refunded == 0


def test_a_closed_day_is_not_touched(till):
    till.sign_in(CLERK)
    cash = till.areas.cash.day()
    till.areas.cash.close_day(DayForm(((1000, cash.expected // 1000),)), PIN)
    till.sign_in(CLERK)
    refused("void.day_closed", till.areas.pen.void_receipt, undo(till))
    refused("refund.day_closed", till.areas.pen.refund, undo(till), 1000)
    till.clock.forward(hours=72)
    till.sign_in(CLERK)
    assert till.areas.pen.refund(undo(till), 1000).startswith("Đã hoàn")


def test_a_new_book_gives_the_next_receipt(counter):
    said = counter.areas.pen.open_receipt_book(BookForm("AB-26P", "C1-10", 101, 150, 105))
    assert said == "Đã mở quyển biên lai AB-26P, số 105–150."
    take_in(counter)
    (found,) = counter.areas.pen.receipts("AB-26P 105")
    assert not found.void


def test_a_book_is_opened_once_with_ascending_numbers_by_who_takes_money(counter):
    pen = counter.areas.pen
    pen.open_receipt_book(BookForm("AB-26P", "C1-10", 101, 150, 101))
    refused("book.twice", pen.open_receipt_book, BookForm("AB-26P", "C1-10", 150, 199, 150))
    refused("book.numbers", pen.open_receipt_book, BookForm("AB-26P", "C1-10", 200, 199, 200))
    refused("book.symbol", pen.open_receipt_book, BookForm(" ", "C1-10", 1, 50, 1))
    counter.sign_in(CHAIRMAN)
    refused("role.not_allowed", pen.open_receipt_book, BookForm("AC-26P", "C1-10", 1, 50, 1))
