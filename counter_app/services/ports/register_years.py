"""A register-year: what keeps it from being closed, its book, the next year, notes after binding."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from counter_app.services.ports.pen import SecondPerson
from sync.protocol.naming.ids import EntryId


@dataclass(slots=True)
class BookProgress:
    """How far a book of a year is; shared by the worker that writes it and the screen that shows it.

    ``done`` of ``total`` steps: reading is the first, each month one. ``stopped`` is set by the screen.
    """

    total: int = 0
    done: int = 0
    stopped: bool = False


@dataclass(frozen=True, slots=True)
class YearMonth:
    """A month of the year with numbers: first to last, how many, whether it is bound."""

    month: int
    first: int
    last: int
    numbers: int
    closed: bool


@dataclass(frozen=True, slots=True)
class YearCard:
    """One register-year on the page. ``open_items``: what keeps it open, in words (empty: it may be closed).

    ``total`` is the sum line; ``next_why_not`` says why the next year cannot be opened here ('' = it can).
    ``unprinted`` counts later notes of bound months whose slip has not come out, ``settled`` numbers settled.
    """

    register: EntryId
    kind: str
    symbol: str
    title: str
    year: int
    books: str
    first: int
    last: int
    holder: str
    closed: bool
    open_items: tuple[str, ...]
    total: str
    months: tuple[YearMonth, ...]
    next_why_not: str
    unprinted: int
    settled: int


@dataclass(frozen=True, slots=True)
class YearForm:
    """Two persons close a register-year: the PIN of the one at the counter, the second's secret."""

    kind: str
    year: int
    pin: str
    second: EntryId
    second_secret: str


@dataclass(frozen=True, slots=True)
class LaterNoteRow:
    """A change of a bound line; ``when`` ms; ``printed`` once its slip came out."""

    line: EntryId
    number: int
    month: int
    when: int
    words: str
    who: str
    printed: bool


@dataclass(frozen=True, slots=True)
class CorrectionForm:
    """A written column (3-7) of a line put right, with the ground; ``second`` approves at this PC.

    ``secret``: PIN or password of the person at the counter, who is the first of the two.
    """

    line: EntryId
    column: int
    now: str
    words: str
    second: EntryId
    second_secret: str
    secret: str = ""


class RegisterYearsPort(Protocol):
    """Years of a register; changes return the sentence for the bar and raise DomainError."""

    def years(self, kind: str = "copy") -> tuple[YearCard, ...]:
        """Register-years of a kind, newest first: around New Year two stand side by side."""
        ...

    def closing_seconds(self) -> tuple[SecondPerson, ...]:
        """Who may sign a closing beside the person at the counter."""
        ...

    def close_year(self, form: YearForm) -> str:
        """Closes the year and prints closing sheet and minutes; names everything open."""
        ...

    def export_year(self, year: int, kind: str = "copy", progress: BookProgress | None = None) -> str:
        """Writes the yearly book as PDF; returns its path."""
        ...

    def open_next_year(self, year: int, kind: str = "copy") -> str:
        """The last holder of ``year`` opens the next one from December on."""
        ...

    def later_notes(self, year: int, kind: str = "copy") -> tuple[LaterNoteRow, ...]:
        """What changed in bound months, by number."""
        ...

    def print_later_notes(self, year: int, kind: str = "copy") -> str:
        """Prints the slips to paste that have not come out."""
        ...

    def note(self, line: EntryId, words: str) -> str:
        """A note in Ghi chú of one line."""
        ...

    def correct(self, form: CorrectionForm) -> str:
        """A written column put right by two persons; the line stays readable."""
        ...

    def print_settlement(self, year: int, second: EntryId, kind: str = "copy") -> str:
        """Minutes of the unknown numbers settled so far, for two persons to sign."""
        ...
