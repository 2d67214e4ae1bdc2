"""A line that loses, repeats, cuts and bends what passes, as one seed says."""

from __future__ import annotations

import random
from collections.abc import Callable

from sync.client.lanes import Landed
from sync.client.transport import CutOff, LineFault, NoLine
from sync.hub.hub import Hub

PORTAL = b"<!DOCTYPE html><html><title>Wi-Fi</title>"
FATES = (
    "ok",
    "ok",
    "ok",
    "ok",
    "lost",
    "answer-lost",
    "twice",
    "late",
    "bent",
    "cut",
    "portal",
    "asked-bent",
)


class BentLine:
    """A ``Transport`` to whatever ``hub()`` is now; ``calm`` lets everything through, ``down`` nothing."""

    def __init__(self, hub: Callable[[], Hub], chance: random.Random) -> None:
        self._hub = hub
        self._chance = chance
        self._kept: list[bytes] = []
        self.calm = False
        self.down = False
        self.calls = 0

    def send(self, request: bytes) -> bytes:
        """One request under one fate. Raises LineFault."""
        self.calls += 1
        if self.down and not self.calm:
            raise NoLine("simulated")
        fate = "ok" if self.calm else self._chance.choice(FATES)
        if fate == "lost":
            self._kept = [*self._kept[-7:], request]
            raise NoLine("simulated")
        if fate == "asked-bent":
            self._hub().exchange(self._bent(request))
            raise CutOff("simulated")
        if fate == "late" and self._kept:  # a request of long ago arrives after all
            self._hub().exchange(self._kept.pop(self._chance.randrange(len(self._kept))))
        answer = self._hub().exchange(request)
        if fate == "twice":
            answer = self._hub().exchange(request)
        if fate == "answer-lost":
            raise CutOff("simulated")
        if fate == "bent":
            return self._bent(answer)
        if fate == "cut":
            return answer[: self._chance.randrange(len(answer))]
        return PORTAL if fate == "portal" else answer

    @property
    def chance(self) -> random.Random:
        """What decides."""
        return self._chance

    def _bent(self, data: bytes) -> bytes:
        place = self._chance.randrange(len(data))
        return data[:place] + bytes([data[place] ^ 1 << self._chance.randrange(8)]) + data[place + 1 :]

    def close(self) -> None: ...


class BentLanes:
    """Two ``Lanes`` over one line: what is under way is heard, and lands, in any order."""

    count = 2

    def __init__(self, line: BentLine, chance: random.Random) -> None:
        self._line = line
        self._chance = chance
        self._under_way: dict[int, bytes] = {}
        self.beside = 0
        """Requests that left while another was under way."""

    def start(self, lane: int, request: bytes) -> None:
        """Nobody has heard it yet."""
        self.beside += bool(self._under_way)
        self._under_way[lane] = request

    def wait(self, most_ms: int | None = None) -> Landed | None:
        """One of those under way; mostly none while the engine would rather let another leave."""
        if most_ms is not None and self._chance.random() < 0.8:
            return None
        lane = self._chance.choice(sorted(self._under_way))
        request = self._under_way.pop(lane)
        try:
            return Landed(lane, self._line.send(request))
        except LineFault as fault:
            return Landed(lane, fault)

    def close(self) -> None: ...
