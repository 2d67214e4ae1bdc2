"""How each sibling stands: when it was met, whether a talk is under way, what it holds, how its clock
differs."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace

from sync.client.lan.proof import Peer
from sync.protocol.carrying.vector import Vector


@dataclass(frozen=True)
class PeerState:
    """A sibling as it was met in this run: ``last`` contact (ms), its clock minus ours, what it holds."""

    journal: int
    name: str
    host: str
    connected: bool
    last: int
    offset_ms: int = 0
    vector: Vector | None = None
    code: str = ""


class Standing:
    """The states of all siblings; safe from any thread. ``changed`` is called when one comes or goes."""

    def __init__(self, now_ms: Callable[[], int], changed: Callable[[], None]) -> None:
        self._now_ms, self._changed = now_ms, changed
        self._states: dict[int, PeerState] = {}
        self._lock = threading.Lock()

    def all(self) -> tuple[PeerState, ...]:
        """By journal."""
        with self._lock:
            return tuple(self._states[journal] for journal in sorted(self._states))

    def met(self, peer: Peer, host: str) -> None:
        """A talk begins."""
        self._put(self._of(peer, host=host, connected=True, offset_ms=peer.at - self._now_ms(), code=""))

    def told(self, peer: Peer, held: Vector, offset_ms: int) -> None:
        """It said what it holds."""
        self._put(self._of(peer, connected=True, vector=held, offset_ms=offset_ms, code=""))

    def gone(self, peer: Peer, code: str) -> None:
        """The talk ended with ``code``."""
        self._put(self._of(peer, connected=False, code=code))

    def _of(self, peer: Peer, *, connected: bool, **news: object) -> PeerState:
        with self._lock:
            known = self._states.get(peer.journal) or PeerState(peer.journal, peer.name, "", False, 0)
        last = self._now_ms() if connected else known.last
        return replace(known, connected=connected, last=last, **news)  # type: ignore[arg-type]

    def _put(self, state: PeerState) -> None:
        with self._lock:
            before = self._states.get(state.journal)
            self._states[state.journal] = state
        if before is None or before.connected != state.connected:
            self._changed()
