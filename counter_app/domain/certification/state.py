"""What the journals say about a request, a lot and a refusal; a register line has ``line_state``.

States are read by the counter and by the hub alike and changed only by ``aggregates``. None grows with
the number of its register lines: a lot keeps one bit for each of its lines (at most ``MAX_LOT``).
"""

from __future__ import annotations

import msgspec

from counter_app.domain.certification.entries import PAY_BY_GROUP, OriginalTaken, Requester
from sync.protocol.naming.ids import EntryId

MAX_LOT = 500
"""Lines of one lot; a pile on a signatory's table is far smaller."""

# States of one original inside its request (``sync.md`` 4).
TAKEN_IN = "taken_in"
SUBMITTED = "submitted"
NUMBERED = "numbered"
SIGNED = "signed"
STRUCK = "struck"
ANNULLED = "annulled"
HANDED_OVER = "handed_over"

VALID_LINE_STATES = frozenset({NUMBERED, SIGNED, HANDED_OVER})
"""States of an original to which one line that counts belongs."""


class OriginalState(msgspec.Struct, frozen=True, gc=False):
    """One original of a request: what was taken in, and how far it has come.

    ``line`` and ``number`` are those of the line that counts; after striking they still name the struck
    line until the original is submitted again. Moments are ms, 0 while it has not happened. ``settled_by``
    is the entry that signed or struck the line.
    """

    taken: OriginalTaken
    state: str
    line: EntryId | None = None
    number: int = 0
    book: int = 0
    year: int = 0
    lot: EntryId | None = None
    numbered_at: int = 0
    signed_at: int = 0
    settled_by: EntryId | None = None
    settled_at: int = 0
    handed_over_at: int = 0
    reason: str = ""

    @property
    def is_open(self) -> bool:
        """True while something is still to be done for it."""
        return self.state in (TAKEN_IN, SUBMITTED, NUMBERED, SIGNED)

    @property
    def has_valid_line(self) -> bool:
        """True while a line of the register counts for it."""
        return self.state in VALID_LINE_STATES


class DoubleLine(msgspec.Struct, frozen=True, gc=False):
    """A second line of an original that has a valid one: a person strikes one of the two."""

    original: int
    line: EntryId
    number: int
    book: int
    year: int
    lot: EntryId | None
    numbered_at: int
    signed_at: int = 0
    signed_by: EntryId | None = None


class Contest(msgspec.Struct, frozen=True, gc=False):
    """An act that could not stand beside another: its entry, why, the original (-1: the whole request)."""

    entry: EntryId
    code: str
    original: int = -1


class Payment(msgspec.Struct, frozen=True, gc=False):
    """Money of one receipt or provisional slip of the request, in dong; what went back does not count."""

    receipt: EntryId
    amount: int
    provisional: bool
    voided: bool = False
    refunded: int = 0

    @property
    def counts(self) -> int:
        """What is still in the cash box for this request, in dong."""
        return 0 if self.voided else max(0, self.amount - self.refunded)


