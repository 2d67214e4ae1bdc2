"""Receipt books: the one in use, when it ends, putting it away; slips that their receipt replaces."""

from __future__ import annotations

import pytest

from counter_app.services.ports.papers import DayForm
from counter_app.services.ports.pen import BookForm, UndoForm
from counter_app.services.ports.receipts import CloseBookForm, FollowForm
from counter_app.storage.readings.upkeep import compare_with_rebuilt
from tests.support.counter import CLERK, PASSWORD, PIN, SIGNER, TECHNICIAN
from tests.unit.services.pen.office import printed, refused, take_in

NEW = BookForm("AB-26P", "C1-10", 101, 150, 101)


@pytest.fixture
def till(counters):
    """A counter with a book of fifty; the cashier sits there."""
    counter = counters(1, receipt_book=True)
    counter.sign_in(CLERK)
    return counter


def closing(counter, outcome: str = "used", words: str = "") -> CloseBookForm:
    return CloseBookForm(counter.areas.cash.books()[0].book, outcome, words)


def slip(counter, **more) -> FollowForm:
    given = {"symbol": "26TAA", "number": 7, "lookup": "AB12CD", "day": "20/11/2026"}
    return FollowForm(counter.areas.cash.slips()[0].slip, **{**given, **more})


def few_left(counter, left: int) -> None:
    """A started book of which ``left`` are blank takes the place of the first."""
    counter.areas.cash.close_book(closing(counter, "returned", "Phiếu nộp 3"))
    counter.areas.pen.open_receipt_book(BookForm("AC-26P", "C1-10", 1, 50, 51 - left))


def test_the_book_in_use_stands_first_with_what_is_left(till):
    take_in(till)
    (book,) = till.areas.cash.books()
    assert (book.symbol, book.next_number, book.left, book.issued) == ("AA-26P", 2, 49, 1)
    assert (book.in_use, book.warning, book.outcome) == (True, "", "")
    assert book.amount > 0
    till.areas.pen.open_receipt_book(NEW)
    assert [(one.symbol, one.in_use) for one in till.areas.cash.books()] == [
        ("AA-26P", True), ("AB-26P", False),
    ]  # fmt: skip


def test_it_warns_ten_before_the_end_and_at_the_end(till):
    few_left(till, 11)
    assert till.areas.cash.books()[0].warning == ""
    take_in(till)
    assert till.areas.cash.books()[0].warning == "Còn 10 số: chuẩn bị quyển mới."
    assert "Còn 10 số: chuẩn bị quyển mới." in till.areas.cash.day().open_items
    few = till.areas.cash.books()[0]
    for _ in range(few.left):
        take_in(till)
    assert till.areas.cash.books()[0].warning == "Đã hết số: mở quyển mới, đóng quyển này."
    take_in(till)
    assert len(till.areas.cash.slips()) == 1, "an ended book gives no receipt any more"


def test_the_next_book_follows_the_one_that_ended(till):
    few_left(till, 1)
    till.areas.pen.open_receipt_book(NEW)
    take_in(till)
    take_in(till)
    assert till.areas.pen.receipts("AC-26P 50")[0].title == "Biên lai AC-26P số 50"
    assert till.areas.pen.receipts("AB-26P 101")[0].amount > 0


def test_a_closed_book_gives_no_receipt_and_says_where_it_went(till):
    take_in(till)
    refused("book.not_used", till.areas.cash.close_book, closing(till))
    refused("book.words", till.areas.cash.close_book, closing(till, "lost", " "))
    refused("book.outcome", till.areas.cash.close_book, closing(till, "eaten", "chuột"))
    said = till.areas.cash.close_book(closing(till, "lost", "Biên bản 04/BB"))
    assert said == "Đã đóng quyển AA-26P từ số 2."
    (book,) = till.areas.cash.books()
    assert (book.left, book.in_use, book.outcome, book.closed_words) == (0, False, "lost", "Biên bản 04/BB")
    refused("book.closed", till.areas.cash.close_book, closing(till, "lost", "Biên bản 04/BB"))
    take_in(till)
    assert len(till.areas.cash.slips()) == 1
    refused("book.twice", till.areas.pen.open_receipt_book, BookForm("AA-26P", "C1-10", 2, 50, 2))


def test_only_who_takes_money_closes_and_reads(till):
    form = closing(till, "lost", "Biên bản 04/BB")
    till.sign_in(TECHNICIAN)
    refused("role.not_allowed", till.areas.cash.close_book, form)
    refused("role.not_allowed", till.areas.cash.books)
    refused("role.not_allowed", till.areas.cash.slips)
    till.sign_in(SIGNER)
    refused("role.not_allowed", till.areas.cash.close_book, form)


def test_a_new_year_ends_paper(till):
    till.clock.forward(hours=24 * 45)
    till.sign_in(CLERK)
    assert "hết hiệu lực" in till.areas.cash.books()[0].warning
    refused("receipt.medium", till.areas.pen.open_receipt_book, NEW)


def test_a_slip_is_replaced_by_the_electronic_receipt(counter):
    take_in(counter)
    (waiting,) = counter.areas.cash.slips()
    assert waiting.amount > 0
    said = counter.areas.cash.follow_slip(slip(counter, symbol=" 26taa "))
    assert said == "Phiếu thu tạm đã có biên lai 26TAA số 7."
    assert counter.areas.cash.slips() == ()
    assert not [one for one in counter.areas.cash.day().open_items if "phiếu thu tạm" in one]
    (found,) = counter.areas.pen.receipts("26TAA 7")
    assert found.receipt == waiting.slip


def test_what_an_electronic_receipt_must_say(counter):
    take_in(counter)
    take_in(counter)
    follow = counter.areas.cash.follow_slip
    for code, field, more in (
        ("slip.symbol", "symbol", {"symbol": "26TOO"}), ("slip.symbol", "symbol", {"symbol": "27TAA"}),
        ("slip.number", "number", {"number": 0}), ("slip.lookup", "lookup", {"lookup": " "}),
        ("slip.day", "day", {"day": "19/11/2026"}), ("day.future", "day", {"day": "21/11/2026"}),
    ):  # fmt: skip
        assert refused(code, follow, slip(counter, **more)).field == field
    follow(slip(counter))
    refused("slip.number_used", follow, slip(counter))
    assert len(counter.areas.cash.slips()) == 1


def test_the_day_shows_what_was_counted_voided_and_owed(till):
    take_in(till)
    take_in(till)
    assert till.areas.cash.day().counted is None
    (found,) = till.areas.pen.receipts("1")
    till.areas.pen.void_receipt(UndoForm(found.receipt, "Thu nhầm", till.officials[SIGNER], PASSWORD))
    seen = till.areas.cash.day()
    assert (seen.receipts, seen.voided, seen.slips) == (2, 1, 0)
    till.areas.cash.close_day(DayForm(((2_000, 1),), "trả thừa"), PIN)
    closed = till.areas.cash.day()
    assert (closed.counted, closed.closed) == (2_000, True)
    (sheet,) = printed(till, "day_closing")
    assert "2, trong đó hủy 1" in sheet
    assert "số tiếp theo 3, còn 48 số" in sheet


def test_readings_agree_after_books_and_slips(till):
    take_in(till)
    few_left(till, 1)
    take_in(till)
    take_in(till)
    till.areas.cash.follow_slip(slip(till))
    with till.store.engine.connect() as plain:
        assert compare_with_rebuilt(plain) == ()
        plain.rollback()
