"""The page of an intake read as far as it goes: party, procedure, limit, fee, papers; nothing raises."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import Connection

from counter_app.domain.catalogue.checklist import Checklist
from counter_app.domain.catalogue.procedure import Procedure
from counter_app.domain.codes import provisional_code
from counter_app.domain.dates import parse_birth_date, parse_date, vn_date, vn_datetime, vn_instant
from counter_app.domain.dossiers.acts.intake import Held, Intake, intake_faults
from counter_app.domain.dossiers.entries import CITIZEN, ORGANISATION, Companion, FeeUsed, LimitUsed, Party
from counter_app.domain.errors import DomainError
from counter_app.domain.fold_text import nfc
from counter_app.domain.identity import organisation_number
from counter_app.domain.money.cash import read_given
from counter_app.domain.organisation.decisions import REMOTE_COMMUNE, policy
from counter_app.services import rules as tables_of_rules
from counter_app.services.dossiers.showing import tables, words
from counter_app.services.people.reading import PersonRead, read_person
from counter_app.services.ports.copies import PersonForm
from counter_app.services.ports.intake import CompanionForm, IntakeForm, PartyForm
from counter_app.services.rules import Rules
from counter_app.services.workplace import Workplace, salt
from sync.protocol.naming.ids import EntryId

MOST_LIMIT = 999
_OPENING = time(7, 30)


@dataclass(frozen=True, slots=True, repr=False)
class IntakeRead:
    """What a form says at ``at`` (ms); ``intake`` None until a procedure is chosen. Shows nothing in a log.

    ``faults`` stop, in the order of the page.
    """

    form: IntakeForm
    at: int
    day: date
    rules: Rules
    person: PersonRead | None
    procedure: Procedure | None
    intake: Intake | None
    faults: tuple[DomainError, ...]

    @property
    def checklist(self) -> Checklist:
        """The papers as ticked."""
        return Checklist(()) if self.intake is None else self.intake.checklist

    @property
    def total(self) -> int:
        """What is owed of the known rates, in dong."""
        lines = () if self.intake is None else self.intake.fees
        return sum(line.amount for line in lines if line.known and not line.exemption)

    @property
    def pays_now(self) -> bool:
        """Money is taken with this F9."""
        return self.form.pay == "now" and self.total > 0


def read_form(connection: Connection, work: Workplace, form: IntakeForm, at: int) -> IntakeRead:
    """The form read; ``at`` is now in ms."""
    day = vn_date(at)
    faults: list[DomainError] = []
    person = read_person(person_form(form.party), day) if form.party.kind == CITIZEN else None
    if person is not None:
        faults += person.faults
    procedure = _procedure(connection, form, day, faults)
    intake = None
    if procedure is not None:
        intake = _intake(connection, work, form, at, procedure, person, faults)
        own = ("party.", "name.") if person is not None else ()  # said already, in the words of the field
        faults += [fault for fault in intake_faults(intake) if not fault.code.startswith(own or ("\0",))]
    return IntakeRead(form, at, day, work.rules(connection), person, procedure, intake, tuple(faults))


def person_form(party: PartyForm) -> PersonForm:
    """The party as the form of a person."""
    return PersonForm(
        id_number=party.id_number, name=party.name, birth=party.birth, address=party.address,
        phone=party.phone, id_kind=party.id_kind, sex=party.sex, from_card=party.from_card,
        person=party.person, card_issued=party.card_issued,
    )  # fmt: skip


def _procedure(
    connection: Connection, form: IntakeForm, day: date, faults: list[DomainError]
) -> Procedure | None:
    if not form.procedure:
        faults.append(
            DomainError(
                "Chọn thủ tục.", remedy="Gõ vài chữ tên thủ tục.", field="procedure", code="procedure.none",
                title_en="Choose the procedure.", remedy_en="Type a few letters of its name.",
            )
        )  # fmt: skip
        return None
    try:
        return tables.catalogue(connection, day).require(form.procedure, day)
    except DomainError as error:
        faults.append(error)
        return None


def _intake(
    connection: Connection,
    work: Workplace,
    form: IntakeForm,
    at: int,
    procedure: Procedure,
    person: PersonRead | None,
    faults: list[DomainError],
) -> Intake:
    day, place = vn_date(at), work.place
    competent = form.competent if form.competent != place.unit else ""
    return Intake(
        code=provisional_code(place.unit, place.counter_number, 1, day, 1).digits, daily=1,
        channel=form.channel, procedure=procedure, version=tables.catalogue(connection, day).version,
        party=party_of(form.party, person), received_at=at, salt=salt(),
        limit=_limit(form, procedure, day, is_remote(connection, work), faults),
        fees=_fees(form, procedure, day, faults),
        companions=tuple(companion_of(one, day, faults) for one in form.companions), cases=form.cases,
        held={tick.row: Held(tick.state, tick.made_as, tick.count, tick.note) for tick in form.ticks},
        arrived_at=_arrived(form, at, faults), deliver=form.deliver, competent=competent, pay=form.pay,
        cannot_sign=form.cannot_sign, note=_text(form.note, 600), reachable=work.heard or not competent,
    )  # fmt: skip


def party_of(form: PartyForm, person: PersonRead | None, known: EntryId | None = None) -> Party:
    """The particulars as given at this intake."""
    if person is None:
        return Party(
            form.kind, _text(form.name, 120), form.id_kind, _number_of(form), 0, "", _text(form.address, 600),
            form.unit, _text(form.phone, 40), _text(form.email, 120), known,
        )  # fmt: skip
    p = person.particulars
    return Party(
        CITIZEN, p.name, p.id_kind, p.id_number, p.birth, p.sex, p.address, form.unit, p.phone,
        _text(form.email, 120), known,
    )  # fmt: skip


def _number_of(form: PartyForm) -> str:
    """Digits alone of an organisation's code, so that ``0101234567-001`` is found however it was typed."""
    if form.kind == ORGANISATION:
        with suppress(DomainError):  # what is wrong with it is said by the act that reads the party
            return organisation_number(form.id_number)
    return "".join(form.id_number.split())[:40]


