"""A simulator of the national systems: a real HTTP server with people, outages, slowness and dirty answers.

Made-up people of training only. It speaks the shipped mapping (``resources/lookups/mapping.json``), which is
the project's own: no interface of a real system was read [U].
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from resources import load
from sync.hub.lookups.http_system import HttpSystem, parse_mapping
from sync.hub.lookups.port import NationalSystem

MAPPINGS = parse_mapping(load.lookup_mapping()).systems

UP, DOWN, BUSY, CUT = "up", "down", "busy", "cut"
OTHER_PERSON, NO_JSON, ENDLESS, LIST, WORDLESS, DRIP = (
    "other",
    "no_json",
    "endless",
    "list",
    "wordless",
    "drip",
)
FAULTS = (DOWN, BUSY, CUT, OTHER_PERSON, NO_JSON, ENDLESS, LIST, WORDLESS, DRIP)


class Simulator:
    """The systems: ``people`` by system and number, ``fault`` by system, ``asked`` what reached them."""

    def __init__(self) -> None:
        self.people: dict[str, dict[str, dict[str, Any]]] = {}
        self.fault: dict[str, str] = {}
        self.asked: list[tuple[str, dict[str, Any]]] = []
        self.tokens: list[str] = []
        self.released = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    @property
    def address(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self._server.server_port}"

    def close(self) -> None:
        """End; whoever is held is let go."""
        self.released.set()
        self._server.shutdown()
        self._server.server_close()

    def system(self, code: str, **options: Any) -> NationalSystem:
        """The hub's adapter to one of them."""
        return HttpSystem(self.address, MAPPINGS[code], **options)

    def systems(self) -> dict[str, NationalSystem]:
        """All of them."""
        return {code: self.system(code, seconds=5.0) for code in MAPPINGS}

    def answer(self, path: str, asked: dict[str, Any]) -> tuple[str, bytes]:
        """Which fault the system has, and what it says of the person asked."""
        code = next(code for code, names in MAPPINGS.items() if names.path == path)
        names = MAPPINGS[code]
        self.asked.append((code, asked))
        number = asked[names.id]
        known = self.people.get(code, {}).get(number)
        if known is None:
            return self.fault.get(code, UP), json.dumps({names.status: names.none}).encode()
        told = {names.fields.get(field, field): value for field, value in known.items()}
        number = "012199999999" if self.fault.get(code) == OTHER_PERSON else number
        told |= {names.status: names.found, names.id: number, names.reference: f"TH-{len(self.asked)}"}
        return self.fault.get(code, UP), json.dumps(told, ensure_ascii=False).encode()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                outer.tokens.append(self.headers.get("Authorization", ""))
                fault, raw = outer.answer(self.path, body)
                if fault in (DOWN, BUSY):
                    self.send_error(500 if fault == DOWN else 503)
                    return
                if fault == CUT:
                    self.close_connection = True
                    return
                self.send_response(200)
                self.end_headers()
                outer.write(self.wfile, fault, raw)

            def log_message(self, *_: Any) -> None:
                """Quiet."""

        return Handler

    def write(self, out: Any, fault: str, raw: bytes) -> None:
        """The body, as the fault bends it."""
        bent = {
            NO_JSON: b"<html>Bao tri</html>", LIST: b"[1, 2]", ENDLESS: b" " * 200_000 + raw,
            WORDLESS: b'{"trangThai": "LOI-0x7"}',
        }.get(fault, raw)  # fmt: skip
        try:
            if fault == DRIP:
                out.write(bent[:5])
                out.flush()
                self.released.wait(5)
            out.write(bent)
        except OSError:
            pass  # who asked has gone, as it should


@contextmanager
def simulated() -> Iterator[Simulator]:
    """A simulator that runs for a test."""
    made = Simulator()
    try:
        yield made
    finally:
        made.close()
