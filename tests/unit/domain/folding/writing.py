"""Journals written by hand for tests: several PCs, each with its own clock and what it has received.

Every PC folds with the product's own registry, so that the heads it names and the states it decides on are
those of the program.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from counter_app.domain.folding.aggregate import Folded
from counter_app.domain.folding.fact import Fact, read_fact
from counter_app.domain.folding.registry import advance, fold_subject
from counter_app.domain.organisation.state import OfficialState
from counter_app.domain.seconds import Second
from sync.protocol.journals.entry import Draft, resolve, write_entry
from sync.protocol.naming.ids import EntryId, journal_of
from sync.protocol.naming.keys import Purpose, SigningKey
from sync.protocol.naming.officials import sign_entry

NOON = 1_795_237_200_000  # 2026-11-21 12:00 in Viet Nam
MINUTE = 60_000


def official(number: int, *roles: str, key: SigningKey | None = None, active: bool = True) -> OfficialState:
    """An official of the practice unit; his entry is ``(journal of device 9, number)``."""
    public = (key or key_of(number)).public
    identity = EntryId(journal_of(9, 1), number)
    return OfficialState(
        identity,
        f"Tập huấn {number}",
        "Công chức",
        roles,
        public,
        f"tap-huan-{number}",
        active,
        ((identity, public),),
    )


def key_of(number: int) -> SigningKey:
    """The same key for the same official in every run."""
    return SigningKey(bytes([number]) * 32)


def second(state: OfficialState, number: int) -> Second:
    """``state`` as second person, signing with the key of ``number``."""
    return Second(state, lambda message: key_of(number).sign(Purpose.OFFICIAL, message))


class Counter:
    """One PC: it appends drafts to its journal and takes in what others wrote."""

    def __init__(self, device: int, life: int = 1, clock: int = NOON) -> None:
        self.journal = journal_of(device, life)
        self.clock = clock
        self.facts: dict[EntryId, Fact] = {}
        self.folds: dict[EntryId, Folded] = {}
        self._about: dict[EntryId, list[Fact]] = {}
        self._seq = 0

    def append(
        self, drafts: Sequence[Draft], actor: OfficialState | None = None, key: SigningKey | None = None
    ) -> list[EntryId]:
        """Writes the drafts as one batch; each names the heads of its main subject. Returns their ids."""
        written = []
        for draft in resolve(drafts, EntryId(self.journal, self._seq + 1)):
            self._seq += 1
            identity = EntryId(self.journal, self._seq)
            facts = Draft(
                draft.kind,
                draft.subjects,
                draft.body,
                draft.version,
                draft.flags,
                draft.sealed,
                draft.after or self.heads(draft.subjects[0]),
            ).facts(self.clock, None if actor is None else actor.id, None)
            entry = write_entry(identity, facts, draft.body)
            self.take([read_fact(sign_entry(entry, key) if key and draft.sealed else entry)])
            written.append(identity)
        return written

    def heads(self, subject: EntryId) -> tuple[EntryId, ...]:
        """What the next act on ``subject`` names: what is read here."""
        held = self.folds.get(subject)
        return () if held is None else held.heads

    def take(self, facts: Iterable[Fact]) -> None:
        """Takes in facts of any journal, in the given order, each once.

        As in the program: on top of what is folded where a fact comes last, else the subject is folded again,
        once for the whole bundle. Subjects whose beginning is not here are left for later.
        """
        again: set[EntryId] = set()
        for fact in facts:
            if fact.id in self.facts:
                continue
            self.facts[fact.id] = fact
            self._seq = max(self._seq, fact.id.seq) if fact.id.journal == self.journal else self._seq
            for subject in fact.facts.subjects:
                self._about.setdefault(subject, []).append(fact)
                held = None if subject in again else self.folds.get(subject)
                moved = None if held is None else advance(held, fact)
                if moved is None:
                    again.add(subject)
                else:
                    self.folds[subject] = moved
        for subject in again & self.facts.keys():
            self.folds[subject] = fold_subject(subject, self._about[subject])

    def exchange(self, other: Counter) -> None:
        """Both hold what either held."""
        lacked = sorted(other.facts.keys() - self.facts.keys())
        given = sorted(self.facts.keys() - other.facts.keys())
        self.take([other.facts[identity] for identity in lacked])
        other.take([self.facts[identity] for identity in given])

    def state(self, subject: EntryId) -> Any:
        """State of a subject as this PC sees it."""
        return self.folds[subject].state


def facts_of(subject: EntryId, facts: Iterable[Fact]) -> list[Fact]:
    """Those that name ``subject``."""
    return [fact for fact in facts if subject in fact.facts.subjects]
