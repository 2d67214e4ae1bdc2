"""Names of people as typed or read from a card (ux 4.3).

Upper case as on the card, composed letters, single spaces. One-word names are names.
"""

import re
import unicodedata

from counter_app.domain.collation import given_name_key
from counter_app.domain.errors import DomainError
from counter_app.domain.fold_text import nfc

__all__ = ["MAX_NAME", "clean_name", "given_name_key", "same_name"]

MAX_NAME = 100
"""Longest name taken, in characters."""

_APOSTROPHES = re.compile("[’‘ʼ`´]")
_SEPARATORS = " '-."
_TONE_MARKS = "\u0300\u0301\u0303\u0309\u0323"


def _is_name_letter(char: str) -> bool:
    """True for letters of Latin scripts (minority languages included) and marks on them."""
    name = unicodedata.name(char, "")
    return (char.isalpha() and name.startswith("LATIN ")) or unicodedata.category(char) == "Mn"


def _printable(char: str) -> str:
    """The character for a message; what cannot be seen by its code point."""
    return char if char.isprintable() and not char.isspace() else f"U+{ord(char):04X}"


def clean_name(text: str, field: str = "name") -> str:
    """Name as it is stored: NFC, upper case, single spaces, straight apostrophes.

    Invisible format characters (from copying and pasting) are dropped. Raises ``DomainError``
    ``name.empty``, ``name.character`` or ``name.length``.
    """
    visible = "".join(c for c in text if unicodedata.category(c) != "Cf")
    upper = nfc(_APOSTROPHES.sub("'", nfc(visible)).upper())
    name = " ".join(upper.split())
    if not any(c.isalpha() for c in name):
        raise DomainError(
            "Nhập họ và tên như trên giấy tờ.",
            field=field,
            code="name.empty",
            title_en="Type the name as on the paper.",
        )
    for char in name:
        if char not in _SEPARATORS and not _is_name_letter(char):
            raise DomainError(
                f"Họ và tên có ký tự “{_printable(char)}”.",
                "Tên chỉ gồm chữ cái, dấu cách, dấu ' - và dấu chấm.",
                "Nhập họ và tên như trên giấy tờ.",
                field,
                code="name.character",
                title_en=f"The name contains “{_printable(char)}”.",
                meaning_en="A name has only letters, spaces, ' - and the full stop.",
                remedy_en="Type the name as on the paper.",
            )
    if len(name) > MAX_NAME:
        raise DomainError(
            f"Họ và tên dài {len(name)} ký tự, nhiều nhất {MAX_NAME}.",
            field=field,
            code="name.length",
            title_en=f"The name has {len(name)} characters, at most {MAX_NAME} fit.",
        )
    return name


def _tones_last(word: str) -> str:
    """A syllable with its tone mark moved to its end: hòa and hoà become one."""
    decomposed = unicodedata.normalize("NFD", word)
    tones = "".join(c for c in decomposed if c in _TONE_MARKS)
    return "".join(c for c in decomposed if c not in _TONE_MARKS) + tones


def same_name(one: str, other: str) -> bool:
    """True if two names differ only in case, spaces or where the tone mark sits (Thúy, Thuý)."""

    def spoken(name: str) -> list[str]:
        return [_tones_last(word) for word in nfc(name).casefold().split()]

    return spoken(one) == spoken(other)
