"""This counter on the LAN: listens, calls, keeps one talk with each sibling, and knows how each stands."""

from __future__ import annotations

import logging
import secrets
import socket
import threading
import time
from collections import Counter as Tally
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from sync.client.lan.addresses import FIXED, TOLD, AddressBook, Place
from sync.client.lan.faults import Doubled, Ended, code_of
from sync.client.lan.handshake import UnitKeys
from sync.client.lan.meeting import House, Met, call, listen
from sync.client.lan.proof import INSTANCE_BYTES, Membership, Peer, Self, own_openings
from sync.client.lan.radio import Radio
from sync.client.lan.session import Session
from sync.client.lan.standing import PeerState, Standing
from sync.client.lan.talk import Hooks, Terms
from sync.client.transport import LineFault, NoLine
from sync.protocol.carrying.store_port import Ingested, StorePort
from sync.protocol.carrying.vector import Vector
from sync.protocol.refusals import Refusal

PORT = 7443
MOST_TALKS, MOST_UNPROVEN, MOST_UNPROVEN_HOST, MOST_CALLS = 24, 8, 2, 16
CONNECT_S = 5.0
LOOK_S = 1.0
LISTENS, PORT_TAKEN, DEAF = "listens", "port-taken", "deaf"
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class LanSettings:
    """``port`` 0 takes any; ``host`` "" listens on every network; ``beacons`` False neither hears nor
    calls. ``known`` are places where siblings were met in earlier runs.
    """

    port: int = PORT
    fixed: tuple[tuple[str, int], ...] = ()
    host: str = ""
    beacons: bool = True
    known: tuple[tuple[str, int], ...] = ()


