"""The aggregates of money, as the fold's registry takes them."""

from __future__ import annotations

from typing import Any

from counter_app.domain.folding.aggregate import Aggregate
from counter_app.domain.money import receipt_fold
from counter_app.domain.money.state import CashDayState, ReceiptBookState, ReceiptState

AGGREGATES: tuple[Aggregate[Any], ...] = (
    Aggregate("receipt_book", ReceiptBookState, receipt_fold.start_book, receipt_fold.evolve_book),
    Aggregate("receipt", ReceiptState, receipt_fold.start_receipt, receipt_fold.evolve_receipt),
    Aggregate("cash_day", CashDayState, receipt_fold.start_day, receipt_fold.evolve_day),
)
