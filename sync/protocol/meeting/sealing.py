"""The ``.mcx`` container: a bundle sealed for one unit and the hub, signed by its sender.

Form: 'MCX' || version 1 || unit (5 ASCII digits) || unit key version u32 || sender's journal u32 || part u16
|| parts u16 || salt (32 random bytes) || length of the sealed contents u32 || sealed contents || signature
(64). All integers big-endian. The sealed contents are AES-256-GCM under HKDF-SHA256(unit key, salt, info =
'commune-counter file 1'), nonce twelve zero bytes (each key is used once), with everything before the sealed
contents as associated data. The signature is the sender's, over the SHA-256 of everything before it.
"""

from __future__ import annotations

import hashlib
import secrets
import struct
from collections.abc import Callable, Mapping

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from sync.protocol.carrying.bundle import MAX_BUNDLE_BYTES, MAX_PARTS
from sync.protocol.naming.ids import MAX_JOURNAL
from sync.protocol.naming.keys import SIGNATURE_BYTES, Purpose, SigningKey, verify
from sync.protocol.naming.unit_keys import NONCE, UnitKey, derive
from sync.protocol.refusals import (
    CutShort,
    Damaged,
    KeyUnknown,
    Malformed,
    NewerFormat,
    NotOurs,
    OtherUnit,
    SenderUnknown,
    TooLarge,
)

MAGIC = b"MCX"
FORMAT = 1
SALT_BYTES = 32
TAG_BYTES = 16
_HEADER = struct.Struct(">3sB5sIIHH32sI")
_INFO = b"commune-counter file 1"

SenderKey = Callable[[int, bytes], bytes | None]
"""``(journal, contents) -> public key``: from the store, or from a ``JournalOpened`` in the contents
themselves.
"""


class FileHeader(msgspec.Struct, frozen=True):
    """What a file says about itself before it is opened; good for words on a screen, proof of nothing."""

    unit: str
    key_version: int
    sender: int
    part: int
    parts: int
    salt: bytes
    sealed_bytes: int


def seal_file(
    contents: bytes,
    unit_key: UnitKey,
    key: SigningKey,
    sender: int,
    part: int = 1,
    parts: int = 1,
    salt: bytes | None = None,
) -> bytes:
    """``contents`` (a bundle) as part ``part`` of ``parts`` under the unit's key, signed by journal
    ``sender``.

    ``salt`` is for examples only; a real one is fresh each time. Raises TooLarge above the limit of a bundle.
    """
    if len(contents) > MAX_BUNDLE_BYTES:
        raise TooLarge(f"a bundle of {len(contents)} bytes")
    salt = salt or secrets.token_bytes(SALT_BYTES)
    sealed_bytes = len(contents) + TAG_BYTES
    header = _HEADER.pack(
        MAGIC, FORMAT, unit_key.unit.encode(), unit_key.version, sender, part, parts, salt, sealed_bytes
    )
    sealed = AESGCM(derive(unit_key.key, salt, _INFO)).encrypt(NONCE, contents, header)
    unsigned = header + sealed
    return unsigned + key.sign(Purpose.BUNDLE_FILE, hashlib.sha256(unsigned).digest())


def peek_file(data: bytes) -> FileHeader:
    """What ``data`` says it is.

    Raises NotOurs, NewerFormat, CutShort, TooLarge, Malformed (bytes too many, impossible numbers).
    """
    if data[:3] != MAGIC:
        raise NotOurs("not an .mcx file")
    if len(data) < 4:
        raise CutShort("nothing after the magic")
    if data[3] != FORMAT:
        raise NewerFormat(f"file format {data[3]}")
    if len(data) < _HEADER.size:
        raise CutShort("the header is not whole")
    _, _, unit, version, sender, part, parts, salt, sealed_bytes = _HEADER.unpack_from(data)
    if not unit.isdigit() or not 1 <= part <= parts <= MAX_PARTS or not 1 <= sender <= MAX_JOURNAL:
        raise Malformed("the header holds impossible values")
    if not TAG_BYTES <= sealed_bytes <= MAX_BUNDLE_BYTES + TAG_BYTES:
        raise TooLarge(f"{sealed_bytes} sealed bytes")
    whole = _HEADER.size + sealed_bytes + SIGNATURE_BYTES
    if len(data) < whole:
        raise CutShort(f"{len(data)} bytes of {whole}")
    if len(data) > whole:
        raise Malformed(f"{len(data) - whole} bytes too many")
    return FileHeader(unit.decode(), version, sender, part, parts, salt, sealed_bytes)


def open_file(
    data: bytes, unit: str, unit_keys: Mapping[int, UnitKey], sender_key: SenderKey
) -> tuple[FileHeader, bytes]:
    """Header and contents of a file for ``unit``, its seal and its sender's signature verified.

    ``unit_keys`` are the held versions. Raises what ``peek_file`` raises, then OtherUnit, KeyUnknown,
    Damaged, SenderUnknown, NotAuthentic: each has other words and another way out.
    """
    header, contents = unseal(data, unit, unit_keys)
    public = sender_key(header.sender, contents)
    if public is None:
        raise SenderUnknown(f"journal {header.sender}")
    digest = hashlib.sha256(data[:-SIGNATURE_BYTES]).digest()
    verify(public, Purpose.BUNDLE_FILE, digest, data[-SIGNATURE_BYTES:])
    return header, contents


def unseal(data: bytes, unit: str, unit_keys: Mapping[int, UnitKey]) -> tuple[FileHeader, bytes]:
    """Header and contents of a file for ``unit``: of somebody with the unit's key, whoever he says he is.

    Raises what ``peek_file`` raises, then OtherUnit, KeyUnknown, Damaged.
    """
    header = peek_file(data)
    if header.unit != unit:
        raise OtherUnit(f"sealed for unit {header.unit}")
    unit_key = unit_keys.get(header.key_version)
    if unit_key is None:
        raise KeyUnknown(f"version {header.key_version} of the unit's key")
    sealed = data[_HEADER.size : -SIGNATURE_BYTES]
    try:
        contents = AESGCM(derive(unit_key.key, header.salt, _INFO)).decrypt(
            NONCE, sealed, data[: _HEADER.size]
        )
    except InvalidTag as error:
        raise Damaged("the seal does not open") from error
    return header, contents
