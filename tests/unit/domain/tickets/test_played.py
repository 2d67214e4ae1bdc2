"""Several PCs, their later lives and the province write and meet at random: who may answer answers, once.

Each PC runs the decisions of the program on what it holds; a PC that was taken over writes what it likes. The
same play with a guard taken away must fail: that the plants are seen red is a test of this file.
"""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counter_app.domain.drafting import draft
from counter_app.domain.folding.registry import fold_subject
from counter_app.domain.tickets import aggregates, decisions
from counter_app.domain.tickets.entries import AnsweredFromAfar, BundleNamed, Standing, TicketAnswered
from counter_app.domain.tickets.state import AfarState, TicketState
from sync.protocol.naming.ids import EntryId, device_of, is_province, unit_journal
from tests.unit.domain.folding.writing import NOON, Counter

STANDING = Standing("1", 1, 0, 0, 0)
DEVICES = (5, 6, 7)
WISHES = ("doctor", "bundle", "catalogue")


class Play:
    """A unit of three PCs, one with two lives, and its province."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.hub = Counter(1)
        self.hub.journal = unit_journal("00000", 1)
        self.pcs = [Counter(5), Counter(5, life=2), Counter(6), Counter(7)]
        self.requests: list[EntryId] = []
        self.tickets: list[EntryId] = []

    def run(self, steps: int = 50) -> None:
        acts: tuple[Callable[[], None], ...] = (
            self._asks, self._does, self._does, self._forges, self._opens, self._answers, self._meets,
            self._meets,
        )  # fmt: skip
        for _ in range(steps):
            self.chance.choice(acts)()
        for _ in range(2):
            for pc in self.pcs:
                pc.exchange(self.hub)
                self.hub.exchange(pc)

    def _meets(self) -> None:
        one, other = self.chance.sample([self.hub, *self.pcs], 2)
        one.exchange(other)

    def _asks(self) -> None:
        device, wish = self.chance.choice(DEVICES), self.chance.choice(WISHES)
        self.requests += self.hub.append([decisions.ask_from_afar(device, wish, "", NOON)])

    def _does(self) -> None:
        """What the program of a PC does with a request it holds."""
        pc = self.chance.choice(self.pcs)
        for request in self.requests:
            state = fold_subject(request, pc.facts.values()).state
            if isinstance(state, AfarState) and decisions.is_for(state, pc.journal):
                pc.append(decisions.answer_from_afar(state, "done", "", 1, STANDING))

    def _forges(self) -> None:
        pc = self.chance.choice(self.pcs)
        held = [one for one in (*self.requests, *self.tickets) if one in pc.facts]
        if held:
            subject = self.chance.choice(held)
            forged = (
                TicketAnswered("giả", True)
                if subject in self.tickets
                else AnsweredFromAfar("failed", "forged", 0, STANDING, BundleNamed())
            )
            pc.append([draft(forged, subject)])

    def _opens(self) -> None:
        pc = self.chance.choice(self.pcs)
        self.tickets += pc.append(decisions.open_ticket("copies", "kẹt giấy", STANDING, BundleNamed()))

    def _answers(self) -> None:
        held = [one for one in self.tickets if one in self.hub.facts]
        if held:
            state = fold_subject(self.chance.choice(held), self.hub.facts.values()).state
            if state.status != "closed":
                self.hub.append([decisions.answer_ticket(state, "đã rõ", closes=self.chance.random() < 0.3)])

    def faults(self) -> list[str]:
        """What must never be, as everybody reads it in the end."""
        found = []
        for subject in (*self.requests, *self.tickets):
            states = {repr(fold_subject(subject, pc.facts.values()).state) for pc in (self.hub, *self.pcs)}
            if len(states) != 1:
                found.append(f"{subject}: read differently")
            found += self._of_one(subject)
        return found

    def _of_one(self, subject: EntryId) -> list[str]:
        facts = [fact for fact in self.hub.facts.values() if subject in fact.facts.subjects]
        state = fold_subject(subject, facts).state
        authors = {fact.id.journal for fact in facts[1:]}
        if isinstance(state, TicketState):
            forged = any(words == "giả" for _, words in state.answers)
            unanswered = state.status != "open" and not any(map(is_province, authors))
            return [f"{subject}: forged"] if forged or unanswered else []
        if isinstance(state, AfarState) and not state.is_open:
            right = state.device in {device_of(journal) for journal in authors}
            return [] if right else [f"{subject}: answered by another"]
        return []


@settings(max_examples=20)
@given(st.integers(0, 2**32))
def test_whoever_meets_whom_everybody_reads_the_same_and_nobody_answers_for_another(seed: int) -> None:
    play = Play(seed)
    play.run()
    assert play.faults() == []


def red(seeds: int = 40) -> bool:
    """Whether some play of ``seeds`` shows a fault."""
    for seed in range(seeds):
        play = Play(seed)
        play.run()
        if play.faults():
            return True
    return False


def test_the_plays_are_not_empty() -> None:
    seen = set()
    for seed in range(8):
        play = Play(seed)
        play.run()
        both = (*play.requests, *play.tickets)
        seen |= {fold_subject(one, play.hub.facts.values()).state.status for one in both}
    assert seen >= {"asked", "done", "open", "answered", "closed"}


def test_planted_fault_any_pc_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    real = aggregates.device_of
    monkeypatch.setattr(aggregates, "device_of", lambda journal: Any5(real(journal)))
    assert red()


def test_planted_fault_any_pc_does_what_another_was_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """The decision's guard alone is gone: the fold still refuses, so nothing wrong is read."""
    monkeypatch.setattr(decisions, "is_for", lambda state, _journal: state.is_open)
    assert not red(6)
    monkeypatch.setattr(aggregates, "device_of", lambda journal: Any5(0))
    assert red()


def test_planted_fault_a_counter_speaks_for_the_province(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(aggregates, "is_province", lambda _journal: True)
    assert red()


class Any5(int):
    """A number that is equal to any other: the guard that compares it lets everything through."""

    def __eq__(self, other: object) -> bool:
        return True

    def __ne__(self, other: object) -> bool:
        return False

    __hash__ = int.__hash__
