"""The hub as devices meet it: a process of its own, over TLS, and what garbage gets."""

from __future__ import annotations

import os
import random
import signal
import socket
import ssl
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
import requests

from sync.client.engine import DONE, Engine, HubIdentity
from sync.client.internet import HubAddress, InternetLine
from sync.client.transport import LineFault
from sync.hub.hub import Hub
from sync.hub.serving.server import HubNotStarted, HubServer
from sync.protocol.carrying.bundle import Bundle, pack_bundle
from sync.protocol.carrying.dictionaries import load_dictionary
from sync.protocol.carrying.vector import make_vector
from sync.protocol.meeting.exchange import ExchangeRequest, pack_request, unpack_answer
from tests.unit.hub.commune import Clock, Commune
from tests.unit.hub.test_exchange import pieces

UNIT = "00000"
MUTATIONS = 3_000


class Running(NamedTuple):
    """A hub in its process, its folder, a token, and a trusting HTTP session."""

    server: HubServer
    folder: Path
    token: str
    web: requests.Session

    def get(self, path: str, token: str | None = None) -> requests.Response:
        bearer = self.token if token is None else token
        headers = {"Authorization": f"Bearer {bearer}"} if bearer else {}
        return self.web.get(f"{self.server.url}/v1/{path}", headers=headers, timeout=20)

    def post(self, data: bytes) -> requests.Response:
        return self.web.post(f"{self.server.url}/v1/exchange", data=data, timeout=20)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("province") / "hub"
    with Hub.open(folder, practice=True) as hub:
        hub.add_unit(UNIT, "Xã Bình Lư (tập huấn)")
        token = hub.add_token("thử")
    with HubServer(folder, practice=True) as server, requests.Session() as web:
        pem = folder.parent / "authority.pem"
        pem.write_text(server.authority_pem)
        web.verify = str(pem)
        web.trust_env = False
        yield Running(server, folder, token, web)


@pytest.fixture
def counter(running: Running, tmp_path: Path) -> Iterator[Commune]:
    """A counter granted by the same hub, whose line is TLS."""
    with Hub.open(running.folder) as hub:
        made = Commune(hub, tmp_path, UNIT, Clock(), 1)
        made.line = InternetLine(HubAddress(running.server.url, running.server.authority_pem))
        made.engine = Engine(
            made.port(),
            made.line,
            made.device_key,
            HubIdentity(running.server.public_key, dictionaries=load_dictionary),
            made.clock,
            lambda: 0,
        )
        yield made
        made.line.close()
        made.close()


def settled(running: Running) -> None:
    """Until the reader behind the exchanges has nothing left; it is woken, so this ends."""
    for _ in range(2_000):
        if running.get("health").json()["unread"] == 0:
            return
    raise AssertionError("the hub does not read")


def test_a_day_reaches_the_hub_over_tls_and_is_read_there(running: Running, counter: Commune) -> None:
    register = counter.busy_day()
    assert {one.code for one in counter.engine.until_idle()} == {DONE}
    assert counter.port().last_word().received == counter.port().vector()
    settled(running)
    month = running.get(f"units/{UNIT}/registers/copy/2026/11").json()
    assert [line["number"] for line in month["lines"]] == [1, 2, 3, 4, 5, 6]
    assert month["lines"][0]["requester_name"] == "Nguyễn Thị Đào"
    assert running.get(f"units/{UNIT}/kpi/20261120").json()["numbered"] == 6
    held = {one["journal"]: one["seq"] for one in running.get(f"units/{UNIT}/vector").json()}
    assert held[register.journal] == counter.port().vector().positions[register.journal]


def test_an_answer_carries_its_length_and_no_other_header(running: Running, counter: Commune) -> None:
    counter.engine.until_idle()
    request = ExchangeRequest(UNIT, counter.journal, 1, 0, counter.port().vector())
    data = pack_request(request, counter.device_key, counter.hub.public_key)
    answer = running.post(data)
    assert (answer.status_code, list(answer.headers)) == (200, ["content-length"])
    assert not unpack_answer(answer.content, UNIT, request.vector).refused


def test_nobody_else_is_believed(running: Running, tmp_path: Path) -> None:
    from datetime import UTC, datetime

    from sync.hub.serving.ca import server_files

    other = server_files(tmp_path, ["127.0.0.1"], datetime.now(UTC)).authority_pem
    with pytest.raises(LineFault) as fault:
        InternetLine(HubAddress(running.server.url, other)).send(b"CCX")
    assert fault.value.code == "not-the-hub"


@pytest.mark.parametrize("token", ["", "0" * 64, "ạ" * 3, "x" * 10_000])
def test_registers_are_for_those_with_a_token(running: Running, token: str) -> None:
    for view in ("registers/copy/2026/11", "kpi/20261120", "vector", "questions/open"):
        answer = running.web.get(
            f"{running.server.url}/v1/units/{UNIT}/{view}",
            headers={"Authorization": b"Bearer " + token.encode()} if token else {},
            timeout=20,
        )
        assert (answer.status_code, answer.json()["code"]) == (401, "token")
    assert running.get("health", token="").status_code == 200


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("units/99999/kpi/20261120", 404),
        (f"units/{UNIT}/kpi/1", 404),
        (f"units/{UNIT}/kpi/tomorrow", 404),
        (f"units/{UNIT}/kpi/99999999999999999999999999", 404),
        (f"units/{UNIT}/registers/copy/2026/13", 404),
        (f"units/{UNIT}/registers/%00/2026/11", 404),
        (f"units/{UNIT}/registers/{'x' * 3000}/2026/11", 404),
        (f"units/{UNIT}/questions/'; DROP TABLE entries", 404),
        ("nothing", 404),
        ("exchange", 405),
    ],
)
def test_a_wrong_question_gets_documented_json(running: Running, path: str, status: int) -> None:
    answer = running.get(path)
    assert answer.status_code == status
    assert set(answer.json()) == {"code", "detail"}


