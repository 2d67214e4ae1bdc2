"""One or two requests under way at once, each on its own kept connection."""

from __future__ import annotations

import queue
import threading
from collections.abc import Sequence
from typing import NamedTuple, Protocol

from sync.client.transport import LineFault, Transport


class Landed(NamedTuple):
    """What came back on ``lane``: the answer's bytes, a LineFault, or an exception that is our own fault."""

    lane: int
    reply: bytes | Exception


class Lanes(Protocol):
    """Connections that requests leave on; the engine waits for whichever answers first."""

    @property
    def count(self) -> int:
        """How many requests may be under way at once."""
        ...

    def start(self, lane: int, request: bytes) -> None:
        """Send on a lane that has nothing under way; returns at once."""
        ...

    def wait(self, most_ms: int | None = None) -> Landed | None:
        """The next answer or fault; None when ``most_ms`` have passed first (None: no limit)."""
        ...

    def close(self) -> None:
        """Drops all connections."""
        ...


class OneLane:
    """A single transport, used by the caller's own thread."""

    count = 1

    def __init__(self, transport: Transport) -> None:
        self._transport = transport
        self._request = b""

    def start(self, lane: int, request: bytes) -> None:
        """Keeps the request; it leaves with ``wait``."""
        self._request = request

    def wait(self, most_ms: int | None = None) -> Landed | None:
        """Sends what was started and waits for its answer, however long the transport does."""
        try:
            return Landed(0, self._transport.send(self._request))
        except LineFault as fault:
            return Landed(0, fault)

    def close(self) -> None:
        """Drops the connection."""
        self._transport.close()


class ThreadLanes:
    """Each transport on a thread of its own. Use from one thread, and ``close`` at the end."""

    def __init__(self, transports: Sequence[Transport]) -> None:
        self.count = len(transports)
        self._transports = tuple(transports)
        self._work: list[queue.SimpleQueue[bytes | None]] = [queue.SimpleQueue() for _ in transports]
        self._landed: queue.SimpleQueue[Landed] = queue.SimpleQueue()
        self._threads = [
            threading.Thread(target=self._serve, args=(lane,), name=f"exchange-{lane}", daemon=True)
            for lane in range(self.count)
        ]
        for thread in self._threads:
            thread.start()

    def start(self, lane: int, request: bytes) -> None:
        """Hands the request to the lane's thread."""
        self._work[lane].put(request)

    def wait(self, most_ms: int | None = None) -> Landed | None:
        """The next answer or fault; None when ``most_ms`` passed first."""
        try:
            return self._landed.get(timeout=None if most_ms is None else most_ms / 1000)
        except queue.Empty:
            return None

    def close(self) -> None:
        """Ends the threads; one that waits for an answer ends when its time-out does."""
        for work in self._work:
            work.put(None)

    def _serve(self, lane: int) -> None:
        transport = self._transports[lane]
        while (request := self._work[lane].get()) is not None:
            try:
                self._landed.put(Landed(lane, transport.send(request)))
            except Exception as error:  # a fault of ours too must reach the engine's caller, not die here
                self._landed.put(Landed(lane, error))
        transport.close()
