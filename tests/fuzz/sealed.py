"""What comes over the LAN and on sticks from somebody who may hold the unit's key: parcels, frames, proofs.

With signatures stubbed the bytes reach the store; signed anew by a counter of the unit they do so by right.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from sync.client import files
from sync.client.files import import_files, inspect_files
from sync.client.lan.beacon import open_beacon, seal_beacon
from sync.client.lan.channel import LENGTH_BYTES, Channel, Message, frame_size
from sync.client.lan.handshake import Call, answer
from sync.client.lan.proof import CALLER, Membership, Self, check, own_openings, prove
from sync.protocol.carrying.dictionaries import load_dictionary
from sync.protocol.meeting.parcel import Giver, ParcelKeys, write_parcel
from sync.protocol.meeting.sealing import peek_file, seal_file
from sync.protocol.naming.unit_keys import ExchangeKey
from sync.protocol.refusals import Refusal
from tests.fuzz.binaries import a_full_bundle, golden
from tests.fuzz.target import Act, Target, signatures_hold
from tests.unit.client.lan.talking import Pair
from tests.unit.client.peers import AT, HUB_KEYS, UNIT, UNIT_KEY, MemoryStore, counter

KEYS = ParcelKeys({1: UNIT_KEY}, HUB_KEYS, load_dictionary)
UNIT_KEYS = {1: UNIT_KEY}
TALK = bytes(32)


def _known_endings() -> set[str]:
    """What became of a parcel, as far as there are words for it."""
    found, more = (
        {files.APPLIED, files.PARTLY, files.INCOMPLETE, files.NOTHING_NEW, files.UNREADABLE},
        [Refusal],
    )
    while more:
        kind = more.pop()
        found.add(kind.code)
        more += kind.__subclasses__()
    return found


def _worked(device: int) -> MemoryStore:
    store = counter(device)
    store.wrote("một bản sao", 2, ["ba", 4])
    store.hand_over()
    return store


def _contents() -> list[bytes]:
    """What lies sealed in parcels: bundles, one behind the province's word."""
    return [a_full_bundle(), *golden("bundle-", "exchange-answer-in-a-file")]


def _parcel_of(seal: bool) -> Act:
    """Look into and import a file at a fresh counter: words, no error, nothing taken unless it says so."""
    folder = tempfile.TemporaryDirectory(prefix="fuzz-parcel-")  # gone with the act
    file, giver, empty, endings = Path(folder.name) / "goi.mcx", _worked(7), counter(2), _known_endings()

    def act(data: bytes) -> None:
        assert folder
        file.write_bytes(seal_file(data, UNIT_KEY, giver.key, giver.journal) if seal else data)
        taker = counter(2)
        looked = inspect_files(taker, KEYS, [file])
        assert taker.vector() == empty.vector(), "looking changed something"
        done = import_files(taker, KEYS, [file])
        assert {done.code, looked.code} <= endings, (done.code, looked.code)
        changed = taker.held_to(taker.journal) != 1 or len(taker.entries) > 1
        assert not changed or done.code in (files.APPLIED, files.PARTLY), done

    return act


def _parcels() -> list[bytes]:
    store = _worked(7)
    return write_parcel(store, Giver(store.key, UNIT_KEY), AT)


def _first(data: bytes) -> object:
    return answer(data, UNIT_KEYS, ExchangeKey(bytes([8]) * 32), bytes(32))


def _listeners_answer() -> Act:
    call = Call(UNIT_KEYS, ExchangeKey(bytes([9]) * 32), bytes(32))
    return call.finish


def _seconds() -> list[bytes]:
    call = Call(UNIT_KEYS, ExchangeKey(bytes([9]) * 32), bytes(32))
    return [answer(call.first, UNIT_KEYS, ExchangeKey(bytes([8]) * 32), bytes(32))[0]]


def _frame(data: bytes) -> object:
    """Length and frame as they come from a socket, opened under the right key or not."""
    frame_size(data[:LENGTH_BYTES])
    return Channel(bytes(32), bytes(32)).open(data[LENGTH_BYTES:])


def _frames() -> list[bytes]:
    return [
        Channel(bytes(32), bytes(32)).seal(Message(2, b"xin ch" + bytes(count))) for count in (0, 90, 900)
    ]


def _talk() -> Act:
    """A message of a proven counter, its first byte the kind; it may end the talk, and nothing else."""

    def act(data: bytes) -> None:
        one = _worked(1)
        pair = Pair(one, _worked(2))
        pair.talks[0].begin()
        held = one.held_to(one.journal)
        try:
            pair.talks[0].take(Message(data[0] if data else 0, data[1:]))
        finally:
            assert one.held_to(one.journal) == held

    return act


def _messages() -> list[bytes]:
    """All that two counters and a third say to each other until they are silent."""
    said: list[bytes] = []
    pair = Pair(_worked(1), _worked(2))
    for side, talk in enumerate(pair.talks):
        pair.says(side, talk.begin())
    for _ in range(40):
        side = next((side for side in (0, 1) if pair.lines[side]), None)
        if side is None:
            break
        message = pair.lines[side].popleft()
        said.append(bytes([message.kind]) + message.body)
        pair.says(1 - side, pair.talks[1 - side].take(message))
    return said + [bytes([kind]) for kind in range(1, 10)]


def _proof() -> Act:
    by = Membership(HUB_KEYS, counter(2))
    return lambda data: check(data, TALK, CALLER, by)


def _proofs() -> list[bytes]:
    store = counter(1)
    own = Self(UNIT, store.journal, store.key, bytes(16), 7443, own_openings(store))
    return [prove(own, TALK, CALLER, AT)]


TARGETS = (
    Target("file-header", lambda: peek_file, lambda: golden("sealed-file"), (Refusal,)),
    Target("parcel", lambda: _parcel_of(False), _parcels, (), weight=60, goal=100_000),
    Target("parcel-stubbed", lambda: _parcel_of(True), _contents, (), around=signatures_hold, weight=60),
    Target("parcel-signed", lambda: _parcel_of(True), _contents, (), weight=60, goal=100_000),
    Target(
        "lan-hello",
        lambda: _first,
        lambda: [Call(UNIT_KEYS, ExchangeKey(bytes([9]) * 32), bytes(32)).first],
        (Refusal,),
        weight=5,
        goal=100_000,
    ),
    Target("lan-answer", _listeners_answer, _seconds, (Refusal,), weight=5, goal=100_000),
    Target(
        "lan-beacon",
        lambda: lambda data: open_beacon(data, UNIT_KEYS),
        lambda: [seal_beacon(UNIT_KEYS, bytes(16), 7443, bytes(range(8)))],
        (Refusal,),
        weight=2,
        goal=100_000,
    ),
    Target("lan-frame", lambda: _frame, _frames, (Refusal,)),
    Target("lan-proof", _proof, _proofs, (Refusal,), weight=4, goal=100_000),
    Target("lan-proof-stubbed", _proof, _proofs, (Refusal,), around=signatures_hold, weight=4),
    Target("lan-talk", _talk, _messages, (Refusal,), weight=20, goal=100_000),
    Target("lan-talk-stubbed", _talk, _messages, (Refusal,), around=signatures_hold, weight=20),
)
