"""Receipt books and the receipts that follow provisional slips (``law.md`` 4.8).

Days are typed as people write them; money is dong. Receipts are voided and refunded at the pen desk's port.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from sync.protocol.naming.ids import EntryId


@dataclass(frozen=True, slots=True)
class BookView:
    """A book of paper receipts of this counter.

    ``left`` can still be written; ``warning`` says in words that it ends soon or may no longer be used
    ('' = neither). ``outcome`` of a closed book: used, returned, destroyed, lost; '' while it is open.
    """

    book: EntryId
    symbol: str
    template: str
    first_number: int
    last_number: int
    next_number: int
    left: int
    issued: int
    amount: int
    in_use: bool
    warning: str = ""
    outcome: str = ""
    closed_words: str = ""


@dataclass(frozen=True, slots=True)
class SlipView:
    """A *Phiếu thu tạm* whose receipt has not followed."""

    slip: EntryId
    code: str
    payer: str
    day: int
    amount: int


@dataclass(frozen=True, slots=True)
class FollowForm:
    """Data of the electronic receipt that replaces a slip: as the system that made it shows them."""

    slip: EntryId
    symbol: str
    number: int
    lookup: str
    day: str


@dataclass(frozen=True, slots=True)
class CloseBookForm:
    """A book is put away; ``words`` name the minutes where papers are left."""

    book: EntryId
    outcome: str
    words: str


class ReceiptBooksPort(Protocol):
    """Books and slips of this counter. Every method raises DomainError with its words."""

    def books(self) -> tuple[BookView, ...]:
        """Books of this counter, the one in use first, closed ones last."""
        ...

    def slips(self) -> tuple[SlipView, ...]:
        """Provisional slips without a receipt, oldest first."""
        ...

    def follow_slip(self, form: FollowForm) -> str:
        """The slip is replaced by an electronic receipt; returns the sentence for the bar."""
        ...

    def close_book(self, form: CloseBookForm) -> str:
        """The book is closed under the key of the person at the counter; returns the sentence."""
        ...
