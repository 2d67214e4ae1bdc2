"""Cells of an old book as people type them: numbers, days, money; every refusal in words for one row."""

from __future__ import annotations

import re
from datetime import datetime
from typing import NamedTuple

_NUMBER = re.compile(r"(\d{1,7})(?:\s*[/-]\s*(.*))?")
_DAY = re.compile(
    r"(?:(\d{1,2})[:hg](\d{2})?\s+)?(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}|\d{2}))?(?:\s+(\d{1,2})[:hg](\d{2})?)?"
)
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[ T](\d{1,2}):(\d{2}))?.*")
_MONEY = re.compile(r"[\s.,\u00a0]|đ(?:ồng)?|VNĐ|VND", re.I)
LAST_CENTURY = 100


class Fault(NamedTuple):
    """Why a row of the file cannot be written: its line in the file, the column's role, both languages."""

    line: int
    role: str
    vi: str
    en: str


class BadCell(Exception):
    """One cell says nothing; words in both languages."""

    def __init__(self, vi: str, en: str) -> None:
        super().__init__(vi)
        self.vi, self.en = vi, en


def number(text: str, year: int) -> int:
    """``01``, ``1775/2026``, ``1775-SCT/BS``. Raises ``BadCell``, also for another year's number."""
    found = _NUMBER.fullmatch(text.strip())
    if found is None or not int(found[1]):
        raise BadCell(f"số chứng thực “{text}” không đọc được", f"the number “{text}” cannot be read")
    rest = (found[2] or "").strip()
    if rest.isdigit() and len(rest) == 4 and int(rest) != year:
        raise BadCell(f"số {text} của năm khác", f"number {text} is of another year")
    return int(found[1])


def moment(text: str, year: int, hour: int = 0) -> datetime:
    """A day, with a time or at ``hour``; without a year that of the book. Raises ``BadCell``."""
    bare = " ".join(text.split())
    iso, usual = _ISO.fullmatch(bare), _DAY.fullmatch(bare)
    try:
        if iso is not None:
            at = (int(iso[4]), int(iso[5])) if iso[4] else (hour, 0)
            return datetime(int(iso[1]), int(iso[2]), int(iso[3]), *at)  # noqa: DTZ001 - local
        if usual is not None:
            given = int(usual[5]) if usual[5] else year
            given += 2000 if given < LAST_CENTURY else 0
            hours, minutes = usual[1] or usual[6], usual[2] or usual[7]
            at = (int(hours), int(minutes or 0)) if hours else (hour, 0)
            return datetime(given, int(usual[4]), int(usual[3]), *at)  # noqa: DTZ001 - local, naive
    except ValueError:
        pass
    raise BadCell(f"ngày “{text}” không đọc được", f"the day “{text}” cannot be read")


def day(text: str, year: int) -> int:
    """A day as ``yyyymmdd``. Raises ``BadCell``."""
    at = moment(text, year)
    return at.year * 10_000 + at.month * 100 + at.day


def count(text: str, most: int) -> int:
    """A whole number up to ``most``; ``02 bản`` too. Raises ``BadCell``."""
    found = re.fullmatch(r"(\d{1,6})(?:\s*(?:bản|ban|tờ|copies|copy))?\.?", text.strip(), re.I)
    if found is None or int(found[1]) > most:
        raise BadCell(f"số lượng “{text}” không đọc được", f"the count “{text}” cannot be read")
    return int(found[1])


def money(text: str) -> int:
    """Dong: ``4.000``, ``4,000 đ``, nothing is 0. Raises ``BadCell``."""
    bare = _MONEY.sub("", text)
    if not bare:
        return 0
    if not (bare.isascii() and bare.isdigit() and len(bare) <= 11):
        raise BadCell(f"số tiền “{text}” không đọc được", f"the amount “{text}” cannot be read")
    return int(bare)