class RequestState(msgspec.Struct, frozen=True, gc=False):
    """A request of certifications (``law.md`` 4).

    ``code`` is the digits-only provisional code, ``daily`` the number of the counter's day, ``day`` the
    local date ``yyyymmdd``, ``due_at`` the promise in ms. ``returned_reason`` is "" unless the signatory's
    side sent it back. ``doubles`` are lines whose original had a valid line already,
    ``contested`` the acts that could not stand beside others and that no person has settled.
    """

    id: EntryId
    code: str
    daily: int
    day: int
    taken_at: int
    taken_by: EntryId | None
    requester: Requester
    originals: tuple[OriginalState, ...]
    due_at: int
    pay: str
    channel: str
    signatory: EntryId | None
    register: str
    person: EntryId | None = None
    returned_reason: str = ""
    returned_words: str = ""
    returned_at: int = 0
    extended: bool = False
    extension_ground: str = ""
    payments: tuple[Payment, ...] = ()
    refusals: tuple[EntryId, ...] = ()
    doubles: tuple[DoubleLine, ...] = ()
    contested: tuple[Contest, ...] = ()
    printed: tuple[tuple[str, int], ...] = ()
    receiver: str = ""
    receiver_id: str = ""
    slip_lost: bool = False
    handed_over_at: int = 0
    group: EntryId | None = None
    group_line: int = 0
    group_label: str = ""

    def register_of(self, original: OriginalState) -> str:
        """The kind of register in which an original gets its number."""
        return original.taken.matter or self.register

    @property
    def registers(self) -> tuple[str, ...]:
        """Kinds of registers its originals belong to, each once, in the order of the rows."""
        return tuple(dict.fromkeys(map(self.register_of, self.originals)))

    def waits_in(self, register: str) -> bool:
        """True when an original waits for a number of that kind of register."""
        waiting = any(o.state == SUBMITTED and self.register_of(o) == register for o in self.originals)
        return waiting and not self.is_returned

    @property
    def is_returned(self) -> bool:
        """True while it lies with the clerk again, waiting to be mended."""
        return bool(self.returned_reason)

    @property
    def waits_for_number(self) -> bool:
        """True when at least one original is submitted and none of it was sent back."""
        return not self.is_returned and any(o.state == SUBMITTED for o in self.originals)

    @property
    def fees(self) -> int:
        """Fees and photocopies of the originals whose copies are or will be given, in dong."""
        return sum(price(o.taken) for o in self.originals if o.state != STRUCK)

    @property
    def paid(self) -> int:
        """Money taken and not given back, in dong."""
        return sum(payment.counts for payment in self.payments)

    @property
    def to_pay(self) -> int:
        """What is still to be paid, in dong; never negative; 0 where his group pays."""
        return 0 if self.pay == PAY_BY_GROUP else max(0, self.fees - self.paid)

    @property
    def to_refund(self) -> int:
        """What was paid beyond what is due (struck originals, a double payment), in dong."""
        return max(0, self.paid - self.fees)

    @property
    def pay_state(self) -> str:
        """``unpaid``, ``part``, ``paid`` or ``over``."""
        if self.paid > self.fees:
            return "over"
        if self.paid == self.fees:
            return "paid"
        return "part" if self.paid else "unpaid"

    @property
    def stage(self) -> str:
        """The request as one word for lists; the least advanced original decides."""
        if self.is_returned:
            return "returned"
        states = {o.state for o in self.originals}
        for stage in (TAKEN_IN, SUBMITTED, NUMBERED, SIGNED, HANDED_OVER, ANNULLED):
            if stage in states:
                return stage
        return STRUCK


def price(taken: OriginalTaken) -> int:
    """Fee of one original plus the commune's own photocopies (no fee, ``law.md`` 4.8), in dong."""
    return taken.fee + taken.photocopy_pages * taken.photocopy_price


class LotState(msgspec.Struct, frozen=True, gc=False):
    """A pile that left for the signatory as one act.

    ``settled`` has one bit per line, set once the line is signed or struck: two acts on one line at the
    same time count once. ``seen`` are lines of the lot held so far (a bundle may bring them later).
    """

    id: EntryId
    register: EntryId
    delegation: EntryId
    signatory: EntryId
    signatory_line: str
    signatory_name: str
    prefix: str
    term: int
    book: int
    first_number: int
    count: int
    day: int
    lines_digest: bytes
    under_own_key: bool
    numbered_at: int
    numbered_by: EntryId | None
    seen: int = 0
    signed: int = 0
    struck: int = 0
    settled: bytes = b""

    @property
    def last_number(self) -> int:
        """Highest number of the lot."""
        return self.first_number + self.count - 1

    @property
    def unconfirmed(self) -> int:
        """Numbers given whose ink and seal are not confirmed and that are not struck."""
        return self.count - self.signed - self.struck


class RefusalState(msgspec.Struct, frozen=True, gc=False):
    """A written refusal (art. 22): no number, no register line."""

    id: EntryId
    requester: Requester
    original_name: str
    ground: str
    words: str
    day: int
    refused_at: int
    refused_by: EntryId | None
    request: EntryId | None = None
    printed: tuple[tuple[str, int], ...] = ()
    matter: str = "copy"
