"""What the journals say about a dossier: four axes, of which the portal's state is derived (``law.md`` 2.2).

The history itself is not here: it is the entries, read when somebody looks. The state is bounded by the
procedure's own list of papers and by the few papers issued, never by the number of its hands.
"""

from __future__ import annotations

from enum import StrEnum

import msgspec

from counter_app.domain.certification.state import Payment
from counter_app.domain.dossiers.clock.running import Clock
from counter_app.domain.dossiers.entries import (
    Companion,
    FeeUsed,
    LimitUsed,
    PaperTaken,
    Party,
    ProcedureUsed,
)
from sync.protocol.naming.ids import EntryId


class Stage(StrEnum):
    """Business axis. Words for people are ``tokens.json`` record_states."""

    ONLINE = "online"
    """Filed online, waiting for acceptance (portal 1)."""
    HANDED_IN = "handed_in"
    """Handed in at a counter, its outcome not yet known (portal 1)."""
    ACCEPTED = "accepted"
    """Form 01 was given; nobody has taken it yet (portal 2)."""
    REFUSED = "refused"
    PROCESSING = "processing"
    AWAITING_DECISION = "awaiting_decision"
    """A draft of the result lies with who decides (Chờ ký; portal 4)."""
    WAITING_CITIZEN = "waiting_citizen"
    WAITING_FEE = "waiting_fee"
    WITHDRAWN = "withdrawn"
    STOPPED = "stopped"
    DONE = "done"
    RETURNED = "returned"


ENDED = frozenset({Stage.REFUSED, Stage.WITHDRAWN, Stage.STOPPED, Stage.RETURNED})
"""Terminal: nothing more happens to the dossier itself."""

AT_WORK = frozenset({Stage.ACCEPTED, Stage.PROCESSING, Stage.AWAITING_DECISION})
"""Where a handler may act."""


class Form(msgspec.Struct, frozen=True, gc=False):
    """A numbered paper that was issued: form 01-05, its book and number, by which entry and when."""

    form: str
    book: str
    number: int
    entry: EntryId
    at: int


class Place(msgspec.Struct, frozen=True, gc=False):
    """Where the dossier lies: a post of the unit or another body; ``taken`` False: handed on, not taken.

    ``by``: the official who took it, None while nobody did.
    """

    post: EntryId | None = None
    unit: str = ""
    name: str = ""
    since: int = 0
    taken: bool = True
    by: EntryId | None = None


class Result(msgspec.Struct, frozen=True, gc=False):
    """The recorded result; ``date`` is ``yyyymmdd``."""

    kind: str
    title: str
    number: str
    date: int
    signer: str
    medium: str
    granted: bool
    entry: EntryId
    at: int


class DossierState(msgspec.Struct, frozen=True, gc=False):
    """A dossier (``law.md`` 1.2, 2, 6). Moments are ms, days ``yyyymmdd``.

    ``code`` is the counter's provisional code, ``official_code`` the province's when it has come. ``asked``
    are the places of rows that were asked in form 02 and not yet brought. ``old_code``: its code in the old
    tracking register, for a dossier that was open when the office arrived.
    """

    id: EntryId
    stage: Stage
    channel: str
    procedure: ProcedureUsed
    party: Party
    companions: tuple[Companion, ...]
    cases: tuple[str, ...]
    papers: tuple[PaperTaken, ...]
    fees: tuple[FeeUsed, ...]
    limit: LimitUsed
    deliver: str
    competent: str = ""
    pay: str = "now"
    cannot_sign: str = ""
    note: str = ""
    code: str = ""
    daily: int = 0
    day: int = 0
    official_code: str = ""
    portal_code: str = ""
    submitted_at: int = 0
    submitted_by: EntryId | None = None
    accept_by: int = 0
    received_at: int = 0
    person: EntryId | None = None
    clock: Clock = Clock()
    asked: tuple[int, ...] = ()
    asked_reason: str = ""
    place: Place = Place()
    forms: tuple[Form, ...] = ()
    result: Result | None = None
    drawer: str = ""
    ready_at: int = 0
    returned_at: int = 0
    receiver: str = ""
    slip_lost: bool = False
    contacts: int = 0
    last_contact: str = ""
    payments: tuple[Payment, ...] = ()
    paid_online: int = 0
    printed: tuple[tuple[str, int], ...] = ()
    ended_at: int = 0
    ended_words: str = ""
    before_wait: Stage = Stage.ACCEPTED
    old_code: str = ""

    @property
    def is_open(self) -> bool:
        """True while something is still to be done, the handing over of the result included."""
        return self.stage not in ENDED

    @property
    def paid(self) -> int:
        """What is in the cash box for it, in dong."""
        return sum(payment.counts for payment in self.payments)

    @property
    def fee(self) -> int | None:
        """What is owed in dong; None while a line's rate is not known ("chưa có mức") - never 0 then."""
        lines = [line for line in self.fees if not line.exemption]
        return sum(line.amount for line in lines) if all(line.known for line in lines) else None

    @property
    def to_pay(self) -> int:
        """What is still to be paid of the known rates, in dong; paid on the portal counts as well."""
        owed = sum(line.amount for line in self.fees if line.known and not line.exemption)
        return max(0, owed - self.paid - self.paid_online)

    def form(self, name: str) -> Form | None:
        """The newest paper of a form, or None."""
        return next((form for form in reversed(self.forms) if form.form == name), None)
