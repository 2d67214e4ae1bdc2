"""What the province asks about who decided, who stood beside him, and what a lost account was opened with."""

from __future__ import annotations

import msgspec
import pytest

from counter_app.domain.arrival.entries import LINES, ArrivalBegun, FiguresTaken
from counter_app.domain.contradictions.entries import PARTY, ContradictionSettled
from counter_app.domain.drafting import draft
from counter_app.domain.field_types import Body
from counter_app.domain.organisation import roles
from counter_app.domain.organisation.decisions import record_official
from counter_app.domain.organisation.entries import KeyRecovered, RecoveryAllowed
from counter_app.domain.organisation.recovering import first_message
from counter_app.domain.rulings.checks import Surroundings, questions_about
from counter_app.domain.seconds import second_message
from counter_app.domain.strays.entries import LEFT, StraysSettled
from counter_app.services.questions.words import WHY
from sync.protocol.naming.ids import SELF, EntryId
from sync.protocol.naming.keys import Purpose
from tests.unit.domain.folding.writing import Counter, key_of
from tests.unit.domain.rulings.test_checks import HEAD, STAFF, Unit

ALONE = ArrivalBegun(LINES, "so.xlsx", bytes(32), bytes(32), 1, 1, 1, 0, 2, 4_000, "sổ giấy")
FIGURES = FiguresTaken(20261120, "02", 640, 350_000, "sổ giấy")
SETTLED = ContradictionSettled(PARTY, "phone", (EntryId(257, 1),), None, None, "gọi điện", b"salt")
LEFT_ALONE = StraysSettled(LEFT, (), "gõ lại rồi", b"salt", EntryId(0, 1), b"")
NEW = key_of(9)


def beside(body: Body, unit: Unit) -> Body:
    """``body`` with the head as its second person."""
    named = msgspec.structs.replace(body, second=unit.head.id, second_seal=b"")
    seal = key_of(HEAD).sign(Purpose.OFFICIAL, second_message(named))
    return msgspec.structs.replace(named, second_seal=seal)


@pytest.mark.parametrize("body", [ALONE, FIGURES])
def test_what_two_persons_let_in_is_asked_about_when_one_did(body: Body) -> None:
    unit = Unit()
    taken = unit.pc.append([draft(body, SELF)], unit.staff, key_of(STAFF))[0]
    assert unit.asked(taken) == ["second.missing"]
    whole = unit.pc.append([draft(beside(body, unit), SELF)], unit.staff, key_of(STAFF))[0]
    assert unit.asked(whole) == []


@pytest.mark.parametrize(
    ("body", "held", "codes"),
    [
        (SETTLED, roles.INTAKE, ["role.not-allowed"]),
        (SETTLED, roles.DIRECTOR, []),
        (ALONE, roles.INTAKE, ["role.not-allowed"]),
        (FIGURES, roles.CASHIER, ["role.not-allowed"]),
        (LEFT_ALONE, roles.INTAKE, ["role.not-allowed"]),
        (LEFT_ALONE, roles.REGISTRAR, []),
    ],
)
def test_who_may_not_decide_is_asked_about(body: Body, held: str, codes: list[str]) -> None:
    unit = Unit()
    folded = unit.pc.folds[unit.staff.id]
    unit.pc.folds[unit.staff.id] = msgspec.structs.replace(
        folded, state=msgspec.structs.replace(folded.state, roles=(held,))
    )
    whole = beside(body, unit) if hasattr(body, "second") else body
    about = unit.register if isinstance(body, ContradictionSettled) else SELF
    taken = unit.pc.append([draft(whole, about)], unit.staff, key_of(STAFF))[0]
    assert unit.asked(taken) == codes


def recovered(unit: Unit, pc: Counter, allowed: EntryId, number: int) -> EntryId:
    """The head's account opened again by the registrar alone, as a hostile program would write it."""
    bare = KeyRecovered(key_of(number).public, "quên", unit.staff.id, b"", None, b"", allowed)
    seal = key_of(STAFF).sign(Purpose.OFFICIAL, first_message(bare, unit.head.id))
    body = msgspec.structs.replace(bare, first_seal=seal)
    return pc.append([draft(body, unit.head.id)], unit.head, key_of(number))[0]


def test_an_act_of_the_province_opens_one_account_once() -> None:
    unit = Unit()
    province = Counter(2)
    province.exchange(unit.pc)
    allowed = province.append([draft(RecoveryAllowed("Công văn 12", 20261130), unit.head.id)])[0]
    unit.pc.exchange(province)
    first = recovered(unit, unit.pc, allowed, 9)
    assert unit.asked(first) == []
    again = recovered(unit, unit.pc, allowed, 8)
    head = unit.pc.state(unit.head.id)
    assert (head.public_key, [key for _, key in head.keys]) == (NEW.public, [key_of(HEAD).public, NEW.public])
    assert unit.asked(again) == ["seal.bad", "recovery.used"]


def test_whom_somebody_recorded_bears_his_seal() -> None:
    unit = Unit()
    drafts = record_official(unit.head, "Tập huấn 3", "x", (roles.INTAKE,), NEW.public, "ba")
    assert [one.sealed for one in drafts] == [True]
    assert unit.asked(unit.pc.append(drafts, unit.head, key_of(HEAD))[0]) == []
    bare = [msgspec.structs.replace(one, sealed=False) for one in drafts]
    assert unit.asked(unit.pc.append(bare, unit.head)[0]) == ["seal.missing"]
    assert unit.asked(unit.pc.append(drafts, unit.head, NEW)[0]) == ["seal.bad"]


def test_whom_nobody_recorded_is_asked_about_once_the_unit_is_founded() -> None:
    unit = Unit()
    drafts = record_official(None, "Tập huấn 3", "x", (roles.DIRECTOR,), NEW.public, "ba")
    assert [one.sealed for one in drafts] == [False]
    third = unit.pc.append(drafts)[0]
    fact = unit.pc.facts[third]
    assert questions_about(fact, Surroundings(unit.pc.folds)) == ()
    (asked,) = questions_about(fact, Surroundings(unit.pc.folds, founded_again=frozenset({third})))
    assert (asked.code, asked.field) == ("founding.again", "")
    assert "Tập huấn 3" in asked.words


def test_each_question_about_an_account_has_words() -> None:
    assert {"founding.again", "recovery.used", "recovery.witness", "account.recovered"} <= WHY.keys()
