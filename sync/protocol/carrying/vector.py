"""How far somebody holds which journals, and the hub's signed word about it.

Wire form of a vector: count, then for each journal in ascending order (journal minus the previous one, seq)
as varints, then 8 bytes of SHA-256('commune-counter vector' || (journal u32 BE || seq u64 BE || head) ...).
Equal positions under unequal digests mean that somebody forked: ask for heads.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

import msgspec

from sync.protocol.carrying.wire import Reader, put_signed, put_varint
from sync.protocol.naming.ids import FIRST_LIFE, MAX_JOURNAL, MAX_LIFE, MAX_SEQ
from sync.protocol.naming.keys import SIGNATURE_BYTES, Purpose, SigningKey, verify
from sync.protocol.refusals import Malformed

VECTOR_DIGEST_BYTES = 8
MAX_JOURNALS = 4_096
_SAME_AS_ASKED = 1
_ALL_IN_BACKUP = 2
_NONE_IN_BACKUP = 4
_EMPTY = hashlib.sha256(b"commune-counter vector").digest()[:VECTOR_DIGEST_BYTES]
"""Digest of a holder of nothing."""


class Vector(msgspec.Struct, frozen=True):
    """Last seq held of each journal, and the digest over positions and heads (8 bytes)."""

    positions: dict[int, int]
    digest: bytes

    def covers(self, journal: int, seq: int) -> bool:
        """True when the holder has this entry."""
        return self.positions.get(journal, 0) >= seq

    def forked_from(self, other: Vector) -> bool:
        """True when both stand at the same positions and yet differ."""
        return self.positions == other.positions and self.digest != other.digest


def make_vector(heads: Mapping[int, tuple[int, bytes]]) -> Vector:
    """The vector of a holder whose journals stand at ``{journal: (last seq, head)}``; empty journals are
    left out.
    """
    held = {journal: heads[journal] for journal in sorted(heads) if heads[journal][0] > 0}
    digest = hashlib.sha256(b"commune-counter vector")
    for journal, (seq, head) in held.items():
        digest.update(journal.to_bytes(4, "big") + seq.to_bytes(8, "big") + head)
    positions = {journal: seq for journal, (seq, _) in held.items()}
    return Vector(positions, digest.digest()[:VECTOR_DIGEST_BYTES])


def lacking(mine: Vector, theirs: Vector) -> dict[int, int]:
    """What the other side lacks of what I hold: ``{journal: first seq to send}``."""
    return {
        journal: theirs.positions.get(journal, 0) + 1
        for journal, seq in mine.positions.items()
        if not theirs.covers(journal, seq)
    }


def put_vector(out: bytearray, vector: Vector) -> None:
    """Append the wire form of ``vector``."""
    put_varint(out, len(vector.positions))
    before = 0
    for journal in sorted(vector.positions):
        put_varint(out, journal - before)
        put_varint(out, vector.positions[journal])
        before = journal
    out += vector.digest


def take_vector(reader: Reader) -> Vector:
    """Read a vector. Raises Malformed for unordered journals, empty positions or too many of them."""
    positions: dict[int, int] = {}
    journal = 0
    for _ in range(reader.varint(MAX_JOURNALS)):
        step, seq = reader.varint(MAX_JOURNAL), reader.varint(MAX_SEQ)
        journal += step
        if step == 0 or seq == 0 or journal > MAX_JOURNAL:
            raise Malformed("a vector names each journal once, in order, from seq 1")
        positions[journal] = seq
    return Vector(positions, reader.take(VECTOR_DIGEST_BYTES))


class SignedVector(msgspec.Struct, frozen=True):
    """What the hub says it holds of ``unit``: *received*, and *in a verified backup*, at hub time ``at``
    (ms).

    Only this, never a finished request, lets a screen say "at the province"; only ``backed_up`` lets
    anything local be archived. ``life`` is the hub's: when it rises, the hub came from a backup and earlier
    words are void.
    """

    unit: str
    at: int
    life: int
    received: Vector
    backed_up: Vector
    signature: bytes

    def verify(self, hub_key: bytes) -> None:
        """Raises NotAuthentic unless the hub signed exactly this."""
        message = _message(self.unit, self.at, self.life, self.received, self.backed_up)
        verify(hub_key, Purpose.VECTOR, message, self.signature)


def sign_vector(
    key: SigningKey, unit: str, at: int, life: int, received: Vector, backed_up: Vector
) -> SignedVector:
    """The hub's word about ``unit`` at its time ``at`` (ms)."""
    signature = key.sign(Purpose.VECTOR, _message(unit, at, life, received, backed_up))
    return SignedVector(unit, at, life, received, backed_up, signature)


def _message(unit: str, at: int, life: int, received: Vector, backed_up: Vector) -> bytes:
    out = bytearray(unit.encode())
    put_varint(out, at)
    put_varint(out, life)
    put_vector(out, received)
    put_vector(out, backed_up)
    return bytes(out)


def pack_signed_vector(word: SignedVector, asked: Vector | None = None, since: int | None = None) -> bytes:
    """Wire form: flags, at, life, vectors, signature. ``asked`` is the vector of the request being answered.

    With ``since`` the hub's clock counts from there (signed). Flag 1: *received* equals ``asked`` and is left
    out; flag 2: *backed up* equals *received* and is left out; flag 4: *backed up* is empty and left out.
    """
    flags = (_SAME_AS_ASKED if word.received == asked else 0) | (
        _ALL_IN_BACKUP
        if word.backed_up == word.received
        else _NONE_IN_BACKUP
        if word.backed_up == Vector({}, _EMPTY)
        else 0
    )
    out = bytearray([flags])
    if since is None:
        put_varint(out, word.at)
    else:
        put_signed(out, word.at - since)
    put_varint(out, word.life)
    if not flags & _SAME_AS_ASKED:
        put_vector(out, word.received)
    if not flags & (_ALL_IN_BACKUP | _NONE_IN_BACKUP):
        put_vector(out, word.backed_up)
    return bytes(out + word.signature)


def unpack_signed_vector(data: bytes, unit: str, asked: Vector | None = None) -> SignedVector:
    """Read what ``pack_signed_vector`` wrote for ``unit``; not yet verified. Raises Malformed."""
    reader = Reader(data)
    word = take_signed_vector(reader, unit, asked)
    reader.done()
    return word


def take_signed_vector(
    reader: Reader, unit: str, asked: Vector | None = None, since: int | None = None
) -> SignedVector:
    """Take a signed vector of ``unit`` from the front; not yet verified. Raises Malformed."""
    flags = reader.take(1)[0]
    both = flags & _ALL_IN_BACKUP and flags & _NONE_IN_BACKUP
    unknown = flags & ~(_SAME_AS_ASKED | _ALL_IN_BACKUP | _NONE_IN_BACKUP)
    if unknown or both or (flags & _SAME_AS_ASKED and asked is None):
        raise Malformed(f"flags of a signed vector: {flags}")
    at = reader.varint(2**63 - 1) if since is None else since + reader.signed()
    life = reader.varint(MAX_LIFE)
    if not 0 <= at < 2**63:
        raise Malformed("no time of a hub")
    if life < FIRST_LIFE:
        raise Malformed("a hub's lives begin at 1")
    received = asked if flags & _SAME_AS_ASKED and asked is not None else take_vector(reader)
    if flags & _NONE_IN_BACKUP:
        backed_up = Vector({}, _EMPTY)
    else:
        backed_up = received if flags & _ALL_IN_BACKUP else take_vector(reader)
    return SignedVector(unit, at, life, received, backed_up, reader.take(SIGNATURE_BYTES))
