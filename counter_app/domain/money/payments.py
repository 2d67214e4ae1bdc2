"""How money moves whatever it was paid for: a request of copies or a dossier.

Two payments at the same time both happened, and show as paid too much.
"""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from counter_app.domain.certification.state import Payment
from counter_app.domain.folding.fact import Fact
from counter_app.domain.money.entries import ProvisionalSlipIssued, ReceiptIssued, ReceiptVoided, Refunded

Payments = tuple[Payment, ...]


def payments_after(payments: Payments, fact: Fact) -> Payments:
    """``payments`` after a receipt or slip, its voiding, or a refund."""
    return _HANDLERS[type(fact.body)](payments, fact)


def _paid(payments: Payments, fact: Fact) -> Payments:
    body: ReceiptIssued | ProvisionalSlipIssued = fact.body
    return (*payments, Payment(fact.id, body.amount, isinstance(body, ProvisionalSlipIssued)))


def _changed(payments: Payments, fact: Fact, change: Callable[[Payment], Payment]) -> Payments:
    receipt = fact.facts.subjects[0]
    return tuple(change(payment) if payment.receipt == receipt else payment for payment in payments)


def _voided(payments: Payments, fact: Fact) -> Payments:
    return _changed(payments, fact, lambda payment: replace(payment, voided=True))


def _refunded(payments: Payments, fact: Fact) -> Payments:
    body: Refunded = fact.body
    return _changed(payments, fact, lambda payment: replace(payment, refunded=payment.refunded + body.amount))


_HANDLERS: dict[type, Callable[[Payments, Fact], Payments]] = {
    ReceiptIssued: _paid,
    ProvisionalSlipIssued: _paid,
    ReceiptVoided: _voided,
    Refunded: _refunded,
}

MONEY_BODIES = tuple(_HANDLERS)
"""Bodies of entries that ``payments_after`` knows."""
