"""Invariant 5: no two valid lines share a number, none is missing at closing - and faults are seen.

The office runs in the pure domain with several PCs that lose contact, hand on the pen, die, return and are
restored. ``NUMBERS`` sets how many numbers the long run gives (``COMMUNE_NUMBERS=100000`` for more); it
applies facts with the fold's own fast path, as the program does.
"""

from __future__ import annotations

import os
import random
from typing import Any

import msgspec
import pytest

from counter_app.domain.errors import DomainError
from counter_app.domain.folding.doubles import find_doubles
from counter_app.domain.registers import evolve, numbered, refusals
from counter_app.domain.registers.decisions import (
    pass_pen,
    pass_pen_into_file,
    recover_pen,
    request_pen,
    settle_void,
)
from counter_app.domain.registers.entries import PenRecovered
from counter_app.domain.registers.state import RegisterState
from sync.protocol.naming.ids import EntryId, device_of
from tests.unit.domain.folding.writing import Counter, second
from tests.unit.domain.registers.counters import DIRECTOR, REGISTRAR, line_numbers, number_lot, opened

NUMBERS = int(os.environ.get("COMMUNE_NUMBERS", "10000"))


ABOUT_THE_PEN = {"pen.two_terms", "pen.term_taken"}
"""A dead PC had sent the pen away unseen: reported to people, and no number is touched."""


class Office:
    """Counters with one register; every step is drawn from one seed, so a run can be repeated."""

    def __init__(self, seed: int, counters: int = 4) -> None:
        self.chance = random.Random(seed)
        self.running = [Counter(device + 1) for device in range(counters)]
        self.dead: list[Counter] = []
        self.register = opened(self.running[0])
        for other in self.running[1:]:
            other.exchange(self.running[0])

    def run(self, steps: int) -> None:
        """``steps`` moments of a day; rules that say no are part of it."""
        acts = (self.number, self.number, self.number, self.exchange, self.exchange, self.hand_on,
        self.send_pen,
                self.die, self.revive, self.restore)  # fmt: skip
        for _ in range(steps):
            try:
                self.chance.choice(acts)()
            except DomainError:
                continue
            for counter in self.running:
                counter.clock += self.chance.randrange(1, 50)

    def number(self) -> None:
        number_lot(self.chance.choice(self.running), self.register, self.chance.randrange(1, 12))

    def exchange(self) -> None:
        one, other = self.chance.sample(self.running, 2)
        one.exchange(other)

    def hand_on(self) -> None:
        """A live hand-over: the asking PC talks to the holder; afterwards they may part at once."""
        giver, taker = self.chance.sample(self.running, 2)
        if self.chance.random() < 0.7:
            taker.exchange(giver)
        request = request_pen(taker.state(self.register), taker.journal, bytes(16))
        giver.append(pass_pen(giver.state(self.register), giver.journal, request, giver.clock, giver.clock))

    def send_pen(self) -> None:
        giver, taker = self.chance.sample(self.running, 2)
        giver.append(pass_pen_into_file(giver.state(self.register), giver.journal, taker.journal))

    def die(self) -> None:
        """A PC dies with what nobody has seen; if it held the pen, the last word of it is taken over.

        Persons look at all papers (``highest_on_paper``), so the range covers what it has numbered.
        """
        if len(self.running) < 3:
            return
        lost = self.running.pop(self.chance.randrange(len(self.running)))
        self.dead.append(lost)
        for other in self.running[1:]:
            other.exchange(self.running[0])
        self.running[0].exchange(self.running[-1])
        taker = self.chance.choice(self.running[:1])
        if taker.state(self.register).holder in {counter.journal for counter in self.dead}:
            papers = max((max(line_numbers(gone, self.register), default=0) for gone in self.dead), default=0)
            taker.append(
                recover_pen(
                    taker.state(self.register), taker.journal, REGISTRAR, second(DIRECTOR, 2),
                    highest_on_paper=papers, waiting_there=self.chance.randrange(5), ground="máy hỏng",
                )
            )  # fmt: skip
            for other in self.running[1:]:  # two persons tell the office; peers get it within seconds
                other.exchange(taker)

    def revive(self) -> None:
        """The dead PC comes back; it meets another one before anybody works on it."""
        if self.dead:
            back = self.dead.pop()
            back.exchange(self.running[0])
            self.running.append(back)

    def restore(self) -> None:
        """A PC is restored from an old copy of its store into a new life, and meets another one first."""
        old = self.running.pop(self.chance.randrange(len(self.running)))
        self.dead.append(old)
        held = sorted(old.facts.values(), key=lambda fact: fact.id)
        self.lives = getattr(self, "lives", 1) + 1
        new = Counter(device_of(old.journal), self.lives % 200 + 1, old.clock)
        new.take(held[: self.chance.randrange(1, len(held) + 1)])
        new.exchange(self.running[0])
        self.running.append(new)

    def settle(self) -> RegisterState:
        """Everybody meets; unknown numbers are voided with minutes, as at a closing."""
        everyone = [*self.running, *self.dead]
        for other in everyone[1:]:
            everyone[0].exchange(other)
        for other in everyone[1:]:
            other.exchange(everyone[0])
        head = everyone[0]
        head.clock = max(counter.clock for counter in everyone) + 1
        for part in head.state(self.register).unknown:
            for number in range(part.first, part.last + 1):
                head.append(settle_void(head.state(self.register), REGISTRAR, number, "biên bản"))
        for other in everyone[1:]:
            other.exchange(head)
            assert other.folds[self.register] == head.folds[self.register]
        state: RegisterState = head.state(self.register)
        return state

    def faults(self) -> list[str]:
        """What is wrong at a closing, all counters having met: doubles, holes, conflicts."""
        state = self.settle()
        head = (self.running + self.dead)[0]
        lines = line_numbers(head, self.register)
        found = [f"double {double.number}" for double in find_doubles(
            (number, line) for number, held in lines.items() for line in held
        )]  # fmt: skip
        voided = {
            n for part in state.recoveries for gap in part.voided for n in range(gap.first, gap.last + 1)
        }
        expected = set(range(state.first_number, state.next_number))
        found += [f"missing {number}" for number in sorted(expected - lines.keys() - voided)]
        found += [f"void and written {number}" for number in sorted(voided & lines.keys())]
        found += [
            f"conflict {each.code}"
            for each in head.folds[self.register].open_conflicts
            if each.code not in ABOUT_THE_PEN
        ]
        if state.lines != state.numbered or state.lines != len(lines):
            found.append(f"counted {state.lines} of {len(lines)} lines")
        return found


