"""Taking in a dossier of any procedure on one page (``ux.md`` 4.3)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from counter_app.services.ports.copies import KnownPerson, MoneyLine, Notice
from sync.protocol.naming.ids import EntryId

ACCEPT, ASK, REFUSE = "accept", "ask", "refuse"


@dataclass(frozen=True, slots=True)
class PartyForm:
    """Who the dossier is for, as typed or read from a card; ``birth`` is the text of the field.

    ``unit`` is the code of the commune picked (empty: only the free text), ``unit_text`` what was typed to
    pick it. ``kind``: citizen, organisation, household.
    """

    kind: str = "citizen"
    id_kind: str = "cccd"
    id_number: str = ""
    name: str = ""
    birth: str = ""
    sex: str = ""
    address: str = ""
    unit: str = ""
    unit_text: str = ""
    phone: str = ""
    email: str = ""
    from_card: bool = False
    person: EntryId | None = None
    card_issued: str = ""
    """Day of issue as the card gave it (``PersonForm.card_issued``), "" when it was typed."""


@dataclass(frozen=True, slots=True)
class CompanionForm:
    """Someone beside the party; ``role``: representative, helper, witness, interpreter, spouse, child.

    ``detail``: the authorisation paper, the language, the relation.
    """

    role: str
    name: str = ""
    id_kind: str = "cccd"
    id_number: str = ""
    birth: str = ""
    detail: str = ""
    from_card: bool = False


@dataclass(frozen=True, slots=True)
class PaperTick:
    """The tick of one row: ``row`` is its place in the procedure's list.

    ``state``: brought, missing, looked_up, differs, queued, at_return. ``made_as``: original, certified,
    photo,
    electronic.
    """

    row: int
    state: str
    made_as: str = "original"
    count: int = 1
    note: str = ""


@dataclass(frozen=True, slots=True)
class IntakeForm:
    """The whole page as it stands; saved as a draft at each field.

    ``limit_value``/``limit_unit``/``limit_ground`` and ``fee``/``fee_ground`` are typed only where the
    catalogue
    has none ("chưa có"). ``exemption`` is the code of a reason. ``seen`` are the codes of amber notices that
    were
    answered with Alt+Enter. ``asked_words`` add words to rows of form 02. ``dossier``: one that waits for
    papers or came online, opened on this page.
    """

    channel: str = "counter"
    party: PartyForm = field(default_factory=PartyForm)
    companions: tuple[CompanionForm, ...] = ()
    cannot_sign: str = ""
    procedure_text: str = ""
    procedure: str = ""
    cases: tuple[str, ...] = ()
    ticks: tuple[PaperTick, ...] = ()
    arrived: str = ""
    limit_value: str = ""
    limit_unit: str = ""
    limit_ground: str = ""
    fee: str = ""
    fee_ground: str = ""
    exemption: str = ""
    pay: str = "now"
    method: str = "cash"
    given: str = ""
    deliver: str = "counter"
    competent: str = ""
    note: str = ""
    outcome: str = ""
    reason: str = ""
    ground: str = ""
    asked_words: tuple[tuple[int, str], ...] = ()
    seen: tuple[str, ...] = ()
    dossier: EntryId | None = None


@dataclass(frozen=True, slots=True)
class ProcedureHit:
    """One live result; ``reviewed`` False carries amber "chưa rà soát"; ``limit`` and ``fee`` are words."""

    code: str
    title: str
    field: str
    limit: str
    fee: str
    reviewed: bool
    alias: str = ""


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One row of the check-list.

    ``kind``: required, one_of, if, by_channel, data_instead. ``applies`` False: collapsed. ``look_up``: Tra
    cứu is
    offered before the paper. ``group_words``: "một trong các", the condition, the ground of the look-up.
    """

    row: int
    kind: str
    group: str
    group_words: str
    name: str
    whole_text: str
    wanted: str
    mode: str
    applies: bool
    look_up: bool
    state: str
    missing: bool
    answer: str = ""
    """What a national system answered, or that F9 asks it; "" for neither."""


@dataclass(frozen=True, slots=True)
class DueStep:
    """One step of "why this date"."""

    words: str


@dataclass(frozen=True, slots=True)
class IntakeView:
    """Everything the page shows for a form.

    ``outcome`` is what F9 would do (accept, ask, refuse) and ``commit_label`` says it ("Lưu, in giấy tiếp
    nhận và
    hẹn"). ``due`` empty: "chưa có hạn". ``fee_known`` False: "chưa có mức", never 0. ``cases`` are (key,
    words).
    ``missing_words`` is the sentence about what is missing. ``routed`` is the purple line or empty.
    ``open_twin``
    names an open dossier of the same person and procedure.
    """

    procedure: ProcedureHit | None
    papers: tuple[PaperRow, ...]
    cases: tuple[tuple[str, str], ...]
    missing_words: str
    money: tuple[MoneyLine, ...]
    total: int
    fee_known: bool
    limit_known: bool
    change: int
    due: str
    due_steps: tuple[DueStep, ...]
    deliver_at: str
    routed: str
    open_twin: EntryId | None
    notices: tuple[Notice, ...]
    outcome: str
    commit_label: str
    can_commit: bool
    form_set: str = "one_stop"


@dataclass(frozen=True, slots=True)
class PlaceHit:
    """A commune picked without diacritics."""

    code: str
    name: str
    province: str


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What F9 did: short code, sentence for the bar, and the print jobs that were queued."""

    dossier: EntryId
    short_code: str
    outcome: str
    sentence: str
    jobs: tuple[int, ...]


class IntakePort(Protocol):
    """One page from a card to a printed slip."""

    def view(self, form: IntakeForm) -> IntakeView:
        """The form read: hits, check-list, fee, due date, notices. Never raises for what was typed."""
        ...

    def procedures(self, typed: str) -> tuple[ProcedureHit, ...]:
        """Procedures for a few letters without diacritics; without letters the last used ones."""
        ...

    def near(self, typed: str) -> tuple[ProcedureHit, ...]:
        """Nearest names when nothing was found."""
        ...

    def places(self, typed: str) -> tuple[PlaceHit, ...]:
        """Communes for a few letters."""
        ...

    def read_card(self, text: str) -> KnownPerson:
        """A card's QR; raises DomainError with words when it is cut, reordered or not a card."""
        ...

    def known(self, id_number: str) -> KnownPerson | None:
        """A person typed by number, if known here: nothing is retyped."""
        ...

    def exemptions(self) -> tuple[tuple[str, str], ...]:
        """Reasons of exemption: (code, words)."""
        ...

    def refusal_grounds(self) -> tuple[tuple[str, str], ...]:
        """Grounds of form 03: (code, words)."""
        ...

    def commit(self, form: IntakeForm) -> TakenIn:
        """F9: person, dossier, outcome, money and print jobs in one transaction; raises DomainError."""
        ...

    def open(self, dossier: EntryId) -> IntakeForm:
        """A dossier that came online or waits for papers, as a form; raises DomainError."""
        ...

    def save_draft(self, form: IntakeForm) -> None:
        """Keep what is typed; called at each field."""
        ...

    def draft(self) -> IntakeForm | None:
        """The draft of this person on this PC, or None."""
        ...

    def discard_draft(self) -> None:
        """Drop the draft (after the question)."""
        ...
