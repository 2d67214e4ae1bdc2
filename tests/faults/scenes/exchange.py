"""An exchange between a counter and its hub, two processes on a wire; one of them is hit."""

from __future__ import annotations

import contextlib
import socket
import struct
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy.exc import DatabaseError

from counter_app.clock import FixedClock
from counter_app.services.areas import open_areas
from counter_app.storage.journals.exchange_store import ExchangeStore
from counter_app.storage.store import Store
from sync.client.engine import DONE, Engine, HubIdentity, Outcome
from sync.client.transport import CutOff, HubFailed, Transport
from sync.hub.hub import Hub
from sync.protocol.carrying.dictionaries import load_dictionary
from tests.faults.harness import Faults, Steps, Tell, helper
from tests.faults.scenes.day import at_the_desk
from tests.support import counter as counters
from tests.support.counter import CLERK, MORNING, PIN, UNIT, Counter, make_counter, person, take_in
from tests.support.invariants import (
    apart,
    backlog,
    broken,
    broken_promises,
    false_acknowledgement,
    hub_apart,
    hub_broken,
    stale,
)
from tests.sync.scenarios.office import HubProvince
from tests.unit.hub.commune import Direct

LENGTH = struct.Struct(">I")
REFUSED = 0xFFFF_FFFF


class Wire:
    """A transport over a socket: length, bytes. An end of the other side is a line that was cut."""

    def __init__(self, line: socket.socket) -> None:
        self._line = line

    def send(self, request: bytes) -> bytes:
        """One request and its answer. Raises CutOff, HubFailed."""
        try:
            self._line.sendall(LENGTH.pack(len(request)) + request)
            size = LENGTH.unpack(_exactly(self._line, LENGTH.size))[0]
            if size == REFUSED:
                raise HubFailed("500")
            return _exactly(self._line, size)
        except (OSError, EOFError) as error:
            raise CutOff(str(error)) from error

    def close(self) -> None:
        """Nothing to drop between two requests."""


def _exactly(line: socket.socket, size: int) -> bytes:
    found = b""
    while len(found) < size:
        piece = line.recv(size - len(found))
        if not piece:
            raise EOFError
        found += piece
    return found


