"""A receipt or provisional slip as paper: the same for a request, a group and a dossier (``law.md`` 4.8)."""

from __future__ import annotations

from counter_app.domain.dates import vn_datetime
from counter_app.domain.money.entries import TRANSFER
from counter_app.domain.money.receipts import PHOTOCOPY
from counter_app.domain.money.state import PROVISIONAL, ReceiptState
from counter_app.domain.money_words import money_words
from counter_app.printing.forms.receipt import MoneyLine, Receipt, ReceiptBook
from counter_app.services.papers import forms
from counter_app.services.papers.forms import Paper
from counter_app.services.workplace import Place


def receipt_paper(
    place: Place, receipt: ReceiptState, cashier: str, template: str, *, code: str, address: str, whose: str
) -> Paper:
    """The receipt of a paper book, or the provisional slip; photocopies are no fee and stand apart.

    ``code`` is that of the matter, for a receipt without its own; ``whose`` names it in the queue.
    """
    provisional = receipt.kind == PROVISIONAL
    book = (
        None if provisional else ReceiptBook(template=template, symbol=receipt.symbol, number=receipt.number)
    )
    lines = [(line.kind, MoneyLine(text=line.label, quantity=line.quantity, amount=line.amount))
             for line in receipt.lines]  # fmt: skip
    data = Receipt(
        head=place.head, tax_code=place.tax_code, book=book, payer=receipt.payer, address=address,
        fees=tuple(line for kind, line in lines if kind != PHOTOCOPY),
        services=tuple(line for kind, line in lines if kind == PHOTOCOPY), words=money_words(receipt.amount),
        means="Chuyển khoản" if receipt.method == TRANSFER else "Tiền mặt",
        taken_at=vn_datetime(receipt.at), cashier=cashier, code=receipt.code or code, marks=place.marks(),
    )  # fmt: skip
    if provisional:
        return Paper(forms.SLIP, f"Phiếu thu tạm {whose}", data)
    return Paper(forms.RECEIPT, f"Biên lai {receipt.number} ({whose})", data)