def test_openapi_names_every_view_and_loads_nothing_from_elsewhere(running: Running) -> None:
    schema = running.get("openapi.json").json()
    assert set(schema["paths"]) >= {
        "/v1/health", "/v1/units/{unit}/vector", "/v1/units/{unit}/kpi/{day}",
        "/v1/units/{unit}/registers/{register}/{year}/{month}",
    }  # fmt: skip


def mutated(data: bytes, dice: random.Random) -> bytes:
    """``data`` with a few bytes changed, cut, doubled, or noise behind its magic."""
    out = bytearray(data)
    match dice.randrange(5):
        case 0:
            for _ in range(dice.randint(1, 8)):
                out[dice.randrange(len(out))] = dice.randrange(256)
        case 1:
            del out[dice.randrange(len(out)) :]
        case 2:
            place = dice.randrange(len(out))
            out[place:place] = dice.randbytes(dice.randint(1, 64))
        case 3:
            return data[:4] + dice.randbytes(dice.randint(0, 200))
        case _:
            place = dice.randrange(len(out))
            out[place : place + 4] = b"\xff\xff\xff\xff"
    return bytes(out)


def signed_garbage(counter: Commune, inner: bytes, dice: random.Random) -> bytes:
    """A request that is properly signed around a mutated bundle: gets past the first door."""
    bundle = mutated(inner, dice)
    request = ExchangeRequest(
        UNIT, counter.journal, dice.randrange(2**40), dice.randrange(2**16), make_vector({}), bundle
    )
    return pack_request(request, counter.device_key, counter.hub.public_key)


def test_thousands_of_garbled_requests_get_an_answer_and_change_nothing(
    running: Running, counter: Commune
) -> None:
    """In process, where a bug shows as an exception; a part of them goes over TLS below."""
    counter.request()
    runs = tuple(pieces(counter))
    counter.engine.until_idle()
    hub, dice = counter.hub, random.Random(2)
    inner = pack_bundle(Bundle(UNIT, counter.journal, runs))
    request = ExchangeRequest(UNIT, counter.journal, 7, 100, make_vector({}), inner)
    plain = pack_request(request, counter.device_key, hub.public_key)
    settled(running)  # the reader behind the exchanges gives the new device its key in its own time
    before, codes = hub.word(UNIT).received, set()
    for turn in range(MUTATIONS):
        data = mutated(plain, dice) if turn % 2 else signed_garbage(counter, inner, dice)
        codes.add(unpack_answer(hub.exchange(data), UNIT, make_vector({})).refused)
    assert hub.word(UNIT).received == before
    assert {"malformed", "not-authentic", "not-ours"} <= codes


def test_garbage_over_tls_never_is_the_hubs_failure(running: Running, counter: Commune) -> None:
    counter.request()
    inner = pack_bundle(Bundle(UNIT, counter.journal, tuple(pieces(counter))))
    counter.engine.until_idle()
    dice = random.Random(3)
    for turn in range(200):
        data = dice.randbytes(turn) if turn % 4 == 0 else signed_garbage(counter, inner, dice)
        answer = running.post(data)
        assert answer.status_code in (200, 400), answer.text
    assert counter.engine.exchange().code == DONE


def test_too_much_is_refused_before_it_is_read(running: Running) -> None:
    context = ssl.create_default_context(cadata=running.server.authority_pem)
    with (
        socket.create_connection(("127.0.0.1", running.server.port), timeout=20) as plain,
        context.wrap_socket(plain, server_hostname="127.0.0.1") as line,
    ):
        line.sendall(b"POST /v1/exchange HTTP/1.1\r\nHost: x\r\nContent-Length: 999999999999\r\n\r\nCCX")
        assert b" 413 " in line.recv(4096).split(b"\r\n")[0]


def test_a_hub_ends_when_its_parent_closes_its_input(tmp_path: Path) -> None:
    with HubServer(tmp_path / "hub", practice=True) as server:
        pid = server.pid
        assert server.port > 0
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_a_killed_hub_loses_nothing_it_acknowledged(tmp_path: Path) -> None:
    folder, clock = tmp_path / "hub", Clock()
    with Hub.open(folder, practice=True) as hub:
        hub.add_unit(UNIT, "tập huấn")
        counter = Commune(hub, tmp_path, UNIT, clock, 1)
    with HubServer(folder) as server:
        line = InternetLine(HubAddress(server.url, server.authority_pem))
        counter.engine = Engine(
            counter.port(),
            line,
            counter.device_key,
            HubIdentity(server.public_key, dictionaries=load_dictionary),
            clock,
            lambda: 0,
        )
        counter.busy_day()
        counter.engine.until_idle()
        os.kill(server.pid, signal.SIGKILL)
        line.close()
    acknowledged = counter.port().last_word().received
    with Hub.open(folder) as hub:
        assert all(hub.word(UNIT).received.covers(*place) for place in acknowledged.positions.items())
        hub.read()
        assert hub.kpi(UNIT, 20261120).requests == 6
    counter.close()


def test_a_hub_that_cannot_start_says_why(tmp_path: Path) -> None:
    Hub.open(tmp_path / "hub", practice=True).close()
    with pytest.raises(HubNotStarted, match="practice"):
        HubServer(tmp_path / "hub", practice=False).start()
