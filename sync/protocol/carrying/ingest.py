"""What is to become of the runs of a bundle: the decision, without any table. Counter and hub share it.

A known position has its bytes compared, never skipped; a hole, a foreign head or a bad signature refuses that
run, and the other runs of the bundle go on. Only a branch that its author signed counts as a fork; one that
split below the run is parked as ``forked`` until a run shows where. The holder carries the plan out in the
one transaction in which it told what it knows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

import msgspec

from sync.protocol.carrying.run import Run, verify_run
from sync.protocol.journals.chain import compare_known, short
from sync.protocol.journals.checkpoint import Checkpoint
from sync.protocol.journals.entry import Entry
from sync.protocol.naming.grants import HubKeys, Opening, check_not_forked, verify_opening
from sync.protocol.naming.ids import EntryId, device_of, is_province
from sync.protocol.refusals import ChainBroken, Forked, NotAuthentic, Refusal, SealDiffers


class Known(Protocol):
    """What the holder has, as it stands in the running transaction."""

    def position(self, journal: int) -> tuple[int, bytes]:
        """Last seq held and the head there; ``(0, first_head(journal))`` for none."""
        ...

    def held(self, journal: int, first: int, last: int) -> Sequence[Entry]:
        """The entries ``first`` .. ``last``, all of which are held."""
        ...

    def head_at(self, journal: int, seq: int) -> bytes:
        """The head at ``seq``, which is held (0: the first head)."""
        ...

    def opening(self, journal: int) -> Opening | None:
        """The verified opening of a journal that is held, None when nothing of it is."""
        ...

    def openings_of(self, device: int) -> Sequence[Opening]:
        """The openings of every life of ``device`` that is held."""
        ...


class Fork(msgspec.Struct, frozen=True):
    """Two contents at one position: the hash of the header held, and of the other one."""

    journal: int
    seq: int
    held: bytes
    other: bytes


class Parked(msgspec.Struct, frozen=True):
    """A run that was not taken, from ``entry`` on; ``code`` of the refusal and its words for a log."""

    entry: EntryId
    code: str
    detail: str
    entries: tuple[Entry, ...]


class Step(msgspec.Struct, frozen=True):
    """What one run brings: entries to add behind the held ones, with heads and checkpoints.

    ``sealed`` are held entries that gain an official's signature, ``tail`` is uncovered: kept apart.
    """

    journal: int
    entries: tuple[Entry, ...] = ()
    heads: tuple[bytes, ...] = ()
    checkpoints: tuple[Checkpoint, ...] = ()
    sealed: tuple[Entry, ...] = ()
    tail: tuple[Entry, ...] = ()


class Plan(msgspec.Struct, frozen=True):
    """Steps in order; forks with their other branch, which goes whole to the stray table; refused runs."""

    steps: tuple[Step, ...] = ()
    forks: tuple[tuple[Fork, tuple[Entry, ...]], ...] = ()
    parked: tuple[Parked, ...] = ()

    @property
    def applied(self) -> int:
        """How many entries are new here."""
        return sum(len(step.entries) for step in self.steps)

    @property
    def added(self) -> list[Entry]:
        """The entries that are new here, step by step."""
        return [entry for step in self.steps for entry in step.entries]


def plan_ingest(known: Known, runs: Iterable[Run], hub_keys: HubKeys) -> Plan:
    """Decide about ``runs``: province journals first, since they name keys, then by journal and seq.

    Never raises for what a stranger sent: a bad run is parked under the refusal's code.
    """
    planner = _Planner(known, hub_keys)
    for run in sorted(runs, key=lambda run: (not is_province(run.journal), run.journal, run.first_seq)):
        planner.take(run)
    return Plan(tuple(planner.steps), tuple(planner.forks), tuple(planner.parked))


class _Planner:
    """Holds what the steps planned so far would change, so that runs of one bundle may follow each other."""

    def __init__(self, known: Known, hub_keys: HubKeys) -> None:
        self._known = known
        self._hub_keys = hub_keys
        self._positions: dict[int, tuple[int, bytes]] = {}
        self._added: dict[EntryId, Entry] = {}
        self._heads: dict[EntryId, bytes] = {}
        self._opened: dict[int, Opening] = {}
        self.steps: list[Step] = []
        self.forks: list[tuple[Fork, tuple[Entry, ...]]] = []
        self.parked: list[Parked] = []

    def take(self, run: Run) -> None:
        """Plan one run."""
        if not run.entries:
            return
        try:
            self._take(run)
        except Refusal as refusal:
            parked = Parked(EntryId(run.journal, run.first_seq), refusal.code, str(refusal), run.entries)
            self.parked.append(parked)

    def _take(self, run: Run) -> None:
        seq, head = self._position(run.journal)
        if run.entries[0].id != (run.journal, run.first_seq):
            raise ChainBroken(f"a run of journal {run.journal} begins with {run.entries[0].id}")
        if run.first_seq > seq + 1:
            raise ChainBroken(f"journal {run.journal} is held to {seq}, the run begins at {run.first_seq}")
        overlap = min(len(run.entries), seq + 1 - run.first_seq)
        sealed = self._compare(run, overlap)
        if sealed is None:
            return
        rest = Run(
            run.journal,
            run.first_seq + overlap,
            run.before if overlap == 0 else short(head),
            run.entries[overlap:],
            tuple(point for point in run.checkpoints if point.seq > seq),
        )
        if not rest.entries:
            self._covered_later(run, seq, head, sealed)
            return
        self._extend(rest, head, sealed)

    def _position(self, journal: int) -> tuple[int, bytes]:
        found = self._positions.get(journal)
        return self._known.position(journal) if found is None else found

    def _compare(self, run: Run, overlap: int) -> tuple[Entry, ...] | None:
        """Held entries that gain a seal; None when the run forks from what is held (then it is noted)."""
        if overlap == 0:
            return ()
        held = self._held(run.journal, run.first_seq, run.first_seq + overlap - 1)
        sealed: list[Entry] = []
        for index, (ours, given) in enumerate(zip(held, run.entries, strict=False)):
            try:
                kept = compare_known(ours, given)
            except Forked:
                self._fork(ours, run, index)
                return None
            except SealDiffers as refusal:
                self.parked.append(Parked(given.id, refusal.code, str(refusal), (given,)))
                continue
            if kept.seal != ours.seal:
                sealed.append(kept)
        return tuple(sealed)

    def _held(self, journal: int, first: int, last: int) -> list[Entry]:
        stored = self._known.position(journal)[0]
        held = list(self._known.held(journal, first, min(last, stored))) if first <= stored else []
        held += [self._added[EntryId(journal, seq)] for seq in range(max(first, stored + 1), last + 1)]
        return held

    def _fork(self, ours: Entry, run: Run, index: int) -> None:
        """Note the other branch, if its author signed it: a forger must not make two honest PCs stop.

        Raises Forked when the run itself begins on another branch: only one from further back shows where.
        """
        journal, seq = ours.id
        branch = run.entries[index:]
        before = self._heads.get(EntryId(journal, seq - 1)) or self._known.head_at(journal, seq - 1)
        if index == 0 and run.before != short(before):
            raise Forked(f"journal {journal} has another head before {seq}")
        points = tuple(point for point in run.checkpoints if point.seq >= seq)
        if seq == 1:
            key = verify_opening(branch[0], self._hub_keys, self._earlier_key).opened.signing_key
        else:
            key = self._opening(run).opened.signing_key
        verified = verify_run(Run(journal, seq, short(before), branch, points), before, key)
        if not verified.entries:
            raise NotAuthentic(f"an unsigned second content at {ours.id}")
        fork = Fork(journal, seq, ours.header_hash, branch[0].header_hash)
        self.forks.append((fork, verified.entries))

    def _extend(self, run: Run, head: bytes, sealed: tuple[Entry, ...]) -> None:
        opening = self._opening(run)
        verified = verify_run(run, head, opening.opened.signing_key)
        if verified.entries:
            self._positions[run.journal] = (verified.entries[-1].id.seq, verified.heads[-1])
            self._added.update((entry.id, entry) for entry in verified.entries)
            heads = zip(verified.entries, verified.heads, strict=True)
            self._heads.update((entry.id, held) for entry, held in heads)
            self._opened[run.journal] = opening
        self.steps.append(
            Step(run.journal, verified.entries, verified.heads, verified.checkpoints, sealed, verified.tail)
        )

    def _covered_later(self, run: Run, seq: int, head: bytes, sealed: tuple[Entry, ...]) -> None:
        """All is known already; a signature over exactly our head may still be new to us."""
        opening = self._opened.get(run.journal) or self._known.opening(run.journal)
        ours = [point for point in run.checkpoints if point.seq == seq]
        points = tuple(Checkpoint(run.journal, seq, head, point.signature) for point in ours)
        for point in points:
            if opening is None:
                raise ChainBroken(f"journal {run.journal} is held without its opening")
            point.verify(opening.opened.signing_key)
        if sealed or points:
            self.steps.append(Step(run.journal, checkpoints=points, sealed=sealed))

    def _opening(self, run: Run) -> Opening:
        """Whose key must have signed: of the journal held, or the opening that begins this run, verified."""
        found = self._opened.get(run.journal) or self._known.opening(run.journal)
        if found is not None:
            return found
        if run.first_seq != 1:
            raise ChainBroken(f"journal {run.journal} is held without its opening")
        opening = verify_opening(run.entries[0], self._hub_keys, self._earlier_key)
        for other in (*self._known.openings_of(device_of(run.journal)), *self._opened.values()):
            if device_of(other.journal) == device_of(run.journal):
                check_not_forked(other, opening)
        return opening

    def _earlier_key(self, journal: int) -> bytes | None:
        found = self._opened.get(journal) or self._known.opening(journal)
        return None if found is None else found.opened.signing_key
