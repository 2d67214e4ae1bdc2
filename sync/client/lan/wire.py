"""A socket with limits of time: ten seconds for a whole handshake, ten without progress in a talk."""

from __future__ import annotations

import selectors
import socket
import time
from collections.abc import Callable
from functools import partial
from typing import TypeVar

from sync.client.lan.channel import LENGTH_BYTES, Channel, Message, frame_size
from sync.client.transport import CutOff, TimedOut

NO_PROGRESS_S = 10.0
_PIECE = 64 * 1024
T = TypeVar("T")


class Bell:
    """Wakes a thread that waits on a socket; rung from any thread, as often as one likes."""

    def __init__(self) -> None:
        self.socket, self._rope = socket.socketpair()
        self.socket.setblocking(False)
        self._rope.setblocking(False)

    def ring(self) -> None:
        """Wake whoever waits."""
        try:
            self._rope.send(b"!")
        except OSError:  # full: it is awake already; or closed: nobody waits
            return

    def hush(self) -> None:
        """Take all rings; raises nothing."""
        try:
            while self.socket.recv(4096):
                pass
        except OSError:
            return

    def close(self) -> None:
        """No more rings."""
        self.socket.close()
        self._rope.close()


class Handshaking:
    """Reads and writes whole pieces until ``seconds`` from now, then everything times out."""

    def __init__(self, connection: socket.socket, seconds: float = NO_PROGRESS_S) -> None:
        self._socket = connection
        self._until = time.monotonic() + seconds

    def send(self, data: bytes) -> None:
        """All of ``data``. Raises TimedOut, CutOff."""
        self._within(partial(self._socket.sendall, data))

    def receive(self, count: int) -> bytes:
        """Exactly ``count`` bytes. Raises TimedOut, CutOff."""
        parts = bytearray()
        while (missing := count - len(parts)) > 0:
            piece = self._within(partial(self._socket.recv, missing))
            if not piece:
                raise CutOff("closed by the other side")
            parts += piece
        return bytes(parts)

    def receive_message(self, channel: Channel, most: int) -> Message:
        """One frame of at most ``most`` bytes. Raises TimedOut, CutOff, Malformed, Damaged."""
        return channel.open(self.receive(frame_size(self.receive(LENGTH_BYTES), most)))

    def _within(self, act: Callable[[], T]) -> T:
        left = self._until - time.monotonic()
        if left <= 0:
            raise TimedOut("the handshake took too long")
        self._socket.settimeout(left)
        try:
            return act()
        except TimeoutError as error:
            raise TimedOut("the handshake took too long") from error
        except OSError as error:
            raise CutOff(type(error).__name__) from error


class Pump:
    """Frames in both directions over one socket without either side waiting for the other to read."""

    def __init__(self, connection: socket.socket, channel: Channel, bell: Bell) -> None:
        connection.setblocking(False)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._socket, self._channel, self._bell = connection, channel, bell
        self._out, self._in = bytearray(), bytearray()
        self._moved = time.monotonic()
        self._ears = selectors.DefaultSelector()
        self._ears.register(connection, selectors.EVENT_READ)
        self._ears.register(bell.socket, selectors.EVENT_READ)
        self.bytes_out = self.bytes_in = 0
        self.rung = False

    def put(self, messages: list[Message]) -> None:
        """These leave in order, with the next ``turn``."""
        if messages and not self._out:
            self._moved = time.monotonic()
        for message in messages:
            self._out += self._channel.seal(message)

    def turn(self, seconds: float) -> list[Message]:
        """Waits at most ``seconds`` for something to come or a ring; what came whole.

        Raises TimedOut when ten seconds brought no progress with half a frame under way, CutOff, Malformed,
        Damaged.
        """
        if self._out or self._in:
            seconds = min(seconds, NO_PROGRESS_S)
        events = selectors.EVENT_READ | (selectors.EVENT_WRITE if self._out else 0)
        self._ears.modify(self._socket, events)
        for key, ready in self._ears.select(max(seconds, 0)):
            if key.fileobj is self._bell.socket:
                self._bell.hush()
                self.rung = True
                continue
            if ready & selectors.EVENT_WRITE:
                self._write()
            if ready & selectors.EVENT_READ:
                self._read()
        if (self._out or self._in) and time.monotonic() - self._moved > NO_PROGRESS_S:
            raise TimedOut("no progress")
        return self._whole()

    def flush(self) -> None:
        """What was put leaves now, as far as ten seconds allow."""
        self._socket.settimeout(NO_PROGRESS_S)
        try:
            self._socket.sendall(self._out)
        except OSError as error:
            raise CutOff(type(error).__name__) from error
        self._out.clear()

    def close(self) -> None:
        """Lets go of the socket and the bell."""
        self._ears.close()
        self._socket.close()

    def _write(self) -> None:
        try:
            sent = self._socket.send(self._out[:_PIECE])
        except BlockingIOError:
            return
        except OSError as error:
            raise CutOff(type(error).__name__) from error
        del self._out[:sent]
        self.bytes_out += sent
        self._moved = time.monotonic()

    def _read(self) -> None:
        try:
            piece = self._socket.recv(_PIECE)
        except BlockingIOError:
            return
        except OSError as error:
            raise CutOff(type(error).__name__) from error
        if not piece:
            raise CutOff("closed by the other side")
        if not self._in:
            self._moved = time.monotonic()
        self._in += piece
        self.bytes_in += len(piece)
        self._moved = time.monotonic()

    def _whole(self) -> list[Message]:
        found: list[Message] = []
        while len(self._in) >= LENGTH_BYTES:
            size = frame_size(bytes(self._in[:LENGTH_BYTES]))
            if len(self._in) < LENGTH_BYTES + size:
                break
            found.append(self._channel.open(bytes(self._in[LENGTH_BYTES : LENGTH_BYTES + size])))
            del self._in[: LENGTH_BYTES + size]
        return found
