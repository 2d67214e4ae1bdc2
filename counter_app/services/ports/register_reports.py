"""Counts of certification for half a year or a year (``law.md`` 4.5); each figure opens its lines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from counter_app.services.ports.register_row import RegisterRow

FIGURES = ("numbers", "signed", "unconfirmed", "struck", "annulled", "own")
"""Figures of a row that open their lines, as ``ReportPort.report_lines`` takes them."""


@dataclass(frozen=True, slots=True)
class ReportPeriod:
    """``half`` 1: January to June, 2: July to December, 0: the whole year."""

    year: int
    half: int = 0


@dataclass(frozen=True, slots=True)
class ReportRow:
    """Counts of one register (``signatory`` empty) or of one signatory in it.

    ``numbers`` = signed + unconfirmed + struck + annulled. ``copies``, ``fees`` (dong): without struck ones.
    ``own``: numbers whose receiver was the signatory himself (allowed by TT 01/2020 art. 11(1), counted).
    """

    kind: str
    label: str
    signatory: str
    numbers: int
    signed: int
    unconfirmed: int
    struck: int
    annulled: int
    copies: int
    fees: int
    own: int


@dataclass(frozen=True, slots=True)
class Report:
    """A period's rows by register, each followed by those of its signatories; ``total`` of all registers."""

    period: ReportPeriod
    title: str
    note: str
    rows: tuple[ReportRow, ...]
    total: ReportRow


class RegisterReportsPort(Protocol):
    """Reports of certification; raises DomainError ``role.*``."""

    def report_periods(self) -> tuple[ReportPeriod, ...]:
        """Periods that have begun in years with a register, newest first."""
        ...

    def report(self, period: ReportPeriod) -> Report:
        """The counts of a period."""
        ...

    def report_lines(self, period: ReportPeriod, row: ReportRow, figure: str) -> tuple[RegisterRow, ...]:
        """The lines behind one figure of a row, by register and number."""
        ...

    def export_report(self, period: ReportPeriod, *, excel: bool) -> str:
        """Writes the report as xlsx with real figures and dates, or as PDF; returns its path."""
        ...
