"""Records of nobody: requests and receipts as the program writes them, with people and papers made up.

For training the dictionary and for measuring it. A ``Vocabulary`` is one generator; what is measured must
come from one that the dictionary has not seen.
"""

from __future__ import annotations

from functools import cache
from random import Random
from typing import NamedTuple

from counter_app.domain.certification.entries import (
    CopiesHandedOver,
    CopiesRequested,
    OriginalTaken,
    Requester,
)
from counter_app.domain.certification.taking_in.kinds_of_papers import OTHER, PaperKind, parse_paper_kinds
from counter_app.domain.drafting import draft
from counter_app.domain.money.entries import FeeLine, ReceiptIssued
from resources.load import paper_kinds
from sync.protocol.journals.entry import Draft
from sync.protocol.naming.ids import SELF, EntryId, pending


class Vocabulary(NamedTuple):
    """The words one commune is made of; ``other_papers`` are those not in the program's own list."""

    families: tuple[str, ...]
    middles: tuple[str, ...]
    givens: tuple[str, ...]
    hamlets: tuple[str, ...]
    areas: tuple[str, ...]
    other_papers: tuple[str, ...]
    marks: tuple[str, ...]
    mobile: tuple[str, ...]
    provinces_of_birth: tuple[str, ...]


def name(words: Vocabulary, chance: Random) -> str:
    """A person's name."""
    return " ".join(
        (chance.choice(words.families), chance.choice(words.middles), chance.choice(words.givens))
    )


def _paper(words: Vocabulary, chance: Random) -> tuple[str, str]:
    """Kind and name: mostly one of the program's list, which clerks type by its short word."""
    if chance.random() < 0.2:
        return OTHER, chance.choice(words.other_papers)
    kind = chance.choice(_kinds())
    return kind.key, kind.name


@cache
def _kinds() -> tuple[PaperKind, ...]:
    return tuple(kind for kind in parse_paper_kinds(paper_kinds()).kinds if kind.key != OTHER)


def record(
    words: Vocabulary, chance: Random, serial: int, at: int, day: int, book: EntryId, device: int = 1
) -> list[Draft]:
    """One request of one original with its paper receipt: two entries. ``at`` is ms, ``day`` yyyymmdd."""
    who = name(words, chance)
    birth = chance.randint(1950, 2010) * 10_000 + chance.randint(1, 12) * 100 + chance.randint(1, 28)
    century = chance.randint(0, 1) if birth < 20_000_101 else chance.randint(2, 3)
    born = f"{chance.choice(words.provinces_of_birth)}{century}{birth // 10_000 % 100:02d}"
    number = f"{born}{chance.randrange(10**6):06d}"
    address = f"{chance.choice(words.hamlets)}, {chance.choice(words.areas)}"
    phone = chance.choice(words.mobile) + f"{chance.randrange(10**7):07d}"
    kind, paper = _paper(words, chance)
    copies, pages = chance.choice((1, 1, 2, 3, 5)), chance.choice((1, 1, 2, 4, 24))
    fee = 2_000 * min(pages, 2) * copies + 1_000 * max(pages - 2, 0) * copies
    request = CopiesRequested(
        code=f"00000{device:03d}1{day % 1_000_000:06d}{serial % 10_000:04d}{chance.randrange(10)}",
        daily=serial % 200 + 1,
        day=day,
        requester=Requester(who, "cccd", number, birth, address, phone),
        originals=(
            OriginalTaken(
                kind, paper, chance.choice(words.marks) + str(chance.randrange(10**6)), pages, copies, fee, at
            ),
        ),
        due_at=(at // 3_600_000 + chance.choice((1, 2, 4))) * 3_600_000,
        pay="now",
        channel="counter",
        signatory=None,
        salt=chance.randbytes(4),
    )
    given = fee + chance.choice((0, 0, 1_000, 2_000, 50_000))
    receipt = ReceiptIssued(
        "BL-26T", serial % 50 + 1, (FeeLine("copy_fee", paper, copies, fee),),
        fee, "cash", given, given - fee, who, day, chance.randbytes(4),
    )  # fmt: skip
    return [draft(request, SELF), draft(receipt, SELF, pending(1), book)]


def handed_over(chance: Random, request: EntryId) -> Draft:
    """The copies of a request are handed over to the requester."""
    return draft(CopiesHandedOver((0,), "", "", "scan", False, chance.randbytes(4)), request)
