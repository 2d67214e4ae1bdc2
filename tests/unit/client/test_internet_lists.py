"""The province's list over a real socket: what is asked, when nothing comes, each failure by its code."""

from __future__ import annotations

import pytest

from sync.client.internet import HubAddress
from sync.client.internet_lists import InternetListLine
from sync.client.transport import HubFailed, LineFault, NotTheHub, ProxyFailed, RequestRefused
from tests.unit.client.scripted_server import ScriptedServer, Step, raw, reply

MARK = "0123456789abcdef" * 2


def plain(server: ScriptedServer) -> InternetListLine:
    return InternetListLine(HubAddress(f"http://127.0.0.1:{server.port}", ""), 2.0)


def test_a_list_comes_and_its_cost_is_told() -> None:
    with ScriptedServer([reply(b"MCL...")]) as server:
        came = plain(server).newer("")
    assert came.data == b"MCL..."
    assert came.cost > len(came.data)
    assert server.requests[0].startswith(b"GET /v1/check-list HTTP/1.1\r\n")
    assert b"if-none-match" not in server.requests[0].lower()


def test_the_mark_of_what_is_held_is_sent_and_nothing_comes() -> None:
    with ScriptedServer([raw(b"HTTP/1.1 304 Not Modified\r\nETag: x\r\n\r\n")]) as server:
        came = plain(server).newer(MARK)
    assert came.data == b""
    assert f'If-None-Match: "{MARK}"'.encode().lower() in server.requests[0].lower()


@pytest.mark.parametrize(
    ("step", "mark", "fault"),
    [
        (reply(b"", "503 Busy"), "", HubFailed),
        (reply(b"", "429 Too Many Requests"), "", HubFailed),
        (reply(b"", "404 Not Found"), "", RequestRefused),
        (reply(b"", "407 Proxy Authentication Required"), "", ProxyFailed),
        (reply(b"", "511 Network Authentication Required"), "", NotTheHub),
        (reply(b"", "302 Found", b"Location: http://127.0.0.1:1/\r\n"), "", NotTheHub),
        (raw(b"HTTP/1.1 304 Not Modified\r\n\r\n"), "", NotTheHub),
        (raw(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nMCL"), MARK, LineFault),
        (raw(b"\x00\xff\r\n\r\n"), MARK, LineFault),
    ],
)
def test_whatever_else_comes_is_a_fault_of_the_line(step: Step, mark: str, fault: type[LineFault]) -> None:
    with ScriptedServer([step, step]) as server, pytest.raises(fault):
        plain(server).newer(mark)
