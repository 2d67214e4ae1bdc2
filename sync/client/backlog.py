"""What the hub lacks of ours: minus what is under way, minus what it would only refuse again.

A run that the hub parks must not come back with every exchange, nor stand in the way of other journals: it is
set aside until the hub's position there changes or a person asks again. A run that follows another head
(``forked``) is sent again from further back, until the hub has seen where the branches part.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sync.protocol.carrying.run import Run
from sync.protocol.carrying.vector import SignedVector, Vector, lacking
from sync.protocol.meeting.exchange import ExchangeAnswer, Parked

FORKED = "forked"
CHAIN_BROKEN = "chain-broken"
FIRST_STEP_BACK = 64


class Load(NamedTuple):
    """What a bundle carries: ``{journal: first seq}``, ``{journal: last seq}``, and how many entries."""

    first: dict[int, int]
    last: dict[int, int]
    entries: int


NO_LOAD = Load({}, {}, 0)


def load_of(pieces: Sequence[Run]) -> Load:
    """The load that these pieces, in order, make."""
    first: dict[int, int] = {}
    last: dict[int, int] = {}
    for piece in pieces:
        first.setdefault(piece.journal, piece.first_seq)
        last[piece.journal] = piece.last_seq
    return Load(first, last, sum(len(piece.entries) for piece in pieces))


class _Back(NamedTuple):
    """Send a journal again from ``first``; ``forked`` when that is to show where two branches part."""

    first: int
    forked: bool


_NOTHING = Vector({}, b"")


class Backlog:
    """Remembers, between exchanges, what the hub said and does not take, and where to show a fork from."""

    def __init__(self) -> None:
        self._heard: tuple[int, Vector, SignedVector | None] = (0, _NOTHING, None)
        self._aside: dict[int, tuple[int, str]] = {}
        self._back: dict[int, _Back] = {}
        self.introducing = False
        """The hub does not know us: the next request brings the opening of each of our lives."""

    @property
    def aside(self) -> dict[int, str]:
        """Journals whose next entries the hub did not take, with the code: for a technician."""
        return {journal: code for journal, (_, code) in self._aside.items()}

    def ask_again(self) -> None:
        """A person asked: offer what was set aside once more."""
        self._aside.clear()

    def heard(self, number: int, word: SignedVector, kept: SignedVector | None) -> None:
        """The hub itself answered request ``number`` with ``word``; ``kept``: the last word kept by now."""
        if number >= self._heard[0]:
            self._heard = (number, word.received, kept)

    def hub_holds(self, kept: SignedVector | None) -> Vector:
        """What the hub holds: as it said itself, unless a later word came by another way since.

        The word kept may be one that the hub signed under a wrong clock, and stays until the hub begins its
        next life: what is sent must not wait for that.
        """
        number, received, before = self._heard
        if number and kept == before:
            return received
        return _NOTHING if kept is None else kept.received

    def needed(self, mine: Vector, hub: Vector, under_way: Iterable[Load] = ()) -> dict[int, int]:
        """``{journal: first seq}`` to send next."""
        needed = lacking(mine, hub)
        for journal, back in self._back.items():
            if journal in mine.positions:
                needed[journal] = back.first
        for load in under_way:
            for journal, last in load.last.items():
                if journal in needed and last >= mine.positions[journal]:
                    del needed[journal]
                elif journal in needed:
                    needed[journal] = max(needed[journal], last + 1)
        for journal, (position, _) in list(self._aside.items()):
            if hub.positions.get(journal, 0) != position:
                del self._aside[journal]
            else:
                needed.pop(journal, None)
        return needed

    def answered(self, load: Load, answer: ExchangeAnswer) -> None:
        """Learn from an answer that holds the hub's word, to a request that carried ``load``."""
        if answer.word is None:
            return
        self.introducing = False
        hub = answer.word.received.positions
        parked = {one.entry.journal: one for one in answer.parked}
        for journal, first in load.first.items():
            if journal in parked:
                self._refused(parked[journal], first, hub.get(journal, 0))
            elif journal in self._back:
                self._shown(journal, load.last[journal], hub.get(journal, 0))

    def introduce(self) -> bool:
        """The hub does not know us, it was restored or is another: tell it who we are. False: just tried."""
        tried, self.introducing = self.introducing, True
        return not tried

    def doubt(self, journal: int, seq: int) -> None:
        """The hub's head at ``seq`` is another than ours: show it our branch, from before that on."""
        if journal not in self._aside and journal not in self._back:
            self._back[journal] = _Back(max(1, seq - FIRST_STEP_BACK + 1), True)

    def _shown(self, journal: int, last: int, held: int) -> None:
        """The hub took (or strayed) what was sent again up to ``last``."""
        back = self._back.pop(journal)
        if back.forked and last < held:
            self._back[journal] = _Back(last + 1, True)
        elif back.forked:
            self._aside[journal] = (held, FORKED)  # it has seen both branches; the one held first stays

    def _refused(self, parked: Parked, first: int, held: int) -> None:
        journal = parked.entry.journal
        if parked.code == FORKED and first > 1:
            reached = max(held - first + 1, FIRST_STEP_BACK // 2)
            self._back[journal] = _Back(max(1, first - 2 * reached), True)
            return
        if parked.entry.seq <= held and parked.code != FORKED:
            return  # one entry's seal, say; the hub took what follows it
        if parked.code == CHAIN_BROKEN and first != held + 1:
            return  # it overtook the run before it, or the hub holds less than we thought: send again
        self._back.pop(journal, None)
        self._aside[journal] = (held, parked.code)
