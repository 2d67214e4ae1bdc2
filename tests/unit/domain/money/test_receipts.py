"""Money: what is typed, change, paper until the end of 2026, two persons, the day's closing."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.certification.entries import OriginalTaken
from counter_app.domain.codes import provisional_code
from counter_app.domain.money.cash import change_for, read_given, short_notice
from counter_app.domain.money.day_closing import Closing, OpenWork, close_day, day_sums
from counter_app.domain.money.e_receipt import parse_receipt_rules
from counter_app.domain.money.entries import Refunded
from counter_app.domain.money.receipts import (
    Taking,
    follow_slip,
    issue_receipt,
    open_book,
    receipt_lines,
    take_money,
)
from counter_app.domain.money.receipts import total as total_of
from counter_app.domain.money.state import CashDayState, ReceiptBookState, ReceiptState
from counter_app.domain.money.undo import refund, void_receipt
from counter_app.domain.seconds import Second
from resources import load
from sync.protocol.journals.codec import decode_body, encode
from sync.protocol.naming.ids import EntryId
from sync.protocol.naming.keys import Purpose
from tests.unit.domain.certification.ledger import (
    CASHIER,
    CHAIRMAN,
    DESK,
    MINUTE,
    NOW,
    OTHER,
    SALT,
    Ledger,
    key,
    original,
    refused_by,
)

RECEIPTS = parse_receipt_rules(load.receipt_rules())
DAY, LAST_PAPER_DAY, NEW_YEAR = date(2026, 11, 20), date(2026, 12, 31), date(2027, 1, 1)
SLIP = provisional_code("00000", 1, 1, DAY, 1).receipt_digits
SECOND = Second(CHAIRMAN, lambda message: key(3).sign(Purpose.OFFICIAL, message))
TODAY = 20261120


@pytest.mark.parametrize(
    ("typed", "dong"),
    [
        ("100", 100_000),
        ("98.000", 98_000),
        ("98000", 98_000),
        ("1.234.000 đ", 1_234_000),
        ("", 98_000),
        ("0", 0),
    ],
)
def test_what_was_given(typed: str, dong: int) -> None:
    assert read_given(typed, 98_000) == dong


@pytest.mark.parametrize("typed", ["-5", "1e5", "abc", "9.8", "١٠٠", "1.00.000"])
def test_what_is_not_money(typed: str) -> None:
    with refused_by("money.format"):
        read_given(typed, 98_000)


def test_far_too_much_is_a_slip_of_the_finger() -> None:
    with refused_by("money.large"):
        read_given("999999999999", 1)


@given(st.integers(0, 10**7), st.integers(0, 10**7))
def test_change_and_due_make_what_was_given(given_dong: int, due: int) -> None:
    if given_dong < due:
        with refused_by("money.short"):
            change_for(given_dong, due)
    else:
        assert change_for(given_dong, due) + due == given_dong


def test_the_words_when_cash_is_short() -> None:
    assert short_notice(90_000, 124_000).vi == "Tiền nhận 90.000\u00a0đ, còn thiếu 34.000\u00a0đ."


def test_photocopies_stand_apart() -> None:
    rows = (original("Học bạ", 24, 2, photocopy_pages=48, photocopy_price=500), original("Bằng", 1, 3))
    lines = receipt_lines(rows)
    assert [(line.kind, line.quantity, line.amount) for line in lines] == [
        ("copy_fee", 2, 52_000),
        ("copy_fee", 3, 6_000),
        ("photocopy", 48, 24_000),
    ]


ROWS = st.builds(
    OriginalTaken,
    kind=st.just("hb"), name=st.just("Học bạ"), mark=st.just(""), pages=st.integers(1, 99),
    copies=st.integers(1, 9), fee=st.integers(0, 10**6), compared_at=st.just(1),
    photocopy_pages=st.integers(0, 99), photocopy_price=st.sampled_from([300, 500]),
)  # fmt: skip


@given(st.lists(ROWS, max_size=8))
def test_the_receipt_s_lines_sum_to_what_the_rows_cost(rows: list[OriginalTaken]) -> None:
    owed = sum(row.fee + row.photocopy_pages * row.photocopy_price for row in rows)
    assert total_of(receipt_lines(rows)) == owed


class Till:
    """A ledger with a request of 52,000 and a receipt book 401-403."""

    def __init__(self) -> None:
        self.ledger = Ledger()
        self.request = self.ledger.take(original())
        self.book_id = self.ledger.append(*open_book("QT-26P", "01BLP", (401, 403), 401, DAY, RECEIPTS))[0]

    @property
    def book(self) -> ReceiptBookState:
        state: ReceiptBookState = self.ledger.folded(self.book_id).state
        return state

    def receipt(self, subject: EntryId) -> ReceiptState:
        state: ReceiptState = self.ledger.folded(subject).state
        return state

    def take(self, day: date = DAY, given_dong: int = 100_000, **more: Any) -> EntryId:
        taking = Taking(receipt_lines([original()]), given_dong, "LÝ THỊ TẬP HUẤN", day, SALT)
        drafts = take_money(taking, self.request, book=self.book, rules=RECEIPTS, slip_code=SLIP)
        return self.ledger.append(*drafts, **more)[0]


@pytest.mark.law
@pytest.mark.parametrize(
    ("day", "kind"),
    [(DAY, "receipt"), (LAST_PAPER_DAY, "receipt"), (NEW_YEAR, "provisional")],
)
def test_law_nd254_art_44_paper_until_the_last_day_of_2026(day: date, kind: str) -> None:
    till = Till()
    assert till.receipt(till.take(day)).kind == kind


@pytest.mark.law
def test_law_nd254_art_44_no_paper_receipt_and_no_book_in_2027() -> None:
    till = Till()
    taking = Taking(receipt_lines([original()]), 52_000, "", NEW_YEAR, SALT)
    with refused_by("receipt.medium"):
        issue_receipt(taking, till.request, till.book, RECEIPTS)
    with refused_by("receipt.medium"):
        open_book("QT-27P", "01BLP", (1, 50), 1, NEW_YEAR, RECEIPTS)


def test_a_receipt_pays_the_request_and_moves_the_book() -> None:
    till = Till()
    state = till.receipt(till.take())
    assert (state.number, state.amount, state.given, state.change) == (401, 52_000, 100_000, 48_000)
    assert till.ledger.request(till.request).pay_state == "paid"
    assert (till.book.next_number, till.book.left) == (402, 2)


def test_a_full_book_goes_over_to_slips_whose_receipt_follows() -> None:
    till = Till()
    for _ in range(3):
        till.take()
    slip = till.take()
    assert till.receipt(slip).awaits_receipt
    till.ledger.append(*follow_slip(till.receipt(slip), "27TAA", 7, "ABC123"))
    assert (till.receipt(slip).number, till.receipt(slip).awaits_receipt) == (7, False)
    with refused_by("slip.none"):
        follow_slip(till.receipt(slip), "27TAA", 8, "")
    assert till.ledger.request(till.request).to_refund == 3 * 52_000


def test_two_payments_at_the_same_time_both_happened() -> None:
    till = Till()
    first = till.take(at=NOW)
    till.ledger.append(
        *take_money(
            Taking(receipt_lines([original()]), 52_000, "", DAY, SALT),
            till.request, book=None, rules=RECEIPTS, slip_code=SLIP,
        ),
        journal=OTHER, at=NOW + MINUTE, blind=[first],
    )  # fmt: skip
    state = till.ledger.request(till.request)
    assert (state.pay_state, state.to_refund) == ("over", 52_000)


def test_one_number_used_twice_is_found() -> None:
    till = Till()
    stale = till.book
    till.take()
    taking = Taking(receipt_lines([original()]), 52_000, "", DAY, SALT)
    till.ledger.append(*issue_receipt(taking, till.request, stale, RECEIPTS))
    found = till.ledger.folded(till.book_id)
    assert [conflict.code for conflict in found.open_conflicts] == ["receipt.number_used"]
    assert found.state.next_number == 402


def test_nothing_to_pay_and_short_money() -> None:
    till = Till()
    with refused_by("money.nothing"):
        issue_receipt(Taking((), 0, "", DAY, SALT), till.request, till.book, RECEIPTS)
    with refused_by("money.short"):
        till.take(given_dong=50_000)
    with refused_by("book.numbers"):
        open_book("QT", "01BLP", (10, 5), 10, DAY, RECEIPTS)


def test_void_and_refund_take_two_persons() -> None:
    till = Till()
    receipt = till.take()
    state = till.receipt(receipt)
    with refused_by("role.not_allowed"):
        void_receipt(state, "sai", CHAIRMAN, SECOND, day_closed=False)
    with refused_by("void.day_closed"):
        void_receipt(state, "sai", CASHIER, SECOND, day_closed=True)
    with refused_by("void.ground"):
        void_receipt(state, " ", CASHIER, SECOND, day_closed=False)
    with refused_by("role.not_allowed"):
        void_receipt(state, "sai", CASHIER, Second(CASHIER_TOO, SECOND.sign), day_closed=False)
    with refused_by("refund.amount"):
        refund(state, 52_001, "gạch số", TODAY, CASHIER, SECOND)
    till.ledger.append(*refund(state, 2_000, "gạch số", TODAY, CASHIER, SECOND))
    assert till.ledger.request(till.request).to_pay == 2_000
    with refused_by("void.refunded"):
        void_receipt(till.receipt(receipt), "sai", CASHIER, SECOND, day_closed=False)


CASHIER_TOO = msgspec.structs.replace(CASHIER, id=EntryId(DESK, 55))


def test_a_voided_receipt_keeps_its_number_and_pays_nothing() -> None:
    till = Till()
    receipt = till.take()
    till.ledger.append(*void_receipt(till.receipt(receipt), "sai tên", CASHIER, SECOND, day_closed=False))
    assert till.receipt(receipt).is_void
    assert till.book.next_number == 402
    assert till.ledger.request(till.request).pay_state == "unpaid"
    with refused_by("void.done"):
        refund(till.receipt(receipt), 1, "x", TODAY, CASHIER, SECOND)


# --- the day -------------------------------------------------------------------------------------------

HEAD = b"h" * 32


def close(till: Till, counted: tuple[tuple[int, int], ...], work: OpenWork = OpenWork(), **more: Any) -> Any:  # noqa: B008
    receipts = [till.receipt(f.id) for f in till.ledger.facts if f.facts.kind in (301, 302)]
    sums = day_sums(receipts, TODAY, DESK, 500_000)
    closing = Closing(TODAY, counted, HEAD, more.pop("reason", ""))
    return close_day(sums, closing, work, more.pop("author", CASHIER), **more)


def test_the_day_closes_with_what_it_must_hold() -> None:
    till = Till()
    voided = till.take()
    till.ledger.append(*void_receipt(till.receipt(voided), "sai", CASHIER, SECOND, day_closed=False))
    paid = till.take()
    till.ledger.append(*refund(till.receipt(paid), 2_000, "gạch số", TODAY, CASHIER, SECOND))
    drafts = close(till, ((500_000, 1), (50_000, 1)))
    state: CashDayState = till.ledger.folded(till.ledger.append(*drafts)[0]).state
    assert (state.cash, state.refunded, state.expected, state.difference) == (52_000, 2_000, 550_000, 0)
    assert drafts[0].sealed


def test_a_refund_counts_where_and_when_the_money_left() -> None:
    till = Till()
    receipt = till.take()
    till.ledger.append(
        *refund(till.receipt(receipt), 2_000, "gạch số", 20261123, CASHIER, SECOND), journal=OTHER
    )
    states = [till.receipt(receipt)]
    assert day_sums(states, TODAY, DESK, 0).expected == 52_000
    assert day_sums(states, 20261123, OTHER, 10_000).expected == 8_000


def test_money_goes_back_the_way_it_was_paid_unless_somebody_chose() -> None:
    till = Till()
    by_bank = msgspec.structs.replace(till.receipt(till.take()), method="transfer")
    assert [decode_body(Refunded, one.body).method for one in refund(
        by_bank, 2_000, "gạch số", TODAY, CASHIER, SECOND)] == ["transfer"]  # fmt: skip
    assert [decode_body(Refunded, one.body).method for one in refund(
        by_bank, 2_000, "gạch số", TODAY, CASHIER, SECOND, "cash")] == ["cash"]  # fmt: skip
    with refused_by("refund.method"):
        refund(by_bank, 2_000, "gạch số", TODAY, CASHIER, SECOND, "gold")


def test_what_goes_back_by_transfer_does_not_leave_the_drawer() -> None:
    till = Till()
    receipt = till.take()
    till.ledger.append(*refund(till.receipt(receipt), 2_000, "gạch số", TODAY, CASHIER, SECOND))
    till.ledger.append(*refund(till.receipt(receipt), 20_000, "nhầm", TODAY, CASHIER, SECOND, "transfer"))
    assert till.receipt(receipt).counts == 30_000
    sums = day_sums([till.receipt(receipt)], TODAY, DESK, 0)
    assert (sums.refunded, sums.transferred_back, sums.expected) == (2_000, 20_000, 50_000)
    closed = close(till, ((500_000, 1), (50_000, 1)))
    state: CashDayState = till.ledger.folded(till.ledger.append(*closed)[0]).state
    assert (state.refunded, state.transferred_back, state.difference) == (2_000, 20_000, 0)


SEAL = b"\x01" * 64
BEFORE_THERE_WAS_A_WAY = bytes.fromhex("95 cd07d0 a3783031 ce01352a80 920307 c440") + SEAL
"""A refund of 2,000 as it was written before ``method``: amount, ground, day, second (3-7), seal."""


def test_refunds_of_before_were_paid_out_of_the_drawer() -> None:
    body = decode_body(Refunded, BEFORE_THERE_WAS_A_WAY)
    assert (body.amount, body.ground, body.second, body.method) == (2_000, "x01", EntryId(3, 7), "cash")


GOLDEN = bytes.fromhex("96 cd07d0 a3783031 ce01352a80 920307 c440") + SEAL + b"\xa8transfer"


def test_the_bytes_of_a_refund_by_transfer() -> None:
    body = Refunded(2_000, "x01", 20_261_504, EntryId(3, 7), SEAL, "transfer")
    assert encode(body) == GOLDEN


def test_what_stops_the_closing_and_what_does_not() -> None:
    till = Till()
    with refused_by("day.unconfirmed") as error:
        close(till, ((500_000, 1),), OpenWork(unconfirmed=8))
    assert error.value.title == "Còn 8 số đã cấp chưa xác nhận đã ký. Ctrl+. để đến bàn ký."
    with refused_by("day.unprinted"):
        close(till, ((500_000, 1),), OpenWork(unprinted=1))
    reasoned = OpenWork(unprinted=1, unprinted_reason="hết giấy", items=("2 nháp có thu tiền",))
    assert close(till, ((500_000, 1),), reasoned)
    with refused_by("day.difference") as error:
        close(till, ((200_000, 2),))
    assert error.value.title == "Lệch −100.000\u00a0đ. Ghi lý do lệch."
    assert close(till, ((200_000, 2),), reason="trả nhầm, đã báo")
    with refused_by("day.count"):
        close(till, ((200_000, 1), (200_000, 1)))
    with refused_by("day.closed"):
        close(till, ((500_000, 1),), closed=True)
    with refused_by("role.not_allowed"):
        close(till, ((500_000, 1),), author=replace_roles("intake"))


def replace_roles(*roles: str) -> Any:
    return msgspec.structs.replace(CASHIER, roles=roles)
