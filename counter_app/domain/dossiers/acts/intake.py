"""Handing in at a counter: one F9 writes the dossier and its outcome together (``ux.md`` 4.3).

Accepted with form 01, asked to complete with form 02, or refused with form 03; a wrong outcome is refused
before anything is written. An unreviewed row never makes form 02 by itself: the clerk decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from counter_app.domain.calendar.working_days import WorkingCalendar
from counter_app.domain.catalogue.checklist import MISSING, ONLINE_KEY, Checklist, checklist
from counter_app.domain.catalogue.procedure import BY_CHANNEL, Fee, Limit, Paper, Procedure
from counter_app.domain.certification.taking_in.intake import day_of
from counter_app.domain.codes import parse_provisional
from counter_app.domain.dates import vn_datetime, vn_instant
from counter_app.domain.dossiers.acts import words
from counter_app.domain.dossiers.acts.particulars import companion_faults, party_faults
from counter_app.domain.dossiers.clock.due import Due, due_of
from counter_app.domain.dossiers.clock.rule import LimitRule, known_unit, read_settings
from counter_app.domain.dossiers.entries import (
    DESK,
    Companion,
    DossierAccepted,
    DossierRefused,
    DossierSubmitted,
    FeeUsed,
    LimitUsed,
    PaperAsked,
    PaperTaken,
    Party,
    ProcedureUsed,
    SupplementRequested,
)
from counter_app.domain.drafting import draft
from counter_app.domain.errors import DomainError
from sync.protocol.journals.entry import Draft
from sync.protocol.naming.ids import SELF, EntryId, pending


@dataclass(frozen=True, slots=True)
class FormNumber:
    """The number of a paper in the counter's book (``law.md`` 1.3, decided): ``02``, 17."""

    book: str
    number: int


@dataclass(frozen=True, slots=True)
class Held:
    """A row of the list as ticked: its state, how it was made, how many, a note."""

    state: str
    made_as: str = "original"
    count: int = 1
    note: str = ""


@dataclass(frozen=True, slots=True)
class Intake:
    """A dossier as it stands when F9 is pressed.

    ``received_at`` is the press, ``arrived_at`` the moment that counts (postmark for post), in ms.
    ``held`` is by place of the row. ``person`` may be ``pending(i)`` when the batch records the person too;
    ``place`` is the dossier's own place in the batch, from 1. ``reachable`` False: a routed dossier cannot be
    forwarded now.
    """

    code: str
    daily: int
    channel: str
    procedure: Procedure
    version: str
    party: Party
    limit: LimitUsed
    received_at: int
    salt: bytes
    fees: tuple[FeeUsed, ...] = ()
    companions: tuple[Companion, ...] = ()
    cases: tuple[str, ...] = ()
    held: Mapping[int, Held] = field(default_factory=dict)
    arrived_at: int = 0
    deliver: str = "counter"
    competent: str = ""
    pay: str = "now"
    cannot_sign: str = ""
    note: str = ""
    person: EntryId | None = None
    place: int = 1
    reachable: bool = True

    @property
    def counts_from(self) -> int:
        """The moment the solving clock starts (``law.md`` 1.2): for post the arrival postmark."""
        return self.arrived_at or self.received_at

    @property
    def checklist(self) -> Checklist:
        """The papers as ticked."""
        states = {place: held.state for place, held in self.held.items()}
        return checklist(self.procedure, self.channel, self.cases, states)


def limit_rule(limit: LimitUsed, *, routed: bool = False) -> LimitRule:
    """The clock's rule of a limit that was used."""
    settings = f"{limit.settings} routed" if routed else limit.settings
    return read_settings(limit.value, known_unit(limit.unit), settings)


def due_of_intake(intake: Intake, calendar: WorkingCalendar) -> Due:
    """When it will be due if it is accepted now, with every step in words."""
    rule = limit_rule(intake.limit, routed=bool(intake.competent))
    return due_of(rule, vn_datetime(intake.counts_from), calendar, reachable=intake.reachable)


def intake_faults(intake: Intake) -> Iterator[DomainError]:
    """Everything that stops the dossier whatever its outcome, in the order of the page."""
    yield from party_faults(intake.party)
    yield from companion_faults(intake.party, intake.companions, intake.channel, intake.cannot_sign)
    day = vn_datetime(intake.received_at).date()
    yield from _fee_faults(intake.fees, intake.procedure.fee(day))
    yield from _limit_faults(intake.limit, intake.procedure.limit(day))


def _fee_faults(lines: tuple[FeeUsed, ...], rate: Fee) -> Iterator[DomainError]:
    """A line that is not the catalogue's own rate was typed here, 0 too, and says on what ground."""
    for line in lines:
        of_catalogue = line.kind == rate.kind and line.amount == rate.amount
        if line.exemption:
            if not line.ground.strip():
                yield words.needed("Miễn lệ phí cần chọn lý do.", "An exemption needs its reason.", "fee",
                                   "fee.exemption")  # fmt: skip
        elif line.known and not of_catalogue and not line.ground.strip():
            yield words.needed("Mức thu do quầy nhập cần căn cứ.",
                               "A fee typed at the counter needs its ground.", "fee",
                               "fee.ground")  # fmt: skip


