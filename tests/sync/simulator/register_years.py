"""Register numbers in the pure domain: years folded entry by entry, without a store (R6: 10^7 numbers).

Each year is one register under chance: lots of 1 to 200, the pen passed on, lost and recovered, the lost PC's
lots read never, late, or before the recovery was known. What the fold says of each number is compared with
what was written.
"""

from __future__ import annotations

import random
from typing import Any, NamedTuple

from msgspec.structs import replace

from counter_app.domain.certification.entries import LineNumbered, LotNumbered
from counter_app.domain.folding.aggregate import Folded
from counter_app.domain.folding.fact import Fact
from counter_app.domain.folding.registry import advance, fold_subject
from counter_app.domain.kinds import BY_BODY
from counter_app.domain.registers import entries as r
from counter_app.domain.registers.pen import take_numbers
from counter_app.domain.registers.recovery import least_resume_at
from counter_app.domain.registers.state import RegisterState
from sync.protocol.journals.entry import Entry, Facts
from sync.protocol.naming.ids import EntryId, journal_of
from tests.unit.storage.world import DAY, NOON, SALT

LARGEST = 200
REQUEST = EntryId(journal_of(9, 1), 1)
OFFICIAL = EntryId(journal_of(9, 1), 2)


class Counted(NamedTuple):
    """Numbers that bear a line, numbers that are unknown, and what was wrong."""

    numbered: int
    unknown: int
    faults: list[str]


class Year:
    """One register-year of three PCs; ``facts`` is all that was read, ``dark`` what a lost PC kept."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.journals = [journal_of(device, 1) for device in (1, 2, 3)]
        self.seqs = dict.fromkeys(self.journals, 0)
        self.at = NOON
        self.facts: list[Fact] = []
        self.dark: list[Fact] = []
        holder = self.journals[0]
        opened = r.RegisterOpened("copy", "SCT/BS", 2026, 1, 1, r.FIRST, "", holder)
        self.subject = EntryId(holder, 1)
        self.facts.append(self.written(holder, opened, (self.subject,), ()))
        self.folded = fold_subject(self.subject, self.facts)

    @property
    def state(self) -> RegisterState:
        """The register as folded so far."""
        found: RegisterState = self.folded.state
        return found

    def written(
        self, journal: int, body: Any, subjects: tuple[EntryId, ...], after: tuple[EntryId, ...]
    ) -> Fact:
        """The next entry of ``journal``, without bytes: folds look at none."""
        self.seqs[journal] += 1
        kind = BY_BODY[type(body)]
        facts = Facts(self.at, kind.number, kind.version, 0, None, None, subjects, after)
        return Fact(Entry(EntryId(journal, self.seqs[journal]), facts, b"", b"", b""), facts, body)

    def lot(self, state: RegisterState, heads: tuple[EntryId, ...]) -> list[Fact]:
        """A lot of the pen's holder with its lines."""
        self.at += 60_000
        count = self.chance.randrange(1, LARGEST + 1)
        first = take_numbers(state, state.holder, count, self.at, last_contact=self.at, date_confirmed=True)
        lot = EntryId(state.holder, self.seqs[state.holder] + 1)
        body = LotNumbered(
            OFFICIAL, OFFICIAL, "CHỦ TỊCH", "Lò Thị Tập Huấn", "", state.term, 1, first, count, DAY,
            bytes(32), True,
        )  # fmt: skip
        facts = [self.written(state.holder, body, (self.subject, lot, OFFICIAL), heads)]
        for number in range(first, first + count):
            line = EntryId(state.holder, self.seqs[state.holder] + 1)
            body_of_line = LineNumbered(number, 1, 2026, state.term, 0, DAY, "A", "B", "C", 1, 4000, SALT)
            facts.append(self.written(state.holder, body_of_line, (REQUEST, line, self.subject, lot), ()))
        return facts

    def read(self, facts: list[Fact]) -> None:
        """One more on top, or the whole subject again, as the stores do."""
        self.facts += facts
        folded: Folded | None = self.folded
        for fact in facts:
            folded = advance(folded, fact) if folded is not None else None
        self.folded = fold_subject(self.subject, self.facts) if folded is None else folded

    def pass_pen(self) -> None:
        """The pen goes to another PC."""
        state = self.state
        to = self.chance.choice([journal for journal in self.journals if journal != state.holder])
        body = r.PenPassed(state.term + 1, to, state.next_number, r.INTO_FILE)
        self.read([self.written(state.holder, body, (self.subject,), self.folded.heads)])

    def lose(self) -> None:
        """The holder dies after lots that nobody saw; two persons recover; its journal may come back."""
        state, heads = self.state, self.folded.heads
        dark: list[Fact] = []
        alone = state  # the register as the dying PC sees it
        for _ in range(self.chance.randrange(3)):
            unseen = self.lot(alone, heads)
            dark += unseen
            alone = replace(alone, next_number=unseen[-1].body.number + 1)
        taker = next(journal for journal in self.journals if journal != state.holder)
        # persons look at every paper: all that came out, the lost PC's too
        on_paper = max((fact.body.number for fact in dark if isinstance(fact.body, LineNumbered)), default=0)
        waiting = self.chance.randrange(5)
        body = r.PenRecovered(
            state.term + 1, state.holder, taker, state.last_number, on_paper, waiting, state.largest_lot,
            least_resume_at(state.last_number, on_paper, waiting, state.largest_lot), "Máy hỏng",
            OFFICIAL, bytes(64),
        )  # fmt: skip
        self.read([self.written(taker, body, (self.subject,), heads)])
        self.journals.remove(state.holder)
        fresh = journal_of(state.holder >> 8, (state.holder & 0xFF) + 1)
        self.journals.append(fresh)
        self.seqs[fresh] = 1
        self.dark += dark

    def come_back(self) -> None:
        """The dead PC's disk is read after all."""
        back, self.dark = self.dark, []
        self.read(back)


def year(seed: int, numbers: int) -> Counted:
    """A year of about ``numbers`` numbers from ``seed``, and what its fold says that was not written."""
    chance = random.Random(seed)
    one = Year(chance)
    rare = max(2, numbers // 100)
    while one.state.next_number <= numbers:
        one.read(one.lot(one.state, one.folded.heads))
        if chance.random() < 0.05:
            one.pass_pen()
        if not chance.randrange(rare) or (chance.random() < 0.004 and one.state.largest_lot):
            one.lose()
        if one.dark and chance.random() < 0.1:
            one.come_back()
    if one.dark and chance.random() < 0.5:
        one.come_back()
    return _counted(one)


def _counted(one: Year) -> Counted:
    state = one.state
    lines = [fact.body.number for fact in one.facts if isinstance(fact.body, LineNumbered)]
    unknown = {number for part in state.unknown for number in range(part.first, part.last + 1)}
    borne = set(lines)
    faults = []
    if len(borne) != len(lines):
        faults.append(f"{len(lines) - len(borne)} numbers were given twice")
    if state.lines != len(lines) or state.missing_lines or state.open_doubles:
        faults.append(f"{len(lines)} lines written, {state.lines} counted, {state.missing_lines} missing")
    if borne & unknown:
        faults.append(f"{len(borne & unknown)} numbers bear a line and are called unknown")
    nowhere = state.last_number - len(borne | unknown)
    if nowhere:
        faults.append(f"{nowhere} numbers are nowhere")
    if one.folded.conflicts:
        faults.append(f"conflict {one.folded.conflicts[0].code}")
    return Counted(len(borne), len(unknown), faults)
