"""Beacons in and out: one thread with one UDP socket on the counters' common port."""

from __future__ import annotations

import contextlib
import random
import select
import socket
import threading
import time
from collections.abc import Callable

from sync.client.lan.addresses import own_addresses
from sync.client.lan.beacon import Heard, open_beacon, seal_beacon
from sync.client.lan.handshake import UnitKeys
from sync.client.lan.wire import Bell

EVERYBODY = "255.255.255.255"
EVERY_S = 10.0
ANSWER_EVERY_S = 5.0
_LARGEST = 2048


class Radio:
    """Sends a beacon every ten seconds or so on every network of the PC, and tells what it hears.

    ``heard(host, port, instance)`` is called from the radio's thread for counters of the unit, never for this
    run of the program itself.
    """

    def __init__(
        self,
        port: int,
        listening: int,
        instance: bytes,
        unit_keys: Callable[[], UnitKeys],
        heard: Callable[[str, int, bytes], None],
    ) -> None:
        """``port`` is the counters' common UDP port, ``listening`` our TCP port, told in the beacon."""
        self._port, self._listening, self._instance = port, listening, instance
        self._unit_keys, self._heard = unit_keys, heard
        self._over = threading.Event()
        self._bell = Bell()
        self._answered: dict[str, float] = {}
        self._thread = threading.Thread(target=self._run, name="lan-radio", daemon=True)
        self.works = False
        """False where the port is not to be had: then only fixed and told addresses lead to siblings."""

    def start(self) -> None:
        """Begin to hear and to call."""
        self._thread.start()

    def end(self) -> None:
        """Silence, at once: whoever closes the program waits for it."""
        self._over.set()
        self._bell.ring()
        if self._thread.is_alive():
            self._thread.join(3)
        if not self._thread.is_alive():
            self._bell.close()

    def _run(self) -> None:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as ear:
            try:
                ear.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                ear.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
                ear.bind(("", self._port))
            except OSError:
                return
            self.works = True
            following = 0.0
            while not self._over.is_set():
                if time.monotonic() >= following:
                    self._call()
                    following = time.monotonic() + EVERY_S * (0.75 + random.random() / 2)
                wait = min(1.0, max(0.0, following - time.monotonic()))
                ready, _, _ = select.select([ear, self._bell.socket], [], [], wait)
                if ear in ready:
                    with contextlib.suppress(OSError):  # Windows tells here of a host that refused a datagram
                        data, (host, *_) = ear.recvfrom(_LARGEST)
                        self._take(ear, data, host)

    def _take(self, ear: socket.socket, data: bytes, host: str) -> None:
        found: Heard | None = open_beacon(data, self._unit_keys())
        if found is None or found.instance == self._instance:
            return
        self._heard(host, found.port, found.instance)
        now = time.monotonic()
        if now - self._answered.get(host, -ANSWER_EVERY_S) >= ANSWER_EVERY_S:
            if len(self._answered) > 256:
                self._answered.clear()
            self._answered[host] = now
            self._send(ear, host)

    def _call(self) -> None:
        """A beacon on every network: a limited broadcast leaves where its sender's address belongs."""
        for address in own_addresses() or [""]:
            with contextlib.suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as mouth:
                mouth.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
                mouth.bind((address, 0))
                self._send(mouth, EVERYBODY)

    def _send(self, mouth: socket.socket, host: str) -> None:
        data = seal_beacon(self._unit_keys(), self._instance, self._listening)
        if data:
            with contextlib.suppress(OSError):  # no such network now
                mouth.sendto(data, (host, self._port))
