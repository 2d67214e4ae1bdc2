"""The unit's key: what files and LAN bundles are sealed under, itself sealed to each device and to the hub.

A unit key is 32 random bytes with a version, replaced after each revocation. It travels in ``UnitKeyIssued``
wrapped for one X25519 key: ephemeral public key (32) || AES-256-GCM ciphertext (48). The wrapping key is
HKDF-SHA256(shared secret, salt = ephemeral || recipient, info = 'commune-counter unit key 1' || unit ||
version u32 BE), the nonce twelve zero bytes: a wrapping key is used once.
"""

from __future__ import annotations

import secrets

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from sync.protocol.refusals import Damaged, Malformed

UNIT_KEY_BYTES = 32
WRAPPED_BYTES = 80
NONCE = bytes(12)
_INFO = b"commune-counter unit key 1"


class UnitKey(msgspec.Struct, frozen=True):
    """Version ``version`` (from 1) of the key of ``unit``."""

    unit: str
    version: int
    key: bytes

    @classmethod
    def fresh(cls, unit: str, version: int) -> UnitKey:
        """A new random key."""
        return cls(unit, version, secrets.token_bytes(UNIT_KEY_BYTES))


class ExchangeKey:
    """An X25519 private key, to which unit keys are sealed; ``public`` is the 32 bytes others seal to."""

    __slots__ = ("_key", "public")

    def __init__(self, private: bytes) -> None:
        self._key = X25519PrivateKey.from_private_bytes(private)
        self.public: bytes = self._key.public_key().public_bytes_raw()

    @classmethod
    def fresh(cls) -> ExchangeKey:
        """A new random key."""
        return cls(X25519PrivateKey.generate().private_bytes_raw())

    @property
    def private(self) -> bytes:
        """The 32 secret bytes, to be stored sealed."""
        return self._key.private_bytes_raw()

    def agree(self, public: bytes) -> bytes:
        """The secret shared with the owner of ``public`` (32 bytes). Raises Malformed for a useless key."""
        try:
            return self._key.exchange(X25519PublicKey.from_public_bytes(public))
        except ValueError as error:
            raise Malformed("no X25519 public key") from error


def derive(secret: bytes, salt: bytes, info: bytes) -> bytes:
    """32 bytes of HKDF-SHA256."""
    return HKDF(algorithm=SHA256(), length=32, salt=salt, info=info).derive(secret)


def wrap_unit_key(unit_key: UnitKey, recipient: bytes, ephemeral: ExchangeKey | None = None) -> bytes:
    """80 bytes that only the owner of X25519 key ``recipient`` can open.

    ``ephemeral`` is for examples only; a real one is fresh each time.
    """
    once = ephemeral or ExchangeKey.fresh()
    key = _wrapping_key(once.agree(recipient), once.public, recipient, unit_key.unit, unit_key.version)
    return once.public + AESGCM(key).encrypt(NONCE, unit_key.key, None)


def unwrap_unit_key(wrapped: bytes, own: ExchangeKey, unit: str, version: int) -> UnitKey:
    """The unit key in ``wrapped``. Raises Malformed for a length not 80, Damaged if not for ``own``."""
    if len(wrapped) != WRAPPED_BYTES:
        raise Malformed(f"a wrapped unit key is {WRAPPED_BYTES} bytes")
    once, sealed = wrapped[:32], wrapped[32:]
    key = _wrapping_key(own.agree(once), once, own.public, unit, version)
    try:
        return UnitKey(unit, version, AESGCM(key).decrypt(NONCE, sealed, None))
    except InvalidTag as error:
        raise Damaged("this unit key was not wrapped for this device") from error


def _wrapping_key(shared: bytes, once: bytes, recipient: bytes, unit: str, version: int) -> bytes:
    return derive(shared, once + recipient, _INFO + unit.encode() + version.to_bytes(4, "big"))
