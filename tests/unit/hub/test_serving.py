"""Certificates that renew themselves, a body that stops in time, a reader that survives a bad turn."""

from __future__ import annotations

import asyncio
import http.client
import logging
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509

from sync.client.internet import pinned_context
from sync.hub.hub import Hub
from sync.hub.serving import app, json_views
from sync.hub.serving.ca import AUTHORITY_KEY_NAME, LOCAL_NAMES, SERVER_KEY_NAME, ServerFiles, server_files
from sync.hub.serving.server import HubServer, _WorthTelling
from sync.hub.serving.turns import BackgroundReader
from sync.protocol.meeting.exchange import MAX_MESSAGE_BYTES

NOW = datetime(2026, 11, 20, tzinfo=UTC)


def serial(files: ServerFiles) -> int:
    return x509.load_pem_x509_certificate(files.certificate.read_bytes()).serial_number


def test_the_certificate_is_kept_while_it_serves_and_renewed_before_it_ends(tmp_path: Path) -> None:
    first = server_files(tmp_path, LOCAL_NAMES, NOW)
    assert serial(server_files(tmp_path, LOCAL_NAMES, NOW + timedelta(days=300))) == serial(first)
    later = server_files(tmp_path, LOCAL_NAMES, NOW + timedelta(days=350))
    assert later.authority_pem == first.authority_pem
    assert x509.load_pem_x509_certificate(
        later.certificate.read_bytes()
    ).not_valid_after_utc > NOW + timedelta(700)


def test_other_names_a_clock_set_back_and_rubbish_each_make_a_new_certificate(tmp_path: Path) -> None:
    seen = {serial(server_files(tmp_path, LOCAL_NAMES, NOW))}
    seen.add(serial(server_files(tmp_path, [*LOCAL_NAMES, "hub.tinh.example"], NOW)))
    seen.add(serial(server_files(tmp_path, [*LOCAL_NAMES, "hub.tinh.example"], NOW - timedelta(days=4_000))))
    (tmp_path / "server.pem").write_text("rubbish")
    seen.add(serial(server_files(tmp_path, LOCAL_NAMES, NOW)))
    assert len(seen) == 4


def test_private_keys_are_for_their_owner_and_the_authority_can_be_pinned(tmp_path: Path) -> None:
    files = server_files(tmp_path, LOCAL_NAMES, NOW)
    for name in (AUTHORITY_KEY_NAME, SERVER_KEY_NAME):
        assert (tmp_path / name).stat().st_mode & 0o077 == 0
    assert pinned_context(files.authority_pem).get_ca_certs()


class Wire:
    """One ASGI request given by hand: what was sent back, and how much of the body was asked for."""

    def __init__(
        self, *parts: bytes, headers: tuple[tuple[bytes, bytes], ...] = (), method: str = "POST"
    ) -> None:
        self.scope = {"type": "http", "path": app.PATH, "method": method, "headers": headers}
        self.parts = list(parts)
        self.read = 0
        self.sent: list[dict] = []

    async def receive(self) -> dict:
        if not self.parts:
            return {"type": "http.disconnect"}
        self.read += 1
        return {"type": "http.request", "body": self.parts.pop(0), "more_body": True}

    async def send(self, message: dict) -> None:
        self.sent.append(message)

    def through(self, hub: Hub) -> int | None:
        asyncio.run(app.make_app(hub)(self.scope, self.receive, self.send))
        return self.sent[0]["status"] if self.sent else None


def test_a_body_that_never_ends_is_cut_at_the_limit(hub: Hub) -> None:
    piece = bytes(2**20)
    wire = Wire(*[piece] * 40)
    assert wire.through(hub) == 413
    assert wire.read * len(piece) <= MAX_MESSAGE_BYTES + len(piece)


def test_an_announced_flood_is_not_read_at_all(hub: Hub) -> None:
    wire = Wire(b"CCX", headers=((b"content-length", str(MAX_MESSAGE_BYTES + 1).encode()),))
    assert (wire.through(hub), wire.read) == (413, 0)


def test_a_device_that_hangs_up_in_mid_request_gets_nothing_and_changes_nothing(hub: Hub) -> None:
    wire = Wire(b"CCX\x01")
    assert (wire.through(hub), wire.sent) == (None, [])


def test_counters_do_not_pay_for_the_pages_and_whoever_comes_first_has_them_made_once(
    hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Hub] = []
    real = json_views.make_views
    monkeypatch.setattr(json_views, "make_views", lambda given: made.append(given) or real(given))
    served = app.make_app(hub)

    def ask(*paths: str) -> list[int]:
        wires = [Wire(b"CCX\x01", method="POST" if path == app.PATH else "GET") for path in paths]
        for wire, path in zip(wires, paths, strict=True):
            wire.scope |= {"path": path, "raw_path": path.encode(), "query_string": b"", "client": ("::1", 1)}

        async def together() -> None:
            await asyncio.gather(*(served(wire.scope, wire.receive, wire.send) for wire in wires))

        asyncio.run(together())
        return [wire.sent[0]["status"] if wire.sent else 0 for wire in wires]

    ask(app.PATH, app.SHORT_PATH)
    assert made == []
    assert ask("/v1/health", "/v1/health", "/nothing") == [200, 200, 404]
    assert ask("/v1/health") == [200]
    assert made == [hub]


class Flaky:
    """A hub whose first turn fails."""

    def __init__(self) -> None:
        self.turns = 0
        self.done = threading.Event()

    def now(self) -> int:
        return 0

    def new_year(self) -> None:
        raise AssertionError("the same day")

    def read(self) -> None:
        self.turns += 1
        if self.turns == 1:
            raise RuntimeError("disk")
        self.done.set()


def test_a_failed_turn_is_tried_again_at_the_next_wake(caplog: pytest.LogCaptureFixture) -> None:
    hub = Flaky()
    reader = BackgroundReader(hub)  # type: ignore[arg-type]
    reader.start()
    while hub.turns == 0:
        threading.Event().wait(0.001)
    reader.wake()
    assert hub.done.wait(20)
    reader.stop()
    assert "reading failed" in caplog.text


def test_a_hub_that_ends_while_a_counter_keeps_its_line_says_nothing(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with Hub.open(tmp_path, practice=True):
        pass
    server = HubServer(tmp_path, practice=True).start()
    wire = http.client.HTTPSConnection(
        "127.0.0.1", server.port, context=pinned_context(server.authority_pem), timeout=20
    )
    try:
        wire.request("GET", "/")
        wire.getresponse().read()
        server.stop()
    finally:
        wire.close()
        server.stop()
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(("cut_off", "told"), [(0, False), (3, True)])
def test_a_request_cut_off_at_the_end_is_told(cut_off: int, told: bool) -> None:
    words = "Cancel %s running task(s), timeout graceful shutdown exceeded"
    record = logging.LogRecord("uvicorn.error", logging.ERROR, "", 0, words, (cut_off,), None)
    assert _WorthTelling().filter(record) is told
