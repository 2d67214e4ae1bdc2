"""What a unit takes for a page it photocopies: by day, each price with the decision behind it.

No fee (``law.md`` 4.6): the province sets a ceiling [U], so no price comes with the program. Prices are
settings of the unit: key ``photocopy.<yyyymmdd>`` (the day it holds from), value ``500;12/QĐ-UBND;20260203``
(dong, number and day of the decision); an empty value takes the price of that day away.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from counter_app.domain.certification.taking_in.fees import PHOTOCOPY
from counter_app.domain.dates import PartialDate, parse_date, short_date
from counter_app.domain.drafting import draft
from counter_app.domain.errors import DomainError
from counter_app.domain.fold_text import nfc
from counter_app.domain.money.fee_table import FeeRule
from counter_app.domain.organisation import roles
from counter_app.domain.organisation.entries import UnitPolicySet
from counter_app.domain.organisation.state import OfficialState
from sync.protocol.journals.entry import Draft
from sync.protocol.naming.ids import EntryId

PRICE = "photocopy."
LEAST, MOST = 50, 100_000
"""Dong a page may cost: below and above it is a slip of the keys."""
MOST_DECISION = 60
"""Characters of the number of a decision."""
_KEY = re.compile(r"photocopy\.([0-9]{8})")
_VALUE = re.compile(r"([1-9][0-9]{1,5});([^;]{1,60});([0-9]{8})")
_FIGURES = re.compile(r"[0-9]{1,3}([.,][0-9]{3})+|[0-9]{1,7}")


class PhotocopyPrice(NamedTuple):
    """``dong`` a page from ``since`` on, by ``decision`` of ``decided``; days ``yyyymmdd``."""

    since: int
    dong: int
    decision: str
    decided: int

    def ground(self) -> tuple[str, str]:
        """The decision in words, in Vietnamese and English."""
        day = short_date(_date(self.decided))
        return f"Văn bản {self.decision} ngày {day}", f"decision {self.decision} of {day}"


class TypedPrice(NamedTuple):
    """A price as it stands in the form; an empty ``dong`` takes away the price of the day ``since``."""

    dong: str
    decision: str
    decided: str
    since: str


def photocopy_prices(policies: Mapping[str, str]) -> tuple[PhotocopyPrice, ...]:
    """The prices among a unit's settings, the latest first; what does not read is passed over."""
    found = (_read(key, value) for key, value in policies.items())
    return tuple(sorted((price for price in found if price is not None), reverse=True))


def price_on(prices: tuple[PhotocopyPrice, ...], day: int) -> PhotocopyPrice | None:
    """The price of a day (``yyyymmdd``) among ``prices``, the latest first; None when there is none."""
    return next((price for price in prices if price.since <= day), None)


def fee_rules(prices: tuple[PhotocopyPrice, ...]) -> tuple[FeeRule, ...]:
    """The prices as rules of the fee table, the latest first: the first that covers a day counts."""
    return tuple(
        FeeRule(PHOTOCOPY, "page", price.ground()[0], "unverified", amount=price.dong, is_fee=False,
                valid_from=_date(price.since))
        for price in prices
    )  # fmt: skip


def set_photocopy_price(
    actor: OfficialState,
    unit: EntryId,
    typed: TypedPrice,
    prices: tuple[PhotocopyPrice, ...],
    today: date,
) -> tuple[Draft, ...]:
    """A price from a day on, or (``dong`` empty) none from that day; ``prices`` are those there are.

    Raises DomainError ``role.*``, ``date.*``, ``photocopy.dong``, ``.decision``, ``.decided``, ``.since``,
    ``.none``.
    """
    roles.require(actor, roles.MANAGE_PEOPLE)
    since = _day(typed.since, today, "since")
    key = f"{PRICE}{since.as_int}"
    if not typed.dong.strip():
        gone = next((price for price in prices if price.since == since.as_int), None)
        if gone is None:
            raise _fault("none", "dong", f"Chưa có giá từ ngày {since.text}.", "Ghi giá một trang.",
                         f"There is no price from {since.text}.", "Write the price of a page.")  # fmt: skip
        return (draft(UnitPolicySet(key, "", gone.ground()[0]), unit),)
    price = PhotocopyPrice(since.as_int, _dong(typed.dong), *_decision(typed, today))
    value = f"{price.dong};{price.decision};{price.decided}"
    return (draft(UnitPolicySet(key, value, price.ground()[0]), unit),)


def _read(key: str, value: str) -> PhotocopyPrice | None:
    name, found = _KEY.fullmatch(key), _VALUE.fullmatch(value)
    if name is None or found is None:
        return None
    price = PhotocopyPrice(int(name[1]), int(found[1]), found[2], int(found[3]))
    try:
        _date(price.since), _date(price.decided)
    except ValueError:
        return None
    return price if LEAST <= price.dong <= MOST else None


def _dong(typed: str) -> int:
    figures = re.sub(r"[\s\u00a0]|đ|vnd", "", typed.strip().lower())
    dong = int(re.sub(r"[.,]", "", figures)) if _FIGURES.fullmatch(figures) else 0
    if not LEAST <= dong <= MOST:
        raise _fault("dong", "dong", f"Giá một trang từ {LEAST} đến {MOST:,} đồng.".replace(",", "."),
                     "Gõ cả số tiền, ví dụ 500.", f"A page costs from {LEAST} to {MOST:,} dong.",
                     "Type the whole amount, such as 500.")  # fmt: skip
    return dong


def _decision(typed: TypedPrice, today: date) -> tuple[str, int]:
    """Number and day of the decision; a price without one is nobody's."""
    number = " ".join(nfc(typed.decision).split())
    if not number or len(number) > MOST_DECISION or ";" in number:
        raise _fault("decision", "decision", "Ghi số văn bản quy định giá.",
                     f"Như trên văn bản, tối đa {MOST_DECISION} ký tự, không có dấu chấm phẩy.",
                     "Write the number of the decision.",
                     f"As on the paper, at most {MOST_DECISION} characters, no semicolon.")  # fmt: skip
    decided = _day(typed.decided, today, "decided")
    if decided.as_int > today.year * 10_000 + today.month * 100 + today.day:
        raise _fault("decided", "decided", "Văn bản không thể ký sau hôm nay.", "Xem lại ngày trên văn bản.",
                     "A decision is not signed after today.", "Look at the day on the paper.")  # fmt: skip
    return number, decided.as_int


def _day(typed: str, today: date, field: str) -> PartialDate:
    day = parse_date(typed, today, field)
    if day.year_only or day.year < 2000:
        raise _fault(field, field, "Ghi đủ ngày, tháng, năm.", "Ví dụ 01/12/2026.",
                     "Write day, month and year.", "Such as 01/12/2026.")  # fmt: skip
    return day


def _date(number: int) -> date:
    return date(number // 10_000, number // 100 % 100, number % 100)


def _fault(code: str, field: str, vi: str, remedy: str, en: str, remedy_en: str) -> DomainError:
    return DomainError(
        vi, remedy=remedy, field=field, code=f"photocopy.{code}", title_en=en, remedy_en=remedy_en
    )
