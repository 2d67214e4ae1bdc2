"""How money, dates, times, codes and names look on screen (ux.md 6.4). Pure: no Qt, no clock."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime, timedelta, timezone

NBSP = "\u00a0"
MINUS = "\u2212"
VIETNAM = timezone(timedelta(hours=7))
_LAST = 253_402_275_599_000
"""23:59:59 on 31/12/9999 in Vietnam, ms."""
"""One zone without daylight saving since 1975."""
_DAYS = {
    "vi": ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
_RANK = {letter: rank for rank, letter in enumerate(_LETTERS, start=100)}


def number(value: int) -> str:
    """``1234000`` -> ``1.234.000``; minus is the minus sign."""
    text = f"{abs(value):,}".replace(",", ".")
    return f"{MINUS}{text}" if value < 0 else text


def money(dong: int) -> str:
    """``1234000`` -> ``1.234.000 đ`` with a space that does not break."""
    return f"{number(dong)}{NBSP}đ"


def parse_money(text: str) -> int | None:
    """What a person typed as money, in dong: ``150.000``, ``150 000 đ``, ``100``; None if it is no number."""
    digits = "".join(c for c in text if c.isdigit())
    rest = [c for c in text if not c.isdigit() and c not in f"., {NBSP}đ"]
    return int(digits) if digits and not rest and len(digits) <= 12 else None


def percent(share: float) -> str:
    """``0.986`` -> ``98,6%``; whole numbers without a decimal."""
    text = f"{share * 100:.1f}".removesuffix(".0")
    return text.replace(".", ",") + "%"


def moment(ms: int) -> datetime:
    """Wall clock in Vietnam of ms since 1970-01-01 UTC; the calendar's last minute for what lies behind it,
    which only a clock or a program that went mad writes.
    """
    return datetime.fromtimestamp(min(ms, _LAST) / 1000, UTC).astimezone(VIETNAM)


def date(ms: int) -> str:
    """``20/11/2026``."""
    return moment(ms).strftime("%d/%m/%Y")


def short_date(ms: int) -> str:
    """``20/11``: in lists, where the year is clear."""
    return moment(ms).strftime("%d/%m")


def time(ms: int) -> str:
    """``07:31``."""
    return moment(ms).strftime("%H:%M")


def day_and_time(ms: int) -> str:
    """``20/11 07:31``: in lists."""
    return moment(ms).strftime("%d/%m %H:%M")


def long_moment(ms: int, language: str = "vi") -> str:
    """``Thứ Sáu, 20/11/2026 · 10:24``: the corner of the legend bar."""
    at = moment(ms)
    return f"{_DAYS[language][at.weekday()]}, {at:%d/%m/%Y} · {at:%H:%M}"


def day(yyyymmdd: int) -> str:
    """``20261120`` -> ``20/11/2026``; only a year (``19510000``) -> ``1951``; 0 -> empty."""
    if yyyymmdd <= 0:
        return ""
    year, month, of_month = yyyymmdd // 10000, yyyymmdd // 100 % 100, yyyymmdd % 100
    if not month or not of_month:
        return f"{year:04d}"
    return f"{of_month:02d}/{month:02d}/{year:04d}"


def grouped(digits: str, size: int = 3) -> str:
    """``012086006812`` -> ``012 086 006 812``; other text is left as it is. On show only, never stored."""
    if not digits.isdigit() or len(digits) < 2 * size:
        return digits
    return " ".join(digits[i : i + size] for i in range(0, len(digits), size))


def last_digits(digits: str) -> str:
    """``...6812``: an identity number in lists."""
    return f"...{digits[-4:]}" if len(digits) > 4 else digits


def initials(name: str) -> str:
    """First letters of the first and the last word: ``Lù Thị Mai`` -> ``LM``, brackets left out."""
    words = nfc(name).partition("(")[0].split()
    return "".join(word[0].upper() for word in ([words[0], words[-1]] if len(words) > 1 else words))


def nfc(text: str) -> str:
    """Composed form: some input methods send decomposed letters."""
    return unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """Lower case without marks, ``đ`` as ``d``: for comparing what was typed without diacritics."""
    plain = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(c for c in plain if not unicodedata.combining(c))


def _letters(word: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    ranks, tones = [], []
    for letter in nfc(word.lower()):
        tone = 0
        parts = []
        for part in unicodedata.normalize("NFD", letter):
            if part in _TONES:
                tone = _TONES[part]
            else:
                parts.append(part)
        base = nfc("".join(parts))
        ranks.append(_RANK.get(base, ord(base[0]) if base else 0))
        tones.append(tone)
    return tuple(ranks), tuple(tones)


SortKey = tuple[tuple[tuple[int, ...], ...], tuple[tuple[int, ...], ...]]


def sort_key(text: str) -> SortKey:
    """Vietnamese order: letters a ă â b … first, then tones ngang huyền hỏi ngã sắc nặng."""
    pairs = [_letters(word) for word in text.split()]
    return tuple(ranks for ranks, _ in pairs), tuple(tones for _, tones in pairs)


def name_key(name: str) -> SortKey:
    """People by given name (the last word), then by the rest."""
    words = name.split()
    return sort_key(" ".join([*words[-1:], *words[:-1]]))
