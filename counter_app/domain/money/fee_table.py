"""Fees by date (law 4.6): an effective-dated table, never code.

A price that is not known is ``None`` and is asked for; it is never taken as 0.
"""

from datetime import date

import msgspec

from counter_app.domain.dates import short_date
from counter_app.domain.errors import DomainError
from counter_app.domain.table_files import decode_table


class Tier(msgspec.Struct, frozen=True, gc=False):
    """Price in dong of each page up to ``to_page``; ``to_page`` ``None`` is every page after."""

    per_page: int
    to_page: int | None = None


class FeeRule(msgspec.Struct, frozen=True, gc=False):
    """One price, valid on both dates included; ``tiers`` for pages, else ``amount`` per ``unit``.

    ``cap`` is the most one copy may cost. ``status``: verified, secondary or unverified;
    ``dates_status`` likewise for the dates. ``is_fee`` is false for photocopies, which are no fee.
    """

    kind: str
    unit: str
    source: str
    status: str
    amount: int | None = None
    tiers: tuple[Tier, ...] = ()
    cap: int | None = None
    is_fee: bool = True
    valid_from: date = date.min
    valid_to: date | None = None
    dates_status: str = "unverified"

    def covers(self, day: date) -> bool:
        """True if the price is in force on a day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


class FeeTable(msgspec.Struct, frozen=True):
    """All prices known; a provincial price is added by ``with_rules`` and counts before the others."""

    rules: tuple[FeeRule, ...]

    def with_rules(self, *rules: FeeRule) -> "FeeTable":
        """The table with prices of the province or the unit in front."""
        return FeeTable((*rules, *self.rules))

    def rule(self, kind: str, day: date) -> FeeRule:
        """The rule in force; ``DomainError`` ``fee.none`` when there is none on that day."""
        for rule in self.rules:
            if rule.kind == kind and rule.covers(day):
                return rule
        raise DomainError(
            f"Chưa có mức phí cho ngày {short_date(day)}.",
            "Bảng phí của máy này không có mức áp dụng ngày đó.",
            "Nhập mức phí kèm căn cứ, hoặc cập nhật bảng phí.",
            code="fee.none",
            title_en=f"No fee is known for {short_date(day)}.",
            meaning_en="The fee table of this PC has none for that day.",
            remedy_en="Type the fee with its ground, or update the fee table.",
        )

    def amount(self, kind: str, day: date) -> int | None:
        """Flat price in dong per unit on a day; ``None`` when it is not set."""
        return self.rule(kind, day).amount


def parse_fee_table(raw: bytes) -> FeeTable:
    """Table from its JSON; ``DomainError`` ``table.file`` if it is not one."""
    return decode_table(raw, FeeTable, "Bảng phí", "The fee table")
