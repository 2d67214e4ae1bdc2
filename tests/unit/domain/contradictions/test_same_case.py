"""One person, one procedure, two counters: which pairs are listed and which are not."""

from __future__ import annotations

from msgspec.structs import replace

from counter_app.domain.contradictions.same_case import first_of, same_case, taken_at
from counter_app.domain.dossiers.entries import ProcedureUsed
from counter_app.domain.dossiers.state import DossierState, Form, Result, Stage
from sync.protocol.naming.ids import EntryId, journal_of
from tests.unit.domain.contradictions.dossiers_by_hand import ALLOWANCE, PARTY_TAKEN, submitted
from tests.unit.domain.folding.writing import MINUTE, NOON, Counter


def taken(device: int, at: int = NOON, **more: object) -> DossierState:
    """A dossier handed in at the counter with this number."""
    pc = Counter(device, clock=at)
    (dossier,) = pc.append(submitted(at=at))
    return replace(pc.state(dossier), **more)


def result(at: int) -> Result:
    return Result("decision", "QĐ", "1", 20261121, "A", "paper", True, EntryId(257, 9), at)


def test_open_at_two_counters_whatever_the_clocks_say() -> None:
    one, other = taken(1), taken(2, NOON + 400 * 86_400_000)
    assert same_case(one, other)
    assert same_case(other, one)
    assert first_of(one, other) == first_of(other, one) == one.id
    assert taken_at(one) == 1


def test_one_counter_another_procedure_another_person_and_oneself_are_no_case() -> None:
    one = taken(1)
    assert not same_case(one, one)
    assert not same_case(one, replace(taken(2), id=EntryId(journal_of(1, 2), 5)))  # a later life of one PC
    assert not same_case(one, taken(2, procedure=ProcedureUsed("9.000002", "Khác", "", "mirror", True)))
    assert not same_case(one, taken(2, party=replace(PARTY_TAKEN, id_number="012190000002")))
    assert one.procedure == ALLOWANCE


def test_without_a_number_the_record_of_the_person_tells() -> None:
    unknown = replace(PARTY_TAKEN, id_number="")
    known, other = EntryId(257, 3), EntryId(257, 4)
    assert same_case(taken(1, party=unknown, person=known), taken(2, party=unknown, person=known))
    assert same_case(taken(1, party=unknown, person=known), taken(2, person=known))
    assert not same_case(taken(1, party=unknown, person=known), taken(2, party=unknown, person=other))
    assert not same_case(taken(1, party=unknown), taken(2, party=unknown))


def test_what_nobody_has_accepted_was_taken_in_by_nobody() -> None:
    waiting = taken(2, stage=Stage.ONLINE)
    assert not same_case(taken(1), waiting)
    accepted = replace(
        waiting, stage=Stage.ACCEPTED, forms=(Form("01", "", 1, EntryId(journal_of(3, 1), 2), NOON),)
    )
    assert same_case(taken(1), accepted)
    assert taken_at(accepted) == 3


def test_an_ended_one_counts_only_for_the_time_it_was_open() -> None:
    done = taken(1, stage=Stage.DONE, result=result(NOON + 10 * MINUTE))
    assert same_case(done, taken(2, NOON + 9 * MINUTE))
    assert not same_case(done, taken(2, NOON + 10 * MINUTE))
    withdrawn = taken(1, stage=Stage.WITHDRAWN, ended_at=NOON + 5 * MINUTE)
    assert not same_case(withdrawn, taken(2, NOON + 9 * MINUTE))
