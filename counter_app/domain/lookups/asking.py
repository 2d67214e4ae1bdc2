"""Asking and calling back: what a counter may ask, for which purpose, with how little of the person."""

from __future__ import annotations

from datetime import timedelta
from typing import NamedTuple

from counter_app.domain.dates import PartialDate
from counter_app.domain.dossiers.entries import Party
from counter_app.domain.dossiers.state import DossierState
from counter_app.domain.drafting import draft
from counter_app.domain.errors import DomainError
from counter_app.domain.lookups.entries import AskedField, LookupAsked, LookupWithdrawn
from counter_app.domain.lookups.rights import check_right
from counter_app.domain.lookups.state import LookupState
from counter_app.domain.lookups.systems import System
from counter_app.domain.organisation import roles
from counter_app.domain.organisation.state import OfficialState, UnitState
from sync.protocol.journals.entry import Draft
from sync.protocol.naming.ids import SELF, EntryId


class Asker(NamedTuple):
    """Who asks: the official, the unit's settings with his right, and who wrote that setting."""

    official: OfficialState
    unit: UnitState
    giver: OfficialState | None


class Purpose(NamedTuple):
    """What for: the dossier, its procedure and the paper's place in the procedure's list."""

    dossier: EntryId
    procedure: str
    row: int


def particulars(party: Party) -> dict[str, str]:
    """What of a party may be compared, by the names that the table of systems uses; "" where unknown."""
    birth = PartialDate.from_int(party.birth)
    return {
        "name": party.name, "birth": "" if birth is None else birth.text, "sex": party.sex,
        "address": party.address, "id_number": party.id_number,
    }  # fmt: skip


def ask(
    system: System, purpose: Purpose, party: Party, asker: Asker, at: int, salt: bytes
) -> tuple[Draft, ...]:
    """The question at ``at`` (ms). Only fields of the table that the counter knows leave the PC.

    Raises DomainError ``role.*``, ``lookup.*`` (see ``check_right``), ``lookup.purpose``,
    ``lookup.person``, ``lookup.fields``.
    """
    right = check_right(asker.official, asker.unit, system.code, at, asker.giver)
    if not purpose.procedure:
        raise _fault("purpose", "Tra cứu phải có mục đích: thủ tục nào.", "A look-up needs its purpose.")
    if not has_number(party):
        raise _fault("person", "Tra cứu cần số định danh 12 chữ số.", "A look-up needs the 12-digit number.")
    fields = asked_fields(system, party)
    if not fields:
        raise _fault("fields", "Chưa có thông tin nào để đối chiếu.", "There is nothing to compare.")
    body = LookupAsked(
        system.code, purpose.row, purpose.procedure, system.ground, party.id_number, fields, right.key,
        at + int(timedelta(days=system.days_asked).total_seconds()) * 1000, salt,
    )  # fmt: skip
    return (draft(body, SELF, purpose.dossier),)


def has_number(party: Party) -> bool:
    """True for a citizen with the personal number, by which all systems know a person."""
    return len(party.id_number) == 12 and party.id_number.isascii() and party.id_number.isdigit()


def asked_fields(system: System, party: Party) -> tuple[AskedField, ...]:
    """The fields of ``system`` that the counter can compare."""
    known = particulars(party)
    return tuple(
        AskedField(field.code, known[field.from_party])
        for field in system.fields
        if known.get(field.from_party, "")
    )


def withdraw(lookup: LookupState, official: OfficialState, words: str) -> tuple[Draft, ...]:
    """The question is called back: the paper came, or it was asked about the wrong person.

    Raises DomainError ``role.*``, ``lookup.withdrawn``.
    """
    roles.require(official, roles.TAKE_IN)
    if lookup.status == "withdrawn":
        raise _fault("withdrawn", "Câu hỏi này đã được rút.", "The question was called back before.")
    subjects = (lookup.id,) if lookup.dossier is None else (lookup.id, lookup.dossier)
    return (draft(LookupWithdrawn(words.strip()[:600]), *subjects),)


def refusal_of(lookup: LookupState, asker: Asker | None, dossier: DossierState | None) -> DomainError | None:
    """Why the province does not put this question to a system, None when it may.

    The right of whoever asked is looked at as on the day he asked; a dossier that ended, or that nobody
    knows, is no purpose any more. Codes as of ``ask``, and ``lookup.asker``, ``lookup.no_purpose``.
    """
    if asker is None or asker.official.id != lookup.asked_by:
        return _fault("asker", "Tỉnh chưa biết người đã hỏi.", "The province does not know who asked.")
    if not lookup.procedure or dossier is None or dossier.procedure.code != lookup.procedure:
        return _fault("purpose", "Tra cứu phải có mục đích: hồ sơ nào.", "A look-up needs its purpose.")
    if not dossier.is_open:
        return _fault("no_purpose", "Hồ sơ đã kết thúc nên không tra cứu nữa.", "The dossier has ended.")
    if lookup.id_number != dossier.party.id_number:
        return _fault("person", "Người được hỏi không phải người của hồ sơ.", "Not the dossier's person.")
    try:
        check_right(asker.official, asker.unit, lookup.system, lookup.asked_at, asker.giver)
    except DomainError as refused:
        return refused
    return None


def _fault(code: str, vi: str, en: str) -> DomainError:
    return DomainError(vi, field="papers", code=f"lookup.{code}", title_en=en)
