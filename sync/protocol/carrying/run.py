"""A run: consecutive entries of one journal with the checkpoints that cover them.

Relays cut only at checkpoints; the tail behind the last one is kept apart, neither read nor passed on.
``run_columns`` writes it to bytes.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from sync.protocol.journals.chain import follow, short
from sync.protocol.journals.checkpoint import Checkpoint
from sync.protocol.journals.entry import Entry
from sync.protocol.refusals import ChainBroken, Forked

MAX_RUN_ENTRIES = 65_536


class RunCheckpoint(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """A checkpoint inside a run: the head is computed by the reader, only position and signature travel."""

    seq: int
    signature: bytes


class Run(msgspec.Struct, frozen=True):
    """Entries ``first_seq`` .. of ``journal``; ``before`` is the first 8 bytes of the head at ``first_seq -
    1``.
    """

    journal: int
    first_seq: int
    before: bytes
    entries: tuple[Entry, ...]
    checkpoints: tuple[RunCheckpoint, ...]

    @property
    def last_seq(self) -> int:
        """Seq of the last entry, covered or not."""
        return self.first_seq + len(self.entries) - 1

    @property
    def covered_seq(self) -> int:
        """Seq of the last checkpoint, ``first_seq - 1`` without any."""
        return self.checkpoints[-1].seq if self.checkpoints else self.first_seq - 1


class Verified(msgspec.Struct, frozen=True):
    """What a run proved: ``entries[i]`` ends at ``heads[i]``; ``tail`` is uncovered and kept apart."""

    entries: tuple[Entry, ...]
    heads: tuple[bytes, ...]
    checkpoints: tuple[Checkpoint, ...]
    tail: tuple[Entry, ...]


def make_run(head_before: bytes, entries: Sequence[Entry], checkpoints: Sequence[Checkpoint]) -> Run:
    """A run of at least one entry; ``head_before`` is the whole head the first follows.

    Checkpoints outside the entries are left out. Raises ValueError without entries.
    """
    if not entries:
        raise ValueError("a run has at least one entry")
    journal, first_seq = entries[0].id
    inside = tuple(
        RunCheckpoint(point.seq, point.signature)
        for point in sorted(checkpoints, key=lambda point: point.seq)
        if first_seq <= point.seq < first_seq + len(entries)
    )
    return Run(journal, first_seq, short(head_before), tuple(entries), inside)


def verify_run(run: Run, head_before: bytes, public: bytes) -> Verified:
    """Check a run against the head held at ``first_seq - 1`` and the author's key.

    Raises Forked when the run follows another head, ChainBroken when its entries leave a hole, NotAuthentic
    when any checkpoint does not verify (a changed byte before it shows here).
    """
    if short(head_before) != run.before:
        raise Forked(f"journal {run.journal} has another head before {run.first_seq}")
    if run.entries and run.entries[0].id != (run.journal, run.first_seq):
        raise ChainBroken(f"a run of journal {run.journal} begins with {run.entries[0].id}")
    heads = follow(head_before, run.first_seq - 1, run.entries)
    points = tuple(
        Checkpoint(run.journal, point.seq, heads[point.seq - run.first_seq], point.signature)
        for point in run.checkpoints
    )
    for point in points:
        point.verify(public)
    covered = run.covered_seq - run.first_seq + 1
    return Verified(run.entries[:covered], tuple(heads[:covered]), points, run.entries[covered:])


def cut_at_checkpoints(run: Run, head_before: bytes) -> list[Run]:
    """The smallest runs a relay may pass on: one a checkpoint. The uncovered tail is left out.

    ``head_before`` is the whole head at ``first_seq - 1``. Raises ChainBroken for entries with a hole.
    """
    heads = follow(head_before, run.first_seq - 1, run.entries)
    pieces: list[Run] = []
    start = 0
    for point in run.checkpoints:
        end = point.seq - run.first_seq + 1
        before = heads[start - 1] if start else head_before
        pieces.append(
            Run(run.journal, run.first_seq + start, short(before), run.entries[start:end], (point,))
        )
        start = end
    return pieces


def join(pieces: Sequence[Run]) -> list[Run]:
    """Runs again as long as possible: neighbours of one journal, in order, become one."""
    groups: list[list[Run]] = []
    for piece in pieces:
        last = groups[-1][-1] if groups else None
        if last and last.journal == piece.journal and last.last_seq + 1 == piece.first_seq:
            groups[-1].append(piece)
        else:
            groups.append([piece])
    return [
        msgspec.structs.replace(
            group[0],
            entries=tuple(entry for piece in group for entry in piece.entries),
            checkpoints=tuple(point for piece in group for point in piece.checkpoints),
        )
        for group in groups
    ]