@dataclass
class LanNode:
    """The threads and sockets of the LAN. ``unit_keys`` and ``membership`` are asked anew at each meeting.

    ``hooks`` are called from the threads of the talks, several at once.
    """

    store: StorePort
    terms: Terms
    unit_keys: Callable[[], UnitKeys]
    membership: Membership
    settings: LanSettings = LanSettings()
    hooks: Hooks = field(default_factory=Hooks)
    changed: Callable[[], None] = lambda: None

    def __post_init__(self) -> None:
        """Nothing listens before ``start``."""
        self.instance = secrets.token_bytes(INSTANCE_BYTES)
        self.book = AddressBook()
        self.port = 0
        self.hears = DEAF
        self._listener: socket.socket | None = None
        self._radio: Radio | None = None
        self._lock = threading.Lock()
        self._talks: dict[bytes, tuple[Session, bool]] = {}
        self.standing = Standing(self.terms.now_ms, self.changed)
        self._unproven: Tally[str] = Tally()
        self._calls = 0
        self._over = threading.Event()
        self._look = threading.Event()
        self._last_refused = ""
        self.house = House(self._self, self.unit_keys, self.membership, self.terms.now_ms)
        self._hooks = replace(self.hooks, told=self._told, took=self._took, addresses=self._siblings)

    # --- what the program asks ---

    def start(self) -> None:
        """Listen, call the fixed addresses, send beacons. A port that is taken is told in ``hears``."""
        self._listener = self._bound()
        self.book.fix(self.settings.fixed, FIXED)
        self.book.fix(self.settings.known, TOLD)
        self._thread(self._call_around, "lan-calls")
        if self._listener is not None:
            self._thread(self._accept, "lan-listens")
        if self.settings.beacons:
            self._radio = Radio(
                self.settings.port or PORT, self.port, self.instance, self.unit_keys, self._heard
            )
            self._radio.start()

    def nudge(self) -> None:
        """Something was committed: every sibling in a talk is told within a moment."""
        with self._lock:
            talks = [session for session, _ in self._talks.values()]
        for session in talks:
            session.bell.ring()

    def hurry(self) -> None:
        """A person asked: every address is called now."""
        self.book.hurry()
        self._look.set()
        self.nudge()

    def peers(self) -> tuple[PeerState, ...]:
        """Siblings met in this run, by journal."""
        return self.standing.all()

    @property
    def refused_here(self) -> str:
        """Code of the last caller that was turned away, "" before one."""
        return self._last_refused

    @property
    def hears_beacons(self) -> bool:
        """True while siblings are found without an address."""
        return self._radio is not None and self._radio.works

    def ask(self, journal: int, topic: int, words: bytes, seconds: float = 10.0) -> bytes:
        """A question to a sibling in a talk. Raises NoLine when there is none, TimedOut."""
        with self._lock:
            talks = [session for session, _ in self._talks.values() if session.peer.journal == journal]
        if not talks:
            raise NoLine("no talk with that counter")
        return talks[0].ask(topic, words, seconds)

    def told(self, places: Sequence[tuple[str, int]]) -> None:
        """Siblings said through others where they listen: they are called there, beacons or not."""
        self.book.fix(places, TOLD)
        self._look.set()

    def close(self) -> None:
        """Every talk ends, nothing listens. Twice is harmless."""
        self._over.set()
        self._look.set()
        if self._radio is not None:
            self._radio.end()
        with self._lock:
            talks = [session for session, _ in self._talks.values()]
        for session in talks:
            session.end()
        if self._listener is not None:
            self._listener.close()
            self._listener = None
        until = time.monotonic() + 5
        while self._busy() and time.monotonic() < until:
            time.sleep(0.02)

    # --- listening ---

    def _bound(self) -> socket.socket | None:
        for port, told in ((self.settings.port, LISTENS), (0, PORT_TAKEN)):
            try:
                made = socket.create_server((self.settings.host, port), backlog=16)
            except OSError:
                continue
            self.port, self.hears = made.getsockname()[1], told
            made.settimeout(LOOK_S)
            return made
        return None

    def _accept(self) -> None:
        while not self._over.is_set() and (listener := self._listener) is not None:
            try:
                connection, (host, *_) = listener.accept()
            except TimeoutError:
                continue
            except OSError:  # closed by us, or the system is out of sockets: look again in a moment
                self._over.wait(LOOK_S)
                continue
            if self._may_enter(host):
                self._thread(partial(self._listen, connection, host), "lan-talk")
            else:
                connection.close()

    def _may_enter(self, host: str) -> bool:
        """Strangers can hold a few places for ten seconds, never all of the program's threads."""
        with self._lock:
            full = self._unproven.total() >= MOST_UNPROVEN or len(self._talks) >= MOST_TALKS
            if full or self._unproven[host] >= MOST_UNPROVEN_HOST:
                return False
            self._unproven[host] += 1
            return True

    def _listen(self, connection: socket.socket, host: str) -> None:
        try:
            try:
                met = listen(connection, self.house, self._may_talk)
            finally:
                with self._lock:
                    self._unproven[host] -= 1
                    self._unproven += Tally()  # forgets hosts without any
            self._run(connection, met, host, calling=False)
        except Exception as error:
            self._note_end(error)
        finally:
            connection.close()

    # --- calling ---

    def _call_around(self) -> None:
        while not self._over.is_set():
            with self._lock:
                live, room = list(self._talks), MOST_CALLS - self._calls
            for place in self.book.due(time.monotonic(), live, room):
                with self._lock:
                    self._calls += 1
                self._thread(partial(self._call, place), "lan-call")
            self._look.wait(LOOK_S)
            self._look.clear()

    def _call(self, place: Place) -> None:
        code = ""
        try:
            with socket.create_connection((place.host, place.port), CONNECT_S) as connection:
                met = call(connection, self.house, partial(self._may_talk, place=place))
                self.book.met(place, met.peer.instance)
                self._run(connection, met, place.host, calling=True)
        except Exception as error:
            code = code_of(error) if not isinstance(error, _Oneself) else "self"
            self._note_end(error)
        finally:
            self.book.failed(place, code, time.monotonic())
            with self._lock:
                self._calls -= 1

    def _may_talk(self, peer: Peer, place: Place | None = None) -> None:
        """Raises for a peer with whom there is a better talk already, or which is this very program."""
        if place is not None:
            self.book.met(place, peer.instance)
        if peer.instance == self.instance:
            raise _Oneself("called itself")
        with self._lock:
            held = self._talks.get(peer.instance)
        calling = place is not None
        if held is not None and held[1] != calling and not self._prefers(peer, calling):
            raise Doubled("a talk is under way")

    def _prefers(self, peer: Peer, calling: bool) -> bool:
        """Of two connections the one stays that the lower journal (instance, for copies) made."""
        mine, theirs = (self.store.journal, self.instance), (peer.journal, peer.instance)
        return (mine < theirs) == calling

    # --- talking ---

    def _run(self, connection: socket.socket, met: Met, host: str, *, calling: bool) -> None:
        if self._over.is_set():
            raise Ended("the program ends")
        session = Session(connection, met, self.store, self.terms, self._hooks)
        with self._lock:
            older = self._talks.get(met.peer.instance)
            self._talks[met.peer.instance] = (session, calling)
        if older is not None:
            older[0].end()
        if not calling and met.peer.port:
            self.book.called_from(host, met.peer.port, met.peer.instance)
        self.nudge()  # siblings hear of its address
        self.standing.met(met.peer, host)
        code = "bug"
        try:
            session.run(self.book.reached)
        except Exception as error:
            code = code_of(error)
            raise
        finally:
            with self._lock:
                mine = self._talks.get(met.peer.instance)
                last = mine is not None and mine[0] is session
                if last:
                    del self._talks[met.peer.instance]
            if last:
                self.standing.gone(met.peer, code)

    def _told(self, peer: Peer, held: Vector, offset: int) -> None:
        self.standing.told(peer, held, offset)
        self.hooks.told(peer, held, offset)

    def _took(self, peer: Peer, ingested: Ingested, word: bool) -> None:
        """What one sibling brought is passed on to the others at once."""
        self.hooks.took(peer, ingested, word)
        self.nudge()

    def _note_end(self, error: Exception) -> None:
        """What ended a meeting: a refusal is told, the line's faults are its nature, the rest is in the
        log."""
        if isinstance(error, Refusal):
            self._last_refused = error.code
            _log.info("a counter on the LAN was turned away: %s", error.code)
        elif not isinstance(error, (LineFault, OSError)):
            _log.exception("a talk on the LAN failed", exc_info=error)

    # --- addresses ---

    def _self(self) -> Self:
        return Self(
            self.store.unit,
            self.store.journal,
            self.terms.key,
            self.instance,
            self.port,
            own_openings(self.store),
        )

    def _heard(self, host: str, port: int, instance: bytes) -> None:
        with self._lock:
            known = instance in self._talks
        if not known:
            self.book.heard(host, port, instance)
            self._look.set()

    def _siblings(self, told: Sequence[tuple[str, int]]) -> None:
        self.told(told)
        self.hooks.addresses(told)

    def _busy(self) -> bool:
        with self._lock:
            return bool(self._talks or self._calls)

    def _thread(self, act: Callable[[], None], name: str) -> None:
        threading.Thread(target=act, name=name, daemon=True).start()


class _Oneself(LineFault):
    code = "self"
