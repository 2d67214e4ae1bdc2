"""Recording, changing, joining persons. An identity number gives candidates; a person decides.

Requests keep the particulars given at intake: a join only says which record stands for both.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from counter_app.domain.card_qr import CardData
from counter_app.domain.dates import PartialDate
from counter_app.domain.drafting import draft
from counter_app.domain.errors import DomainError
from counter_app.domain.names import clean_name
from counter_app.domain.people.entries import PersonChanged, PersonRecorded, PersonsJoined, PersonsParted
from counter_app.domain.people.state import PersonState
from sync.protocol.journals.entry import Draft
from sync.protocol.naming.ids import SELF

FROM_CARD = "card"
BY_HAND = "hand"


@dataclass(frozen=True, slots=True, repr=False)
class Particulars:
    """A person's particulars as stored; ``birth`` and ``card_issued`` as in ``PersonState``."""

    name: str
    id_kind: str
    id_number: str
    old_id_number: str = ""
    birth: int = 0
    sex: str = ""
    address: str = ""
    card_issued: int = 0
    phone: str = ""


def day_number(day: PartialDate | None) -> int:
    """``yyyymmdd``, ``yyyy0000`` for a year alone, 0 for nothing."""
    return 0 if day is None else day.year * 10_000 + day.month * 100 + day.day


def candidates(people: Iterable[PersonState], id_number: str) -> tuple[PersonState, ...]:
    """Records that may be the person: same number, or the old number on the card; newest first.

    Records for which another stands are left out. A number is never proof: cards are lent and mistyped.
    """
    if not id_number:
        return ()
    found = (p for p in people if p.stands_alone and id_number in (p.id_number, p.old_id_number))
    return tuple(sorted(found, key=lambda p: (-p.recorded_at, p.id)))


def particulars_of_card(card: CardData, id_kind: str) -> Particulars:
    """What a card says, in the form that is stored."""
    return Particulars(
        name=card.name,
        id_kind=id_kind,
        id_number=card.number,
        old_id_number=card.old_number,
        birth=day_number(card.birth),
        sex=card.sex.value if card.sex is not None else "",
        address=card.address,
        card_issued=day_number(card.issued),
    )


def record_person(particulars: Particulars, source: str, salt: bytes) -> tuple[Draft, ...]:
    """A new record. Raises DomainError of the name, ``person.identity`` without a number."""
    p = _checked(particulars)
    body = PersonRecorded(
        p.name,
        p.id_kind,
        p.id_number,
        p.old_id_number,
        p.birth,
        p.sex,
        p.address,
        p.card_issued,
        p.phone,
        source,
        salt,
    )
    return (draft(body, SELF),)


def change_person(
    state: PersonState, particulars: Particulars, ground: str, salt: bytes
) -> tuple[Draft, ...]:
    """New particulars, the whole set again; no draft when nothing changed.

    Raises DomainError of the name, ``person.identity``, ``person.joined``.
    """
    p = _checked(particulars)
    _check_alone(state)
    if p == particulars_of(state):
        return ()
    body = PersonChanged(
        p.name,
        p.id_kind,
        p.id_number,
        p.old_id_number,
        p.birth,
        p.sex,
        p.address,
        p.card_issued,
        p.phone,
        ground,
        salt,
    )
    return (draft(body, state.id),)


def particulars_of(state: PersonState) -> Particulars:
    """The particulars of a record."""
    return Particulars(
        state.name,
        state.id_kind,
        state.id_number,
        state.old_id_number,
        state.birth,
        state.sex,
        state.address,
        state.card_issued,
        state.phone,
    )


def join_persons(kept: PersonState, other: PersonState, ground: str) -> tuple[Draft, ...]:
    """Two records are one person: ``kept`` stands for both.

    Raises DomainError ``person.same``, ``person.joined``, ``person.ground``.
    """
    if kept.id == other.id:
        raise DomainError(
            "Đây là cùng một bản.", code="person.same", title_en="These are one and the same record."
        )
    _check_alone(kept)
    _check_alone(other)
    return (draft(PersonsJoined(other.id, _ground(ground)), kept.id, other.id),)


def part_persons(kept: PersonState, other: PersonState, ground: str) -> tuple[Draft, ...]:
    """The join was wrong. Raises DomainError ``person.not_joined``, ``person.ground``."""
    if other.joined_to != kept.id:
        raise DomainError(
            "Hai người này chưa được gộp.",
            code="person.not_joined",
            title_en="These two were not joined.",
        )
    return (draft(PersonsParted(other.id, _ground(ground)), kept.id, other.id),)


def _checked(particulars: Particulars) -> Particulars:
    name = clean_name(particulars.name)
    if not particulars.id_number.strip():
        raise DomainError(
            "Nhập số giấy tờ tùy thân.",
            field="id_number",
            code="person.identity",
            title_en="Type the number of the identity paper.",
        )
    p = particulars
    return Particulars(
        name,
        p.id_kind,
        p.id_number.strip(),
        p.old_id_number,
        p.birth,
        p.sex,
        p.address,
        p.card_issued,
        p.phone,
    )


def _check_alone(state: PersonState) -> None:
    if not state.stands_alone:
        raise DomainError(
            f"{state.name} đã được gộp vào người khác.",
            remedy="Mở người còn lại, hoặc tách ra trước.",
            code="person.joined",
            title_en=f"{state.name} was joined to another record.",
            remedy_en="Open the other record, or part them first.",
        )


def _ground(ground: str) -> str:
    if not ground.strip():
        raise DomainError("Ghi lý do.", field="ground", code="person.ground", title_en="Write the ground.")
    return ground.strip()
