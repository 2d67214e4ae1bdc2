"""Where counters of the unit may be: fixed by a person, told by a sibling, heard in a beacon; when to call.

Safe to use from any thread. Moments here are seconds of a clock that never jumps.
"""

from __future__ import annotations

import random
import socket
import sys
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass

FIXED, TOLD, HEARD = "fixed", "told", "heard"
FIRST_WAIT_S, LONGEST_WAIT_S, STRANGER_WAIT_S = 2.0, 60.0, 300.0
MOST_PLACES = 64
_HOPELESS = frozenset({"unanswered", "key-unknown", "self", "other-unit", "revoked"})


@dataclass
class Place:
    """An address and how calling there went: ``code`` of the last failure, "" before one or when met."""

    host: str
    port: int
    source: str
    next_try: float = 0.0
    failures: int = 0
    code: str = ""
    instance: bytes = b""
    reached: bool = False


class AddressBook:
    """The addresses known, each called again after 2 s … 1 min, strangers after up to 5 min."""

    def __init__(self, chance: Callable[[], float] = random.random) -> None:
        """``chance`` gives numbers in [0, 1): counters that start together do not call in step."""
        self._chance = chance
        self._places: dict[tuple[str, int], Place] = {}
        self._lock = threading.Lock()

    def fix(self, places: Iterable[tuple[str, int]], source: str = FIXED) -> None:
        """Addresses a person (FIXED) or a sibling (TOLD) named."""
        with self._lock:
            for host, port in places:
                known = self._places.setdefault((host, port), Place(host, port, source))
                if source == FIXED:
                    known.source = FIXED
            self._thin()

    def heard(self, host: str, port: int, instance: bytes) -> None:
        """A beacon came from there: it is called at once, whatever became of earlier calls."""
        with self._lock:
            place = self._places.setdefault((host, port), Place(host, port, HEARD))
            if place.instance != instance or not place.failures:
                place.next_try = 0.0
            place.instance = instance
            self._thin()

    def called_from(self, host: str, port: int, instance: bytes) -> None:
        """A counter that proved itself called us from ``host`` and says that it listens at ``port``."""
        with self._lock:
            place = self._places.setdefault((host, port), Place(host, port, TOLD))
            place.instance, place.reached = instance, True
            self._thin()

    def due(self, now: float, live: Iterable[bytes], most: int = MOST_PLACES) -> list[Place]:
        """At most ``most`` places to call now; not where a counter listens with whom a talk is under way
        (``live``)."""
        busy = set(live)
        with self._lock:
            found = [one for one in self._places.values() if one.next_try <= now and one.instance not in busy]
            del found[max(most, 0) :]
            for place in found:
                place.next_try = now + LONGEST_WAIT_S  # one call at a time
            return found

    def met(self, place: Place, instance: bytes) -> None:
        """A counter proved itself there."""
        with self._lock:
            place.instance, place.failures, place.code, place.reached = instance, 0, "", True

    def failed(self, place: Place, code: str, now: float) -> None:
        """No talk there, or it ended: when to call again."""
        with self._lock:
            place.failures += 1
            place.code = "" if code == "doubled" else code
            most = STRANGER_WAIT_S if code in _HOPELESS else LONGEST_WAIT_S
            wait = min(most, FIRST_WAIT_S * 2 ** min(place.failures - 1, 8))
            place.next_try = now + wait * (0.5 + self._chance() / 2)

    def hurry(self) -> None:
        """A person asked, or the network came up: every place is called now."""
        with self._lock:
            for place in self._places.values():
                place.next_try, place.failures = 0.0, 0

    def reached(self) -> list[tuple[str, int]]:
        """Addresses where a counter of the unit was met in this run: siblings are told of them."""
        with self._lock:
            return [(one.host, one.port) for one in self._places.values() if one.reached]

    def all(self) -> list[Place]:
        """Every place, for the status."""
        with self._lock:
            return list(self._places.values())

    def _thin(self) -> None:
        """A LAN full of noise fills no memory: what was heard and never reached goes first."""
        spare = [one for one in self._places.values() if one.source != FIXED and not one.reached]
        for place in spare[: max(0, len(self._places) - MOST_PLACES)]:
            del self._places[(place.host, place.port)]


def own_addresses() -> list[str]:
    """IPv4 addresses of this PC, loopback aside; [] when the system does not tell."""
    found = _of_interfaces() if sys.platform == "linux" else _of_name()
    return sorted({one for one in found if not one.startswith("127.")})


def _of_name() -> list[str]:
    try:
        return socket.gethostbyname_ex(socket.gethostname())[2]
    except OSError:
        return []


def _of_interfaces() -> list[str]:
    if sys.platform != "linux":
        return []
    import fcntl
    import struct

    ask_address, found = 0x8915, []  # SIOCGIFADDR
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        for _, name in socket.if_nameindex():
            try:
                told = fcntl.ioctl(any_socket, ask_address, struct.pack("256s", name.encode()[:15]))
            except OSError:  # an interface without an address
                continue
            found.append(socket.inet_ntoa(told[20:24]))
    return found
