"""The register of a month: every legal column, export, closing (``ux.md`` 4.8)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from counter_app.services.ports.register_reports import RegisterReportsPort
from counter_app.services.ports.register_row import RegisterRow
from counter_app.services.ports.register_years import RegisterYearsPort
from sync.protocol.naming.ids import EntryId


@dataclass(frozen=True, slots=True)
class RegisterMonth:
    """A month of one register. ``blocked`` says in words why it cannot be closed ('' = it can).

    ``heads`` are the eight heads of its columns, empty for those of copies.
    """

    register: str
    title: str
    year: int
    month: int
    book: int
    rows: tuple[RegisterRow, ...]
    sum_line: str
    copies: int
    fees: int
    blocked: str
    closed: bool
    data_note: str
    heads: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OpeningForm:
    """Opening balance of a register from the paper book; ``second`` gives his secret at this PC."""

    year: int
    book: int
    last_number: int
    words: str
    second: EntryId
    second_secret: str
    kind: str = "copy"


@dataclass(frozen=True, slots=True)
class RegisterTab:
    """A register in use: its kind, symbol and title; ``open`` when this year's is."""

    kind: str
    symbol: str
    title: str
    open: bool


class RegistersPort(RegisterYearsPort, RegisterReportsPort, Protocol):
    """Registers, their years and reports; ``kind`` names which one, copies unless it is given."""

    def kinds(self) -> tuple[RegisterTab, ...]:
        """Registers in use today, in the order of the law."""
        ...

    def months(self, kind: str = "copy") -> tuple[tuple[int, int], ...]:
        """(year, month) with lines, newest first."""
        ...

    def month(self, year: int, month: int, kind: str = "copy") -> RegisterMonth:
        """All lines of a month in order, with unknown numbers shown as such."""
        ...

    def export_pdf(self, year: int, month: int, kind: str = "copy") -> str:
        """Writes the month's PDF into the papers' folder; returns its path."""
        ...

    def export_excel(self, year: int, month: int, kind: str = "copy") -> str:
        """Writes the month as xlsx with real dates and money; returns its path."""
        ...

    def close_month(self, year: int, month: int, pin: str, kind: str = "copy") -> str:
        """Closes and prints the month; raises DomainError naming what is open."""
        ...

    def open_register(self, form: OpeningForm) -> str:
        """Opening balance, two persons; the person at the counter is the first."""
        ...

    def month_of(self, line: EntryId) -> tuple[int, int]:
        """(year, month) whose page holds a line; raises DomainError ``subject.unknown``."""
        ...

    def register_of(self, line: EntryId) -> str:
        """The kind of register a line stands in; raises DomainError ``subject.unknown``."""
        ...

    def history(self, line: EntryId) -> tuple[str, ...]:
        """The acts on one line in words, oldest first."""
        ...
