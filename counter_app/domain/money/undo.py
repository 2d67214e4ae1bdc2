"""A receipt is voided, money is given back: two persons, and the number stays used (``law.md`` 4.1, 7.2)."""

from __future__ import annotations

from counter_app.domain.drafting import draft
from counter_app.domain.errors import DomainError
from counter_app.domain.money.entries import CASH, TRANSFER, ReceiptVoided, Refunded
from counter_app.domain.money.state import ReceiptState
from counter_app.domain.money_words import money_figures
from counter_app.domain.organisation import roles
from counter_app.domain.organisation.state import OfficialState
from counter_app.domain.seconds import Second, countersign
from sync.protocol.journals.entry import Draft
from sync.protocol.naming.ids import EntryId

_NOBODY = EntryId(0, 1)


def void_receipt(
    receipt: ReceiptState, ground: str, author: OfficialState, second: Second, *, day_closed: bool
) -> tuple[Draft, ...]:
    """The receipt no longer counts. Of a closed day money is refunded instead: its sheet stays as printed.

    Raises DomainError ``void.*``, ``role.*``, ``second.*``.
    """
    roles.require(author, roles.REFUND_FIRST)
    _check_counts(receipt)
    if day_closed:
        raise DomainError(
            "Ngày của biên lai này đã chốt quỹ.",
            "Biên bản chốt ngày không sửa được.",
            "Hoàn tiền hôm nay, có người thứ hai.",
            code="void.day_closed",
            title_en="The day of this receipt is closed.",
            meaning_en="The sheet of a closed day cannot change.",
            remedy_en="Refund the money today, with a second person.",
        )
    if receipt.refunds:
        raise DomainError(
            f"Đã hoàn {money_figures(receipt.refunded)} của biên lai này.",
            "Không hủy biên lai đã hoàn tiền.",
            code="void.refunded",
            title_en=f"{money_figures(receipt.refunded)} of this receipt were refunded.",
            meaning_en="A refunded receipt is not voided.",
        )
    unsigned = ReceiptVoided(_ground(ground), _NOBODY, b"")
    body = countersign(unsigned, receipt.id, author, second, roles.REFUND_SECOND)
    return (draft(body, *_subjects(receipt)),)


def refund(
    receipt: ReceiptState,
    amount: int,
    ground: str,
    day: int,
    author: OfficialState,
    second: Second,
    method: str = "",
) -> tuple[Draft, ...]:
    """``amount`` dong go back on ``day`` (``yyyymmdd``), never more than is left of the receipt.

    ``method``: CASH out of the drawer or TRANSFER; "" is the way it was paid.
    Raises DomainError ``refund.amount``, ``refund.method``, ``void.*``, ``role.*``, ``second.*``.
    """
    roles.require(author, roles.REFUND_FIRST)
    _check_counts(receipt)
    if not 1 <= amount <= receipt.counts:
        raise DomainError(
            f"Chỉ hoàn được từ 1 đến {money_figures(receipt.counts)}.",
            field="amount",
            code="refund.amount",
            title_en=f"From 1 to {money_figures(receipt.counts)} can be refunded.",
        )
    way = method or receipt.method
    if way not in (CASH, TRANSFER):
        raise DomainError(
            "Chọn hoàn tiền mặt hay chuyển khoản.",
            field="method",
            code="refund.method",
            title_en="Choose cash or transfer.",
        )
    unsigned = Refunded(amount, _ground(ground), day, _NOBODY, b"", way)
    body = countersign(unsigned, receipt.id, author, second, roles.REFUND_SECOND)
    return (draft(body, *_subjects(receipt)),)


def _subjects(receipt: ReceiptState) -> tuple[EntryId, ...]:
    return (receipt.id,) if receipt.request is None else (receipt.id, receipt.request)


def _check_counts(receipt: ReceiptState) -> None:
    if receipt.is_void:
        raise DomainError(
            f"Biên lai này đã hủy: {receipt.void_ground}.",
            code="void.done",
            title_en=f"This receipt is void: {receipt.void_ground}.",
        )


def _ground(ground: str) -> str:
    if not ground.strip():
        raise DomainError("Ghi lý do.", field="ground", code="void.ground", title_en="Write the ground.")
    return ground.strip()
