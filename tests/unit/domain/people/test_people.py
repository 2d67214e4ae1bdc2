"""Persons: candidates by number, joins that never touch a request, disagreement of two clerks."""

from __future__ import annotations

import msgspec
import pytest

from counter_app.domain.card_qr import CardData
from counter_app.domain.certification.taking_in.intake import take_request
from counter_app.domain.dates import PartialDate
from counter_app.domain.identity import Sex
from counter_app.domain.people.records import (
    FROM_CARD,
    Particulars,
    candidates,
    change_person,
    join_persons,
    part_persons,
    particulars_of,
    particulars_of_card,
    record_person,
)
from counter_app.domain.people.state import PersonState
from counter_app.domain.province.aggregates import in_force
from counter_app.domain.province.state import DataState
from sync.protocol.naming.ids import EntryId, pending
from tests.unit.domain.certification.ledger import MINUTE, NOW, OTHER, RULES, SALT, Ledger, intake, refused_by

CARD = CardData(
    "012190000001",
    "LÝ THỊ TẬP HUẤN",
    PartialDate(1990),
    Sex.FEMALE,
    "Bản tập huấn",
    PartialDate(2021, 5, 4),
    "040000001",
)


def person(ledger: Ledger, subject: EntryId) -> PersonState:
    state: PersonState = ledger.folded(subject).state
    return state


def recorded(
    ledger: Ledger, number: str = "012190000001", name: str = "Lý Thị Tập Huấn", at: int = NOW
) -> EntryId:
    particulars = Particulars(name, "personal_number", number)
    return ledger.append(*record_person(particulars, FROM_CARD, SALT), at=at)[0]


def test_a_card_becomes_a_record() -> None:
    ledger = Ledger()
    made = ledger.append(*record_person(particulars_of_card(CARD, "personal_number"), FROM_CARD, SALT))[0]
    state = person(ledger, made)
    assert (state.name, state.birth, state.card_issued, state.sex) == (
        "LÝ THỊ TẬP HUẤN",
        19900000,
        20210504,
        "female",
    )


def test_person_and_request_in_one_batch() -> None:
    ledger = Ledger()
    made = ledger.append(
        *record_person(particulars_of_card(CARD, "personal_number"), FROM_CARD, SALT),
        *take_request(intake(person=pending(1)), RULES),
    )
    assert ledger.request(made[1]).person == made[0]


def test_a_number_gives_candidates_newest_first_and_never_more() -> None:
    ledger = Ledger()
    one, two = recorded(ledger), recorded(ledger, at=NOW + MINUTE)
    old = ledger.append(*record_person(particulars_of_card(CARD, "personal_number"), FROM_CARD, SALT))[0]
    people = [person(ledger, each) for each in (one, two, old, recorded(ledger, "012190000002"))]
    assert [p.id for p in candidates(people, "012190000001")] == [two, one, old]
    assert [p.id for p in candidates(people, "040000001")] == [old]
    assert candidates(people, "") == ()


def test_a_join_says_who_stands_for_both_and_parting_undoes_it() -> None:
    ledger = Ledger()
    kept, other = recorded(ledger), recorded(ledger)
    ledger.append(*join_persons(person(ledger, kept), person(ledger, other), "cùng một người"))
    assert person(ledger, other).joined_to == kept
    assert person(ledger, kept).joined_from == (other,)
    assert [p.id for p in candidates([person(ledger, kept), person(ledger, other)], "012190000001")] == [kept]
    with refused_by("person.joined"):
        change_person(person(ledger, other), particulars_of(person(ledger, kept)), "x", SALT)
    with refused_by("person.joined"):
        join_persons(person(ledger, other), person(ledger, kept), "vòng")
    ledger.append(*part_persons(person(ledger, kept), person(ledger, other), "nhầm"))
    assert person(ledger, other).stands_alone
    assert person(ledger, kept).joined_from == ()
    with refused_by("person.not_joined"):
        part_persons(person(ledger, kept), person(ledger, other), "nhầm")


def test_a_join_never_rewrites_a_request() -> None:
    ledger = Ledger()
    kept, other = recorded(ledger, name="Lý Thị A"), recorded(ledger)
    request = ledger.append(*take_request(intake(person=other), RULES))[0]
    before = ledger.request(request)
    ledger.append(*join_persons(person(ledger, kept), person(ledger, other), "cùng một người"))
    assert ledger.request(request) == before


def test_two_clerks_who_join_one_record_to_two_disagree() -> None:
    ledger = Ledger()
    one, two, other = recorded(ledger), recorded(ledger), recorded(ledger)
    states = {each: person(ledger, each) for each in (one, two, other)}
    first = ledger.append(*join_persons(states[one], states[other], "x"), at=NOW + MINUTE)
    ledger.append(
        *join_persons(states[two], states[other], "x"), journal=OTHER, at=NOW + 2 * MINUTE, blind=first
    )
    folded = ledger.folded(other)
    assert folded.state.joined_to == one
    assert [found.code for found in folded.open_conflicts] == ["person.joined_elsewhere"]


def test_changes_give_the_whole_set_again() -> None:
    ledger = Ledger()
    made = recorded(ledger)
    same = particulars_of(person(ledger, made))
    assert change_person(person(ledger, made), same, "", SALT) == ()
    moved = Particulars("Lý Thị Tập Huấn", "personal_number", "012190000001", address="Bản mới")
    ledger.append(*change_person(person(ledger, made), moved, "chuyển chỗ ở", SALT))
    assert (person(ledger, made).address, person(ledger, made).changes) == ("Bản mới", 1)


def test_what_cannot_be_recorded() -> None:
    with refused_by("person.identity"):
        record_person(Particulars("Lý Thị A", "personal_number", " "), FROM_CARD, SALT)
    ledger = Ledger()
    one = person(ledger, recorded(ledger))
    with refused_by("person.same"):
        join_persons(one, one, "x")
    with refused_by("person.ground"):
        join_persons(one, person(ledger, recorded(ledger)), " ")


@pytest.mark.parametrize(("day", "source"), [(20261231, "cũ"), (20270101, "mới"), (20250101, None)])
def test_the_province_s_data_goes_by_its_day(day: int, source: str | None) -> None:
    old = DataState(EntryId(1, 1), "fees", 20260101, b"{}", "cũ", NOW)
    sets = (old, msgspec.structs.replace(old, id=EntryId(1, 2), valid_from=20270101, source="mới"))
    found = in_force(sets, "fees", day)
    assert (found.source if found else None) == source
