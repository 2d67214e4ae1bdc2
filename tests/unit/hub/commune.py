"""A counter PC enrolled at a hub: the storage tests' counter, with the product's engine and no socket."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

from counter_app.storage.journals.exchange_store import ExchangeStore
from sync.client.engine import Engine, HubIdentity, Outcome
from sync.hub.hub import Hub
from sync.protocol.carrying.dictionaries import load_dictionary
from sync.protocol.refusals import Refusal
from tests.unit.storage.world import NOON, Counter


class Clock:
    """The hub's clock: stands still until it is moved."""

    def __init__(self) -> None:
        self.at = NOON

    def __call__(self) -> int:
        return self.at


class Direct:
    """A line without a wire: calls a hub, counts and may bend what passes."""

    def __init__(self, hub: Hub) -> None:
        self.hub = hub
        self.calls = 0
        self.bend: Callable[[bytes], bytes] = lambda data: data
        self.last = b""

    def send(self, request: bytes) -> bytes:
        self.calls += 1
        self.last = self.bend(request)
        return self.hub.exchange(self.last)

    def close(self) -> None:
        pass


class Commune(Counter):
    """One counter of ``unit``, with a grant of ``hub``; enrolled by its first exchange."""

    def __init__(
        self, hub: Hub, folder: Path, unit: str, clock: Clock, place: int, official: bool = True
    ) -> None:
        self.hub = hub
        self.unit = unit
        self.clock = clock
        self.granted = hub.add_grant(unit, f"QUẦY-{place:02d}")
        hub_keys = {hub.keys.signing.key_id: hub.public_key}
        province = SimpleNamespace(
            key=hub.keys.signing,
            hub_keys=hub_keys,
            grant=lambda device, spare=0: hub.grant_bytes(device, spare),
        )
        folder = folder / f"pc-{place}"
        folder.mkdir()
        super().__init__(province, folder, self.granted.device, official)
        self.line = Direct(hub)
        self.engine = self.new_engine()

    def new_engine(self) -> Engine:
        return Engine(
            self.port(),
            self.line,
            self.device_key,
            HubIdentity(self.hub.public_key, dictionaries=load_dictionary),
            self.clock,
            lambda: 0,
        )

    def port(self) -> ExchangeStore:
        return ExchangeStore(self.store, self.unit, self.province.hub_keys, lambda: self.at)

    def sync(self) -> list[Outcome]:
        """Exchange until idle, let the hub read, exchange again: what a quiet minute does."""
        outcomes = self.engine.until_idle()
        self.hub.read()
        return outcomes + self.engine.until_idle()


__all__ = ["Clock", "Commune", "Direct", "Refusal"]
