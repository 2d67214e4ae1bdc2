"""The pen and the registers' irregular acts: dead PC, unknown numbers, doubles, paper, annulment, receipts.

Days are typed as people write them (``20/11/2026``) and come back as ``yyyymmdd``; money is dong. Where two
persons act, the one at the counter is the first; ``second`` gives his PIN or password at this PC.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from sync.protocol.naming.ids import EntryId


@dataclass(frozen=True, slots=True)
class PenCard:
    """One register-year. ``last_number``: the highest given or passed over as far as this PC knows.

    ``unknown`` and ``to_enter`` (used on paper, not entered) are spans in words such as ``1778-1783``;
    ``waiting`` counts requests that wait for a number. ``sheets_to``: last number on the printed sheets
    while the pen is on paper; ``enter_first``: the next number to enter from them; 0 = none.
    ``taken_back``: PCs that both took back the same sheets, each with the last number it read there.
    """

    register: EntryId
    symbol: str
    year: int
    book: int
    holder: str
    here: bool
    on_paper: bool
    last_number: int
    unknown: str
    unknown_count: int
    doubles: int
    to_enter: str
    waiting: int
    closed: bool
    numbered_at: int = 0
    sheets_to: int = 0
    enter_first: int = 0
    taken_back: str = ""


@dataclass(frozen=True, slots=True)
class Counterpart:
    """Another counter of the unit, as far as this PC knows it; ``number`` within the unit."""

    number: int
    name: str


@dataclass(frozen=True, slots=True)
class SecondPerson:
    """Somebody whose key is on this PC and who may confirm an act of two persons."""

    official: EntryId
    name: str
    title: str


@dataclass(frozen=True, slots=True)
class RecoveryProposal:
    """What is known here of a lost PC and the least number to go on at, for what was typed so far."""

    register: EntryId
    lost: str
    last_known: int
    largest_lot: int
    waiting_there: int
    highest_on_paper: int
    least_resume_at: int


@dataclass(frozen=True, slots=True)
class RecoveryForm:
    """Two persons take the pen over. ``resume_at`` 0 takes the least; persons may raise, never lower."""

    register: EntryId
    highest_on_paper: int
    waiting_there: int
    ground: str
    second: EntryId
    second_secret: str
    resume_at: int = 0


@dataclass(frozen=True, slots=True)
class UnknownNumber:
    """A number nobody vouches for (*chưa rõ*); ``lost`` names the PC that may have given it."""

    number: int
    lost: str


@dataclass(frozen=True, slots=True)
class RebuiltForm:
    """Columns of one unknown number from a slip, receipt or copy; ``evidence`` names which."""

    register: EntryId
    number: int
    evidence: str
    name: str
    original: str
    copies: int
    fee: int
    day: str
    signatory: str


@dataclass(frozen=True, slots=True)
class DoubleLine:
    """One of two lines that bear a number; ``counter`` wrote it, ``state`` is a record state."""

    line: EntryId
    name: str
    original: str
    day: int
    copies: int
    state: str
    counter: str


@dataclass(frozen=True, slots=True)
class Double:
    """A number given twice, for a person to rule on."""

    number: int
    lines: tuple[DoubleLine, ...]


@dataclass(frozen=True, slots=True)
class LineFound:
    """A line of the register; ``state`` numbered, signed, struck, annulled."""

    line: EntryId
    number: str
    day: int
    name: str
    original: str
    copies: int
    state: str
    remarks: str


@dataclass(frozen=True, slots=True)
class AnnulForm:
    """The Chairman's decision on one signed line (TT 01/2020 art. 7)."""

    line: EntryId
    act_number: str
    act_day: str
    words: str
    second: EntryId
    second_secret: str


@dataclass(frozen=True, slots=True)
class ReceiptFound:
    """A receipt or provisional slip; ``left`` is what may still go back, ``method`` how it was paid."""

    receipt: EntryId
    title: str
    payer: str
    day: int
    amount: int
    left: int
    void: bool
    method: str = "cash"


@dataclass(frozen=True, slots=True)
class UndoForm:
    """Why a receipt is voided or money goes back, and who stands beside.

    ``method``: money goes back in ``cash`` or by ``transfer``, "" the way it was paid.
    """

    receipt: EntryId
    ground: str
    second: EntryId
    second_secret: str
    method: str = ""


