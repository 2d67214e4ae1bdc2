"""A server on loopback that plays a script: whatever a hub, a portal or a broken box may do to a request."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Sequence
from types import TracebackType

Step = Callable[[socket.socket, bytes], bool]
"""Plays the answer to one request; False to close the connection after it."""


def read_request(connection: socket.socket) -> bytes:
    """One HTTP request, head and body; empty when the client closed."""
    data = b""
    while b"\r\n\r\n" not in data:
        piece = connection.recv(65_536)
        if not piece:
            return b""
        data += piece
    head, body = data.split(b"\r\n\r\n", 1)
    lengths = [
        line.split(b":")[1] for line in head.split(b"\r\n") if line.lower().startswith(b"content-length")
    ]
    wanted = int(lengths[0]) if lengths else 0
    while len(body) < wanted:
        body += connection.recv(65_536)
    return head + b"\r\n\r\n" + body


def reply(body: bytes = b"CCX", status: str = "200 OK", head: bytes = b"", keep: bool = True) -> Step:
    """A whole HTTP answer."""

    def play(connection: socket.socket, _: bytes) -> bool:
        connection.sendall(
            b"HTTP/1.1 " + status.encode() + b"\r\nContent-Length: " + str(len(body)).encode() + b"\r\n"
            + head + b"\r\n" + body
        )  # fmt: skip
        return keep

    return play


def raw(data: bytes) -> Step:
    """These bytes, then the end."""

    def play(connection: socket.socket, _: bytes) -> bool:
        connection.sendall(data)
        return False

    return play


class ScriptedServer:
    """Context manager. Each request is answered by the next step; ``requests`` are what came, whole."""

    def __init__(self, steps: Sequence[Step], tls: ssl.SSLContext | None = None) -> None:
        self._steps = list(steps)
        self._tls = tls
        self.requests: list[bytes] = []
        self.connections = 0
        self.released = threading.Event()
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        self._thread = threading.Thread(target=self._serve, daemon=True)

    def __enter__(self) -> ScriptedServer:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.released.set()
        self._socket.close()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            self.connections += 1
            try:
                self._talk(self._tls.wrap_socket(connection, server_side=True) if self._tls else connection)
            except OSError:
                pass
            finally:
                connection.close()

    def _talk(self, connection: socket.socket) -> None:
        with connection:
            while request := read_request(connection):
                self.requests.append(request)
                if not self._steps or not self._steps.pop(0)(connection, request):
                    return
