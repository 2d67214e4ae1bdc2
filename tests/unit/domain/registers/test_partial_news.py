"""Whatever a PC holds, two lines of one journal never bear the same register, year and number.

PCs hear of each other in parts: of some journals and not of others, up to anywhere in each. The pen is
passed, lost and recovered meanwhile, also by persons who did not look at papers, over PCs that are not dead.
Doubles between two PCs can come of that, and then they are told; a double of one PC with itself never.
"""

from __future__ import annotations

import random
from collections import Counter as Tally

import pytest

from counter_app.domain.certification.entries import LineNumbered
from counter_app.domain.errors import DomainError
from counter_app.domain.folding.doubles import find_doubles
from counter_app.domain.folding.fact import Fact
from counter_app.domain.registers import pen
from counter_app.domain.registers.decisions import pass_pen_into_file, recover_pen
from counter_app.domain.registers.spans import holds
from sync.protocol.naming.ids import EntryId
from tests.unit.domain.folding.writing import Counter, second
from tests.unit.domain.registers.counters import DIRECTOR, REGISTRAR, line_numbers, number_lot, opened
from tests.unit.domain.registers.test_waiting import NamesAll

SEEDS = range(60)


class Gossip:
    """PCs that hear of each other in parts, and persons in a hurry."""

    def __init__(self, seed: int, kind: type[Counter] = Counter) -> None:
        self.chance = random.Random(seed)
        self.pcs = [kind(device) for device in (1, 2, 3, 4)]
        self.register = opened(self.pcs[0])
        for other in self.pcs[1:]:
            other.exchange(self.pcs[0])
        self.codes: Tally[str] = Tally()

    def run(self, steps: int) -> None:
        acts = (self.number, self.number, self.hear, self.hear, self.hear, self.send, self.recover)
        for _ in range(steps):
            try:
                self.chance.choice(acts)()
            except DomainError as refused:
                self.codes[refused.code] += 1
            for pc in self.pcs:
                pc.clock += self.chance.randrange(1, 50)

    def number(self) -> None:
        number_lot(self.chance.choice(self.pcs), self.register, self.chance.randrange(1, 4))

    def hear(self) -> None:
        """Some journals that the other holds, each up to anywhere, as sticks that were lost bring them."""
        taker, giver = self.chance.sample(self.pcs, 2)
        by_journal: dict[int, list[Fact]] = {}
        for identity in sorted(giver.facts.keys() - taker.facts.keys()):
            by_journal.setdefault(identity.journal, []).append(giver.facts[identity])
        for lacked in by_journal.values():
            if self.chance.random() < 0.6:
                taker.take(
                    lacked[: self.chance.choice((len(lacked), self.chance.randrange(len(lacked) + 1)))]
                )

    def send(self) -> None:
        giver, taker = self.chance.sample(self.pcs, 2)
        giver.append(pass_pen_into_file(giver.state(self.register), giver.journal, taker.journal))

    def recover(self) -> None:
        """Nobody looks at any paper, and the holder need not be lost."""
        taker = self.chance.choice(self.pcs)
        if self.chance.random() < 0.3:
            drafts = recover_pen(
                taker.state(self.register), taker.journal, REGISTRAR, second(DIRECTOR, 2),
                highest_on_paper=0, waiting_there=0, ground="vội",
            )  # fmt: skip
            taker.append(drafts, REGISTRAR)

    def twice_by_one(self) -> list[tuple[int, int]]:
        """(journal, number) that one journal's lines bear more than once."""
        given = Tally(
            (fact.id.journal, fact.body.number)
            for pc in self.pcs
            for fact in pc.facts.values()
            if fact.id.journal == pc.journal and isinstance(fact.body, LineNumbered)
        )
        return sorted(place for place, count in given.items() if count > 1)

    def untold(self) -> list[int]:
        """Numbers with two lines that the state of a PC which holds everything does not hold open."""
        for other in self.pcs[1:]:
            self.pcs[0].exchange(other)
        state = self.pcs[0].state(self.register)
        lines: list[tuple[int, EntryId]] = [
            (number, line)
            for number, held in line_numbers(self.pcs[0], self.register).items()
            for line in held
        ]
        return [two.number for two in find_doubles(lines) if not holds(state.open_doubles, two.number)]


@pytest.mark.parametrize("kind", [Counter, NamesAll])
def test_no_journal_gives_a_number_twice_and_every_double_is_told(kind: type[Counter]) -> None:
    refused: Tally[str] = Tally()
    for seed in SEEDS:
        office = Gossip(seed, kind)
        office.run(150)
        assert office.twice_by_one() == [], seed
        assert office.untold() == [], seed
        refused += office.codes
    assert refused["pen.incomplete"] > 5, "the guard was met"


def test_planted_number_while_own_acts_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither guard: a PC whose own acts wait numbers from a state that does not move."""
    monkeypatch.setattr(pen, "check_whole", lambda *_: None)
    monkeypatch.setattr(pen, "_check_own_numbers", lambda *_: None)
    assert any(_gave_twice(seed, NamesAll) for seed in SEEDS)


def test_planted_forget_own_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Persons recover too low and hand the pen back: its own numbers lie above the next one."""
    monkeypatch.setattr(pen, "_check_own_numbers", lambda *_: None)
    assert any(_gave_twice(seed, Counter) for seed in SEEDS)


def _gave_twice(seed: int, kind: type[Counter]) -> bool:
    office = Gossip(seed, kind)
    office.run(150)
    return bool(office.twice_by_one())
