"""How receipt books, receipts and closed days change."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from counter_app.domain.certification.entries import Printed
from counter_app.domain.folding.aggregate import Conflict, Settled
from counter_app.domain.folding.fact import Fact
from counter_app.domain.money.entries import (
    CashDayClosed,
    ProvisionalSlipIssued,
    ReceiptBookClosed,
    ReceiptBookOpened,
    ReceiptFollowed,
    ReceiptIssued,
    ReceiptVoided,
    Refunded,
)
from counter_app.domain.money.state import (
    PROVISIONAL,
    RECEIPT,
    CashDayState,
    ReceiptBookState,
    ReceiptState,
    RefundMade,
)
from counter_app.domain.prints import add_print
from sync.protocol.naming.ids import EntryId

NUMBER_USED = "receipt.number_used"
NUMBER_SKIPPED = "receipt.number_skipped"
BOOK_CLOSED = "receipt.book_closed"
CLOSED_TWICE = "receipt.book_closed_twice"
VOIDED_TWICE = "receipt.voided_twice"
FOLLOWED_TWICE = "receipt.followed_twice"

Outcome = ReceiptState | Conflict | Settled


def start_book(fact: Fact) -> ReceiptBookState:
    """A book as opened at this counter."""
    body: ReceiptBookOpened = fact.body
    return ReceiptBookState(
        fact.id,
        body.symbol,
        body.template,
        body.first_number,
        body.last_number,
        body.next_number,
        fact.at,
    )


def evolve_book(state: ReceiptBookState, fact: Fact) -> ReceiptBookState | Conflict | Settled:
    """Each number once, in order; a number used twice is reported and does not move the book."""
    body = fact.body
    if isinstance(body, ReceiptBookClosed):
        return _closed(state, fact.at, body)
    if not isinstance(body, ReceiptIssued):
        return state
    if body.number < state.next_number:
        return Conflict(NUMBER_USED)
    issued = replace(
        state, next_number=body.number + 1, issued=state.issued + 1, amount=state.amount + body.amount
    )
    if state.is_closed:
        return Conflict(BOOK_CLOSED, issued)
    return issued if body.number == state.next_number else Conflict(NUMBER_SKIPPED, issued)


def _closed(state: ReceiptBookState, at: int, body: ReceiptBookClosed) -> ReceiptBookState | Conflict:
    """Of two closings the first stands."""
    if state.is_closed:
        return Conflict(CLOSED_TWICE)
    return replace(state, closed_at=at, outcome=body.outcome, closed_words=body.words)


def _subject(fact: Fact, index: int) -> EntryId | None:
    subjects = fact.facts.subjects
    return subjects[index] if len(subjects) > index else None


def start_receipt(fact: Fact) -> ReceiptState:
    """A paper receipt, or a provisional slip."""
    body: ReceiptIssued | ProvisionalSlipIssued = fact.body
    paper = body if isinstance(body, ReceiptIssued) else None
    slip = body if isinstance(body, ProvisionalSlipIssued) else None
    return ReceiptState(
        id=fact.id,
        kind=RECEIPT if paper else PROVISIONAL,
        symbol=paper.symbol if paper else "",
        number=paper.number if paper else 0,
        code=slip.code if slip else "",
        lines=body.lines,
        amount=body.amount,
        method=body.method,
        given=body.given,
        change=body.change,
        payer=body.payer,
        day=body.day,
        at=fact.at,
        by=fact.facts.actor,
        request=_subject(fact, 1),
        book=_subject(fact, 2),
    )


def evolve_receipt(state: ReceiptState, fact: Fact) -> Outcome:
    """``state`` after one entry; what does not concern a receipt leaves it as it is."""
    handler = _HANDLERS.get(type(fact.body))
    return state if handler is None else handler(state, fact)


def _followed(state: ReceiptState, fact: Fact) -> Outcome:
    body: ReceiptFollowed = fact.body
    if state.followed_at:
        return Conflict(FOLLOWED_TWICE)
    return replace(state, symbol=body.symbol, number=body.number, lookup=body.lookup, followed_at=fact.at)


def _voided(state: ReceiptState, fact: Fact) -> Outcome:
    body: ReceiptVoided = fact.body
    if state.is_void:
        return Conflict(VOIDED_TWICE)
    return replace(state, voided_at=fact.at, void_ground=body.ground)


def _refunded(state: ReceiptState, fact: Fact) -> Outcome:
    """Money that was handed back twice was handed back twice: both count, and the sheet shows it."""
    body: Refunded = fact.body
    refund = RefundMade(body.day, body.amount, fact.id.journal, body.ground, body.method)
    return replace(state, refunds=(*state.refunds, refund))


def _receipt_printed(state: ReceiptState, fact: Fact) -> ReceiptState:
    return replace(state, printed=add_print(state.printed, fact.body))


_HANDLERS: dict[type, Callable[[ReceiptState, Fact], Outcome]] = {
    ReceiptFollowed: _followed,
    ReceiptVoided: _voided,
    Refunded: _refunded,
    Printed: _receipt_printed,
}


def start_day(fact: Fact) -> CashDayState:
    """The day as closed."""
    body: CashDayClosed = fact.body
    return CashDayState(
        id=fact.id,
        day=body.day,
        opening=body.opening,
        cash=body.cash,
        transfer=body.transfer,
        refunded=body.refunded,
        expected=body.expected,
        counted=body.counted,
        counted_total=body.counted_total,
        reason=body.reason,
        open_items=body.open_items,
        head=body.head,
        closed_at=fact.at,
        closed_by=fact.facts.actor,
        transferred_back=body.transferred_back,
    )


def evolve_day(state: CashDayState, fact: Fact) -> CashDayState:
    """Only its print changes it."""
    if isinstance(fact.body, Printed):
        return replace(state, printed=add_print(state.printed, fact.body))
    return state
