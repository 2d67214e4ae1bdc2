"""Requests over real sockets and TLS: what leaves, whom we believe, and each failure by its code."""

from __future__ import annotations

import base64
import socket
import ssl
from pathlib import Path

import pytest

from sync.client import internet
from sync.client.engine import Engine, HubIdentity
from sync.client.internet import HubAddress, InternetLine, pinned_context
from sync.client.transport import FAULT_CODES, LineFault
from tests.unit.client.authority import Authority
from tests.unit.client.peers import AT, HUB_KEY, counter
from tests.unit.client.scripted_server import ScriptedServer, Step, raw, reply

QUICK_S = 0.3


@pytest.fixture(scope="session")
def authority() -> Authority:
    return Authority()


def plain(server: ScriptedServer, no_progress_s: float = 5.0) -> InternetLine:
    return InternetLine(HubAddress(f"http://127.0.0.1:{server.port}", ""), no_progress_s)


def fault_of(*steps: Step, no_progress_s: float = 5.0) -> LineFault:
    with ScriptedServer(steps) as server:
        line = plain(server, no_progress_s)
        with pytest.raises(LineFault) as caught:
            line.send(b"question")
        line.close()
    return caught.value


def test_only_host_and_length_are_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:1")
    with ScriptedServer([reply(b"answer")]) as server:
        assert plain(server).send(b"question") == b"answer"
    head, body = server.requests[0].split(b"\r\n\r\n", 1)
    line, *fields = head.split(b"\r\n")
    assert line == b"POST /v1/exchange HTTP/1.1"
    assert {field.split(b":")[0].lower() for field in fields} == {b"host", b"content-length"}
    assert body == b"question"


def test_one_connection_is_kept_for_many_requests() -> None:
    with ScriptedServer([reply(), reply(), reply()]) as server:
        line = plain(server)
        assert [line.send(b"%d" % n) for n in range(3)] == [b"CCX"] * 3
        assert server.connections == 1
        line.close()


def test_a_kept_connection_that_somebody_closed_is_opened_again_unseen() -> None:
    with ScriptedServer([reply(keep=False), reply(b"second")]) as server:
        line = plain(server)
        line.send(b"1")
        assert line.send(b"2") == b"second"
        assert server.connections == 2


def test_after_a_failure_the_next_request_takes_a_new_connection() -> None:
    with ScriptedServer([reply(status="500 Oops"), reply(b"fine")]) as server:
        line = plain(server)
        with pytest.raises(LineFault):
            line.send(b"1")
        assert line.send(b"2") == b"fine"
        assert server.connections == 2


PORTAL = b"<!DOCTYPE html><html>Wi-Fi</html>"


