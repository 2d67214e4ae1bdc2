"""A line in virtual time: as slow, far and faulty as a test asks, and the same every time."""

from __future__ import annotations

import heapq
from collections.abc import Callable

from sync.client.lanes import Landed
from sync.client.transport import CutOff, LineFault, TimedOut

OK, LOST, UNHEARD, CUT, GARBLED, TWICE, LATE = "ok", "lost", "unheard", "cut", "garbled", "twice", "late"
FAULTS = (LOST, UNHEARD, CUT, GARBLED, TWICE, LATE)
"""Never heard; the answer lost; cut in the middle; a bit flipped; heard twice; heard after the next one."""


class VirtualLine:
    """``Lanes`` to a hub given as a function. ``bytes_per_s`` each way, ``one_way_ms`` of distance."""

    def __init__(
        self,
        hub: Callable[[bytes], bytes],
        count: int = 1,
        bytes_per_s: int = 16_000,
        one_way_ms: int = 300,
        fate: Callable[[], str] = lambda: OK,
    ) -> None:
        self.count = count
        self.clock = 0
        self.up = self.down = self.requests = self.most_under_way = 0
        self._hub = hub
        self._rate = bytes_per_s
        self._far = one_way_ms
        self._fate = fate
        self._free_up = self._free_down = 0
        self._landing: list[tuple[int, int, int, bytes | LineFault]] = []
        self._late: list[bytes] = []
        self.closed = False

    def tick(self) -> int:
        return self.clock

    @property
    def under_way(self) -> int:
        return len(self._landing)

    def start(self, lane: int, request: bytes) -> None:
        self.requests += 1
        self.up += len(request)
        self._free_up = max(self.clock, self._free_up) + len(request) * 1000 // self._rate
        arrives = self._free_up + self._far
        reply = self._answer(request, self._fate())
        size = 0 if isinstance(reply, LineFault) else len(reply)
        self.down += size
        self._free_down = max(arrives, self._free_down) + size * 1000 // self._rate
        lands = arrives + 10_000 if isinstance(reply, TimedOut) else self._free_down + self._far
        heapq.heappush(self._landing, (lands, self.requests, lane, reply))
        self.most_under_way = max(self.most_under_way, len(self._landing))

    def _answer(self, request: bytes, fate: str) -> bytes | LineFault:
        if fate == LOST:
            return CutOff("planted")
        if fate == LATE:
            self._late.append(request)
            return TimedOut("planted")
        reply = self._hub(request)
        if fate == TWICE:
            reply = self._hub(request)
        while self._late:
            self._hub(self._late.pop())
        if fate == UNHEARD:
            return TimedOut("planted")
        if fate == CUT:
            return reply[: len(reply) // 2]
        if fate == GARBLED:
            middle = len(reply) // 2
            return reply[:middle] + bytes([reply[middle] ^ 8]) + reply[middle + 1 :]
        return reply

    def wait(self, most_ms: int | None = None) -> Landed | None:
        lands, _, lane, reply = self._landing[0]
        if most_ms is not None and lands > self.clock + most_ms:
            self.clock += max(most_ms, 1)
            return None
        heapq.heappop(self._landing)
        self.clock = max(self.clock, lands)
        return Landed(lane, reply)

    def close(self) -> None:
        self.closed = True
