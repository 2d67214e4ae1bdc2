"""Bytes of the exchange and of files: containers, entries, bodies, lists; also without signatures."""

from __future__ import annotations

import tempfile
from pathlib import Path

from counter_app.domain.folding.readable import READABLE
from sync.protocol.carrying.bundle import PREFIX, bundle_contents, unpack_bundle
from sync.protocol.carrying.dictionaries import load_dictionary
from sync.protocol.carrying.packing import unpack_entry
from sync.protocol.carrying.run_columns import unpack_run
from sync.protocol.carrying.vector import take_vector, unpack_signed_vector
from sync.protocol.carrying.wire import Reader
from sync.protocol.journals.check_list import open_check_list
from sync.protocol.journals.codec import decode_body
from sync.protocol.journals.entry import read_entry
from sync.protocol.journals.system_kinds import SYSTEM_BODIES
from sync.protocol.meeting.attachment import open_attachment, seal_attachment
from sync.protocol.meeting.exchange import unpack_answer, unpack_request
from sync.protocol.meeting.parcel import NOTHING
from sync.protocol.meeting.provision import (
    BesideFile,
    Provision,
    Seat,
    UnitProvision,
    read_unit_provision,
    write_provision,
    write_unit_provision,
)
from sync.protocol.meeting.seat_note import SeatNote, read_note, write_note
from sync.protocol.naming.grants import read_grant
from sync.protocol.naming.ids import EntryId
from sync.protocol.naming.unit_keys import unwrap_unit_key
from sync.protocol.refusals import Refusal
from tests.fuzz.target import Act, Target, signatures_hold
from tests.support.counter import make_counter, take_in
from tests.unit.client.peers import counter as memory_counter
from tests.unit.protocol.examples import (
    ATTACHMENT,
    COUNTER_EXCHANGE,
    GOLDEN,
    HUB,
    JOURNAL,
    SALT,
    SIGNED_GRANT,
    UNIT,
    UNIT_KEY,
    exchange_vector,
)

HUB_KEYS = {HUB.key_id: HUB.public}
PLACE = EntryId(JOURNAL, 2)
ASKED = exchange_vector()
BODIES = [*(kind.body for _, kind in sorted(READABLE.items())), *SYSTEM_BODIES.values()]


def golden(*beginnings: str) -> list[bytes]:
    """Released bytes whose names begin so."""
    return [
        bytes.fromhex(path.read_text("ascii"))
        for path in sorted(GOLDEN.glob("*.hex"))
        if path.stem.startswith(beginnings)
    ]


def a_full_bundle() -> bytes:
    """A bundle of a counter that worked, its contents not compressed."""
    from sync.protocol.carrying.bundle import Bundle

    store = memory_counter(7)
    store.wrote("một bản sao", 2, ["ba", 4])
    store.hand_over()
    runs = tuple(store.pieces_from({store.journal: 1}, 1 << 20))
    return PREFIX + b"\0" + bundle_contents(Bundle(UNIT, store.journal, runs, store.vector()))


def _bundles() -> list[bytes]:
    return [*golden("bundle-"), a_full_bundle()]


def _attachment(data: bytes) -> None:
    """The bytes as a sealed file, and sealed by us around a manifest made of them."""
    open_attachment(data, UNIT, {1: UNIT_KEY})


def _sealed_by_us(data: bytes) -> object:
    return open_attachment(seal_attachment(data, UNIT_KEY, SALT), UNIT, {1: UNIT_KEY})


def _provision() -> list[bytes]:
    made = Provision(UNIT, "https://tinh.test", "", HUB.public, (SIGNED_GRANT,))
    beside = (BesideFile("du-lieu/a.mcx", 680, bytes(32)),)
    unit = UnitProvision(UNIT, "https://tinh.test", "", HUB.public, (Seat((SIGNED_GRANT,)),), files=beside)
    return [write_provision(made, HUB), write_unit_provision(unit, HUB)]


