"""Arrival in a living office as the screen sees it. Days ``yyyymmdd``, money dong, moments ms."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from sync.protocol.naming.ids import EntryId

from .pen import SecondPerson

LINES, DOSSIERS = "lines", "dossiers"


@dataclass(frozen=True, slots=True)
class RegisterFigure:
    """A kind of register of this year: ``opened`` here already, from ``first``; else to be opened."""

    kind: str
    symbol: str
    title: str
    opened: bool
    first: int = 0


@dataclass(frozen=True, slots=True)
class FiguresView:
    """What of this counter's opening figures is known: registers, receipt book, book 07, float."""

    year: int
    registers: tuple[RegisterFigure, ...]
    receipt_book: str
    form_book: str
    next_form: int
    cash: int
    taken: bool
    seconds: tuple[SecondPerson, ...]


@dataclass(frozen=True, slots=True)
class RegisterOpening:
    """One register-year of the paper books: its last number and the volume it stands in."""

    kind: str
    last_number: int
    book: int


@dataclass(frozen=True, slots=True)
class ReceiptOpening:
    """The book of paper receipts in use: ``next_number`` is the first blank one."""

    symbol: str
    template: str
    first_number: int
    last_number: int
    next_number: int


@dataclass(frozen=True, slots=True)
class FiguresForm:
    """Opening figures as two persons read them: ``last_form`` is the last number in the old book 07."""

    registers: tuple[RegisterOpening, ...]
    receipts: ReceiptOpening | None
    last_form: int
    cash: int
    words: str
    second: EntryId | None
    second_secret: str


@dataclass(frozen=True, slots=True)
class OldColumn:
    """A column of a file: its heading, a few cells, the role proposed for it ("" for none)."""

    heading: str
    examples: tuple[str, ...]
    role: str


@dataclass(frozen=True, slots=True)
class OldFile:
    """A file as it was read; ``rows`` are (line in the file, cells) below the headings."""

    path: str
    name: str
    what: str
    kind: str
    digest: bytes
    columns: tuple[OldColumn, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...] = field(repr=False)
    """``kind`` is the register of lines, "" for dossiers."""


@dataclass(frozen=True, slots=True)
class RowFault:
    """A row that cannot be written: line of the file, its column in words, why."""

    line: int
    column: str
    words: str


@dataclass(frozen=True, slots=True)
class DryRun:
    """What would be written, and what stands against it. Nothing is written while ``faults`` is not empty.

    ``sums`` is a line for people; ``notes`` do not stop. ``samples`` are the first rows as they were read.
    """

    rows: int
    faults: tuple[RowFault, ...]
    fault_count: int
    sums: str
    notes: tuple[str, ...]
    samples: tuple[tuple[str, ...], ...]
    lacking: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LetIn:
    """Two persons let a file in under the chosen roles of its columns."""

    file: OldFile
    roles: tuple[str, ...]
    words: str
    second: EntryId | None
    second_secret: str


@dataclass(frozen=True, slots=True)
class ArrivalProgress:
    """How far a file is written; ``words`` when it is complete. ``here``: its rows are kept on this PC."""

    arrival: EntryId
    name: str
    what: str
    written: int
    planned: int
    here: bool = True
    words: str = ""

    @property
    def is_complete(self) -> bool:
        """True when every row is written."""
        return self.written >= self.planned


class ArrivalPort(Protocol):
    """Books in use come into the program: figures first, then what they hold of the year."""

    def figures(self) -> FiguresView:
        """What is open here already. Raises DomainError ``role.*``."""
        ...

    def take_figures(self, form: FiguresForm) -> str:
        """Everything in one act of two persons, minutes printed. Raises DomainError: nothing is written."""
        ...

    def read_file(self, path: str, what: str, kind: str = "copy") -> OldFile:
        """An .xlsx or .csv file with its columns proposed. Raises DomainError ``sheet.*``, ``role.*``."""
        ...

    def role_names(self, what: str) -> tuple[tuple[str, str], ...]:
        """What a column may be: (role, words)."""
        ...

    def look(self, file: OldFile, roles: tuple[str, ...]) -> DryRun:
        """The dry run. Raises DomainError ``register.none``, ``role.*``."""
        ...

    def begin(self, form: LetIn) -> ArrivalProgress:
        """The file is let in; rows follow by ``write_piece``. Raises DomainError ``arrival.*`` …"""
        ...

    def write_piece(self, arrival: EntryId) -> ArrivalProgress:
        """The next rows in one transaction; minutes come with the last. Raises ``arrival.rows_gone``."""
        ...

    def unfinished(self) -> tuple[ArrivalProgress, ...]:
        """Files that stopped half way, at this PC or another."""
        ...
