"""The pen goes to paper, to a laptop by file and over the year's end: PCs that see only what reached them.

The product's decisions and folds, no store: each PC folds the facts it holds. What stands on any paper is
kept outside all of them (``stamped``); at the end everybody meets and every number on paper must be one
line's, every line's day must lie in its register's year, and each year must have one register.
"""

from __future__ import annotations

import random
from collections import Counter as Tally
from collections.abc import Callable
from typing import Any

from counter_app.domain.certification.entries import LineNumbered, LotNumbered
from counter_app.domain.dates import vn_date
from counter_app.domain.errors import DomainError
from counter_app.domain.folding.fact import Fact
from counter_app.domain.folding.registry import fold_subject
from counter_app.domain.kinds import BY_BODY, BY_NUMBER
from counter_app.domain.organisation import roles
from counter_app.domain.organisation.state import OfficialState
from counter_app.domain.registers import decisions
from counter_app.domain.registers import entries as r
from counter_app.domain.registers.state import RegisterState
from counter_app.domain.seconds import Second
from sync.protocol.journals.codec import decode_body
from sync.protocol.journals.entry import Draft, Entry, Facts
from sync.protocol.naming.ids import EntryId, journal_of
from sync.protocol.naming.keys import Purpose, SigningKey
from tests.unit.storage.world import SALT

HOUR = 3_600_000
AUTUMN = 1_796_000_400_000
"""2026-11-30 in the morning, ms: the year ends during the run."""
REQUEST = EntryId(journal_of(9, 1), 1)
KEY = SigningKey.fresh()
REGISTRAR = OfficialState(EntryId(journal_of(9, 1), 2), "Lò Thị", "", (roles.REGISTRAR,), b"", "hoa")
HEAD_ID = EntryId(journal_of(9, 1), 3)
HEAD = OfficialState(
    HEAD_ID, "Giàng A", "", (roles.CHAIRMAN,), KEY.public, "chien", keys=((HEAD_ID, KEY.public),)
)
BESIDE = Second(HEAD, lambda message: KEY.sign(Purpose.OFFICIAL, message))
LAPTOP = journal_of(4, 1)


