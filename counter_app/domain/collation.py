"""Vietnamese dictionary order (ux 6.4), the same on every machine and on the hub.

Letters first (a ă â b c d đ e ê … o ô ơ … u ư …), then tones in the order
ngang, huyền, hỏi, ngã, sắc, nặng. Own key, because the system's collators differ.
"""

import unicodedata

from counter_app.domain.fold_text import nfc

_LETTERS = " '-.0123456789aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_RANK = {letter: rank for rank, letter in enumerate(_LETTERS)}
_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}

Key = tuple[tuple[tuple[int, str], ...], tuple[int, ...], str]
"""Sort key: letters, then tones, then the text itself so that the order is total."""


def _split_letter(char: str) -> tuple[str, int]:
    """A letter with its shape mark and its tone apart: ``ậ`` is (``â``, 5)."""
    tone = 0
    kept = []
    for part in unicodedata.normalize("NFD", char):
        if part in _TONES:
            tone = _TONES[part]
        else:
            kept.append(part)
    return nfc("".join(kept)), tone


def sort_key(text: str) -> Key:
    """Key for sorting words and phrases as a Vietnamese dictionary does."""
    pairs = [_split_letter(char) for char in nfc(text.casefold())]
    letters = tuple((_RANK.get(letter, len(_LETTERS)), letter) for letter, _ in pairs)
    return letters, tuple(tone for _, tone in pairs), text


def given_name_key(name: str) -> tuple[Key, Key, str]:
    """Key for sorting people: the given name (last word) first, then family and middle names.

    The name itself comes last, so that names which differ only in spaces keep one order too.
    """
    words = name.split()
    return sort_key(words[-1] if words else ""), sort_key(" ".join(words[:-1])), name
