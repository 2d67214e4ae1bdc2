"""How bytes reach the hub and come back; what can go wrong on the way, by code."""

from __future__ import annotations

from typing import ClassVar, Protocol, runtime_checkable


class LineFault(Exception):
    """No answer that counts. Nothing is known about whether the hub took the request: it may be repeated."""

    code: ClassVar[str] = "line"


class NoLine(LineFault):
    """The hub cannot be reached: no network, no route, name not found, connection refused."""

    code = "no-line"


class TimedOut(LineFault):
    """Ten seconds without progress; the connection was dropped."""

    code = "timed-out"


class CutOff(LineFault):
    """The connection broke in the middle, before a whole answer had come."""

    code = "cut-off"


class ProxyFailed(LineFault):
    """The proxy of the settings does not answer, refuses, or wants a password."""

    code = "proxy-failed"


class NotTheHub(LineFault):
    """Somebody else answered: a captive portal's page, a proxy's error, a foreign certificate."""

    code = "not-the-hub"


class HubFailed(LineFault):
    """The hub answered that it cannot now (5xx, or 429)."""

    code = "hub-failed"


class RequestRefused(LineFault):
    """The hub is there and does not take such a request (4xx): wrong address, too large, other version."""

    code = "request-refused"


class Garbled(LineFault):
    """An answer that is no exchange message, or cut short."""

    code = "garbled"


FAULT_CODES = tuple(
    fault.code
    for fault in (
        NoLine, TimedOut, CutOff, ProxyFailed, NotTheHub, HubFailed, RequestRefused, Garbled, LineFault,
    )
)  # fmt: skip
"""Every code an exchange can end with on the line; each has its own words and way out on the screens."""


@runtime_checkable
class Transport(Protocol):
    """One kept connection to the hub."""

    def send(self, request: bytes) -> bytes:
        """One request, its answer's bytes. Raises LineFault; after one the next call opens anew."""
        ...

    def close(self) -> None:
        """Drops the connection."""
        ...