@dataclass(frozen=True, slots=True)
class BookForm:
    """A book of paper receipts; ``next_number`` where a started one goes on."""

    symbol: str
    template: str
    first_number: int
    last_number: int
    next_number: int


@dataclass(frozen=True, slots=True)
class PenOffer:
    """A running counter that could take the pens of this PC, ``registers`` by symbol, when it closes."""

    journal: int
    name: str
    registers: tuple[str, ...]


class PenDeskPort(Protocol):
    """The pen of every register and what goes wrong with numbers and receipts.

    Every method raises DomainError with its words; changes return the sentence for the bar.
    """

    def cards(self) -> tuple[PenCard, ...]:
        """Each register-year, newest first."""
        ...

    def counterparts(self) -> tuple[Counterpart, ...]:
        """Counters of the unit that the pen can be passed to, by number."""
        ...

    def seconds(self, *, money: bool = False) -> tuple[SecondPerson, ...]:
        """Who may confirm beside the person at the counter; ``money`` for receipts."""
        ...

    def proposal(
        self, register: EntryId, highest_on_paper: int = 0, waiting_there: int = 0
    ) -> RecoveryProposal:
        """What recovering would say, computed again for what was typed."""
        ...

    def recover(self, form: RecoveryForm) -> str:
        """The pen of a dead PC comes here; minutes are printed."""
        ...

    def unknown_numbers(self, register: EntryId) -> tuple[UnknownNumber, ...]:
        """Numbers to settle one by one."""
        ...

    def settle_rebuilt(self, form: RebuiltForm) -> str:
        """One unknown number gets its columns from evidence."""
        ...

    def settle_void(self, register: EntryId, number: int, minutes: str) -> str:
        """One unknown number is voided with the minutes named."""
        ...

    def doubles(self, register: EntryId) -> tuple[Double, ...]:
        """Numbers that two lines bear."""
        ...

    def rule_double(self, register: EntryId, number: int, keep: EntryId, strike: EntryId, ground: str) -> str:
        """One of two lines stands, the other is struck; both stay readable."""
        ...

    def pass_to_paper(self, register: EntryId, sheets: int, second: EntryId, secret: str) -> str:
        """Power cut: the next ``sheets`` numbers are printed on register sheets and used by hand."""
        ...

    def return_from_paper(self, register: EntryId, last_used: int, second: EntryId, secret: str) -> str:
        """The pen comes back to this PC with the last number used on paper."""
        ...

    def enter_from_paper(
        self, requests: tuple[EntryId, ...], first: int, day: str, pin: str, signatory: EntryId | None = None
    ) -> str:
        """Requests of the power cut get the numbers they bear on paper, marked so; no text is printed."""
        ...

    def pass_pen_to_file(self, counter: int, folder: str, register: EntryId | None = None) -> str:
        """The pen leaves this PC for another counter in a file; returns the file's name.

        ``register`` None: the copies register of this year.
        """
        ...

    def offers(self) -> tuple[PenOffer, ...]:
        """Counters in contact that could take the pens held here; nobody need be signed in."""
        ...

    def offer_pens(self, journal: int) -> str:
        """Every pen held here goes to a counter in contact; the sentence. At closing, by anybody."""
        ...

    def fetch_pen(self, register: EntryId) -> str:
        """Asks the PC with the pen over the LAN. Raises ``pen.not_reached``, ``pen.not_passed``."""
        ...

    def line_of_number(self, register: EntryId, number: int) -> tuple[LineFound, ...]:
        """Lines that bear a number."""
        ...

    def annul(self, form: AnnulForm) -> str:
        """A signed line loses its value by the Chairman's decision."""
        ...

    def receipts(self, text: str) -> tuple[ReceiptFound, ...]:
        """Receipts by their number, symbol and number, or a slip's code."""
        ...

    def void_receipt(self, form: UndoForm) -> str:
        """The receipt no longer counts, its number stays used."""
        ...

    def refund(self, form: UndoForm, amount: int) -> str:
        """Money goes back from this counter's box."""
        ...

    def open_receipt_book(self, form: BookForm) -> str:
        """A new book of paper receipts of this counter."""
        ...
