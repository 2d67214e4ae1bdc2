"""A person's form read: identity by its kind, name, date of birth, each fault in its own words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from counter_app.domain.card_qr import CardReading
from counter_app.domain.certification.entries import Requester
from counter_app.domain.dates import parse_birth_date
from counter_app.domain.errors import DomainError, Notice
from counter_app.domain.fold_text import nfc
from counter_app.domain.identity import (
    PaperKind,
    Sex,
    passport_notices,
    personal_number_notices,
    read_identity,
)
from counter_app.domain.names import clean_name
from counter_app.domain.people.records import Particulars, day_number
from counter_app.services.ports.copies import PersonForm
from sync.protocol.naming.ids import EntryId

CARD = "cccd"
_MAX_ADDRESS = 300
_MAX_PHONE = 20


@dataclass(frozen=True, slots=True, repr=False)
class PersonRead:
    """What a form says; ``faults`` stop, ``notices`` are looked at. Shows nothing in a log."""

    particulars: Particulars
    faults: tuple[DomainError, ...]
    notices: tuple[Notice, ...]

    def requester(self, person: EntryId | None) -> Requester:
        """The particulars as given at this intake."""
        p = self.particulars
        return Requester(p.name, p.id_kind, p.id_number, p.birth, p.address, p.phone, person)


def kind_of(code: str) -> PaperKind:
    """Kind of identity paper; ``cccd`` is the card with the personal number, unknown codes are OTHER."""
    if code == CARD:
        return PaperKind.PERSONAL
    return PaperKind(code) if code in set(PaperKind) else PaperKind.OTHER


def sex_of_form(code: str) -> Sex | None:
    """Sex as stored, None when it was not given."""
    return Sex(code) if code in set(Sex) else None


def read_person(form: PersonForm, today: date) -> PersonRead:
    """The form read as far as it goes; never raises for what was typed."""
    faults: list[DomainError] = []
    kind = kind_of(form.id_kind)
    number = ""
    if form.id_number.strip():
        try:
            number = read_identity(kind, form.id_number, "id_number").number
        except DomainError as error:
            faults.append(error)
    else:
        faults.append(
            DomainError(
                "Nhập số giấy tờ tùy thân.", remedy="Quét thẻ căn cước, hoặc gõ số.", field="id_number",
                code="requester.identity", title_en="Type the number of the identity paper.",
                remedy_en="Scan the card, or type the number.",
            )
        )  # fmt: skip
    name = _name(form.name, faults)
    birth = _birth(form.birth, today, faults)
    particulars = Particulars(
        name=name, id_kind=CARD if kind is PaperKind.PERSONAL else kind.value, id_number=number,
        old_id_number=form.old_id_number.strip(), birth=birth, sex=form.sex,
        address=" ".join(nfc(form.address).split())[:_MAX_ADDRESS], card_issued=_issued(form.card_issued),
        phone=" ".join(form.phone.split())[:_MAX_PHONE],
    )  # fmt: skip
    return PersonRead(particulars, tuple(faults), _notices(kind, particulars))


def _name(text: str, faults: list[DomainError]) -> str:
    try:
        return clean_name(text)
    except DomainError as error:
        faults.append(error)
        return ""


def _birth(text: str, today: date, faults: list[DomainError]) -> int:
    if not text.strip():
        return 0
    try:
        return parse_birth_date(text, today, "birth").as_int
    except DomainError as error:
        faults.append(error)
        return 0


def _issued(text: str) -> int:
    """Day of issue as the card gave it (``yyyymmdd`` or ``dd/mm/yyyy``), 0 for anything else."""
    digits = text.replace("/", "").replace("-", "")
    if not (digits.isascii() and digits.isdigit() and len(digits) == 8):
        return 0
    return int(digits[4:] + digits[2:4] + digits[:2]) if "/" in text else int(digits)


def _notices(kind: PaperKind, p: Particulars) -> tuple[Notice, ...]:
    if not p.id_number:
        return ()
    if kind is PaperKind.PERSONAL:
        year = p.birth // 10_000 or None
        return personal_number_notices(p.id_number, year, sex_of_form(p.sex), "id_number")
    return passport_notices(p.id_number, "id_number") if kind is PaperKind.PASSPORT else ()


def form_of_card(reading: CardReading) -> PersonForm:
    """The cells that a card fills."""
    card = reading.card
    return PersonForm(
        id_number=card.number, name=card.name, birth="" if card.birth is None else card.birth.text,
        address=card.address, id_kind=CARD, sex="" if card.sex is None else card.sex.value,
        old_id_number=card.old_number,
        card_issued=str(day_number(card.issued)) if card.issued is not None else "", from_card=True,
    )  # fmt: skip
