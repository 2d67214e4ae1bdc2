"""How money moves a dossier: as it moves a request of copies."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from counter_app.domain.certification.state import Payment
from counter_app.domain.dossiers.state import DossierState
from counter_app.domain.folding.fact import Fact
from counter_app.domain.money.entries import ProvisionalSlipIssued, ReceiptIssued, ReceiptVoided, Refunded


def _paid(state: DossierState, fact: Fact) -> DossierState:
    body: ReceiptIssued | ProvisionalSlipIssued = fact.body
    payment = Payment(fact.id, body.amount, isinstance(body, ProvisionalSlipIssued))
    return replace(state, payments=(*state.payments, payment))


def _changed(state: DossierState, fact: Fact, change: Callable[[Payment], Payment]) -> DossierState:
    receipt = fact.facts.subjects[0]
    return replace(state, payments=tuple(change(p) if p.receipt == receipt else p for p in state.payments))


def _voided(state: DossierState, fact: Fact) -> DossierState:
    return _changed(state, fact, lambda payment: replace(payment, voided=True))


def _refunded(state: DossierState, fact: Fact) -> DossierState:
    body: Refunded = fact.body
    return _changed(state, fact, lambda payment: replace(payment, refunded=payment.refunded + body.amount))


MONEY_HANDLERS: dict[type, Callable[[DossierState, Fact], DossierState]] = {
    ReceiptIssued: _paid,
    ProvisionalSlipIssued: _paid,
    ReceiptVoided: _voided,
    Refunded: _refunded,
}
