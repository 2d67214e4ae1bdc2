"""Amounts in Vietnamese words, as receipts and minutes write them (law 4.8: in figures and words).

Northern usage, as in official papers: lẻ, mươi, mốt, tư, lăm, nghìn, and "không trăm" inside a number.
"""

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_GROUPS = ("", "nghìn", "triệu", "tỷ")
LARGEST = 999_999_999_999
"""Largest amount that is spelled: under a thousand tỷ."""


def _unit_after_tens(tens: int, unit: int) -> str:
    """The last digit of a two-digit number: mốt, tư after mươi; lăm after any ten."""
    if unit == 5 and tens >= 1:
        return "lăm"
    if unit == 1 and tens >= 2:
        return "mốt"
    if unit == 4 and tens >= 2:
        return "tư"
    return _DIGITS[unit]


def _below_hundred(number: int, after_hundreds: bool) -> list[str]:
    """Words of 0-99; a lone unit after hundreds takes "lẻ"."""
    tens, unit = divmod(number, 10)
    if number == 0:
        return []
    if tens == 0:
        return ["lẻ", _DIGITS[unit]] if after_hundreds else [_DIGITS[unit]]
    words = ["mười"] if tens == 1 else [_DIGITS[tens], "mươi"]
    return words + ([_unit_after_tens(tens, unit)] if unit else [])


def _group(number: int, leading: bool) -> list[str]:
    """Words of three digits; a group inside a number spells its hundreds even when they are zero."""
    hundreds, rest = divmod(number, 100)
    spells_hundreds = hundreds > 0 or not leading
    words = [_DIGITS[hundreds], "trăm"] if spells_hundreds else []
    return words + _below_hundred(rest, spells_hundreds)


def number_words(number: int) -> str:
    """Words of 0 … 999,999,999,999; ``ValueError`` outside."""
    if not 0 <= number <= LARGEST:
        raise ValueError(f"only 0 to {LARGEST} can be spelled")
    if number == 0:
        return _DIGITS[0]
    words: list[str] = []
    for power in (3, 2, 1, 0):
        group = number // 1000**power % 1000
        if group:
            words += _group(group, leading=not words)
            words += [_GROUPS[power]] if power else []
    return " ".join(words)


def money_words(amount: int, *, capital: bool = True) -> str:
    """``Chín mươi tám nghìn đồng``; a negative amount begins with "âm"; ``ValueError`` if too large."""
    words = f"{'âm ' if amount < 0 else ''}{number_words(abs(amount))} đồng"
    return words[0].upper() + words[1:] if capital else words


def money_figures(amount: int) -> str:
    """``1.234.000 đ`` with a no-break space and a true minus sign (ux 6.4)."""
    sign = "−" if amount < 0 else ""
    return f"{sign}{abs(amount):,}".replace(",", ".") + "\u00a0đ"
