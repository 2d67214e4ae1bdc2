"""Reading: receipt books, receipts and provisional slips with their lines, closed cash days."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Index, Table

from counter_app.domain.folding.aggregate import Folded
from counter_app.domain.money.state import CashDayState, ReceiptBookState, ReceiptState
from counter_app.storage.readings.reading import READ, Filled, Reading, key, key_of, link, text, whole
from counter_app.storage.statements import Row

receipt_books = Table(
    "receipt_books",
    READ,
    key(),
    whole("journal"),
    text("symbol"),
    text("template"),
    whole("first_number"),
    whole("last_number"),
    whole("next_number"),
    whole("opened_at"),
    whole("issued"),
    whole("amount"),
    whole("closed_at"),
)
"""Books of paper receipts of each counter."""

receipts = Table(
    "receipts",
    READ,
    key(),
    text("kind"),
    text("symbol"),
    whole("number"),
    text("code"),
    whole("amount"),
    text("method"),
    whole("given"),
    whole("change"),
    text("payer"),
    whole("day"),
    whole("at"),
    whole("journal"),
    link("by"),
    link("request"),
    link("book"),
    text("lookup"),
    whole("followed_at"),
    whole("voided_at"),
    text("void_ground"),
    whole("refunded"),
    whole("awaits_receipt"),
    whole("printed"),
)
"""One row a receipt or slip; money in dong."""

Index("ix_receipts_day", receipts.c.day, receipts.c.journal)
Index("ix_receipts_request", receipts.c.request)
Index("ix_receipts_awaiting", receipts.c.journal, sqlite_where=receipts.c.awaits_receipt == 1)
refunds = Table(
    "refunds",
    READ,
    key("receipt"),
    whole("place", primary=True),
    whole("day"),
    whole("journal"),
    whole("amount"),
    text("ground"),
    text("method"),
    sqlite_with_rowid=False,
)
"""Money given back by counter ``journal`` on ``day``: from its cash box, or by transfer."""

Index("ix_refunds_day", refunds.c.day, refunds.c.journal)

receipt_lines = Table(
    "receipt_lines",
    READ,
    key("receipt"),
    whole("place", primary=True),
    text("kind"),
    text("label"),
    whole("quantity"),
    whole("amount"),
    sqlite_with_rowid=False,
)
"""What a receipt was for."""

cash_days = Table(
    "cash_days",
    READ,
    key(),
    whole("journal"),
    whole("day"),
    whole("opening"),
    whole("cash"),
    whole("transfer"),
    whole("refunded"),
    whole("expected"),
    whole("counted_total"),
    text("reason"),
    whole("closed_at"),
    link("closed_by"),
)
"""Closed days of each counter."""

Index("ix_cash_days_day", cash_days.c.day, cash_days.c.journal)


def _book_rows(folded: Folded) -> Sequence[Iterable[Row]]:
    state: ReceiptBookState = folded.state
    row = (state.id.key, state.id.journal, state.symbol, state.template, state.first_number)
    counts = (state.last_number, state.next_number, state.opened_at, state.issued, state.amount)
    return (((*row, *counts, state.closed_at),),)


def _receipt_rows(folded: Folded) -> Sequence[Iterable[Row]]:
    state: ReceiptState = folded.state
    row = (
        state.id.key,
        state.kind,
        state.symbol,
        state.number,
        state.code,
        state.amount,
        state.method,
        state.given,
        state.change,
        state.payer,
        state.day,
        state.at,
        state.journal,
        key_of(state.by),
        key_of(state.request),
        key_of(state.book),
        state.lookup,
        state.followed_at,
        state.voided_at,
        state.void_ground,
        state.refunded,
        int(state.awaits_receipt),
        len(state.printed),
    )
    lines = [
        (state.id.key, place, line.kind, line.label, line.quantity, line.amount)
        for place, line in enumerate(state.lines)
    ]
    given = [
        (state.id.key, place, one.day, one.journal, one.amount, one.ground, one.method)
        for place, one in enumerate(state.refunds)
    ]
    return (row,), lines, given


def _day_rows(folded: Folded) -> Sequence[Iterable[Row]]:
    state: CashDayState = folded.state
    row = (
        state.id.key,
        state.id.journal,
        state.day,
        state.opening,
        state.cash,
        state.transfer,
        state.refunded,
        state.expected,
        state.counted_total,
        state.reason,
        state.closed_at,
        key_of(state.closed_by),
    )
    return ((row,),)


READINGS = (
    Reading("receipt_books", 2, ("receipt_book",), (Filled(receipt_books),), _book_rows),
    Reading(
        "receipts",
        3,
        ("receipt",),
        (Filled(receipts), Filled(receipt_lines, "receipt"), Filled(refunds, "receipt")),
        _receipt_rows,
    ),
    Reading("cash_days", 1, ("cash_day",), (Filled(cash_days),), _day_rows),
)
