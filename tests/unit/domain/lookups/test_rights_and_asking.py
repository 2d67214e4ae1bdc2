"""Who may ask what, for which purpose; refused at the counter and again by the province."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from msgspec import structs

from counter_app.domain.dossiers.state import DossierState, Stage
from counter_app.domain.errors import DomainError
from counter_app.domain.lookups import asking
from counter_app.domain.lookups.asking import asked_fields, refusal_of
from counter_app.domain.lookups.entries import AskedField, LookupAsked
from counter_app.domain.lookups.rights import end_right, give_right, right_of
from counter_app.domain.lookups.state import LookupState
from counter_app.domain.organisation.entries import UnitPolicySet
from counter_app.domain.organisation.state import UnitState, unit_subject
from sync.protocol.journals.codec import decode_body
from tests.unit.domain.folding.writing import NOON, Counter, official
from tests.unit.domain.lookups.asked import (
    CLERK,
    HEAD,
    PARTY,
    POPULATION,
    PURPOSE,
    SYSTEMS,
    UNIT,
    asked_at,
    asker,
    question,
    state_of,
    unit_with,
)

DAY = 86_400_000


def test_a_question_carries_the_least_and_its_ground() -> None:
    (made,) = question()
    body = decode_body(LookupAsked, made.body)
    assert body.fields == (
        AskedField("name", "LÝ THỊ TẬP HUẤN"), AskedField("birth", "02/09/1990"),
        AskedField("residence", "Bản Nà Hum, xã Tập Huấn"),
    )  # fmt: skip
    assert (body.procedure, body.row, body.ground) == ("1.000094", 3, "NQ 66.7/2025/NQ-CP điều 2")
    assert body.until == NOON + 10 * DAY
    assert body.right == f"lookup.{CLERK.id.journal}.{CLERK.id.seq}"


def test_what_the_counter_does_not_know_is_not_asked() -> None:
    party = structs.replace(PARTY, birth=0, address="")
    assert asked_fields(POPULATION, party) == (AskedField("name", PARTY.name),)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"asker": asker("")}, "role.needs_act"),
        ({"asker": asker("population;nothing")}, "role.needs_act"),
        ({"asker": asker("land;32/QĐ;20271231")}, "lookup.system"),
        ({"asker": asker("population;32/QĐ;20261120")}, "lookup.lapsed"),
        ({"asker": asker(giver=None)}, "lookup.giver"),
        ({"asker": asker(giver=CLERK)}, "lookup.giver"),
        ({"asker": asker(official=official(1, "technician"))}, "role.not_allowed"),
        ({"asker": asker(official=official(1, "intake", active=False))}, "lookup.inactive"),
        ({"purpose": PURPOSE._replace(procedure="")}, "lookup.purpose"),
        ({"party": structs.replace(PARTY, id_number="123456789")}, "lookup.person"),
        ({"party": structs.replace(PARTY, name="", birth=0, address="")}, "lookup.fields"),
    ],
)
def test_without_right_or_purpose_nothing_is_asked(change: dict[str, Any], code: str) -> None:
    with pytest.raises(DomainError) as refused:
        question(**change)
    assert refused.value.code == code
    assert refused.value.words("en").title


def test_the_right_holds_on_its_last_day() -> None:
    assert question(asker=asker("population;32/QĐ;20261121"))


def dossier(**more: Any) -> DossierState:
    """As much of a dossier as the province looks at."""
    procedure = SimpleNamespace(code=PURPOSE.procedure)
    given = {"procedure": procedure, "party": PARTY, "is_open": True, **more}
    return SimpleNamespace(**given)  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("lookup", "who", "about", "code"),
    [
        ({}, asker(), dossier(), ""),
        ({}, None, dossier(), "lookup.asker"),
        ({"asked_by": None}, asker(), dossier(), "lookup.asker"),
        ({}, asker(), None, "lookup.purpose"),
        ({"procedure": "1.001193"}, asker(), dossier(), "lookup.purpose"),
        ({}, asker(), dossier(is_open=False), "lookup.no_purpose"),
        ({"id_number": "012190000002"}, asker(), dossier(), "lookup.person"),
        ({}, asker(""), dossier(), "role.needs_act"),
        ({"system": "insurance"}, asker(), dossier(), "lookup.system"),
        ({"asked_at": NOON + 500 * DAY}, asker(), dossier(), "lookup.lapsed"),
    ],
)
def test_the_province_asks_the_same_questions_again(lookup, who, about, code) -> None:
    desk = Counter(5)
    state: LookupState = structs.replace(state_of(desk, asked_at(desk)), **lookup)
    refused = refusal_of(state, who, about)
    assert ("" if refused is None else refused.code) == code


def test_an_ended_stage_is_not_open() -> None:
    assert not DossierState.is_open.fget(SimpleNamespace(stage=Stage.WITHDRAWN))  # type: ignore[attr-defined]


def given_right(**more: Any) -> UnitPolicySet:
    """The setting that the head writes."""
    given = {"head": HEAD, "unit": unit_subject(UNIT), "official": CLERK, "codes": ["land", "population"],
             "act": " 32/QĐ-UBND ", "until": 20271231, "systems": SYSTEMS, **more}  # fmt: skip
    (made,) = give_right(**given)
    assert made.sealed
    return decode_body(UnitPolicySet, made.body)


def test_a_right_is_read_as_it_was_given() -> None:
    body = given_right()
    unit = UnitState(unit_subject(UNIT), ((body.key, body.value),))
    right = right_of(unit, CLERK.id)
    assert right is not None
    assert right[1:] == (("population", "land"), "32/QĐ-UBND", 20271231)
    (ended,) = end_right(HEAD, unit_subject(UNIT), CLERK.id, "chuyển việc")
    assert right_of(unit_with(decode_body(UnitPolicySet, ended.body).value), CLERK.id) is None


def test_all_systems_fit_one_setting() -> None:
    codes = [system.code for system in SYSTEMS.systems]
    assert len(given_right(codes=codes, act="x" * 40).value) <= 120


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"head": CLERK}, "role.not_allowed"),
        ({"codes": []}, "lookup.systems"),
        ({"codes": ["tax"]}, "lookup.systems"),
        ({"act": " "}, "lookup.act"),
        ({"act": "1;2"}, "lookup.act"),
        ({"official": official(3, "technician")}, "role.not_allowed"),
    ],
)
def test_a_right_needs_head_systems_act_and_a_role_that_may_have_it(change, code) -> None:
    with pytest.raises(DomainError) as refused:
        given_right(**change)
    assert refused.value.code == code


def test_only_intake_calls_a_question_back_and_once() -> None:
    desk = Counter(5)
    lookup = asked_at(desk)
    with pytest.raises(DomainError) as refused:
        asking.withdraw(state_of(desk, lookup), official(4, "technician"), "")
    assert refused.value.code == "role.not_allowed"
    desk.append(asking.withdraw(state_of(desk, lookup), CLERK, ""), CLERK)
    with pytest.raises(DomainError) as refused:
        asking.withdraw(state_of(desk, lookup), CLERK, "")
    assert refused.value.code == "lookup.withdrawn"
