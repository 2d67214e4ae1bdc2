"""How bytes reach the hub and come back; what can go wrong on the way, by code."""

from __future__ import annotations

from typing import ClassVar, Protocol


class LineFault(Exception):
    """No answer that counts. Nothing is known about whether the hub took the request: it may be repeated."""

    code: ClassVar[str] = "line"


class NoLine(LineFault):
    """The hub cannot be reached: no network, no route, name not found, connection refused."""

    code = "no-line"


class TimedOut(LineFault):
    """Ten seconds without progress; the connection was dropped."""

    code = "timed-out"


class NotTheHub(LineFault):
    """Somebody else answered: a captive portal's page, a proxy's error, another certificate."""

    code = "not-the-hub"


class HubFailed(LineFault):
    """The hub answered with an error of its own (5xx)."""

    code = "hub-failed"


class Garbled(LineFault):
    """An answer that is no exchange message, or cut short."""

    code = "garbled"


class Transport(Protocol):
    """One kept connection to the hub."""

    def send(self, request: bytes) -> bytes:
        """One request, its answer's bytes. Raises LineFault; after one the next call opens anew."""
        ...

    def close(self) -> None:
        """Drops the connection."""
        ...
