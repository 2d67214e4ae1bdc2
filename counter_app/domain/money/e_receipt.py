"""Fee receipts by date and what an electronic one must hold (law 4.8).

NĐ 254/2026/NĐ-CP: paper stock until 2026-12-31 (art. 44(2)), from then on electronic only; contents
art. 23(2); symbol TT 91/2026/TT-BTC annex. The payer's name is not in the list of contents.
"""

import re
from dataclasses import dataclass
from datetime import date

import msgspec

from counter_app.domain.dates import short_date
from counter_app.domain.errors import DomainError
from counter_app.domain.money_words import money_words
from counter_app.domain.table_files import decode_table


class ReceiptRule(msgspec.Struct, frozen=True, gc=False):
    """Which media are allowed between two dates, both included."""

    media: tuple[str, ...]
    source: str
    status: str
    valid_from: date = date.min
    valid_to: date | None = None


class ReceiptRules(msgspec.Struct, frozen=True):
    """Media by date, template codes and the pattern of a symbol."""

    by_date: tuple[ReceiptRule, ...]
    template_codes: tuple[str, ...]
    symbol_pattern: str
    number_max: int

    def media_on(self, day: date) -> tuple[str, ...]:
        """``paper``, ``electronic`` or both; empty when the table says nothing about a day."""
        for rule in self.by_date:
            if rule.valid_from <= day and (rule.valid_to is None or day <= rule.valid_to):
                return rule.media
        return ()

    def check_medium(self, medium: str, day: date) -> None:
        """``DomainError`` ``receipt.medium`` when a receipt of that kind may not be issued on a day."""
        if medium in self.media_on(day):
            return
        raise DomainError(
            f"Không được dùng biên lai giấy ngày {short_date(day)}."
            if medium == "paper"
            else f"Chưa có quy định biên lai cho ngày {short_date(day)}.",
            "Biên lai giấy hết hiệu lực ngày 31/12/2026 (NĐ 254/2026, Điều 44)." if medium == "paper" else "",
            "Lập biên lai điện tử, hoặc in phiếu thu tạm.",
            "receipt",
            code="receipt.medium",
            title_en=f"A {medium} receipt may not be issued on {short_date(day)}.",
            meaning_en="Paper receipts ended on 2026-12-31." if medium == "paper" else "",
            remedy_en="Make an electronic receipt, or print a provisional slip.",
        )


@dataclass(frozen=True, slots=True)
class ReceiptContents:
    """Contents of art. 23(2); ``signature`` is the organisation's digital signature, empty until made."""

    name: str
    template_code: str
    symbol: str
    number: int
    body_name: str
    tax_code: str
    fee_kind: str
    amount: int
    amount_words: str
    day: date
    signature: bytes = b""


def symbol_for(year: int, letters: str) -> str:
    """Symbol of a year and two free letters: ``27TAA``."""
    return f"{year % 100:02d}T{letters}"


def _faults(receipt: ReceiptContents, rules: ReceiptRules) -> list[tuple[str, str, str]]:
    """(field, Vietnamese, English) of everything missing or wrong, in the order of the law."""
    checks = [
        (bool(receipt.name.strip()), "name", "tên biên lai", "name of the receipt"),
        (receipt.template_code in rules.template_codes, "template_code", "mã mẫu biên lai", "template code"),
        (re.fullmatch(rules.symbol_pattern, receipt.symbol) is not None, "symbol", "ký hiệu", "symbol"),
        (
            receipt.symbol[:2] == f"{receipt.day.year % 100:02d}",
            "symbol",
            "năm trong ký hiệu",
            "year in the symbol",
        ),
        (1 <= receipt.number <= rules.number_max, "number", "số biên lai", "number"),
        (bool(receipt.body_name.strip()), "body_name", "tên cơ quan thu", "name of the collecting body"),
        (
            re.fullmatch(r"[0-9]{10}(-?[0-9]{3})?|[0-9]{12}", receipt.tax_code) is not None,
            "tax_code",
            "mã số thuế của cơ quan thu",
            "tax code of the collecting body",
        ),
        (bool(receipt.fee_kind.strip()), "fee_kind", "loại phí, lệ phí", "kind of fee"),
        (receipt.amount > 0, "amount", "số tiền", "amount"),
        (
            receipt.amount > 0 and receipt.amount_words == money_words(receipt.amount),
            "amount_words",
            "số tiền bằng chữ",
            "amount in words",
        ),
        (
            bool(receipt.signature),
            "signature",
            "chữ ký số của tổ chức",
            "digital signature of the organisation",
        ),
    ]
    return [(field, vi, en) for fine, field, vi, en in checks if not fine]


def check_receipt(receipt: ReceiptContents, rules: ReceiptRules) -> None:
    """Refuse an electronic receipt that lacks anything of art. 23(2).

    Raises ``DomainError`` ``receipt.contents`` naming all faults (field: the first), or
    ``receipt.medium``.
    """
    rules.check_medium("electronic", receipt.day)
    faults = _faults(receipt, rules)
    if faults:
        raise DomainError(
            f"Biên lai thiếu hoặc sai: {', '.join(vi for _, vi, _ in faults)}.",
            "Biên lai phải đủ nội dung theo NĐ 254/2026, Điều 23.",
            "Sửa các mục này rồi lập lại.",
            faults[0][0],
            code="receipt.contents",
            title_en=f"Missing or wrong on the receipt: {', '.join(en for _, _, en in faults)}.",
            meaning_en="A receipt must hold all of NĐ 254/2026, article 23.",
            remedy_en="Mend these and make it again.",
        )


def parse_receipt_rules(raw: bytes) -> ReceiptRules:
    """Rules from their JSON; ``DomainError`` ``table.file`` if it is not that."""
    return decode_table(raw, ReceiptRules, "Quy định biên lai", "The rules of receipts")
