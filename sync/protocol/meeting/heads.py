"""The question of the equality proof: "which head do you hold at these places?" - and the signed answer.

A head stands for every entry before it, so two holders whose heads agree at a place hold the same entries up
to it; where they differ, asking in between finds the first entry in which they do. Nothing else is told: a
head is a hash, and reveals no content.

Request: 'CCH' || version 1 || unit (5 ASCII digits) || sender's journal || sender's clock (ms) || count ||
for each place journal and seq || tag (``pairing``). No places: the hub tells the last that are signed.
Answer: 'CCH' || version 1 || flags || clock (ms) || with flag 1 a refusal's code and nothing more; else the
hub's life || count || for each place journal, seq and head (32) || count || for each reading its name and
digest (32) || signature of the hub (purpose HEADS) over unit || all before it. Integers are varints.

In a file the answer travels as it is: signed, it needs no line and no trust in whoever carries it.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from sync.protocol.carrying.wire import Reader, put_varint
from sync.protocol.meeting.exchange import HEAD_BYTES, HeadAt
from sync.protocol.meeting.pairing import TAG_BYTES, check_tag, request_tag
from sync.protocol.naming.ids import MAX_JOURNAL, MAX_SEQ, EntryId
from sync.protocol.naming.keys import SIGNATURE_BYTES, Purpose, SigningKey, verify
from sync.protocol.refusals import Malformed, NewerFormat, NotOurs, TooLarge

MAGIC = b"CCH"
FORMAT = 1
MAX_PLACES = 1_024
"""Places of one request, and heads of its answer."""
MAX_IN_A_FILE = 1_000_000
"""Heads of an answer that is carried as a file."""
MAX_FILE_BYTES = 48 * 1024 * 1024
MAX_READINGS = 16
_PREFIX = MAGIC + bytes([FORMAT])
_REFUSED = 1
_MAX_TEXT = 64


class HeadsRequest(msgspec.Struct, frozen=True):
    """Places a device wants the hub's heads of; at most ``MAX_PLACES``."""

    unit: str
    journal: int
    at: int
    places: tuple[EntryId, ...] = ()


class SignedHeadsRequest(msgspec.Struct, frozen=True):
    """A request as it arrived, its tag still to be checked."""

    request: HeadsRequest
    signed: bytes
    tag: bytes

    def verify(self, public: bytes, hub: SigningKey) -> None:
        """Raises NotAuthentic unless the device with key ``public`` asked exactly this of this hub."""
        check_tag(public, hub, self.signed, self.tag)


class HeadsAnswer(msgspec.Struct, frozen=True):
    """What the hub holds: heads of those places that it reaches, digests of its readings by name.

    ``readings`` is empty while its reader has work. ``refused`` is a code; then nothing else is told.
    """

    at: int
    life: int = 0
    heads: tuple[HeadAt, ...] = ()
    readings: tuple[tuple[str, bytes], ...] = ()
    refused: str = ""


def pack_heads_request(request: HeadsRequest, key: SigningKey, hub_public: bytes) -> bytes:
    """The authenticated bytes of ``request``. Raises ValueError for too many places, NotAuthentic (key)."""
    if len(request.places) > MAX_PLACES:
        raise ValueError(f"at most {MAX_PLACES} places at once")
    out = bytearray(_PREFIX + request.unit.encode("ascii"))
    for value in (request.journal, request.at, len(request.places)):
        put_varint(out, value)
    for place in request.places:
        put_varint(out, place.journal)
        put_varint(out, place.seq)
    return bytes(out) + request_tag(key, hub_public, bytes(out))


