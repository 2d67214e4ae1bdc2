"""A line that loses, repeats, cuts and bends what passes, as one seed says."""

from __future__ import annotations

import random
from collections.abc import Callable

from sync.client.transport import CutOff, NoLine
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

    def _bent(self, data: bytes) -> bytes:
        place = self._chance.randrange(len(data))
        return data[:place] + bytes([data[place] ^ 1 << self._chance.randrange(8)]) + data[place + 1 :]

    def close(self) -> None: ...
