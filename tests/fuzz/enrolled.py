"""A hub in a folder and counters enrolled at it by an exchange: light enough for 200,000 requests."""

from __future__ import annotations

from pathlib import Path

from sync.hub.hub import Hub
from sync.protocol.carrying.bundle import Bundle, pack_bundle
from sync.protocol.meeting.exchange import ExchangeRequest, pack_request, unpack_answer
from sync.protocol.meeting.parcel import NOTHING
from sync.protocol.naming.grants import JournalOpened
from sync.protocol.naming.ids import journal_of
from sync.protocol.naming.keys import SigningKey
from tests.unit.client.peers import AT, EXCHANGE_KEY, MemoryStore

UNIT, OTHER = "03390", "03388"


def make_hub(folder: Path) -> Hub:
    """A hub with two units, its clock standing still."""
    hub = Hub.open(folder / "hub", practice=False, now=lambda: AT, durable=False)
    hub.add_unit(UNIT, "Xã Bình Lư")
    hub.add_unit(OTHER, "Phường Đoàn Kết")
    return hub


def granted(hub: Hub, unit: str = UNIT) -> MemoryStore:
    """A counter with a grant that the hub has not heard of yet."""
    device = hub.add_grant(unit, "QUẦY").device
    key = SigningKey(bytes([device % 200 + 20]) * 32)
    opened = JournalOpened(hub.grant_bytes(device, 0), key.public, EXCHANGE_KEY.public, 1, 0, 1)
    return MemoryStore(journal_of(device, 1), key, opened, unit)


def request(store: MemoryStore, hub: Hub, first: int = 1) -> bytes:
    """What the counter would send: all it holds of its own from ``first`` on."""
    store.hand_over()
    runs = tuple(store.pieces_from({store.journal: first}, 1 << 20))
    bundle = pack_bundle(Bundle(store.unit, store.journal, runs))
    asked = ExchangeRequest(store.unit, store.journal, AT, 8_192, store.vector(), bundle)
    return pack_request(asked, store.key, hub.public_key)


def enrol(hub: Hub, unit: str = UNIT) -> MemoryStore:
    """A counter that the hub knows, with two acts of its own there."""
    store = granted(hub, unit)
    store.wrote("một", "hai")
    answer = unpack_answer(hub.exchange(request(store, hub)), unit, NOTHING)
    assert answer.refused == "", answer.refused
    return store
