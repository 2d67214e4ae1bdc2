"""Who looked at personal data on this PC (``quality.md`` Security), for a supervisor to read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

PERSON = "person"
REQUEST = "request"
DOSSIER = "dossier"
LINE = "line"
WORK_LIST = "work_list"
SEARCH = "search"
PILE = "pile"
LOT = "lot"
MONTH = "month"
MONTH_PDF = "month_pdf"
MONTH_EXCEL = "month_excel"
COPY_CHECK = "copy_check"
SYNC_LIST = "sync_list"
QUESTION = "question"
BUNDLE_OUT = "bundle_out"
PRINT_LIST = "print_list"
PREVIEW = "preview"
PRINT = "print"
OPEN_LOCKED = "open_locked"
EXPORT_ALL = "export_all"

WAYS = (
    PERSON, REQUEST, DOSSIER, LINE, WORK_LIST, SEARCH, PILE, LOT, MONTH, MONTH_PDF, MONTH_EXCEL, COPY_CHECK,
    SYNC_LIST, QUESTION, BUNDLE_OUT, PRINT_LIST, PREVIEW, PRINT, OPEN_LOCKED, EXPORT_ALL,
)  # fmt: skip
"""Every way personal data is looked at or leaves this PC; kept in the log by these codes."""


@dataclass(frozen=True, slots=True)
class ReadRow:
    """One look: ``at`` ms, ``who`` by name ("" when nobody was signed in), ``what`` of ``WAYS``.

    ``subjects`` are short codes or ids of what was seen, never a name; ``shown`` counts all that was seen.
    """

    id: int
    at: int
    who: str
    what: str
    subjects: tuple[str, ...]
    shown: int
    reason: str


class ReadsPort(Protocol):
    """The log of looks."""

    def rows(self, days: int = 1) -> tuple[ReadRow, ...]:
        """Looks of the last ``days`` days, today included, newest first, at most 1,000.

        Raises DomainError ``role.*`` unless the person may read accounts (heads and inspection).
        """
        ...

    def intact(self) -> bool:
        """False when a row was changed or taken out. Raises DomainError ``role.*``."""
        ...
