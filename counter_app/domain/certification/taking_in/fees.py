"""What certification costs (TT 226/2016/TT-BTC art. 4; law 4.6).

``n x min(cap; 2,000 x min(p, 2) + 1,000 x max(p - 2, 0))`` with the pages of the **original**;
the figures come from the effective-dated table. Photocopies made by the commune are no fee and
have their own line, under a price set by the province.
"""

from dataclasses import dataclass
from datetime import date

from counter_app.domain.certification.lines.codes import AMENDMENT, ERROR_CORRECTION
from counter_app.domain.errors import DomainError
from counter_app.domain.money.fee_table import FeeRule, FeeTable

COPY = "certified_copy"
SIGNATURE = "certified_signature"
TRANSACTION = "certified_transaction"
TRANSACTION_AMENDED = "certified_amendment"
TRANSACTION_CORRECTED = "error_correction"
_TRANSACTIONS = {"": TRANSACTION, AMENDMENT: TRANSACTION_AMENDED, ERROR_CORRECTION: TRANSACTION_CORRECTED}
PHOTOCOPY = "photocopy_page"
MAX_PAGES = 999
MAX_COPIES = 200


@dataclass(frozen=True, slots=True)
class Fee:
    """A line of the bill: ``unit_price`` x ``quantity`` = ``amount`` in dong, and its ground."""

    kind: str
    unit_price: int
    quantity: int
    source: str

    @property
    def amount(self) -> int:
        """Dong to pay for the line."""
        return self.unit_price * self.quantity


def check_pages(pages: int) -> int:
    """Pages 1-999 of an original, else ``DomainError`` ``pages.range``."""
    if not 1 <= pages <= MAX_PAGES:
        raise DomainError(
            f"Số trang phải từ 1 đến {MAX_PAGES}.",
            field="pages",
            code="pages.range",
            title_en=f"Pages must be from 1 to {MAX_PAGES}.",
        )
    return pages


def check_copies(copies: int) -> int:
    """Copies 1-200 of an original, else ``DomainError`` ``copies.range``."""
    if not 1 <= copies <= MAX_COPIES:
        raise DomainError(
            f"Số bản phải từ 1 đến {MAX_COPIES}.",
            field="copies",
            code="copies.range",
            title_en=f"Copies must be from 1 to {MAX_COPIES}.",
        )
    return copies


def price_of_pages(rule: FeeRule, pages: int) -> int:
    """Dong for one copy of an original of ``pages`` pages: tiers summed, then the cap."""
    total, counted = 0, 0
    for tier in rule.tiers:
        last = pages if tier.to_page is None else min(pages, tier.to_page)
        total += tier.per_page * max(last - counted, 0)
        counted = max(counted, last)
    return total if rule.cap is None else min(total, rule.cap)


def copy_fee(table: FeeTable, pages: int, copies: int, on: date) -> Fee:
    """Fee of ``copies`` copies of one original of ``pages`` pages on a day.

    Raises ``DomainError`` ``pages.range``, ``copies.range`` or ``fee.none``.
    """
    check_pages(pages)
    check_copies(copies)
    rule = table.rule(COPY, on)
    return Fee(COPY, price_of_pages(rule, pages), copies, rule.source)


def signature_fee(table: FeeTable, documents: int, on: date) -> Fee:
    """Fee of certifying signatures: a case is one document, however many sign it (TT 226/2016)."""
    check_copies(documents)
    rule = table.rule(SIGNATURE, on)
    if rule.amount is None:
        raise _not_set("phí chứng thực chữ ký", "the fee of certifying a signature")
    return Fee(SIGNATURE, rule.amount, documents, rule.source)


def transaction_fee(table: FeeTable, on: date, act: str = "") -> Fee:
    """Fee of one transaction, whatever the number of its originals, by what its ``act`` does to another."""
    kind = _TRANSACTIONS.get(act, TRANSACTION)
    rule = table.rule(kind, on)
    if rule.amount is None:
        raise _not_set("phí chứng thực giao dịch", "the fee of certifying a transaction")
    return Fee(kind, rule.amount, 1, rule.source)


def photocopy_cost(table: FeeTable, pages: int, copies: int, on: date) -> Fee | None:
    """Cost of photocopies made by the commune; ``None`` when the province's price is not set: ask."""
    check_pages(pages)
    check_copies(copies)
    rule = table.rule(PHOTOCOPY, on)
    return None if rule.amount is None else Fee(PHOTOCOPY, rule.amount, pages * copies, rule.source)


def required_photocopy_cost(table: FeeTable, pages: int, copies: int, on: date) -> Fee:
    """As ``photocopy_cost``, but ``DomainError`` ``fee.not_set`` instead of ``None``."""
    cost = photocopy_cost(table, pages, copies, on)
    if cost is None:
        raise _not_set("giá sao chụp", "the price of a photocopy")
    return cost


def _not_set(what_vi: str, what_en: str) -> DomainError:
    return DomainError(
        f"Chưa có mức {what_vi}.",
        "Mức này do tỉnh quy định, đơn vị chưa ghi.",
        "Lãnh đạo ghi ở Cài đặt, Thiết lập của đơn vị.",
        "price",
        code="fee.not_set",
        title_en=f"There is no price yet: {what_en}.",
        meaning_en="It is set by the province, and the unit has not written it down.",
        remedy_en="The head writes it in Settings, settings of the unit.",
    )
