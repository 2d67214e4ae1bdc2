"""Corrections that crossed: the same whoever looks, nothing lost in silence, decided by who saw both."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counter_app.domain.certification.entries import LineCorrected
from counter_app.domain.contradictions import crossing
from counter_app.domain.contradictions.crossing import Crossing, crossings, is_settled
from counter_app.domain.contradictions.entries import LINE, MATTERS, PARTY, ContradictionSettled
from counter_app.domain.dossiers.entries import Companion, PartyCorrected
from counter_app.domain.drafting import draft
from counter_app.domain.kinds import BY_NUMBER
from sync.protocol.journals.codec import decode_body, encode_body
from sync.protocol.naming.ids import EntryId
from tests.unit.domain.contradictions.dossiers_by_hand import PARTY_TAKEN, submitted
from tests.unit.domain.folding.writing import MINUTE, Counter

SALT = b"salt"
GOLDEN = "97a57061727479a570686f6e659292cd01010192cd01020192cd010101c0a5776f726473c40473616c74"


def three() -> tuple[Counter, Counter, Counter, EntryId]:
    """Three PCs that hold one dossier."""
    one, two, other = Counter(1), Counter(2, clock=1_795_237_200_000 + MINUTE), Counter(3)
    (dossier,) = one.append(submitted())
    one.exchange(two)
    one.exchange(other)
    return one, two, other, dossier


def correct(counter: Counter, dossier: EntryId, **values: object) -> EntryId:
    """One correction on top of what this PC holds; companions by ``companions``."""
    counter.clock += 1_000
    state = counter.folds[dossier].state
    companions = values.pop("companions", state.companions)
    party = msgspec.structs.replace(state.party, **values)
    return counter.append([draft(PartyCorrected(party, companions, "Nhập sai", SALT), dossier)])[0]


def found(counter: Counter, dossier: EntryId) -> tuple[Crossing, ...]:
    return crossings(dossier, [one for one in counter.facts.values() if dossier in one.facts.subjects])


def decide(counter: Counter, dossier: EntryId, one: Crossing, chosen: EntryId) -> None:
    body = ContradictionSettled(one.matter, one.field, one.entries, chosen, one.proposed, "Theo thẻ", SALT)
    counter.append([draft(body, dossier)])


def test_one_field_at_two_counters_crosses_and_what_stands_is_proposed() -> None:
    one, two, _, dossier = three()
    first, second = correct(one, dossier, phone="1"), correct(two, dossier, phone="2")
    assert found(one, dossier) == ()
    one.exchange(two)
    (crossed,) = found(one, dossier)
    assert (crossed.matter, crossed.field, crossed.entries) == (PARTY, "phone", (first, second))
    assert [side.value for side in crossed.sides] == ["1", "2"]
    assert crossed.stands == crossed.proposed == second
    assert one.folds[dossier].state.party.phone == "2"


def test_who_held_the_first_correction_does_not_cross_it() -> None:
    one, two, _, dossier = three()
    correct(one, dossier, phone="1")
    one.exchange(two)
    correct(two, dossier, phone="2")
    two.exchange(one)
    assert found(one, dossier) == ()


def test_two_who_write_the_same_agree() -> None:
    one, two, _, dossier = three()
    correct(one, dossier, phone="1")
    correct(two, dossier, phone="1")
    one.exchange(two)
    assert found(one, dossier) == ()


def test_a_correction_carried_away_by_one_of_another_field_is_found_and_proposed() -> None:
    one, two, _, dossier = three()
    first, second = correct(one, dossier, phone="1"), correct(two, dossier, address="B")
    one.exchange(two)
    by_field = {crossed.field: crossed for crossed in found(one, dossier)}
    assert set(by_field) == {"phone", "address"}
    assert by_field["phone"].proposed == first
    assert by_field["phone"].stands == second
    assert by_field["address"].proposed == by_field["address"].stands == second
    assert [side.changed for side in by_field["phone"].sides] == [True, False]


def test_three_counters_stand_in_one_crossing_and_a_fourth_word_opens_a_settled_one() -> None:
    one, two, other, dossier = three()
    for counter, value in ((one, "1"), (two, "2")):
        correct(counter, dossier, phone=value)
    late = correct(other, dossier, phone="3")
    one.exchange(two)
    (crossed,) = found(one, dossier)
    decide(one, dossier, crossed, crossed.entries[0])
    assert found(one, dossier) == ()
    one.exchange(other)
    (again,) = found(one, dossier)
    assert late in again.entries
    assert len(again.sides) == 3


def test_a_correction_of_the_field_by_who_held_both_decides_it_and_of_another_field_does_not() -> None:
    one, two, _, dossier = three()
    correct(one, dossier, phone="1")
    correct(two, dossier, phone="2")
    one.exchange(two)
    correct(one, dossier, address="B")
    (crossed,) = found(one, dossier)
    assert crossed.stands == crossed.entries[1]  # carried on by the later one
    correct(one, dossier, phone="3")
    assert found(one, dossier) == ()


def test_companions_are_a_field() -> None:
    one, two, _, dossier = three()
    correct(one, dossier, companions=(Companion("witness", "LÒ TẬP HUẤN", "", "", 0, ""),))
    correct(two, dossier, phone="2")
    one.exchange(two)
    assert {crossed.field for crossed in found(one, dossier)} == {"companions", "phone"}


def test_an_earlier_correction_of_the_same_counter_is_no_side_of_its_own() -> None:
    one, two, _, dossier = three()
    correct(one, dossier, address="A")
    mine = correct(one, dossier, phone="1")
    theirs = correct(two, dossier, phone="2")
    one.exchange(two)
    assert {crossed.field: crossed.entries for crossed in found(one, dossier)}["phone"] == (mine, theirs)


def test_columns_of_a_line_cross_by_column() -> None:
    one, two, _, line = three()  # any subject that both hold: the fold of a line is not asked here
    second = EntryId(2305, 7)
    for counter, column, now in ((one, 4, "A"), (one, 6, "2"), (two, 4, "B"), (two, 5, "C")):
        counter.append([draft(LineCorrected(column, "X", now, "Sai", second, b""), line, line)])
    one.exchange(two)
    (crossed,) = found(one, line)
    assert (crossed.matter, crossed.field) == (LINE, "column.4")
    assert [side.value for side in crossed.sides] == ["A", "B"]


def test_a_decision_about_one_field_leaves_the_other_open() -> None:
    one, two, _, dossier = three()
    correct(one, dossier, phone="1", address="A")
    correct(two, dossier, phone="2", address="B")
    one.exchange(two)
    crossed = {one.field: one for one in found(one, dossier)}
    decide(two, dossier, crossed["phone"], crossed["phone"].entries[0])
    two.exchange(one)
    assert [left.field for left in found(one, dossier)] == ["address"]


STEPS = st.lists(
    st.tuples(st.sampled_from(["phone", "address", "meet", "decide"]), st.integers(0, 2), st.integers(0, 2)),
    max_size=14,
)


@settings(max_examples=120, deadline=None)
@given(steps=STEPS, shuffled=st.randoms(use_true_random=False))
def test_every_holder_finds_the_same_and_no_correction_is_lost_in_silence(
    steps: list[tuple[str, int, int]], shuffled: object
) -> None:
    counters = three()
    dossier, pcs = counters[3], counters[:3]
    for place, (what, which, other) in enumerate(steps):
        if what == "meet":
            pcs[which].exchange(pcs[other])
        elif what == "decide":
            for crossed in found(pcs[which], dossier)[:1]:
                decide(pcs[which], dossier, crossed, crossed.entries[other % len(crossed.entries)])
        else:
            pcs[which].clock += (other - 1) * MINUTE  # clocks go anywhere
            correct(pcs[which], dossier, **{what: str(place)})
    for pc in pcs[1:]:
        pcs[0].exchange(pc)
    for pc in pcs[1:]:
        pc.exchange(pcs[0])
    facts = list(pcs[0].facts.values())
    shuffled.shuffle(facts)  # type: ignore[attr-defined]
    told = found(pcs[0], dossier)
    assert told == found(pcs[1], dossier) == found(pcs[2], dossier) == crossings(dossier, facts)
    _nothing_lost(facts, pcs[0].folds[dossier].state.party, told)


def _nothing_lost(facts: list, party: msgspec.Struct, told: tuple[Crossing, ...]) -> None:
    """A value that somebody typed stands, was replaced by one who held it, is told, or was decided."""
    settled = [one.body for one in facts if isinstance(one.body, ContradictionSettled)]
    on_desk = {(entry, crossed.field) for crossed in told for entry in crossed.entries}
    decided = {(entry, body.field) for body in settled for entry in body.entries}
    by_id = {one.id: one for one in facts}
    for fact in facts:
        if not isinstance(fact.body, PartyCorrected):
            continue
        for field in ("phone", "address"):
            typed = getattr(fact.body.party, field)
            if not typed.isdigit() or (fact.id, field) in on_desk | decided:
                continue
            before = [by_id[one].body for one in _ancestors(fact.id, by_id)]
            if any(isinstance(one, PartyCorrected) and getattr(one.party, field) == typed for one in before):
                continue  # carried on, not typed
            later = [one for one in facts if fact.id in _ancestors(one.id, by_id)]
            replaced = any(
                isinstance(one.body, PartyCorrected) and getattr(one.body.party, field) != typed
                for one in later
            )
            assert replaced or getattr(party, field) == typed


def _ancestors(entry: EntryId, by_id: dict) -> set[EntryId]:
    seen: set[EntryId] = set()
    left = [entry]
    while left:
        fact = by_id[left.pop()]
        before = {one for one in fact.facts.after if one in by_id}
        before |= {EntryId(fact.id.journal, seq) for seq in range(1, fact.id.seq)} & by_id.keys()
        left += before - seen
        seen |= before
    return seen


def test_the_rule_can_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    """Planted: who knew of whom is forgotten; then an ordinary second correction is called a crossing."""
    monkeypatch.setattr(crossing, "_known", lambda ordered, wanted: {one.id: frozenset() for one in ordered})
    with pytest.raises(AssertionError):
        test_who_held_the_first_correction_does_not_cross_it()


def test_a_decision_counts_for_its_matter_and_field_and_all_of_its_acts() -> None:
    a, b, c = EntryId(257, 1), EntryId(258, 1), EntryId(513, 1)
    body = ContradictionSettled(PARTY, "phone", (a, b), a, None, "words", SALT)
    assert is_settled(PARTY, "phone", (a, b), [body])
    assert is_settled(PARTY, "phone", (b,), [body])
    assert not is_settled(PARTY, "phone", (a, b, c), [body])
    assert not is_settled(PARTY, "name", (a, b), [body])
    assert not is_settled(LINE, "phone", (a, b), [body])
    assert len(set(MATTERS)) == len(MATTERS)


def test_the_bytes_of_a_decision_are_for_ever() -> None:
    body = ContradictionSettled(
        PARTY, "phone", (EntryId(257, 1), EntryId(258, 1)), EntryId(257, 1), None, "words", SALT
    )
    assert encode_body(body).hex() == GOLDEN
    kind = BY_NUMBER[534]
    assert decode_body(kind.body, bytes.fromhex(GOLDEN)) == body
    assert (kind.sealed, kind.must_understand) == (True, False)
    assert PARTY_TAKEN.phone == ""
