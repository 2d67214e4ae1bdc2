"""Words, dates and money as Vietnamese papers write them."""

from __future__ import annotations

import unicodedata
from datetime import date, datetime

NBSP = "\u00a0"
MINUS = "\u2212"


def clean(text: str) -> str:
    """Return the text as it may stand on one line of a paper: NFC, controls as spaces, runs of spaces joined.

    Control and direction characters come out as a space, so that a pasted name can neither reorder the
    line nor break a cell; all other characters stay, markup and formula signs too.
    """
    if text.isprintable() and "  " not in text and text[:1] != " " and text[-1:] != " ":
        return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)
    safe = "".join(
        " " if unicodedata.category(sign) in {"Cc", "Cf", "Cs", "Zl", "Zp"} else sign
        for sign in unicodedata.normalize("NFC", text)
    )
    return " ".join(filter(None, safe.split(" ")))


def money(amount: int) -> str:
    """Write whole đồng with dots and the sign of the currency, e.g. ``1.234.000 đ`` (``ux.md`` 6.4)."""
    return f"{grouped(amount)}{NBSP}đ"


def grouped(amount: int) -> str:
    """Write a whole number with dots between thousands and a true minus sign."""
    digits = f"{abs(amount):,}".replace(",", ".")
    return f"{MINUS}{digits}" if amount < 0 else digits


def short_date(day: date) -> str:
    """Write a date as ``20/11/2026``."""
    return f"{day.day:02d}/{day.month:02d}/{day.year:04d}"


def long_date(day: date) -> str:
    """Write a date in words of papers: ``ngày 05 tháng 02 năm 2026``.

    Days below 10 and months below 3 carry a zero, a habit of administrative papers (``ux.md`` 6.4,
    general knowledge, unverified).
    """
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def hour_and_date(moment: datetime) -> str:
    """Write an appointment as ``16 giờ 30 phút, ngày 20 tháng 11 năm 2026``.

    Hour and date both stand on an appointment slip (TT 01/2020/TT-BTP art. 2).
    """
    return f"{moment.hour:02d} giờ {moment.minute:02d} phút, {long_date(moment.date())}"


def short_moment(moment: datetime) -> str:
    """Write a local time as ``16:30 20/11/2026``."""
    return f"{moment.hour:02d}:{moment.minute:02d} {short_date(moment.date())}"


def register_number(number: int) -> str:
    """Write a certification number; the first nine carry a zero, since numbering starts from 01."""
    return f"{number:02d}"


def fold_name(name: str) -> str:
    """Return a name without case and spare spaces, to tell whether two places name one person."""
    return clean(name).casefold()
