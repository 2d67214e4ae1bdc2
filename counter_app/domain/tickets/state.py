"""States of a ticket, of a request from afar, of what a PC said of itself."""

from __future__ import annotations

import msgspec

from counter_app.domain.tickets.entries import BundleNamed, Standing
from sync.protocol.naming.ids import EntryId, device_of

OPEN, ANSWERED, CLOSED = "open", "answered", "closed"
ASKED = "asked"


class TicketState(msgspec.Struct, frozen=True, gc=False):
    """A ticket: OPEN until the province answers, CLOSED once it says so.

    ``answers`` are the answers' words in order with their moments (ms), the newest MOST_ANSWERS of them.
    """

    id: EntryId
    screen: str
    words: str
    standing: Standing
    bundle: BundleNamed
    opened_at: int
    opened_by: EntryId | None
    status: str = OPEN
    answers: tuple[tuple[int, str], ...] = ()
    changed_at: int = 0

    @property
    def number(self) -> str:
        """As people say it."""
        return ticket_number(self.id)


class AfarState(msgspec.Struct, frozen=True, gc=False):
    """A request to one PC: ``asked``, then the outcome it answered."""

    id: EntryId
    device: int
    wish: str
    words: str
    asked_at: int
    until: int
    status: str = ASKED
    code: str = ""
    items: int = 0
    standing: Standing | None = None
    bundle: BundleNamed = BundleNamed()
    answered_at: int = 0

    @property
    def is_open(self) -> bool:
        """True until the PC answered."""
        return self.status == ASKED


class StandingState(msgspec.Struct, frozen=True, gc=False):
    """What a PC said of itself at a moment (ms)."""

    id: EntryId
    standing: Standing
    at: int


MOST_ANSWERS = 20


def ticket_number(ticket: EntryId) -> str:
    """``SC-1-1-204``: device, life and entry; made from the id, so no two are ever alike."""
    return f"SC-{device_of(ticket.journal)}-{ticket.journal & 0xFF}-{ticket.seq}"


def ticket_of(number: str) -> EntryId | None:
    """The ticket that ``ticket_number`` named, None for anything else."""
    parts = number.strip().upper().split("-")
    if len(parts) != 4 or parts[0] != "SC":
        return None
    if not all(part.isascii() and part.isdigit() and len(part) <= 10 for part in parts[1:]):
        return None
    device, life, seq = map(int, parts[1:])
    whole = 0 < device < 2**23 and 0 < life < 256 and 0 < seq < 2**32
    return EntryId(device << 8 | life, seq) if whole else None