def _notes() -> list[bytes]:
    return [write_note(SeatNote(UNIT, 2, "QUẦY-02", 513, 1_795_134_600_000, "PC-A"))]


def _body(data: bytes) -> object:
    """The first byte chooses the kind, the rest is its body."""
    return decode_body(BODIES[data[0] % len(BODIES)], data[1:]) if data else None


def _bodies() -> list[bytes]:
    """What a counter really wrote in a morning, and the released system kinds."""
    found = []
    with tempfile.TemporaryDirectory() as folder:
        pc = make_counter(Path(folder))
        take_in(pc, "gks 1x2", "cccd 1x1")
        port = pc.port()
        port.hand_over()
        for run in port.pieces_from({pc.work.journal: 1}, 1 << 24):
            for entry in run.entries:
                kind = READABLE.get(entry.facts.kind)
                if kind is not None and entry.body is not None:
                    found.append(bytes([BODIES.index(kind.body)]) + entry.body)
        pc.close()
    for path in sorted(GOLDEN.glob("body-*.hex")):
        body = SYSTEM_BODIES[int(path.stem[5:7]), 1]
        found.append(bytes([BODIES.index(body)]) + bytes.fromhex(path.read_text("ascii")))
    return found


def _entry(data: bytes) -> object:
    """Facts and a body, the first byte says where one ends."""
    cut = data[0] if data else 0
    return read_entry(PLACE, data[1 : 1 + cut], data[1 + cut :])


def _entries() -> list[bytes]:
    return [bytes([len(facts)]) + facts + b"\x91\xa1a" for facts in golden("facts-")]


def _plain(name: str, act: Act, *beginnings: str) -> Target:
    """A parser of one released structure."""
    return Target(name, lambda: act, lambda: golden(*beginnings), (Refusal,))


TARGETS = (
    _plain("request", unpack_request, "exchange-request"),
    _plain("answer", lambda data: unpack_answer(data, UNIT, ASKED), "exchange-answer"),
    _plain("answer-in-a-file", lambda data: unpack_answer(data, UNIT, NOTHING), "exchange-answer"),
    Target("bundle", lambda: lambda data: unpack_bundle(data, load_dictionary), _bundles, (Refusal,)),
    _plain("run", lambda data: unpack_run(Reader(data)), "run"),
    _plain("packed-entry", lambda data: unpack_entry(PLACE, data), "packed-"),
    Target("entry", lambda: _entry, _entries, (Refusal,)),
    _plain("vector", lambda data: take_vector(Reader(data)), "vector"),
    _plain("signed-vector", lambda data: unpack_signed_vector(data, UNIT), "signed-vector"),
    _plain("grant-signed", lambda data: read_grant(data, HUB_KEYS), "grant"),
    Target(
        "grant",
        lambda: lambda data: read_grant(data, HUB_KEYS),
        lambda: golden("grant"),
        (Refusal,),
        around=signatures_hold,
    ),
    Target(
        "check-list",
        lambda: lambda data: open_check_list(data, HUB.public),
        lambda: golden("check-list"),
        (Refusal,),
        around=signatures_hold,
    ),
    Target("provision", lambda: read_unit_provision, _provision, (Refusal,), around=signatures_hold),
    Target("provision-signed", lambda: read_unit_provision, _provision, (Refusal,), goal=100_000),
    Target("seat-note", lambda: read_note, _notes, (Refusal,)),
    Target("attachment", lambda: _attachment, lambda: golden("sealed-attachment"), (Refusal,)),
    Target("attachment-sealed", lambda: _sealed_by_us, lambda: [ATTACHMENT], (Refusal,), goal=100_000),
    Target(
        "unit-key",
        lambda: lambda data: unwrap_unit_key(data, COUNTER_EXCHANGE, UNIT, 1),
        lambda: golden("wrapped-unit-key"),
        (Refusal,),
        goal=100_000,
        weight=4,
    ),
    Target("bodies", lambda: _body, _bodies, (Refusal,)),
)
