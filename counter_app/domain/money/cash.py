"""Money over the counter: what was given, what goes back (``ux.md`` 4.4)."""

from __future__ import annotations

import re

from counter_app.domain.errors import DomainError, Notice
from counter_app.domain.money_words import money_figures

_LARGEST = 1_000_000_000
_SHORT_FORM = 1_000
"""Whole figures below this are thousands: no note is smaller, and ``100`` saves three keys."""


def read_given(text: str, due: int) -> int:
    """Dong that were given: ``100`` = 100.000, ``98.000`` or ``98000`` as written, empty = exactly ``due``.

    Raises DomainError ``money.format`` or ``money.large``.
    """
    compact = re.sub(r"[\s\u00a0]|đ|vnd", "", text.strip().lower())
    if not compact:
        return due
    if re.fullmatch(r"[0-9]{1,3}([.,][0-9]{3})+", compact):
        return _bounded(int(re.sub(r"[.,]", "", compact)))
    if not re.fullmatch(r"[0-9]{1,12}", compact):
        raise DomainError(
            f"Chưa đọc được số tiền “{text.strip()[:20]}”.",
            remedy="Gõ 100 cho 100.000 đ, hoặc 98.000.",
            field="given",
            code="money.format",
            title_en=f"“{text.strip()[:20]}” is not read as money.",
            remedy_en="Type 100 for 100.000 đ, or 98.000.",
        )
    value = int(compact)
    return _bounded(value * 1_000 if value < _SHORT_FORM else value)


def _bounded(value: int) -> int:
    if value > _LARGEST:
        raise DomainError(
            "Số tiền quá lớn.",
            remedy="Kiểm tra lại số tiền nhận.",
            field="given",
            code="money.large",
            title_en="The amount is too large.",
            remedy_en="Check what was given.",
        )
    return value


def change_for(given: int, due: int) -> int:
    """What goes back, in dong; DomainError ``money.short`` when too little was given."""
    if given < due:
        notice = short_notice(given, due)
        raise DomainError(
            notice.vi,
            remedy="Nhận thêm tiền, hoặc Ctrl+M để thu khi trả.",
            field="given",
            code=notice.code,
            title_en=notice.en,
            remedy_en="Take the rest, or Ctrl+M to collect it at return.",
        )
    return given - due


def short_notice(given: int, due: int) -> Notice:
    """``Tiền nhận 90.000 đ, còn thiếu 34.000 đ.``"""
    got, short = money_figures(given), money_figures(due - given)
    return Notice(
        "money.short", f"Tiền nhận {got}, còn thiếu {short}.", f"{got} given, {short} short.", "given"
    )
