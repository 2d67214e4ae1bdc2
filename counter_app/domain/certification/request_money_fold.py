"""How money moves a request: two payments at the same time both happened, and show as paid too much."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from counter_app.domain.certification.state import Payment, RequestState
from counter_app.domain.folding.fact import Fact
from counter_app.domain.money.entries import ProvisionalSlipIssued, ReceiptIssued, ReceiptVoided, Refunded
from sync.protocol.ids import EntryId


def _paid(state: RequestState, fact: Fact) -> RequestState:
    body: ReceiptIssued | ProvisionalSlipIssued = fact.body
    payment = Payment(fact.id, body.amount, isinstance(body, ProvisionalSlipIssued))
    return replace(state, payments=(*state.payments, payment))


def _changed(state: RequestState, receipt: EntryId, change: Callable[[Payment], Payment]) -> RequestState:
    payments = tuple(change(p) if p.receipt == receipt else p for p in state.payments)
    return replace(state, payments=payments)


def _voided(state: RequestState, fact: Fact) -> RequestState:
    return _changed(state, fact.facts.subjects[0], lambda payment: replace(payment, voided=True))


def _refunded(state: RequestState, fact: Fact) -> RequestState:
    body: Refunded = fact.body

    def change(payment: Payment) -> Payment:
        return replace(payment, refunded=payment.refunded + body.amount)

    return _changed(state, fact.facts.subjects[0], change)


MONEY_HANDLERS: dict[type, Callable[[RequestState, Fact], RequestState]] = {
    ReceiptIssued: _paid,
    ProvisionalSlipIssued: _paid,
    ReceiptVoided: _voided,
    Refunded: _refunded,
}
