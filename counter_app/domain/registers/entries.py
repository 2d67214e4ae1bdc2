"""Kinds of entry of a register-year: opening, pen, recovery, closing (``sync.md`` 4, NĐ 23/2015 art. 13).

The main subject of all of them is the register-year, which is begun by ``RegisterOpened``.
Two persons act where the design says so: the author's seal is on the entry, the second person's
signature (``second_seal``, over the body with an empty ``second_seal``) is inside the body.
"""

from __future__ import annotations

from sync.protocol.naming.ids import EntryId

from ..field_types import Body, Code, Count, Day, JournalNumber, Moment, Number, Seal, Short, Term, Text, Year

FIRST = "first"
OPENING_BALANCE = "opening_balance"
NEW_YEAR = "new_year"
LIVE_REQUEST = "live"
INTO_FILE = "file"
REBUILT = "rebuilt"
VOIDED = "voided"


class RegisterOpened(Body):
    """A register-year begins with its first number; ``holder`` is the journal that holds the pen (term 1).

    In mid-year (OPENING_BALANCE) ``next_number`` and ``book`` come from the paper book, two persons.
    """

    register: Code
    symbol: Short
    year: Year
    next_number: Number
    book: Count
    ground: Code
    words: Text
    holder: JournalNumber
    second: EntryId | None = None
    second_seal: Seal = b""


class BookOpened(Body):
    """The next bound volume of the same year; numbers go on (NĐ 23/2015 art. 13(2))."""

    book: Count
    from_number: Number


class PenPassed(Body):
    """The pen goes to another journal: in answer to its live request, or into a file a person chose.

    ``request`` is the 16-byte nonce of the live request, empty for a file.
    """

    term: Term
    to: JournalNumber
    next_number: Number
    how: Code
    request: bytes = b""


class PenPassedToPaper(Body):
    """Power cut: printed sheets number on paper until the pen comes back; two persons."""

    term: Term
    next_number: Number
    sheets_to: Number
    second: EntryId
    second_seal: Seal


class PenReturnedFromPaper(Body):
    """The pen comes back from paper with the last number used there; two persons."""

    term: Term
    last_used: Count
    holder: JournalNumber
    second: EntryId
    second_seal: Seal


class PenRecovered(Body):
    """The pen of a dead PC is taken over; ``last_known < n < resume_at`` are unknown (chưa rõ).

    ``resume_at > max(highest held, highest seen on paper) + originals waiting there + its largest lot``.
    """

    term: Term
    lost: JournalNumber
    holder: JournalNumber
    last_known: Count
    highest_on_paper: Count
    waiting_there: Count
    largest_lot: Count
    resume_at: Number
    ground: Text
    second: EntryId
    second_seal: Seal


class NumberSettled(Body):
    """One unknown number is settled from evidence, or voided with minutes; ``line`` where rebuilt."""

    number: Number
    outcome: Code
    evidence: Text
    line: EntryId | None = None
    requester_name: Short = ""
    original_name: Short = ""
    copies: Count = 0
    fee: Count = 0
    on: Day = 0
    signatory_line: Short = ""


class DoubleRuled(Body):
    """A person rules which of two lines with one number stands; the other is struck."""

    number: Number
    keep: EntryId
    strike: EntryId
    ground: Text


class MonthClosed(Body):
    """A month's pages are printed, bound and closed; counts as printed on the closing line.

    ``held`` are pairs (journal, last entry held) of the PC that printed: what lies beyond is not on paper.
    """

    month: Count
    first: Count
    last: Count
    signed: Count
    struck: Count
    voided: Count
    copies: Count
    fees: Count
    closed_at: Moment
    held: tuple[tuple[JournalNumber, Count], ...] = ()


class YearClosed(Body):
    """The register-year is closed on 31/12 with its total (NĐ 23/2015 art. 13(3))."""

    last: Count
    signed: Count
    struck: Count
    voided: Count
    closed_at: Moment
    second: EntryId
    second_seal: Seal