class Exchange:
    """The counter has a backlog, the hub holds what another counter did; they meet until both are idle."""

    hub_is_hit = False

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def prepare(self) -> None:
        """Two counters that knew each other this morning; each has worked since, one has sent it."""
        with self._hub() as hub:
            hub.add_unit(UNIT, "Xã Bình Lư (tập huấn)")
            self.province = HubProvince(hub)
            one = make_counter(self.folder, 1, clock=FixedClock(MORNING, step=1), province=self.province)
            settle(one, Direct(hub), hub)
            two = make_counter(self.folder, 2, founder=one, province=self.province, register=False)
            settle(two, Direct(hub), hub)
            settle(one, Direct(hub), hub)
            work_on(one, "A", 4)
            work_on(two, "M", 4)
            settle(two, Direct(hub), hub)
            one.close()
            two.close()
        self.one, self.two = one, two
        self.public = hub.public_key

    def _hub(self, later_ms: int = 0) -> Hub:
        clock = FixedClock(MORNING + 3_600_000 + later_ms, step=1)
        return Hub.open(self.folder / "hub", practice=True, now=clock.now)

    def work(self, tell: Tell) -> None:
        """Both sides; the one that is hit is this process, the other a helper."""
        here, there = socket.socketpair()
        mine, others = (self._serve, self._meet) if self.hub_is_hit else (self._meet, self._serve)

        def beside() -> None:
            here.close()
            others(there, tell)
            there.close()

        with helper(beside):
            there.close()
            try:
                mine(here, tell)
            finally:
                here.close()

    def _serve(self, line: socket.socket, tell: Tell) -> None:
        """The hub answers until the other side is gone, and reads what came after each answer."""
        with hub_words(), self._hub(600_000) as hub, contextlib.suppress(EOFError, ConnectionError):
            while True:
                request = _exactly(line, LENGTH.unpack(_exactly(line, LENGTH.size))[0])
                try:
                    answer = hub.exchange(request)
                except DatabaseError:  # the serving layer answers 500 and goes on
                    line.sendall(LENGTH.pack(REFUSED))
                    continue
                line.sendall(LENGTH.pack(len(answer)) + answer)
                with contextlib.suppress(DatabaseError):  # its background reader tries again later
                    hub.read()

    def _meet(self, line: socket.socket, tell: Tell) -> None:
        """The counter exchanges until idle; what its screen calls "at the province" is told each time."""
        pc = running(self.one)
        engine = self._engine(pc, Wire(line))
        for _ in range(40):
            outcome = engine.exchange()
            word = pc.port().last_word()
            if word is not None:
                tell("province", [word.life, word.at, sorted(word.received.positions.items())])
            if outcome.code != DONE or not outcome.more:
                tell(outcome.code, outcome.refusal)
                break
        pc.close()
        tell("closed", 0)

    def _engine(self, pc: Counter, line: Transport) -> Engine:
        identity = HubIdentity(self.public, dictionaries=load_dictionary)
        return Engine(pc.port(), line, pc.author.key, identity, pc.clock.now, lambda: 0)  # type: ignore[attr-defined]

    def survived(self, steps: Steps) -> Faults:
        """Both stores whole; nothing called "at the province" is missing there; they meet and are equal."""
        with self._hub(1_200_000) as hub:
            pc, two = running(self.one), running(self.two)
            try:
                held = {journal.journal: journal.seq for journal in hub.journals_held(UNIT)}
                wrong = [
                    f"the screen said {journal} to {seq} is at the province, it holds {held.get(journal, 0)}"
                    for step, what in steps
                    if step == "province"
                    for journal, seq in what[2]  # type: ignore[index]
                    if held.get(journal, 0) < seq
                ]
                wrong += broken(pc.store) + stale(pc.store) + hub_broken(hub)
                wrong += broken_promises([pc.port().last_word()], hub)
                wrong += false_acknowledgement(pc.port(), pc.store)
                for one in (pc, two, pc):
                    settle(one, Direct(hub), hub)
                wrong += apart([pc.store, two.store]) + hub_apart(hub, UNIT, pc.store) + hub_broken(hub)
                wrong += backlog(pc.port()) + backlog(two.port())
            finally:
                pc.close()
                two.close()
        return Faults(wrong)


class ExchangeHub(Exchange):
    """The same with the hub's process hit."""

    hub_is_hit = True


@contextlib.contextmanager
def hub_words() -> Iterator[None]:
    """What ``commune-hub`` says for a database that cannot be opened or written."""
    try:
        yield
    except DatabaseError as error:
        raise HubSaid(str(error.orig)) from error
    except OSError as error:
        raise HubSaid(str(error.strerror)) from error


class HubSaid(Exception):
    """The province's command ended with words (exit code 4)."""


def running(made: Counter) -> Counter:
    """A counter opened again on what is in its folder, without a wire."""
    from dataclasses import replace

    store = Store.open(made.store.path, made.store_key)
    store.enrolled(made.author)  # type: ignore[arg-type]
    clock = FixedClock(MORNING + 7_200_000, step=1)
    work = counters._workplace(made.folder, made.number, store, clock, made.work.device_secret, made.province)
    return replace(made, store=store, areas=open_areas(work), clock=clock)


def work_on(pc: Counter, letter: str, requests: int) -> None:
    """Requests of practice persons; numbered where the pen is."""
    pc.sign_in(CLERK)
    asked = [
        take_in(
            pc,
            "gks 1x2",
            "hb 3x1",
            who=person(f"TẬP HUẤN {letter}{chr(65 + n)}", f"012086{ord(letter):03d}{n:03d}"),
        )
        for n in range(requests)
    ]
    state = pc.state(pc.register) if pc.register else None
    if state is not None and state.holder == pc.work.journal:
        at_the_desk(pc)
        pc.areas.signing.number(tuple(one.request for one in asked), PIN)


def settle(pc: Counter, line: Direct, hub: Hub) -> list[Outcome]:
    """Exchange until idle, the hub reads, and once more."""
    identity = HubIdentity(hub.public_key, dictionaries=load_dictionary)
    port: ExchangeStore = pc.port()
    engine = Engine(port, line, pc.author.key, identity, pc.clock.now, lambda: 0)  # type: ignore[attr-defined]
    outcomes = engine.until_idle()
    hub.read()
    return outcomes + engine.until_idle()
