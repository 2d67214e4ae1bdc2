"""A file that an entry names by its SHA-256, sealed so that the unit's devices and the hub can open it.

Form: 'MCA' || version 1 || unit (5 ASCII digits) || unit key version u32 || salt (32 random bytes) || length
of the sealed contents u32 || sealed contents. All integers big-endian. The sealed contents are AES-256-GCM
under HKDF-SHA256(unit key, salt, info = 'commune-counter attachment 1'), nonce twelve zero bytes, with
everything before them as associated data; inside: a manifest - MessagePack [SHA-256 of the file, its size,
part size] with its length as a varint before it - and the file.

No signature: the entry that names the digest stands under its author's. On the wire a file is called by a
keyed hash of its digest, so that who sees the name and holds a file cannot tell whether it is that one.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import struct
from collections.abc import Mapping
from typing import Annotated, Final

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from msgspec import Meta

from sync.protocol.carrying.wire import Reader, put_varint
from sync.protocol.journals.codec import Body, Digest, decode, encode
from sync.protocol.naming.unit_keys import NONCE, UnitKey, derive
from sync.protocol.refusals import (
    CutShort,
    Damaged,
    KeyUnknown,
    Malformed,
    NewerFormat,
    NotOurs,
    OtherUnit,
    TooLarge,
)

MAGIC: Final = b"MCA"
FORMAT: Final = 1
PART_BYTES: Final = 32 * 1024
"""One part on the wire: what a new record waits for at the most."""
MAX_FILE_BYTES: Final = 20_000_000
SALT_BYTES: Final = 32
_MAX_MANIFEST: Final = 128
_TAG_BYTES: Final = 16
_HEADER: Final = struct.Struct(">3sB5sI32sI")
MAX_SEALED_BYTES: Final = _HEADER.size + MAX_FILE_BYTES + _MAX_MANIFEST + 1 + _TAG_BYTES
_SEAL_INFO: Final = b"commune-counter attachment 1"
_NAME_INFO: Final = b"commune-counter attachment name 1"


class Manifest(Body, frozen=True):
    """What the sealed contents say about the file: SHA-256, bytes, and the part size of its sender."""

    digest: Digest
    size: Annotated[int, Meta(ge=0, le=MAX_FILE_BYTES)]
    part: Annotated[int, Meta(ge=1, le=2**31 - 1)]


class AttachmentHeader(msgspec.Struct, frozen=True):
    """What a sealed file says about itself before it is opened; proof of nothing."""

    unit: str
    key_version: int
    salt: bytes
    sealed_bytes: int


def wire_name(unit_key: UnitKey, digest: bytes) -> str:
    """What the file with SHA-256 ``digest`` is called on the wire under this key: 64 hex digits."""
    key = derive(unit_key.key, unit_key.unit.encode() + unit_key.version.to_bytes(4, "big"), _NAME_INFO)
    return hmac.digest(key, digest, "sha256").hex()


def seal_attachment(data: bytes, unit_key: UnitKey, salt: bytes | None = None) -> bytes:
    """``data`` sealed under the unit's key.

    ``salt`` is fresh the first time and kept by the sender: the same file under the same salt gives the same
    bytes, so that sending goes on after a crash. Raises TooLarge above ``MAX_FILE_BYTES``.
    """
    if len(data) > MAX_FILE_BYTES:
        raise TooLarge(f"a file of {len(data)} bytes")
    manifest = encode(Manifest(hashlib.sha256(data).digest(), len(data), PART_BYTES))
    inside = bytearray()
    put_varint(inside, len(manifest))
    inside += manifest + data
    salt = salt or secrets.token_bytes(SALT_BYTES)
    header = _HEADER.pack(
        MAGIC, FORMAT, unit_key.unit.encode(), unit_key.version, salt, len(inside) + _TAG_BYTES
    )
    return header + AESGCM(derive(unit_key.key, salt, _SEAL_INFO)).encrypt(NONCE, bytes(inside), header)


def sealed_size(size: int) -> int:
    """How many bytes ``seal_attachment`` makes of a file of ``size`` bytes."""
    manifest = len(encode(Manifest(bytes(32), size, PART_BYTES)))
    return _HEADER.size + 1 + manifest + size + _TAG_BYTES


def peek_attachment(data: bytes) -> AttachmentHeader:
    """What ``data`` says it is. Raises NotOurs, NewerFormat, CutShort, TooLarge, Malformed."""
    if data[:3] != MAGIC:
        raise NotOurs("no sealed attachment")
    if len(data) < 4:
        raise CutShort("nothing after the magic")
    if data[3] != FORMAT:
        raise NewerFormat(f"attachment format {data[3]}")
    if len(data) < _HEADER.size:
        raise CutShort("the header is not whole")
    _, _, unit, version, salt, sealed_bytes = _HEADER.unpack_from(data)
    if not unit.isdigit():
        raise Malformed("no unit code")
    if sealed_bytes > MAX_SEALED_BYTES - _HEADER.size:
        raise TooLarge(f"{sealed_bytes} sealed bytes")
    whole = _HEADER.size + sealed_bytes
    if len(data) < whole or sealed_bytes < _TAG_BYTES:
        raise CutShort(f"{len(data)} bytes of {whole}")
    if len(data) > whole:
        raise Malformed(f"{len(data) - whole} bytes too many")
    return AttachmentHeader(unit.decode(), version, salt, sealed_bytes)


def open_attachment(data: bytes, unit: str, unit_keys: Mapping[int, UnitKey]) -> tuple[Manifest, bytes]:
    """Manifest and file, verified against each other.

    Raises what ``peek_attachment`` raises, then OtherUnit, KeyUnknown, Damaged, Malformed.
    """
    header = peek_attachment(data)
    if header.unit != unit:
        raise OtherUnit(f"sealed for unit {header.unit}")
    unit_key = unit_keys.get(header.key_version)
    if unit_key is None:
        raise KeyUnknown(f"version {header.key_version} of the unit's key")
    cipher = AESGCM(derive(unit_key.key, header.salt, _SEAL_INFO))
    try:
        inside = cipher.decrypt(NONCE, data[_HEADER.size :], data[: _HEADER.size])
    except InvalidTag as error:
        raise Damaged("the seal does not open") from error
    reader = Reader(inside)
    manifest = decode(Manifest, reader.take(reader.varint(_MAX_MANIFEST)))
    file = reader.take(reader.left)
    if len(file) != manifest.size or hashlib.sha256(file).digest() != manifest.digest:
        raise Damaged("the file is not the one its manifest names")
    return manifest, file
