"""Counters with a register between them, for the tests of pen, recovery and closing."""

from __future__ import annotations

from counter_app.domain.certification.entries import LineNumbered, LotNumbered
from counter_app.domain.dates import vn_date
from counter_app.domain.drafting import draft
from counter_app.domain.organisation import roles
from counter_app.domain.registers.decisions import open_register, take_numbers
from counter_app.domain.registers.entries import PenReturnedFromPaper
from counter_app.domain.registers.state import RegisterState
from sync.protocol.naming.ids import SELF, EntryId, pending
from tests.unit.domain.folding.writing import Counter, official

REGISTRAR = official(1, roles.REGISTRAR, roles.SIGNATORY)
DIRECTOR = official(2, roles.DIRECTOR)
CLERK = official(3, roles.INTAKE)
DELEGATION = EntryId(REGISTRAR.id.journal, 50)
REQUEST = EntryId(REGISTRAR.id.journal, 60)


def opened(counter: Counter, register: str = "copy") -> EntryId:
    """A new register whose pen ``counter`` holds."""
    return counter.append(
        open_register(REGISTRAR, register, "SCT/BS", counter.journal, counter.clock, ()), REGISTRAR
    )[0]


def number_lot(
    counter: Counter, register: EntryId, count: int, first: int | None = None, term: int = 0
) -> int:
    """``counter`` numbers ``count`` originals as the program does; returns the first number.

    ``first`` and ``term`` given: without asking the register, as a copied or restored PC would.
    """
    state: RegisterState = counter.state(register)
    born = first or take_numbers(state, counter.journal, count, counter.clock, last_contact=counter.clock)
    today = vn_date(counter.clock)
    day = today.year * 10_000 + today.month * 100 + today.day
    lot = LotNumbered(
        REGISTRAR.id,
        DELEGATION,
        "Công chức",
        "Tập huấn 1",
        "TUQ.",
        term or state.term,
        state.book,
        born,
        count,
        day,
        b"\0" * 32,
        True,
    )
    drafts = [draft(lot, register, SELF, DELEGATION)]
    for offset in range(count):
        line = LineNumbered(
            born + offset,
            state.book,
            state.year,
            term or state.term,
            offset,
            day,
            "Tập huấn",
            "Bằng",
            "Công chức",
            1,
            2000,
            b"salt",
        )
        drafts.append(draft(line, REQUEST, SELF, register, pending(1)))
    counter.append(drafts, REGISTRAR)
    return born


def said_back(counter: Counter, register: EntryId, last_used: int) -> EntryId:
    """``counter`` writes that the sheets came back to it, unasked, as programs of before did anywhere."""
    state: RegisterState = counter.state(register)
    term = state.papers[-1].term + 1
    body = PenReturnedFromPaper(term, last_used, counter.journal, DIRECTOR.id, b"s" * 64)
    return counter.append([draft(body, register)], REGISTRAR)[0]


def line_numbers(counter: Counter, register: EntryId) -> dict[int, list[EntryId]]:
    """Lines of the register by number, as this PC holds them."""
    held: dict[int, list[EntryId]] = {}
    for fact in counter.facts.values():
        if isinstance(fact.body, LineNumbered) and register in fact.facts.subjects:
            held.setdefault(fact.body.number, []).append(fact.id)
    return held
