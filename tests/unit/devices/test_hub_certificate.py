"""The hub's certificate, read by a greeting of its own: direct, by a proxy, from a stranger, from nobody."""

from __future__ import annotations

import base64
import socket
import ssl
from pathlib import Path

import pytest

from counter_app.devices.hub_certificate import last_day_shown, last_days_of
from sync.client.internet import HubAddress
from tests.unit.client.authority import START, YEAR, Authority
from tests.unit.client.scripted_server import ScriptedServer, raw


@pytest.fixture(scope="module")
def authority() -> Authority:
    return Authority()


def tls(files: tuple[Path, Path]) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*files)
    return context


def test_the_day_is_the_certificates(authority: Authority, tmp_path: Path) -> None:
    with ScriptedServer([], tls(authority.server(tmp_path))) as hub:
        told = last_day_shown(HubAddress(f"https://127.0.0.1:{hub.port}", authority.pem))
    assert told == START + YEAR


def test_one_that_has_ended_is_read_too(authority: Authority, tmp_path: Path) -> None:
    """A counter with a flat battery lives in another year: dates are told, not judged, by the greeting."""
    with ScriptedServer([], tls(authority.server(tmp_path, years_from_start=-5))) as hub:
        told = last_day_shown(HubAddress(f"https://127.0.0.1:{hub.port}", authority.pem))
    assert told == START - 4 * YEAR


def test_a_stranger_is_told_from_a_dead_line(authority: Authority, tmp_path: Path) -> None:
    with ScriptedServer([], tls(Authority("Lạ").server(tmp_path))) as hub, pytest.raises(ssl.SSLError):
        last_day_shown(HubAddress(f"https://127.0.0.1:{hub.port}", authority.pem))
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    with pytest.raises(OSError, match="refused") as caught:
        last_day_shown(HubAddress(f"https://127.0.0.1:{port}", authority.pem))
    assert not isinstance(caught.value, ssl.SSLError)


def test_the_proxy_is_asked_with_its_password_and_its_no_is_an_error_of_the_line(
    authority: Authority,
) -> None:
    with ScriptedServer([raw(b"HTTP/1.1 407 Proxy Authentication Required\r\n\r\n")]) as proxy:
        place = f"http://xa-binh-lu:m%40t%3Akh%E1%BA%A9u@127.0.0.1:{proxy.port}"
        with pytest.raises(OSError, match="407") as caught:
            last_day_shown(HubAddress("https://hub.example", authority.pem, place))
    assert proxy.requests[0].startswith(b"CONNECT hub.example:443")
    words = proxy.requests[0].split(b"Basic ")[1].split(b"\r\n")[0]
    assert base64.b64decode(words).decode() == "xa-binh-lu:m@t:khẩu"
    assert "xa-binh-lu" not in str(caught.value)


def test_what_is_no_proxy_at_all_is_an_error_of_the_line(authority: Authority) -> None:
    with ScriptedServer([raw(b"220 mail.example ESMTP\r\n")]) as mail, pytest.raises(OSError, match=r"\S"):
        last_day_shown(HubAddress("https://hub.example", authority.pem, f"http://127.0.0.1:{mail.port}"), 2.0)


def test_a_trial_hub_has_none(authority: Authority) -> None:
    assert last_day_shown(HubAddress("http://127.0.0.1:1", "")) is None


def test_authorities_that_are_believed(authority: Authority) -> None:
    both = authority.pem + Authority("Kế tiếp").pem
    assert last_days_of(both) == (START + 20 * YEAR,) * 2
    with pytest.raises(ValueError, match="PEM"):
        last_days_of("no certificate")
