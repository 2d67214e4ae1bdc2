"""Print jobs: queue, retry, preview (``ux.md`` 3.4), and the day's closing (``ux.md`` 4.9)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from .receipts import ReceiptBooksPort


@dataclass(frozen=True, slots=True)
class PrintJobView:
    """A job in *Bản in đang chờ*; ``state`` queued, printed, failed, dropped."""

    job: int
    title: str
    printer: str
    pages: int
    state: str
    words: str
    at: int


@dataclass(frozen=True, slots=True)
class DayView:
    """The day's money in dong: ``problems`` stop the closing, ``open_items`` are listed on the sheet.

    ``counted`` is what was counted when the day was closed, None before. ``receipts`` were given today,
    ``voided`` of them voided; ``slips`` wait for their receipt, of whatever day. ``refunded`` left the
    drawer, ``transferred_back`` the account.
    """

    day: int
    opening: int
    cash: int
    transfer: int
    refunded: int
    expected: int
    problems: tuple[str, ...]
    open_items: tuple[str, ...]
    closed: bool
    counted: int | None = None
    receipts: int = 0
    voided: int = 0
    slips: int = 0
    transferred_back: int = 0


@dataclass(frozen=True, slots=True)
class DayForm:
    """The count by denomination and the reason of a difference."""

    counted: tuple[tuple[int, int], ...]
    reason: str = ""


class PapersPort(Protocol):
    """What comes out of printers."""

    def waiting(self) -> tuple[PrintJobView, ...]:
        """Jobs not printed yet."""
        ...

    def print_job(self, job: int, printer: str = "") -> PrintJobView:
        """Prints a stored job (again); never raises for a printer: the job's state says it."""
        ...

    def reprint(self, job: int, reason: str) -> PrintJobView:
        """A second print, marked ``Bản in lần 2``."""
        ...

    def drop(self, job: int, reason: str) -> None:
        """Takes a failed job off the list with a reason; the record stays."""
        ...

    def preview(self, job: int, page: int = 0) -> bytes:
        """PNG of a page."""
        ...

    def printers(self) -> tuple[str, ...]:
        """Printers of this PC."""
        ...


class CashPort(ReceiptBooksPort, Protocol):
    """Closing the counter's day; its receipt books and slips."""

    def day(self) -> DayView:
        """Today's money and what is open."""
        ...

    def close_day(self, form: DayForm, pin: str) -> str:
        """F9: closing entry, sheet printed, backup made; returns the sentence."""
        ...