def companion_of(form: CompanionForm, day: date, faults: list[DomainError]) -> Companion:
    """Someone beside the party with his birth as written; one that is no date is a fault, in words."""
    number, birth = "".join(form.id_number.split()), 0
    if form.birth.strip():
        try:
            birth = parse_birth_date(form.birth, day, "companions").as_int
        except DomainError as error:
            faults.append(error)
    return Companion(
        form.role, _text(form.name, 120), form.id_kind, number[:40], birth, _text(form.detail, 120)
    )


def _text(text: str, most: int) -> str:
    return " ".join(nfc(text).split())[:most]


def is_remote(connection: Connection, work: Workplace) -> bool:
    """Whether the unit says that longer limits of remote communes are its own (``law.md`` 3 [U])."""
    return policy(work.policies(connection), REMOTE_COMMUNE) == "yes"


def _limit(
    form: IntakeForm, procedure: Procedure, day: date, remote: bool, faults: list[DomainError]
) -> LimitUsed:
    """The catalogue's limit; where it has none, what the clerk typed; else none at all, never 0."""
    limit = procedure.limit(day)
    if limit.is_known:
        value = limit.remote if remote and limit.remote is not None else limit.value
        return LimitUsed(value, limit.unit, "", limit.settings)
    if not form.limit_unit:
        return LimitUsed(0, "", "")
    typed = form.limit_value.strip()
    value = int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= 3 else 0
    if form.limit_unit not in words.UNITS or not (value or form.limit_unit == "same_day"):
        faults.append(
            DomainError(
                f"Thời hạn phải từ 1 đến {MOST_LIMIT}.", field="limit", code="limit.value",
                title_en=f"The limit lies between 1 and {MOST_LIMIT}.",
            )
        )  # fmt: skip
        return LimitUsed(0, "", "")
    return LimitUsed(value, form.limit_unit, _text(form.limit_ground, 600))


def _fees(
    form: IntakeForm, procedure: Procedure, day: date, faults: list[DomainError]
) -> tuple[FeeUsed, ...]:
    """The catalogue's rate, an exemption by its reason, or what was typed where no rate is known."""
    rate = procedure.fee(day)
    label = words.fee_label(rate.kind)[0]
    if form.exemption:
        reason = tables_of_rules.dossier_grounds().exemption(form.exemption)
        ground = "" if reason is None else reason.vi
        return (FeeUsed(rate.kind, label, rate.amount or 0, True, form.exemption[:40], ground),)
    if rate.amount is not None:
        return (FeeUsed(rate.kind, label, rate.amount, True),)
    if not form.fee.strip():
        return (FeeUsed(rate.kind, label, 0, False),)
    try:
        amount = read_given(form.fee, 0)
    except DomainError as error:
        faults.append(error)
        return (FeeUsed(rate.kind, label, 0, False),)
    return (FeeUsed(rate.kind, label, amount, True, "", _text(form.fee_ground, 600)),)


def _arrived(form: IntakeForm, at: int, faults: list[DomainError]) -> int:
    """The postmark's moment in ms, 0 for now; a day without an hour counts from its opening."""
    if form.channel != "post" or not form.arrived.strip():
        return 0
    day_text, _, clock = form.arrived.strip().partition(" ")
    try:
        read = parse_date(day_text, vn_date(at), "arrived").as_date()
        hour = time.fromisoformat(clock.strip()) if clock.strip() else _OPENING
        found = 0 if read is None else vn_instant(datetime.combine(read, hour))
    except DomainError as error:
        faults.append(error)
        return 0
    except ValueError:
        found = 0
    if not found or found > at:
        faults.append(_not_yet(at))
        return 0
    return found


def _not_yet(at: int) -> DomainError:
    now = f"{vn_datetime(at):%H:%M %d/%m/%Y}"
    return DomainError(
        "Dấu bưu điện phải là ngày, giờ đã qua.", f"Bây giờ là {now}.",
        "Gõ 20/11/2026 hoặc 20/11/2026 08:15.",
        "arrived", code="arrived.time", title_en="The postmark is a day and hour that has passed.",
        meaning_en=f"It is {now}.", remedy_en="Type 20/11/2026 or 20/11/2026 08:15.",
    )  # fmt: skip
