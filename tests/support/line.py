"""A TCP line on loopback: slow, far, counted, and broken when told; what stands between counter and hub.

``SlowLine(port, bytes_per_s, one_way_s)`` listens on a free port and passes bytes on to ``port``. All
connections share the line in each direction. A new connection pays one round trip, as TCP's handshake would.
"""

from __future__ import annotations

import contextlib
import queue
import socket
import threading
import time
from types import TracebackType

PIECE = 1_400
"""About one packet: two connections that send at once share the line packet by packet."""


class _Direction:
    """One way of the line: hands out the moment at which a piece has been carried."""

    def __init__(self, bytes_per_s: float) -> None:
        self.bytes = 0
        self._rate = bytes_per_s
        self._free = 0.0
        self._lock = threading.Lock()

    def carried(self, size: int, ready: float) -> float:
        with self._lock:
            self.bytes += size
            self._free = max(self._free, ready) + (size / self._rate if self._rate else 0.0)
            return self._free


class SlowLine:
    """Context manager. ``up`` and ``down`` count bytes of payload, ``connections`` the connections.

    ``cut_every`` breaks all connections whenever that many further bytes went up (0: never); ``cuts`` counts.
    """

    def __init__(
        self, target: int, bytes_per_s: float = 16_000, one_way_s: float = 0.3, cut_every: int = 0
    ) -> None:
        self._target = target
        self._far = one_way_s
        self._up, self._down = _Direction(bytes_per_s), _Direction(bytes_per_s)
        self._cut_every = self._next_cut = cut_every
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        self.connections = 0
        self.cuts = 0
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = self._listening.getsockname()[1]

    @property
    def up(self) -> int:
        """Bytes from counter to hub."""
        return self._up.bytes

    @property
    def down(self) -> int:
        """Bytes from hub to counter."""
        return self._down.bytes

    def __enter__(self) -> SlowLine:
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._listening.close()
        self.cut()

    def cut(self) -> None:
        """Break every connection, as a mast that fails does: what is on the way is lost."""
        with self._lock:
            broken, self._open = self._open, set()
        for one in broken:
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listening.accept()
            except OSError:
                return
            self.connections += 1
            far = socket.create_connection(("127.0.0.1", self._target))
            for one in (near, far):
                one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            with self._lock:
                self._open |= {near, far}
            shaken = time.monotonic() + 2 * self._far
            for giver, taker, way in ((near, far, self._up), (far, near, self._down)):
                threading.Thread(target=self._pump, args=(giver, taker, way, shaken), daemon=True).start()

    def _pump(self, giver: socket.socket, taker: socket.socket, way: _Direction, shaken: float) -> None:
        on_the_way: queue.SimpleQueue[tuple[bytes, float]] = queue.SimpleQueue()
        threading.Thread(target=self._deliver, args=(taker, on_the_way), daemon=True).start()
        try:
            while data := giver.recv(PIECE):
                due = way.carried(len(data), max(time.monotonic(), shaken))
                on_the_way.put((data, due + self._far))
                # Meanwhile the giver's own buffer stays full, as a real sender's would.
                self._wait(due)
                self._count_down(way)
        except OSError:
            pass
        on_the_way.put((b"", time.monotonic() + self._far))

    def _deliver(self, taker: socket.socket, on_the_way: queue.SimpleQueue[tuple[bytes, float]]) -> None:
        """Pieces in order, each when it is due; an empty one ends the connection that way."""
        with contextlib.suppress(OSError):
            while True:
                data, due = on_the_way.get()
                self._wait(due)
                if not data:
                    taker.shutdown(socket.SHUT_WR)
                    return
                taker.sendall(data)

    def _count_down(self, way: _Direction) -> None:
        if way is self._up and self._cut_every and self.up >= self._next_cut:
            self._next_cut = self.up + self._cut_every
            self.cuts += 1
            self.cut()

    @staticmethod
    def _wait(until: float) -> None:
        left = until - time.monotonic()
        if left > 0:
            time.sleep(left)