def unpack_heads_request(data: bytes) -> SignedHeadsRequest:
    """Read a request, its tag not yet verified. Raises NotOurs, NewerFormat or Malformed."""
    reader = _open(data, TAG_BYTES + 16 * (MAX_PLACES + 2))
    unit = reader.take(5)
    if not unit.isdigit():
        raise Malformed("no unit code")
    journal, at = reader.varint(MAX_JOURNAL), reader.varint(2**63 - 1)
    count = reader.varint(MAX_PLACES)
    places = tuple(EntryId(reader.varint(MAX_JOURNAL), reader.varint(MAX_SEQ)) for _ in range(count))
    if any(not (place.journal and place.seq) for place in places):
        raise Malformed("a place of nothing")
    tag = reader.take(TAG_BYTES)
    reader.done()
    return SignedHeadsRequest(HeadsRequest(unit.decode(), journal, at, places), data[:-TAG_BYTES], tag)


def pack_heads_answer(answer: HeadsAnswer, unit: str, hub: SigningKey) -> bytes:
    """The bytes of ``answer`` about ``unit``, signed by the hub unless it refuses."""
    out = bytearray(_PREFIX + bytes([_REFUSED if answer.refused else 0]))
    put_varint(out, answer.at)
    if answer.refused:
        _put_text(out, answer.refused)
        return bytes(out)
    put_varint(out, answer.life)
    put_varint(out, len(answer.heads))
    for one in answer.heads:
        put_varint(out, one.journal)
        put_varint(out, one.seq)
        out += one.head
    put_varint(out, len(answer.readings))
    for name, digest in answer.readings:
        _put_text(out, name)
        out += digest
    return bytes(out) + hub.sign(Purpose.HEADS, unit.encode("ascii") + bytes(out))


def unpack_heads_answer(data: bytes, unit: str, hub_public: bytes, most: int = MAX_PLACES) -> HeadsAnswer:
    """Read and verify the answer about ``unit``; at most ``most`` heads.

    Raises NotOurs, NewerFormat, TooLarge, Malformed, NotAuthentic (another unit's or another hub's answer).
    """
    reader = _open(data, MAX_FILE_BYTES)
    flags = reader.take(1)[0]
    if flags & ~_REFUSED:
        raise NewerFormat(f"flags of an answer about heads: {flags}")
    at = reader.varint(2**63 - 1)
    if flags:
        refused = _take_text(reader)
        reader.done()
        return HeadsAnswer(at, refused=refused)
    life = reader.varint(2**32)
    heads = tuple(_take_head(reader) for _ in range(reader.varint(most)))
    readings = tuple(
        (_take_text(reader), reader.take(HEAD_BYTES)) for _ in range(reader.varint(MAX_READINGS))
    )
    signature = reader.take(SIGNATURE_BYTES)
    reader.done()
    verify(hub_public, Purpose.HEADS, unit.encode("ascii") + data[:-SIGNATURE_BYTES], signature)
    return HeadsAnswer(at, life, heads, readings)


def is_about_heads(data: bytes) -> bool:
    """True for a message of this module."""
    return data.startswith(MAGIC)


def places_between(journal: int, same: int, differs: int, most: int) -> Sequence[EntryId]:
    """At most ``most`` places strictly between ``same`` (heads agree) and ``differs``, evenly spread."""
    gap = differs - same
    count = min(most, gap - 1)
    return [EntryId(journal, same + gap * (n + 1) // (count + 1)) for n in range(count)]


def _take_head(reader: Reader) -> HeadAt:
    one = HeadAt(reader.varint(MAX_JOURNAL), reader.varint(MAX_SEQ), reader.take(HEAD_BYTES))
    if not (one.journal and one.seq):
        raise Malformed("a head of nothing")
    return one


def _open(data: bytes, most: int) -> Reader:
    if len(data) > most:
        raise TooLarge(f"a message about heads of {len(data)} bytes")
    if not data.startswith(MAGIC):
        raise NotOurs("no message about heads")
    reader = Reader(data)
    if reader.take(len(_PREFIX)) != _PREFIX:
        raise NewerFormat(f"format {data[3]} of heads")
    return reader


def _put_text(out: bytearray, text: str) -> None:
    data = text.encode()
    put_varint(out, len(data))
    out += data


def _take_text(reader: Reader) -> str:
    try:
        return reader.take(reader.varint(_MAX_TEXT)).decode()
    except UnicodeDecodeError as error:
        raise Malformed("no text") from error