class Travels:
    """Three counters and a laptop; ``held`` is what each has read, ``pocket`` files on their way."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.at = AUTUMN
        self.pcs = [journal_of(device, 1) for device in (1, 2, 3)] + [LAPTOP]
        self.seqs = dict.fromkeys(self.pcs, 0)
        self.held: dict[int, dict[EntryId, Fact]] = {pc: {} for pc in self.pcs}
        self.pocket: list[tuple[int, dict[EntryId, Fact]]] = []
        self.stamped: list[tuple[int, int, int]] = []
        """(year of the day, year of the register, number) of every text that left a printer or a pen."""
        self.sheets: dict[EntryId, range] = {}
        """Numbers still free on the sheets of a register; what is before them was used by hand."""
        self.printed: dict[EntryId, int] = {}
        """Term of the sheets last printed; on their head stands when they were, so nobody mistakes them."""
        self.read_off: dict[EntryId, tuple[int, int]] = {}
        """Term of the sheets that came back last, and the last number on them."""
        self.done: Tally[str] = Tally()
        body = r.RegisterOpened("copy", "SCT/BS", 2026, 1, 1, r.FIRST, "", self.pcs[0])
        opened = self._write(self.pcs[0], body, None)
        for pc in self.pcs:
            self.held[pc][opened.id] = opened

    def run(self, steps: int) -> None:
        """So many moments; rules that say no are part of them."""
        acts: list[tuple[Callable[[int], str], int]] = [
            (self.lot, 50), (self.meet, 45), (self.send, 9), (self.arrive, 12), (self.to_paper, 7),
            (self.hand, 14), (self.from_paper, 16), (self.claim, 7), (self.enter, 14), (self.new_year, 5),
        ]  # fmt: skip
        names, weights = zip(*acts, strict=True)
        for _ in range(steps):
            self.at += self.chance.randrange(HOUR, 16 * HOUR)
            act = self.chance.choices(names, weights)[0]
            try:
                told = act(self._somebody())
            except DomainError as refused:
                told = refused.code
            self.done[told] += 1

    def _somebody(self) -> int:
        """Any PC; more often one that believes it has the pen, for there things happen."""
        holders = [pc for pc in self.pcs if any(state.holder == pc for state in self.registers(pc))]
        return self.chance.choice(holders if holders and self.chance.random() < 0.6 else self.pcs)

    def registers(self, pc: int) -> list[RegisterState]:
        """Register-years as ``pc`` reads them, oldest first."""
        facts = self.held[pc]
        opened = [one.id for one in facts.values() if isinstance(one.body, r.RegisterOpened)]
        states = [self._fold(pc, subject) for subject in opened]
        return sorted(states, key=lambda state: (state.year, state.id))

    def _fold(self, pc: int, subject: EntryId) -> RegisterState:
        facts = [one for one in self.held[pc].values() if subject in one.facts.subjects]
        found: RegisterState = fold_subject(subject, facts).state
        return found

    def _current(self, pc: int) -> RegisterState:
        """The register of today's year where it is open, else the last one: what the program shows."""
        held = self.registers(pc)
        year = vn_date(self.at).year
        return next((state for state in held if state.year == year), held[-1])

    # acts

    def lot(self, pc: int) -> str:
        """A pile gets its numbers; its texts are printed."""
        state, count = self._current(pc), self.chance.randrange(1, 6)
        first = decisions.take_numbers(state, pc, count, self.at, last_contact=self.at, date_confirmed=True)
        self._lot(pc, state, first, count)
        self.stamped += [
            (vn_date(self.at).year, state.year, number) for number in range(first, first + count)
        ]
        return "lot"

    def meet(self, pc: int) -> str:
        """Two counters exchange; the laptop is in a village and meets nobody."""
        other = self.chance.choice([one for one in self.pcs if one not in (pc, LAPTOP)] or [pc])
        if LAPTOP in (pc, other):
            return "away"
        both = self.held[pc] | self.held[other]
        self.held[pc], self.held[other] = dict(both), dict(both)
        return "meet"

    def send(self, pc: int) -> str:
        """The pen into a file, to the laptop most times, with all this PC holds."""
        to = LAPTOP if self.chance.random() < 0.7 and pc != LAPTOP else self.chance.choice(self.pcs)
        (drafted,) = decisions.pass_pen_into_file(self._current(pc), pc, to)
        self._append(pc, drafted)
        self.pocket.append((to, dict(self.held[pc])))
        return "send"

    def arrive(self, pc: int) -> str:
        """A file is read, in any order; now and then the laptop's holdings are carried home in one."""
        if self.chance.random() < 0.3:
            self.held[pc] |= self.held[LAPTOP]
            return "laptop home"
        if not self.pocket:
            return "no file"
        to, facts = self.pocket.pop(self.chance.randrange(len(self.pocket)))
        self.held[to] |= facts
        return "arrive"

    def to_paper(self, pc: int) -> str:
        """Power cut: sheets with the next numbers."""
        state = self._current(pc)
        sheets = state.last_number + self.chance.randrange(1, 12)
        (drafted,) = decisions.pass_to_paper(state, pc, sheets, REGISTRAR, BESIDE)
        self._append(pc, drafted)
        self.sheets[state.id] = range(state.next_number, sheets + 1)
        self.printed[state.id] = state.term + 1
        return "to paper"

    def hand(self, pc: int) -> str:
        """The next number on some sheets is written by hand, in that register's year."""
        years = {state.id: state.year for one in self.pcs for state in self.registers(one)}
        free = [subject for subject, left in self.sheets.items() if left]
        if not free:
            return "no sheets"
        subject = self.chance.choice(free)
        number, *_ = self.sheets[subject]
        self.sheets[subject] = self.sheets[subject][1:]
        self.stamped.append((years[subject], years[subject], number))
        return "by hand"

    def from_paper(self, pc: int) -> str:
        """The sheets come back where the PC knows they went out; the last number on them is read off.

        Only the PC that printed them takes them (``paper.elsewhere`` else); who has photographs of them and
        says so all the same is ``claim``.
        """
        out = [state for state in self.registers(pc) if state.is_on_paper and state.id in self.sheets]
        if not out:
            return "not out"
        state = out[0]
        if state.papers[-1].term != self.printed[state.id]:
            return "other sheets"
        last = self.sheets[state.id].start - 1
        (drafted,) = decisions.return_from_paper(state, pc, last, REGISTRAR, BESIDE)
        self._append(pc, drafted)
        self.sheets.pop(state.id, None)
        self.read_off[state.id] = (state.papers[-1].term, last)
        return "from paper"

    def claim(self, pc: int) -> str:
        """Two persons hold sheets that came back elsewhere already, and say at ``pc`` that they came back."""
        held = [state for state in self.registers(pc) if state.papers and state.id in self.read_off]
        if not held:
            return "nothing to claim"
        state = held[-1]
        term, last = self.read_off[state.id]
        if state.papers[-1].term != term:
            return "other sheets"
        (drafted,) = decisions.return_from_paper(state, pc, last, REGISTRAR, BESIDE)
        self._append(pc, drafted)
        return "claimed"

    def enter(self, pc: int) -> str:
        """What was used on paper and nobody has entered becomes lines, at the PC that brought it back."""
        for state in self.registers(pc):
            for part in state.to_enter_from_paper if state.holder == pc else ():
                count = part.last - part.first + 1
                self._lot(pc, state, decisions.paper_numbers(state, part.first, count), count)
                return "entered"
        return "nothing to enter"

    def new_year(self, pc: int) -> str:
        """The last holder opens the next year's register."""
        held = self.registers(pc)
        (drafted,) = decisions.open_new_year(REGISTRAR, held[-1], "SCT/BS", pc, self.at, held)
        self._append(pc, drafted)
        return "new year"

    # writing

    def _append(self, pc: int, drafted: Draft) -> Fact:
        kind = BY_NUMBER[drafted.kind]
        body = decode_body(kind.body, drafted.body)
        subject = drafted.subjects[0] if drafted.subjects and drafted.subjects[0].seq else None
        return self._write(pc, body, subject)

    def _lot(self, pc: int, state: RegisterState, first: int, count: int) -> None:
        day = vn_date(self.at)
        number_of_day = day.year * 10_000 + day.month * 100 + day.day
        lot = EntryId(pc, self.seqs[pc] + 1)
        body = LotNumbered(
            REGISTRAR.id, REGISTRAR.id, "CHỦ TỊCH", "Lò Thị", "", state.term, 1, first, count, number_of_day,
            bytes(32), True,
        )  # fmt: skip
        self._write(pc, body, state.id, lot)
        for number in range(first, first + count):
            line = LineNumbered(
                number, 1, state.year, state.term, 0, number_of_day, "A", "B", "C", 1, 1, SALT
            )
            self._write(pc, line, state.id, lot, plain=True)

    def _write(
        self, pc: int, body: Any, subject: EntryId | None, *more: EntryId, plain: bool = False
    ) -> Fact:
        """The next entry of ``pc``; ``plain`` ones (lines) follow nothing but their lot."""
        self.seqs[pc] += 1
        mine = EntryId(pc, self.seqs[pc])
        kind = BY_BODY[type(body)]
        heads = () if plain or subject is None else fold_subject(
            subject, [one for one in self.held[pc].values() if subject in one.facts.subjects]
        ).heads  # fmt: skip
        subjects = (REQUEST, mine, subject, *more) if plain and subject else (subject or mine, *more)
        facts = Facts(self.at, kind.number, kind.version, 0, None, None, subjects, heads)
        fact = Fact(Entry(mine, facts, b"", b"", b""), facts, body)
        self.held[pc][mine] = fact
        return fact

    # verdict

    def faults(self) -> list[str]:
        """Everybody meets; what then is not as it must be."""
        everything = {at: fact for held in self.held.values() for at, fact in held.items()}
        for pc in self.pcs:
            self.held[pc] = dict(everything)
        states = self.registers(self.pcs[0])
        years = [state.year for state in states]
        found = [f"{years.count(year)} registers of {year}" for year in set(years) if years.count(year) > 1]
        found += [
            f"number {number} of {register} on a paper of {day}"
            for day, register, number in self.stamped
            if day != register
        ]
        twice = Tally((register, number) for _, register, number in self.stamped)
        found += [
            f"number {number}/{year} on two papers" for (year, number), times in twice.items() if times > 1
        ]
        for state in states:
            found += self._of_register(state, {n for _, year, n in self.stamped if year == state.year})
        return found

    def _of_register(self, state: RegisterState, on_paper: set[int]) -> list[str]:
        lines = Tally(
            fact.body.number
            for fact in self.held[self.pcs[0]].values()
            if isinstance(fact.body, LineNumbered) and state.id in fact.facts.subjects
        )
        waits = {n for part in state.to_enter_from_paper for n in range(part.first, part.last + 1)}
        still_out = (
            set(range(state.next_number, self.sheets.get(state.id, range(0)).start))
            if state.is_on_paper
            else set()
        )
        found = [
            f"number {number}/{state.year} has {times} lines" for number, times in lines.items() if times > 1
        ]
        held = set(lines) | waits | still_out
        found += [f"number {number}/{state.year} is on paper and nowhere" for number in on_paper - held]
        hole = set(range(state.first_number, state.next_number)) - set(lines) - waits
        found += [f"number {number}/{state.year} is missing" for number in sorted(hole)[:3]]
        return found
