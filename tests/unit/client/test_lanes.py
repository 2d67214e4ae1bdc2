"""Two threads, two connections, one engine: answers by lane, faults of every kind delivered."""

from __future__ import annotations

import threading

import pytest

from sync.client.engine import DONE, Engine, HubIdentity
from sync.client.lanes import Landed, OneLane, ThreadLanes
from sync.client.transport import LineFault, NoLine
from tests.unit.client.peers import AT, HUB_KEY, MemoryHub, counter
from tests.unit.client.test_engine import backlog


class Echo:
    """Answers with what it was sent, when ``gate`` is open."""

    def __init__(self, error: Exception | None = None) -> None:
        self.gate = threading.Event()
        self.gate.set()
        self.closed = threading.Event()
        self.error = error

    def send(self, request: bytes) -> bytes:
        self.gate.wait(20)
        if self.error:
            raise self.error
        return request[::-1]

    def close(self) -> None:
        self.closed.set()


def test_whichever_answers_first_lands_first() -> None:
    slow, quick = Echo(), Echo()
    slow.gate.clear()
    lanes = ThreadLanes([slow, quick])
    lanes.start(0, b"ab")
    lanes.start(1, b"cd")
    assert lanes.wait(20_000) == Landed(1, b"dc")
    assert lanes.wait(1) is None
    slow.gate.set()
    assert lanes.wait() == Landed(0, b"ba")
    lanes.close()


@pytest.mark.parametrize("error", [NoLine("x"), RuntimeError("a bug")])
def test_a_fault_lands_on_its_lane(error: Exception) -> None:
    lanes = ThreadLanes([Echo(error)])
    lanes.start(0, b"")
    landed = lanes.wait(20_000)
    assert landed == Landed(0, error)
    lanes.close()


def test_closing_closes_each_connection_in_its_own_thread() -> None:
    echoes = [Echo(), Echo()]
    ThreadLanes(echoes).close()
    assert all(echo.closed.wait(20) for echo in echoes)


def test_one_lane_needs_no_thread() -> None:
    before = threading.active_count()
    echo = Echo(NoLine("x"))
    lane = OneLane(echo)
    lane.start(0, b"ab")
    landed = lane.wait()
    assert landed is not None
    assert isinstance(landed.reply, LineFault)
    lane.close()
    assert echo.closed.is_set()
    assert threading.active_count() == before


class Direct:
    """A transport straight into a hub, one request at a time."""

    def __init__(self, hub: MemoryHub, lock: threading.Lock) -> None:
        self._hub = hub
        self._lock = lock

    def send(self, request: bytes) -> bytes:
        with self._lock:
            return self._hub.exchange(request)

    def close(self) -> None: ...


def test_the_engine_works_over_real_threads() -> None:
    hub, one = MemoryHub(), counter(1)
    one.wrote(*backlog(1_000))
    lock, clock = threading.Lock(), iter(range(0, 10**9, 7))
    lanes = ThreadLanes([Direct(hub, lock), Direct(hub, lock)])
    talk = Engine(one, lanes, one.key, HubIdentity(HUB_KEY.public), lambda: AT, lambda: next(clock))
    assert talk.until_idle()[-1].code == DONE
    assert one.vector() == hub.store.vector()
    talk.close()


def test_a_bug_below_reaches_the_caller() -> None:
    one = counter(1)
    lanes = ThreadLanes([Echo(RuntimeError("a bug"))])
    talk = Engine(one, lanes, one.key, HubIdentity(HUB_KEY.public), lambda: AT, lambda: 0)
    with pytest.raises(RuntimeError, match="a bug"):
        talk.exchange()
    talk.close()