@pytest.mark.parametrize(
    ("code", "step"),
    [
        ("not-the-hub", reply(PORTAL, "302 Found", b"Location: http://portal.example/\r\n")),
        ("not-the-hub", reply(PORTAL, "511 Network Authentication Required")),
        ("not-the-hub", reply(b"", "204 No Content")),
        ("proxy-failed", reply(b"", "407 Proxy Authentication Required")),
        ("hub-failed", reply(b"", "500 Internal Server Error")),
        ("hub-failed", reply(b"", "503 Service Unavailable")),
        ("hub-failed", reply(b"", "429 Too Many Requests")),
        ("request-refused", reply(b"", "404 Not Found")),
        ("request-refused", reply(b"", "413 Content Too Large")),
        ("garbled", raw(b"\x00\x01\x02 no http at all\r\n\r\n")),
        ("garbled", raw(b"HTTP/1.1 abc nonsense\r\n\r\n")),
        ("cut-off", raw(b"")),
        ("cut-off", raw(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this")),
        ("cut-off", raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n40\r\nonly this")),
    ],
)
def test_each_answer_that_is_none_has_its_code(code: str, step: Step) -> None:
    fault = fault_of(step)
    assert fault.code == code
    assert code in FAULT_CODES
    assert "127.0.0.1" not in str(fault)


def test_a_portal_s_page_with_status_200_is_seen_through() -> None:
    one = counter(1)
    with ScriptedServer([reply(PORTAL)]) as server:
        talk = Engine(one, plain(server), one.key, HubIdentity(HUB_KEY.public), lambda: AT, lambda: 0)
        assert talk.exchange().code == "not-the-hub"


def test_an_answer_above_every_limit_is_not_read_to_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(internet, "MAX_MESSAGE_BYTES", 1_000)
    assert fault_of(reply(bytes(100_000))).code == "garbled"


def test_silence_ends_after_the_time_without_progress() -> None:
    with ScriptedServer([]) as server:
        server._steps.append(lambda *_: server.released.wait(20))
        line = plain(server, QUICK_S)
        with pytest.raises(LineFault) as caught:
            line.send(b"1")
    assert caught.value.code == "timed-out"


def test_an_answer_that_drips_for_ever_is_ended_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(internet, "LONGEST_ANSWER_S", -1.0)
    assert fault_of(reply(bytes(50_000))).code == "timed-out"


def test_nobody_listening_is_no_line() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    line = InternetLine(HubAddress(f"http://127.0.0.1:{port}", ""))
    with pytest.raises(LineFault) as caught:
        line.send(b"1")
    assert caught.value.code == "no-line"


def test_a_dead_proxy_is_told_from_a_dead_line(authority: Authority) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    address = HubAddress("https://hub.example", authority.pem, f"http://127.0.0.1:{port}")
    with pytest.raises(LineFault) as caught:
        InternetLine(address).send(b"1")
    assert caught.value.code == "proxy-failed"


def test_the_proxy_of_the_settings_is_asked_for_the_hub(authority: Authority) -> None:
    with ScriptedServer([raw(b"HTTP/1.1 407 Proxy Authentication Required\r\n\r\n")]) as proxy:
        address = HubAddress("https://hub.example", authority.pem, f"http://127.0.0.1:{proxy.port}")
        with pytest.raises(LineFault) as caught:
            InternetLine(address).send(b"1")
    assert caught.value.code == "proxy-failed"
    assert proxy.requests[0].startswith(b"CONNECT hub.example:443")


def test_the_proxy_is_told_user_and_password_and_the_hub_is_not(authority: Authority) -> None:
    with ScriptedServer([raw(b"HTTP/1.1 407 Proxy Authentication Required\r\n\r\n")]) as proxy:
        place = f"http://xa-binh-lu:m%40t%3Akh%E1%BA%A9u@127.0.0.1:{proxy.port}"
        with pytest.raises(LineFault) as caught:
            InternetLine(HubAddress("https://hub.example", authority.pem, place)).send(b"1")
    words = proxy.requests[0].split(b"Basic ")[1].split(b"\r\n")[0]
    assert base64.b64decode(words).decode() == "xa-binh-lu:m@t:khẩu"
    assert "xa-binh-lu" not in str(caught.value)  # nor any log that keeps the fault's words


def tls(files: tuple[Path, Path]) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*files)
    return context


def secure(server: ScriptedServer, pem: str, host: str = "127.0.0.1") -> InternetLine:
    return InternetLine(HubAddress(f"https://{host}:{server.port}", pem), 5.0)


def test_the_hub_of_the_pinned_authority_is_believed(authority: Authority, tmp_path: Path) -> None:
    with ScriptedServer([reply(b"a"), reply(b"b")], tls(authority.server(tmp_path))) as server:
        line = secure(server, authority.pem)
        assert line.send(b"1") + line.send(b"2") == b"ab"
        assert server.connections == 1


def test_a_hub_of_another_authority_is_not(authority: Authority, tmp_path: Path) -> None:
    with ScriptedServer([reply()], tls(Authority().server(tmp_path))) as server:
        with pytest.raises(LineFault) as caught:
            secure(server, authority.pem).send(b"secret")
        assert server.requests == []
    assert caught.value.code == "not-the-hub"


def test_a_certificate_for_another_name_is_not_believed(authority: Authority, tmp_path: Path) -> None:
    with ScriptedServer([reply()], tls(authority.server(tmp_path, "127.0.0.2"))) as server:
        with pytest.raises(LineFault) as caught:
            secure(server, authority.pem).send(b"secret")
        assert server.requests == []
    assert caught.value.code == "not-the-hub"


def test_public_authorities_of_the_machine_are_not_added(authority: Authority, tmp_path: Path) -> None:
    """requests would load its own list of authorities into any context it is given."""
    with ScriptedServer([reply()], tls(authority.server(tmp_path))) as server:
        line = secure(server, authority.pem)
        line.send(b"1")
        assert line._context is not None
        assert line._context.cert_store_stats()["x509_ca"] == 1


def test_a_box_that_speaks_no_tls_is_not_the_hub(authority: Authority) -> None:
    with ScriptedServer([raw(b"HTTP/1.1 400 Bad Request\r\n\r\n")]) as server:
        server._talk = lambda connection: connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")  # type: ignore[method-assign]
        with pytest.raises(LineFault) as caught:
            secure(server, authority.pem).send(b"1")
    assert caught.value.code == "not-the-hub"


@pytest.mark.parametrize("years", [-17, 40])
def test_a_flat_battery_does_not_keep_a_counter_from_learning_the_time(
    years: int, authority: Authority, tmp_path: Path
) -> None:
    """The certificate looks as if it were not yet, or no longer, valid: as for a clock in 2009, or 2066."""
    files = authority.server(tmp_path, years_from_start=years)
    with ScriptedServer([reply(b"time")], tls(files)) as server:
        assert secure(server, authority.pem).send(b"1") == b"time"


@pytest.mark.parametrize(
    "url", ["", "hub", "ftp://hub", "http://hub.example", "https://", "https://u:p@hub.example"]
)
def test_an_address_that_cannot_be_meant_is_refused_at_once(url: str, authority: Authority) -> None:
    with pytest.raises(ValueError):
        InternetLine(HubAddress(url, authority.pem))


@pytest.mark.parametrize("pem", ["", "no certificate", "-----BEGIN CERTIFICATE-----\nAA==\n"])
def test_no_authority_is_no_context(pem: str) -> None:
    with pytest.raises(ValueError, match="authority"):
        pinned_context(pem)


def paths(server: ScriptedServer) -> list[bytes]:
    return [request.split(b" ")[1] for request in server.requests]


def test_a_hub_that_answered_briefly_is_asked_by_the_short_name() -> None:
    with ScriptedServer([reply(b"\xf8answer"), reply(b"\xf8answer")]) as server:
        line = plain(server)
        line.send(b"one")
        line.send(b"two")
    assert paths(server) == [b"/v1/exchange", b"/x"]


def test_who_does_not_know_the_short_name_is_asked_by_the_long_one() -> None:
    answers = [reply(b"\xf8a"), reply(b"", "404 Not Found"), reply(b"CCXa"), reply(b"CCXb")]
    with ScriptedServer(answers) as server:
        line = plain(server)
        line.send(b"one")
        assert line.send(b"two") == b"CCXa"
        line.send(b"three")
    assert paths(server) == [b"/v1/exchange", b"/x", b"/v1/exchange", b"/v1/exchange"]


def test_after_a_fault_the_long_name_is_next() -> None:
    with ScriptedServer([reply(b"\xf8a"), reply(b"", "503 Busy"), reply(b"\xf8b")]) as server:
        line = plain(server)
        line.send(b"one")
        with pytest.raises(LineFault):
            line.send(b"two")
        line.send(b"three")
    assert paths(server) == [b"/v1/exchange", b"/x", b"/v1/exchange"]
