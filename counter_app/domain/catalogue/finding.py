"""Finding a procedure by a few letters without diacritics (``ux.md`` 4.3).

An exact alias comes first, then what this PC used last, then how well the words fit. Nothing found: the
nearest names by sound and letters, so that "khai sin h" still leads to "Đăng ký khai sinh" and "hộ ngèo" to
"hộ nghèo".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from difflib import SequenceMatcher, get_close_matches

from counter_app.domain.catalogue.procedure import Catalogue, Procedure
from counter_app.domain.fold_text import fold

MOST = 10
_NEAR = 0.5  # difflib's ratio from which a name is offered
_NEAR_WORDS = 0.75  # mean ratio of words in a row from which a name is offered


class Finder:
    """A search over the procedures in force on one day; folded names are made once."""

    def __init__(self, catalogue: Catalogue, day: date) -> None:
        self._folded = [(fold(f"{p.title} {p.field}"), fold(p.title), p) for p in catalogue.on(day)]
        self._sounds = [(tuple(map(_sound, title.split())), p) for _, title, p in self._folded]

    def find(self, typed: str, last_used: Iterable[str] = (), most: int = MOST) -> tuple[Procedure, ...]:
        """Procedures for what was typed, best first; without letters the last used ones."""
        used = {code: place for place, code in enumerate(last_used)}
        words = fold(typed)
        if not words:
            recent = [p for _, _, p in self._folded if p.code in used]
            return tuple(sorted(recent, key=lambda p: used[p.code]))[:most]
        scored = [(score, p) for text, title, p in self._folded if (score := _score(p, words, text, title))]
        scored.sort(
            key=lambda hit: (-hit[0], used.get(hit[1].code, len(used)), not hit[1].core, len(hit[1].title))
        )
        return tuple(p for _, p in scored[:most])

    def near(self, typed: str, most: int = 3) -> tuple[Procedure, ...]:
        """Names most alike when nothing was found: by words as they sound, else by letters."""
        words = [_sound(word) for word in fold(typed).split()]
        if not words:
            return ()
        found: dict[str, tuple[float, Procedure]] = {}
        for score, one in (*self._by_words(words), *self._by_letters(fold(typed).replace(" ", ""), most)):
            if score > found.get(one.code, (0.0, one))[0]:
                found[one.code] = (score, one)
        best = sorted(found.values(), key=lambda hit: (-hit[0], not hit[1].core, len(hit[1].title)))
        return tuple(one for _, one in best[:most])

    def _by_words(self, words: list[str]) -> Iterator[tuple[float, Procedure]]:
        """Titles in which as many words in a row sound like the typed ones."""
        known = {word for title, _ in self._sounds for word in title}
        alike = [{one: SequenceMatcher(None, word, one).ratio() for one in known} for word in words]
        for title, procedure in self._sounds:
            rows = range(len(title) - len(words) + 1)
            score = max(
                (sum(alike[n][title[start + n]] for n in range(len(words))) / len(words) for start in rows),
                default=0.0,
            )
            if score >= _NEAR_WORDS:
                yield score, procedure

    def _by_letters(self, bare: str, most: int) -> Iterator[tuple[float, Procedure]]:
        """Titles with a piece of the same length and nearly the same letters: ``khai sin h``."""
        names = {title.replace(" ", "")[:60]: p for _, title, p in self._folded}
        longest_first = sorted(names.items(), key=lambda pair: -len(pair[0]))  # the plain name keeps a piece
        pieces = {name[start : start + len(bare)]: p for name, p in longest_first for start in (0, 6, 12)}
        for piece in get_close_matches(bare, list(pieces), n=most * 3, cutoff=_NEAR):
            yield SequenceMatcher(None, bare, piece).ratio(), pieces[piece]


_SOUNDS = (
    ("ngh", "ng"),
    ("gh", "g"),
    ("tr", "ch"),
    ("gi", "d"),
    ("q", "c"),
    ("k", "c"),
    ("x", "s"),
    ("y", "i"),
)
"""Letters that are written one for another; marks are gone already."""


def _sound(word: str) -> str:
    """A folded word as it sounds: ``ngeo`` and ``ngheo`` are one."""
    for written, heard in _SOUNDS:
        word = word.replace(written, heard)
    return word


def _score(procedure: Procedure, words: str, text: str, title: str) -> int:
    """5 exact alias or code · 4 alias begins so · 3 phrase in the title · 2 initials · 1 all words · 0 no."""
    if words in procedure.aliases or words == procedure.code:
        return 5
    if any(alias.startswith(words) for alias in procedure.aliases) or procedure.code.endswith(words):
        return 4
    if f" {words}" in f" {title}":
        return 3
    if len(words) >= 2 and "".join(word[0] for word in title.split()).find(words) >= 0:
        return 2
    return int(all(f" {word}" in f" {text}" for word in words.split()))
