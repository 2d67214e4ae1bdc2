"""A look-up's state: whatever comes in whatever order, twice, after a withdrawal, from two lives of a hub."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.drafting import draft
from counter_app.domain.folding.registry import fold_subject
from counter_app.domain.kinds import BY_NUMBER
from counter_app.domain.lookups import asking
from counter_app.domain.lookups.entries import (
    AskedField,
    FieldAnswer,
    LookupAnswered,
    LookupAsked,
    LookupWithdrawn,
    SystemStandingSaid,
)
from sync.protocol.journals.codec import decode_body, encode_body
from sync.protocol.naming.ids import SELF
from tests.unit.domain.folding.writing import MINUTE, Counter
from tests.unit.domain.lookups.asked import CLERK, DOSSIER, answer, asked_at, province, state_of

NAME_DIFFERS = FieldAnswer("name", "different", "LÝ THỊ KHÁC")
NAME_SAME = FieldAnswer("name", "same")
OUTCOMES = ("unreachable", "same", "different", "no_person", "refused", "expired")
GOLDEN = {
    530: (
        LookupAsked("population", 3, "1.000094", "NQ", "012190000001", (AskedField("name", "LÝ"),),
                    "lookup.9.1", 1_795_237_200_000, b"salt"),
        ("99aa706f70756c6174696f6e03a8312e303030303934a24e51ac3031323139303030303030319192a46e616d65a3"
         "4cc39daa6c6f6f6b75702e392e31cf000001a1fc79c080c40473616c74"),
    ),
    531: (
        LookupAnswered("different", (NAME_DIFFERS,), 0, 20261221, "TH-1", "", b"salt"),
        ("97a9646966666572656e749193a46e616d65a9646966666572656e74af4cc39d205448e1bb8a204b48c3814300ce"
         "01352965a454482d31a0c40473616c74"),
    ),
    532: (LookupWithdrawn("Đã nộp giấy"), "91b1c490c3a3206ee1bb9970206769e1baa579"),
    533: (SystemStandingSaid("land", "down", 7), "93a46c616e64a4646f776e07"),
}  # fmt: skip


@pytest.mark.parametrize("number", sorted(GOLDEN))
def test_bytes_of_the_kinds_stay_as_they_were_released(number: int) -> None:
    body, released = GOLDEN[number]
    assert BY_NUMBER[number].body is type(body)
    assert encode_body(body).hex() == released
    assert decode_body(type(body), encode_body(body)) == body


def test_a_question_waits_until_the_province_answers() -> None:
    desk, hub = Counter(5), province()
    lookup = asked_at(desk)
    assert (state_of(desk, lookup).status, state_of(desk, lookup).is_open) == ("asked", True)
    assert state_of(desk, lookup).dossier == DOSSIER
    hub.exchange(desk)
    hub.append([answer(lookup, "unreachable", since=77)])
    desk.exchange(hub)
    assert (state_of(desk, lookup).status, state_of(desk, lookup).since) == ("unreachable", 77)
    assert state_of(desk, lookup).is_open
    hub.append([answer(lookup, "different", NAME_DIFFERS)])
    desk.exchange(hub)
    state = state_of(desk, lookup)
    assert (state.status, state.is_open, state.since) == ("different", False, 0)
    assert state.answers == (NAME_DIFFERS,)


def test_nobody_but_the_province_answers() -> None:
    desk, other = Counter(5), Counter(6)
    lookup = asked_at(desk)
    other.exchange(desk)
    other.append([answer(lookup, "same", NAME_SAME)])
    desk.exchange(other)
    assert state_of(desk, lookup).status == "asked"


def test_what_was_found_goes_after_its_day_and_the_outcome_stays() -> None:
    desk, hub = Counter(5), province()
    lookup = asked_at(desk)
    hub.exchange(desk)
    hub.append([answer(lookup, "different", NAME_DIFFERS, expires=20261221)])
    state = state_of(hub, lookup)
    assert state.answers_on(20261221) == (NAME_DIFFERS,)
    assert state.answers_on(20261222) == (FieldAnswer("name", "different"),)


@given(st.lists(st.sampled_from(OUTCOMES), min_size=1, max_size=5), st.booleans(), st.randoms())
def test_any_order_any_number_of_times_gives_one_state(outcomes, withdrawn, random) -> None:
    """Two lives of the province answer apart, the counter may call back meanwhile; all holders agree."""
    desk, lives = Counter(5), (province(1), province(2))
    lookup = asked_at(desk)
    for place, outcome in enumerate(outcomes):
        hub = lives[place % 2]
        hub.exchange(desk) if not withdrawn else hub.take([desk.facts[lookup]])
        hub.clock += random.randint(-3, 3) * MINUTE
        hub.append([answer(lookup, outcome, NAME_SAME)])
    if withdrawn:
        desk.append(asking.withdraw(state_of(desk, lookup), CLERK, "đã nộp giấy"), CLERK)
    facts = {**desk.facts, **lives[0].facts, **lives[1].facts}
    whole = [fact for fact in facts.values() if lookup in fact.facts.subjects]
    expected = fold_subject(lookup, whole)
    random.shuffle(whole)
    reader = Counter(7)
    reader.take([*whole, *whole])
    again = reader.folds[lookup]
    assert again.state == expected.state
    assert not again.conflicts
    state = expected.state
    if withdrawn:
        assert (state.status, state.answers, state.reference) == ("withdrawn", (), "")
    else:
        said = {one for one in outcomes if one in ("same", "different", "no_person")}
        assert state.status in said or not said
        assert state.contradicted == (len(said) > 1)


def test_equal_answers_do_not_contradict_and_unlike_ones_do() -> None:
    desk, hub = Counter(5), province()
    lookup = asked_at(desk)
    hub.exchange(desk)
    hub.append([answer(lookup, "same", NAME_SAME), answer(lookup, "same", NAME_SAME)])
    assert not state_of(hub, lookup).contradicted
    hub.append([answer(lookup, "different", NAME_DIFFERS)])
    assert state_of(hub, lookup).contradicted
    assert state_of(hub, lookup).status == "same"


def test_a_system_stands_as_the_province_said() -> None:
    hub = province()
    (said,) = hub.append([draft(SystemStandingSaid("land", "down", 77), SELF)])
    assert (hub.folds[said].state.system, hub.folds[said].state.standing) == ("land", "down")
