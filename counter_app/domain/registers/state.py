"""State of one register-year: its pen, its next number, what is unknown, what is closed.

It never grows with the number of its lines: a year with 24,000 lines and one with 24 have states of the
same size. Which lines are signed or struck is asked of the lines' reading (``counts`` in ``closing``).
"""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from counter_app.domain.registers.spans import Spans, size
from sync.protocol.naming.ids import EntryId

ON_PAPER = 0
"""Holder of a pen that is out on printed sheets."""

OPENED = "opened"
PASSED = "passed"
PAPER = "paper"
RECOVERED = "recovered"


class MonthTally(NamedTuple):
    """Numbers given in one month (1-12): lowest, highest, how many by the lots, how many lines are held."""

    month: int
    first: int
    last: int
    numbered: int
    lines: int


class ClosedMonth(NamedTuple):
    """A closed month: its numbers, the entry that closed it, and how far each journal was on its pages."""

    month: int
    first: int
    last: int
    by: EntryId
    held: tuple[tuple[int, int], ...] = ()

    def shows(self, entry: EntryId) -> bool:
        """True when the bound pages can show ``entry``: whoever printed them held it, whatever clocks say.

        Closings of before ``held`` was written are taken to show everything.
        """
        return not self.held or entry.seq <= dict(self.held).get(entry.journal, 0)


class LotSeen(NamedTuple):
    """The last lot: its entry, its numbers ``first .. end - 1``, how many lines are held (``seen``)."""

    lot: EntryId
    first: int
    size: int
    seen: int = 0

    @property
    def next(self) -> int:
        """Number of the line that comes next."""
        return self.first + self.seen

    @property
    def end(self) -> int:
        """One beyond the lot's last number."""
        return self.first + self.size


class Recovery(msgspec.Struct, frozen=True, gc=False):
    """One recovery of a lost pen: numbers ``first .. last`` were *unknown* then; ``unknown`` still are.

    ``term`` is the recovery's, ``lost`` the journal whose lines of an older term settle by themselves. Every
    number is in exactly one of ``unknown``, ``voided``, ``rebuilt`` (by hand) and ``returned`` (the lost PC's
    own line is held). ``from_paper``: the pen was out on sheets, which ``lost`` had printed.
    """

    term: int
    lost: int
    first: int
    last: int
    unknown: Spans
    voided: Spans = ()
    rebuilt: Spans = ()
    returned: Spans = ()
    from_paper: bool = False


class SaidBack(NamedTuple):
    """A PC that said the sheets came back to it, with the last number it read there, and its entry."""

    journal: int
    last_used: int
    entry: EntryId


class PaperStay(msgspec.Struct, frozen=True, gc=False):
    """The pen on printed sheets: from ``first``; ``last_used`` None while it is out.

    ``to_enter``: used on paper, not yet entered here. ``back``: who said the sheets came back, the first in
    order first; more than one is a clash (decision 039).
    """

    term: int
    first: int
    sheets_to: int
    last_used: int | None = None
    to_enter: Spans = ()
    back: tuple[SaidBack, ...] = ()


class DoubleSpan(msgspec.Struct, frozen=True, gc=False):
    """Numbers that the lot ``lot`` gave a second time; ``open`` are those no person has ruled on yet."""

    lot: EntryId
    first: int
    last: int
    open: Spans


class RegisterState(msgspec.Struct, frozen=True, gc=False):
    """A register-year as its entries make it.

    ``holder`` is the journal with the pen (0: on paper) in ``term``; ``next_number`` is the number to be born
    next; ``last_numbered_at`` the wall clock (ms) of the last lot; ``books`` pairs (book, first number).
    ``previous_holder`` is the last journal that held the pen before paper; ``term_by`` what began the term.
    ``given`` pairs (journal, highest number its lots ever named), whatever became of them. Heard of, not
    applied: ``waiting_authors`` (journals with an act here that waits for its parents) and ``claimed_term``
    (highest term under which somebody else moved the pen or numbers, 0: none).
    """

    id: EntryId
    register: str
    symbol: str
    year: int
    ground: str
    first_number: int
    next_number: int
    book: int
    term: int
    holder: int
    books: tuple[tuple[int, int], ...] = ()
    previous_holder: int = 0
    term_by: str = OPENED
    last_numbered_at: int = 0
    last_lot: LotSeen | None = None
    largest_lot: int = 0
    months: tuple[MonthTally, ...] = ()
    recoveries: tuple[Recovery, ...] = ()
    papers: tuple[PaperStay, ...] = ()
    doubles: tuple[DoubleSpan, ...] = ()
    closed_months: tuple[ClosedMonth, ...] = ()
    closed: bool = False
    closed_by: EntryId | None = None
    given: tuple[tuple[int, int], ...] = ()
    waiting_authors: tuple[int, ...] = ()
    claimed_term: int = 0

    @property
    def last_number(self) -> int:
        """Highest number given or passed over so far; ``first_number - 1`` before the first."""
        return self.next_number - 1

    @property
    def highest_heard(self) -> int:
        """Highest number in any journal held, also of lots that could not be applied."""
        return max([self.last_number, *(number for _, number in self.given)])

    def highest_given(self, journal: int) -> int:
        """Highest number a lot of ``journal`` ever named, 0 for none."""
        return next((number for author, number in self.given if author == journal), 0)

    @property
    def unknown(self) -> Spans:
        """Numbers that nobody here can vouch for: *chưa rõ*, neither valid nor void."""
        return tuple(part for recovery in self.recoveries for part in recovery.unknown)

    @property
    def unknown_count(self) -> int:
        """How many numbers are *chưa rõ*."""
        return size(self.unknown)

    @property
    def open_doubles(self) -> Spans:
        """Numbers given twice on which no person has ruled."""
        return tuple(part for double in self.doubles for part in double.open)

    @property
    def to_enter_from_paper(self) -> Spans:
        """Numbers used on paper that nobody has entered yet."""
        return tuple(part for stay in self.papers for part in stay.to_enter)

    @property
    def claimed_twice(self) -> PaperStay | None:
        """The last sheets that two PCs took back, None when there are none."""
        return next((stay for stay in reversed(self.papers) if len(stay.back) > 1), None)

    @property
    def is_on_paper(self) -> bool:
        """True while printed sheets number instead of a PC."""
        return self.holder == ON_PAPER

    @property
    def numbered(self) -> int:
        """How many numbers the lots gave."""
        return sum(month.numbered for month in self.months)

    @property
    def lines(self) -> int:
        """How many register lines are held."""
        return sum(month.lines for month in self.months)

    @property
    def missing_lines(self) -> int:
        """Lines that a lot announced and that are not held: a bundle was cut between them."""
        return self.numbered - self.lines

    @property
    def voided(self) -> int:
        """How many unknown numbers were voided with minutes."""
        return sum(size(recovery.voided) for recovery in self.recoveries)

    @property
    def rebuilt(self) -> int:
        """How many unknown numbers were rebuilt from slip, receipt or copy, and have no line of their own."""
        return sum(size(recovery.rebuilt) for recovery in self.recoveries)

    def month(self, month: int) -> MonthTally | None:
        """Tally of ``month`` (1-12), None when nothing was numbered in it."""
        return next((tally for tally in self.months if tally.month == month), None)
