"""Any order and any cut of the same facts gives the same folded subjects, step by step or at once."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counter_app.domain.drafting import draft
from counter_app.domain.errors import DomainError
from counter_app.domain.folding.fact import Fact
from counter_app.domain.folding.registry import fold_subject
from counter_app.domain.registers.decisions import pass_pen_into_file, recover_pen, settle_void
from counter_app.domain.registers.entries import BookOpened
from sync.protocol.naming.ids import EntryId
from tests.unit.domain.folding.writing import MINUTE, NOON, Counter, facts_of, second
from tests.unit.domain.registers.counters import DIRECTOR, REGISTRAR, number_lot, opened

ACTS = ("number", "steal", "pass", "exchange", "recover", "void", "book", "clock")
steps = st.lists(
    st.tuples(st.sampled_from(ACTS), st.integers(0, 2), st.integers(0, 2), st.integers(1, 3)), max_size=25
)


def _act(counters: list[Counter], register: EntryId, step: tuple[str, int, int, int]) -> None:
    """One step of a careless office: people try what the rules may refuse, clocks jump, copies number on."""
    act, who, whom, count = step
    counter = counters[who]
    state = counter.state(register)
    match act:
        case "number":
            number_lot(counter, register, count)
        case "steal":
            number_lot(counter, register, count, first=state.next_number, term=state.term)
        case "pass":
            counter.append(pass_pen_into_file(state, counter.journal, counters[whom].journal))
        case "exchange":
            counter.exchange(counters[whom])
        case "recover":
            counter.append(
                recover_pen(
                    state,
                    counter.journal,
                    REGISTRAR,
                    second(DIRECTOR, 2),
                    highest_on_paper=0,
                    waiting_there=count,
                    ground="tập huấn",
                )
            )
        case "void":
            counter.append(settle_void(state, REGISTRAR, state.unknown[0].first, "biên bản"))
        case "book":
            counter.append([draft(BookOpened(count + 1, state.next_number), register)])
        case "clock":
            counter.clock = NOON + (count - 2) * 10 * MINUTE * (whom + 1)


def _office(script: list[tuple[str, int, int, int]]) -> tuple[list[Counter], EntryId]:
    counters = [Counter(device) for device in (1, 2, 3)]
    register = opened(counters[0])
    for other in counters[1:]:
        counters[0].exchange(other)
    for step in script:
        try:
            _act(counters, register, step)
        except (DomainError, IndexError):
            continue
        counters[step[1]].clock += 1
    return counters, register


@settings(max_examples=400, deadline=None)
@given(steps, st.randoms(use_true_random=False), st.integers(1, 7))
def test_any_arrival_gives_equal_folds(
    script: list[tuple[str, int, int, int]], chance: random.Random, cut: int
) -> None:
    counters, _ = _office(script)
    everything = list({fact.id: fact for counter in counters for fact in counter.facts.values()}.values())
    begun = {fact.id for fact in everything}
    subjects = {subject for fact in everything for subject in fact.facts.subjects if subject in begun}
    whole = {subject: fold_subject(subject, facts_of(subject, everything)) for subject in subjects}
    shuffled = everything[:]
    chance.shuffle(shuffled)
    late = Counter(99)
    for start in range(0, len(shuffled), cut):
        late.take(shuffled[start : start + cut])
        late.take(shuffled[: start // 2])  # what is already known comes again
    assert {subject: late.folds[subject] for subject in subjects} == whole
    counters[0].exchange(counters[1])
    counters[0].exchange(counters[2])
    assert {subject: counters[0].folds[subject] for subject in subjects} == whole


@settings(max_examples=100, deadline=None)
@given(steps)
def test_states_do_not_grow_with_their_lines(script: list[tuple[str, int, int, int]]) -> None:
    counters, register = _office(script)
    sizes = []
    for _ in range(40):
        try:
            number_lot(counters[0], register, 3)
        except DomainError:
            return
        sizes.append(len(repr(counters[0].state(register))))
    assert sizes[-1] <= sizes[0] + 30  # more digits, nothing else


def test_order_by_arrival_would_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """Planted fault: ties by arrival instead of ``(at, journal, seq)``."""
    counters, register = _office([("book", 0, 0, 1), ("book", 1, 0, 2)])
    everything = [fact for counter in counters for fact in counter.facts.values()]
    facts = facts_of(register, {fact.id: fact for fact in everything}.values())
    assert fold_subject(register, facts) == fold_subject(register, facts[::-1])
    folds: list[object] = []
    arrival: dict[EntryId, int] = {}
    monkeypatch.setattr(Fact, "place", property(lambda fact: (arrival[fact.id], 0, 0)))
    for arrived in (facts, facts[::-1]):
        arrival.update({fact.id: place for place, fact in enumerate(arrived)})
        folds.append(fold_subject(register, arrived).state)
    assert folds[0] != folds[1]
