"""Finding a procedure by a few letters without diacritics (``ux.md`` 4.3).

An exact alias comes first, then what this PC used last, then how well the words fit. Nothing found: the
nearest names by letters, so that "khai sin h" still leads to "Đăng ký khai sinh".
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from difflib import get_close_matches

from counter_app.domain.catalogue.procedure import Catalogue, Procedure
from counter_app.domain.fold_text import fold

MOST = 10
_NEAR = 0.5  # difflib's ratio from which a name is offered


class Finder:
    """A search over the procedures in force on one day; folded names are made once."""

    def __init__(self, catalogue: Catalogue, day: date) -> None:
        self._folded = [(fold(f"{p.title} {p.field}"), fold(p.title), p) for p in catalogue.on(day)]

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
        """Names most alike when nothing was found."""
        bare = fold(typed).replace(" ", "")
        names = {title.replace(" ", "")[:60]: p for _, title, p in self._folded}
        longest_first = sorted(names.items(), key=lambda pair: -len(pair[0]))  # the plain name keeps a piece
        pieces = {name[start : start + len(bare)]: p for name, p in longest_first for start in (0, 6, 12)}
        close = get_close_matches(bare, list(pieces), n=most * 3, cutoff=_NEAR)
        found: dict[str, Procedure] = {}
        for piece in close:
            found.setdefault(pieces[piece].code, pieces[piece])
        return tuple(found.values())[:most]


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
