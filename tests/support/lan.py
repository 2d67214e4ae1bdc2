"""Counters with real stores on a LAN of loopback sockets: a node each, a wait for what is to come true."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from sync.client.lan.node import LanNode, LanSettings
from sync.client.lan.proof import Membership
from sync.client.lan.talk import Hooks, Terms
from sync.protocol.carrying.dictionaries import load_dictionary, newest_dictionary
from sync.protocol.carrying.store_port import StorePort
from sync.protocol.naming.grants import HubKeys
from sync.protocol.naming.keys import SigningKey
from sync.protocol.naming.unit_keys import UnitKey
from tests.support.counter import UNIT, Counter

UNIT_KEY = UnitKey(UNIT, 1, bytes(range(32)))
LOOPBACK = "127.0.0.1"
LONG_S = 20.0


def until(true: Callable[[], object], seconds: float = LONG_S) -> bool:
    """Waits until ``true()`` is so; False when it never came."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():
            return True
        threading.Event().wait(0.01)
    return bool(true())


def node_for(
    store: StorePort,
    key: SigningKey,
    hub_keys: HubKeys,
    now_ms: Callable[[], int],
    *,
    unit_keys: Mapping[int, UnitKey] | None = None,
    knows: tuple[LanNode, ...] = (),
    revoked: Callable[[int], bool] = lambda _: False,
    hooks: Hooks | None = None,
    settings: LanSettings | None = None,
) -> LanNode:
    """A node that is not started; ``knows`` are nodes whose addresses stand in its settings."""
    fixed = tuple((LOOPBACK, node.port) for node in knows)
    keys = {1: UNIT_KEY} if unit_keys is None else unit_keys
    return LanNode(
        store,
        Terms(key, hub_keys, now_ms, newest_dictionary(), load_dictionary),
        lambda: keys,
        Membership(hub_keys, store, revoked),
        settings or LanSettings(0, fixed, LOOPBACK, beacons=False),
        hooks or Hooks(),
    )


def node_of(counter: Counter, **options: object) -> LanNode:
    """The node of a counter with a real store."""
    key = counter.author.key  # type: ignore[attr-defined]
    return node_for(counter.port(), key, counter.province.hub_keys, counter.clock.now, **options)  # type: ignore[arg-type]


@contextmanager
def running(*nodes: LanNode) -> Iterator[tuple[LanNode, ...]]:
    """Nodes that are closed at the end, whatever happened."""
    try:
        yield nodes
    finally:
        for node in nodes:
            node.close()


def equal(*counters: Counter) -> bool:
    """All hold the same entries."""
    return len({counter.port().vector().digest for counter in counters}) == 1