def _limit_faults(used: LimitUsed, limit: Limit) -> Iterator[DomainError]:
    """A limit that is not the catalogue's (nor its value for a remote commune) has its ground in words."""
    of_catalogue = used.unit == limit.unit and used.value in (limit.value, limit.remote)
    if used.unit and not of_catalogue and not used.ground.strip():
        yield words.needed("Thời hạn do quầy nhập cần căn cứ.",
                           "A limit typed at the counter needs its ground.", "limit",
                           "limit.ground")  # fmt: skip


def accept(intake: Intake, form: FormNumber, calendar: WorkingCalendar) -> tuple[Draft, ...]:
    """The dossier and form 01.

    Raises the first of ``intake_faults``, ``code.wrong``, or ``dossier.incomplete`` when a reviewed
    procedure misses papers (of an unreviewed one the clerk answers).
    """
    missing = intake.checklist.missing
    if missing and intake.procedure.reviewed:
        raise words.incomplete(len(missing))
    due = due_of_intake(intake, calendar).due
    body = DossierAccepted(
        form_book=form.book, form_number=form.number, received_at=intake.counts_from,
        due_at=0 if due is None else vn_instant(due), papers=taken_papers(intake),
        limit=_limit(intake), day=day_of(intake.received_at),
    )  # fmt: skip
    return (_submitted(intake), draft(body, pending(intake.place)))


def ask(
    intake: Intake, form: FormNumber, asked: Iterable[PaperAsked], reason: str, contact: str
) -> tuple[Draft, ...]:
    """The dossier and form 02: everything that must be completed, in one request (NĐ 61/2018 art. 17).

    Raises the first of ``intake_faults``, ``code.wrong``, ``dossier.nothing_asked``.
    """
    rows = tuple(asked)
    if not rows:
        raise words.nothing_asked()
    body = SupplementRequested(
        form.book, form.number, DESK, rows, reason.strip(), contact.strip(), day_of(intake.received_at)
    )
    return (_submitted(intake), draft(body, pending(intake.place)))


def refuse(intake: Intake, form: FormNumber, ground: str, reason: str) -> tuple[Draft, ...]:
    """The dossier and form 03, with the concrete reason in words.

    Raises the first of ``intake_faults``, ``code.wrong``, ``dossier.reason``.
    """
    if not reason.strip():
        raise words.needed("Ghi lý do từ chối.", "Write why it is refused.", "reason", "dossier.reason")
    body = DossierRefused(form.book, form.number, ground, reason.strip(), day_of(intake.received_at))
    return (_submitted(intake), draft(body, pending(intake.place)))


def asked_of(checklist_now: Checklist) -> tuple[PaperAsked, ...]:
    """What form 02 asks when every missing group is asked: one line a group, with its condition in words."""
    return tuple(
        PaperAsked(row.place, row.paper.whole_text[:600], _wanted_as(row.paper),
                   row.paper.group.condition[:600])
        for row in checklist_now.missing
    )  # fmt: skip


def _wanted_as(paper: Paper) -> str:
    """Which column of form 02: an electronic form of the portal, an original, else a certified copy."""
    if paper.group.kind == BY_CHANNEL and paper.group.key == ONLINE_KEY:
        return "electronic"
    return "original" if paper.originals else "certified"


def taken_papers(intake: Intake) -> tuple[PaperTaken, ...]:
    """Every row that applies, with its state."""
    return tuple(
        _taken(row.place, row.paper.group.key, row.paper.name, intake.held.get(row.place, Held(MISSING)))
        for row in intake.checklist.rows
        if row.applies
    )


def _taken(place: int, group: str, name: str, held: Held) -> PaperTaken:
    count = held.count if held.state != MISSING else 0
    return PaperTaken(place, group, name[:600], held.state, held.made_as, count, held.note)


def procedure_used(procedure: Procedure, version: str) -> ProcedureUsed:
    """The procedure as an entry names it."""
    return ProcedureUsed(
        procedure.code, procedure.name, procedure.field[:120], version, procedure.reviewed, procedure.form_set
    )


def _limit(intake: Intake) -> LimitUsed:
    """The limit with ``routed`` written down, so that a later restart counts alike."""
    if not intake.competent or "routed" in intake.limit.settings.split():
        return intake.limit
    limit = intake.limit
    return LimitUsed(limit.value, limit.unit, limit.ground, f"{limit.settings} routed".strip())


def _submitted(intake: Intake) -> Draft:
    for fault in intake_faults(intake):
        raise fault
    parse_provisional(intake.code)
    body = DossierSubmitted(
        code=intake.code, daily=intake.daily, day=day_of(intake.received_at), channel=intake.channel,
        arrived_at=intake.counts_from, procedure=procedure_used(intake.procedure, intake.version),
        party=intake.party, companions=intake.companions, cases=intake.cases, papers=taken_papers(intake),
        fees=intake.fees, limit=_limit(intake), deliver=intake.deliver, competent=intake.competent,
        pay=intake.pay, cannot_sign=intake.cannot_sign, note=intake.note, salt=intake.salt,
    )  # fmt: skip
    subjects = (SELF,) if intake.person is None else (SELF, intake.person)
    return draft(body, *subjects)
