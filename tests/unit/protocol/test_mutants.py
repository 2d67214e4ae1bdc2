"""Released bytes, bent: every parser refuses in its own words or reads, and never anything else.

The small size of `make test`; ``MUTANTS=5000000`` runs the large one.
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable

import pytest

from sync.protocol.carrying.bundle import unpack_bundle
from sync.protocol.carrying.packing import unpack_entry
from sync.protocol.carrying.run_columns import unpack_run
from sync.protocol.carrying.vector import take_vector, unpack_signed_vector
from sync.protocol.carrying.wire import Reader
from sync.protocol.journals.codec import decode_body
from sync.protocol.journals.copy_code import read_copy_code
from sync.protocol.journals.system_kinds import SYSTEM_BODIES
from sync.protocol.meeting.sealing import peek_file
from sync.protocol.naming.grants import read_grant
from sync.protocol.naming.ids import EntryId
from sync.protocol.refusals import Refusal
from tests.unit.protocol.examples import GOLDEN, HUB, JOURNAL, UNIT

RELEASED = {
    path.stem: bytes.fromhex(path.read_text("ascii")) for path in sorted(GOLDEN.glob("*.hex"), key=str)
}
COUNT = int(os.environ.get("MUTANTS", "30000"))
STORED = b"CCB\1\0" + b"00000\x81\x0e\x01\x01\x00\x01" + RELEASED["run"]
Target = tuple[bytes, Callable[[bytes], object]]
TARGETS: list[Target] = [
    (RELEASED["run"], lambda data: unpack_run(Reader(data))),
    (STORED, unpack_bundle),
    (RELEASED["bundle-zstd"], unpack_bundle),
    (RELEASED["sealed-file"], peek_file),
    (RELEASED["vector"], lambda data: take_vector(Reader(data))),
    (RELEASED["signed-vector"], lambda data: unpack_signed_vector(data, UNIT)),
    (RELEASED["grant"], lambda data: read_grant(data, {HUB.key_id: HUB.public})),
    (RELEASED["packed-act"], lambda data: unpack_entry(EntryId(JOURNAL, 2), data)),
    (RELEASED["copy-code"], lambda data: read_copy_code(data.decode("latin-1"))),
]


def body_target(name: str) -> Target:
    """A system kind's body and its reader."""
    body_type = SYSTEM_BODIES[int(name[5:7]), 1]
    return RELEASED[name], lambda data: decode_body(body_type, data)


TARGETS += [body_target(name) for name in RELEASED if name.startswith("body-")]


def bent(data: bytes, chance: random.Random) -> bytes:
    """``data`` with one to five bytes changed, cut out, or filled with parts of other examples."""
    out = bytearray(data)
    for _ in range(chance.randrange(1, 6)):
        place = chance.randrange(max(1, min(len(out), chance.choice([60, len(out) or 1]))))
        way = chance.randrange(4)
        if way == 0:
            out[place : place + 1] = bytes([chance.choice([0, 1, 127, 128, 255, chance.randrange(256)])])
        elif way == 1:
            del out[place : place + chance.randrange(1, 8)]
        elif way == 2:
            out[place:place] = chance.choice(list(RELEASED.values()))[: chance.randrange(1, 30)]
        else:
            out[place : place + 1] = b"\xff\xff\xff\x7f"
    return bytes(out)


@pytest.mark.parametrize("number", range(len(TARGETS)))
def test_bent_bytes_are_refused_or_read(number: int) -> None:
    released, read = TARGETS[number]
    chance = random.Random(number)
    refused = 0
    for _ in range(COUNT // len(TARGETS)):
        try:
            read(bent(released, chance))
        except Refusal:
            refused += 1
    assert refused > 0
