"""Keys of officials: the signature beside an entry, and the private key at rest.

The private key (32 bytes) is sealed under the official's passphrase *and* the device's secret: a stolen disk
without the operating system's secret store opens nothing, nor does the device without the person.
Form: version 1 || argon2id passes || memory KiB || lanes (varints) || salt (16) || nonce (12) || AES-256-GCM
ciphertext (48) with the public key as associated data. Key = HKDF-SHA256(argon2id(passphrase in NFC, salt) ||
device secret, salt, info = 'commune-counter official key 1').
"""

from __future__ import annotations

import secrets
import unicodedata

import msgspec
from argon2.exceptions import HashingError
from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from sync.protocol.carrying.wire import Reader, put_varint
from sync.protocol.journals.entry import Entry
from sync.protocol.naming.keys import KEY_BYTES, Purpose, SigningKey, verify
from sync.protocol.naming.unit_keys import derive
from sync.protocol.refusals import Malformed, NewerFormat, NotAuthentic, WrongPassphrase

FORMAT = 1
_SALT_BYTES = 16
_NONCE_BYTES = 12
_INFO = b"commune-counter official key 1"


class Cost(msgspec.Struct, frozen=True):
    """Work of argon2id: passes, memory in KiB, lanes. The default is RFC 9106's second choice."""

    passes: int = 3
    memory: int = 65_536
    lanes: int = 4


MOST = Cost(16, 1_048_576, 16)
"""A sealed key that asks for more is refused: it could only be meant to exhaust the PC."""


def sign_entry(entry: Entry, official: SigningKey) -> Entry:
    """``entry`` with the official's signature over its header hash beside it."""
    return entry.sealed_by(official.sign(Purpose.OFFICIAL, entry.header_hash))


def verify_seal(entry: Entry, public: bytes) -> None:
    """Raises NotAuthentic unless the official with key ``public`` signed ``entry`` (redacted or not)."""
    if not entry.seal:
        raise NotAuthentic("the official's signature is missing")
    verify(public, Purpose.OFFICIAL, entry.header_hash, entry.seal)


def seal_key(key: SigningKey, passphrase: str, device_secret: bytes, cost: Cost | None = None) -> bytes:
    """The private key for the store; only ``passphrase`` on this device opens it again."""
    cost = cost or Cost()
    salt, nonce = secrets.token_bytes(_SALT_BYTES), secrets.token_bytes(_NONCE_BYTES)
    out = bytearray([FORMAT])
    for value in (cost.passes, cost.memory, cost.lanes):
        put_varint(out, value)
    sealing = _sealing_key(passphrase, device_secret, salt, cost)
    return bytes(out + salt + nonce + AESGCM(sealing).encrypt(nonce, key.seed, key.public))


def open_key(sealed: bytes, public: bytes, passphrase: str, device_secret: bytes) -> SigningKey:
    """The official's key. Raises WrongPassphrase, Malformed, NewerFormat; takes as long as it was made to."""
    reader = Reader(sealed)
    if reader.take(1)[0] != FORMAT:
        raise NewerFormat(f"sealed key format {sealed[0]}")
    cost = Cost(reader.varint(MOST.passes), reader.varint(MOST.memory), reader.varint(MOST.lanes))
    salt, nonce = reader.take(_SALT_BYTES), reader.take(_NONCE_BYTES)
    ciphertext = reader.take(KEY_BYTES + 16)
    reader.done()
    try:
        seed = AESGCM(_sealing_key(passphrase, device_secret, salt, cost)).decrypt(nonce, ciphertext, public)
    except InvalidTag as error:
        raise WrongPassphrase("the key does not open") from error
    return SigningKey(seed)


def _sealing_key(passphrase: str, device_secret: bytes, salt: bytes, cost: Cost) -> bytes:
    words = unicodedata.normalize("NFC", passphrase).encode()
    try:
        hashed = hash_secret_raw(words, salt, cost.passes, cost.memory, cost.lanes, KEY_BYTES, Type.ID)
    except HashingError as error:
        raise Malformed(f"argon2id: {error}") from error
    return derive(hashed + device_secret, salt, _INFO)
