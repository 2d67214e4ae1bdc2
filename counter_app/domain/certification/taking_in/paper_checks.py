"""What is looked at on an original besides its pages: its last day, whether it is foreign, data held already.

The clerk types it after the mark of the original: ``cc 2x2; 012086006812; hh 14/03/2026``, ``hb 8x1; nn``.
What a kind of paper tells the clerk stands in ``resources/catalogue/paper_kinds.json`` with its ground.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from counter_app.domain.certification.entries import OriginalTaken
from counter_app.domain.certification.taking_in.kinds_of_papers import PaperKind
from counter_app.domain.dates import parse_date, short_date
from counter_app.domain.errors import Notice
from counter_app.domain.fold_text import fold, nfc

NOT_LEGALISED = "not_legalised"
"""Key of the ground of art. 22(5), whose exempt kinds are those of TT 01/2020 art. 6."""
_EXPIRY = re.compile(r"(?:hh|han|het han)[:. ]*([0-9].*)")
_FOREIGN = frozenset({"nn", "nuoc ngoai"})
_FUTURE_YEARS = 50
"""A paper typed as ``14/03/31`` runs out in 2031, not in 1931."""
SEPARATOR = ";"


@dataclass(frozen=True, slots=True)
class MarkFacts:
    """A mark as typed, taken apart: its own words, the last day of the paper, whether it is foreign."""

    words: str = ""
    expires: date | None = None
    foreign: bool = False

    @property
    def text(self) -> str:
        """The same as it is kept and read again: ``012086006812; hết hạn 14/03/2026; nước ngoài``."""
        until = "" if self.expires is None else f"hết hạn {short_date(self.expires)}"
        parts = (self.words, until, "nước ngoài" if self.foreign else "")
        return f"{SEPARATOR} ".join(filter(None, parts))


def mark_facts(mark: str, day: date) -> MarkFacts:
    """What a mark says; ``day`` decides the century of a two-digit year.

    Raises DomainError ``date.*`` for a last day that is no date.
    """
    words: list[str] = []
    expires, foreign = None, False
    for part in nfc(mark).split(SEPARATOR):
        shown = " ".join(part.split())
        folded = fold(shown)
        if folded in _FOREIGN:
            foreign = True
        elif found := _EXPIRY.fullmatch(folded):
            until = parse_date(found[1], date(day.year + _FUTURE_YEARS, 1, 1), "mark")
            expires = until.as_date() or date(until.year, 12, 31)
        elif shown:
            words.append(shown)
    return MarkFacts(f"{SEPARATOR} ".join(words), expires, foreign)


def paper_notices(original: OriginalTaken, day: date, exempt: Sequence[str]) -> tuple[Notice, ...]:
    """What must be looked at: a paper that has run out, a foreign one that may need consular legalisation.

    ``exempt`` are the kinds that need none (TT 01/2020 art. 6). The citizen may bring a paper that has run
    out: certification looks at it, it never stops.
    """
    facts = mark_facts(original.mark, day)
    found = []
    if facts.expires is not None and facts.expires < day:
        shown = short_date(facts.expires)
        found.append(
            Notice(
                "paper.expired", f"{original.name} hết hạn ngày {shown}.",
                f"{original.name} ran out on {shown}.", "mark",
            )
        )  # fmt: skip
    if facts.foreign and original.kind not in exempt:
        found.append(
            Notice(
                "paper.foreign",
                "giấy tờ nước ngoài phải được hợp pháp hóa lãnh sự (Điều 22 khoản 5).",
                "a foreign paper must bear consular legalisation (article 22(5)).",
                "mark",
            )
        )
    return tuple(found)


def paper_hints(
    original: OriginalTaken, kind: PaperKind | None, day: date, exempt: Sequence[str]
) -> tuple[Notice, ...]:
    """What is good to know of a paper and stops nobody: its ground stands in the words."""
    facts = mark_facts(original.mark, day)
    found = []
    if facts.foreign and original.kind in exempt:
        found.append(
            Notice(
                "paper.foreign_exempt",
                "Giấy tờ nước ngoài loại này không phải hợp pháp hóa lãnh sự (TT 01/2020, Điều 6).",
                "A foreign paper of this kind needs no consular legalisation (circular 01/2020, article 6).",
                "mark",
            )
        )
    if kind is None:
        return tuple(found)
    found += [
        Notice(f"paper.{one.code}", f"{one.vi} ({one.source})", f"{one.en} ({one.source})", "paper")
        for one in kind.checks
    ]
    if kind.expires and facts.expires is None:
        found.append(
            Notice(
                "paper.last_day",
                "Xem hạn của giấy tờ. Gõ thêm sau dấu ; nếu cần: hh 14/03/2026.",
                "Look at the paper's last day. To note it, type after the sign ; : hh 14/03/2026.",
                "mark",
            )
        )
    return tuple(found)