SEEDS = range(12)


@pytest.mark.parametrize("seed", SEEDS)
def test_no_double_and_no_hole_under_partition_death_and_restore(seed: int) -> None:
    office = Office(seed)
    office.run(120)
    assert office.faults() == []


def test_a_long_run_gives_every_number_once() -> None:
    office = Office(4711, counters=3)
    given = 0
    while given < NUMBERS:
        office.run(8)
        holder = max(office.running, key=lambda counter: counter.state(office.register).next_number)
        given = holder.state(office.register).next_number
        for _ in range(10):
            try:
                number_lot(holder, office.register, 200)
            except DomainError:
                break
    assert office.faults() == []
    assert given >= NUMBERS


def _any_fault() -> bool:
    """Whether some seed shows something wrong; a rule that raises in the middle counts as seen too."""
    for seed in SEEDS:
        office = Office(seed)
        try:
            office.run(120)
            if office.faults():
                return True
        except (AssertionError, DomainError):
            return True
    return False


def test_the_office_is_sound_before_faults_are_planted() -> None:
    assert not _any_fault()


def test_planted_ignore_the_holder(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every PC numbers, whoever holds the pen (ignore term)."""

    def careless(state: RegisterState, journal: int, *rest: object, **named: object) -> int:
        return state.next_number

    monkeypatch.setattr("tests.unit.domain.registers.counters.take_numbers", careless)
    assert _any_fault()


def test_planted_forget_life(monkeypatch: pytest.MonkeyPatch) -> None:
    """A restored PC believes that the pen of its former life is its own."""

    def forgetful(state: RegisterState, journal: int, *rest: object, **named: object) -> int:
        if device_of(state.holder) != device_of(journal):
            raise refusals.pen_elsewhere("")
        return state.next_number

    monkeypatch.setattr("tests.unit.domain.registers.counters.take_numbers", forgetful)
    assert _any_fault()


def test_planted_resume_at_the_last_known_number(monkeypatch: pytest.MonkeyPatch) -> None:
    """The recovery goes on right after what is held here, whatever the dead PC has numbered."""
    monkeypatch.setattr(
        "counter_app.domain.registers.recovery.least_resume_at",
        lambda known, paper, waiting, largest: known + 1,
    )
    assert _any_fault()


def test_planted_late_term_counts_as_the_holders(monkeypatch: pytest.MonkeyPatch) -> None:
    """The fold takes a lot of any term for the holder's: the returned PC's numbers move the next one."""
    monkeypatch.setattr(numbered, "_is_holders", lambda state, fact: True)
    monkeypatch.setattr(numbered, "recovery_of", lambda state, term, journal: None)
    assert _any_fault()


def test_planted_unknown_numbers_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    """The recovery marks nothing as unknown: the range stays a hole that nobody settles."""
    real = evolve._recovered

    def forgetful(state: RegisterState, fact: object) -> object:
        outcome = real(state, fact)  # type: ignore[arg-type]
        if not isinstance(outcome, RegisterState):
            return outcome
        last = msgspec.structs.replace(outcome.recoveries[-1], unknown=())
        return msgspec.structs.replace(outcome, recoveries=(*outcome.recoveries[:-1], last))

    patched: dict[Any, Any] = evolve._EVOLVE
    monkeypatch.setitem(patched, PenRecovered, forgetful)
    assert _any_fault()


def test_planted_doubles_swallowed() -> None:
    """The reading's own check sees two valid lines even if no fold reported them."""
    line, other = EntryId(257, 5), EntryId(513, 9)
    assert [double.number for double in find_doubles([(3, line), (3, other)])] == [3]
