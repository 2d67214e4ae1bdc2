"""Ed25519 signatures with one purpose each.

A signature is made over ``purpose || message``; the purposes below are distinct, so that a signature given
for one thing can never be shown as another. Keys are raw: 32 bytes public, 32 bytes private seed.
"""

from __future__ import annotations

import hashlib
from enum import Enum

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from sync.protocol.refusals import NotAuthentic

KEY_BYTES = 32
SIGNATURE_BYTES = 64
KEY_ID_BYTES = 8


class Purpose(bytes, Enum):
    """What a signature says; the bytes are written in front of the message."""

    OFFICIAL = b"commune-counter official 1"
    CHECKPOINT = b"commune-counter checkpoint 1"
    VECTOR = b"commune-counter vector 1"
    BUNDLE_FILE = b"commune-counter file 1"
    GRANT = b"commune-counter grant 1"
    NEXT_LIFE = b"commune-counter next life 1"
    COPY = b"commune-counter copy 1"
    PROVISION = b"commune-counter provision 1"
    LAN = b"commune-counter lan 1"
    CHECK_LIST = b"commune-counter check list 1"
    HEADS = b"commune-counter heads 1"
    UPDATE = b"commune-counter update 1"
    DOCTOR = b"commune-counter doctor 1"
    YEAR_SEAL = b"commune-counter year seal 1"


class SigningKey:
    """An Ed25519 private key; ``seed`` is its only secret, ``public`` the 32 bytes others verify with."""

    __slots__ = ("_key", "public")

    def __init__(self, seed: bytes) -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(seed)
        self.public: bytes = self._key.public_key().public_bytes_raw()

    @classmethod
    def fresh(cls) -> SigningKey:
        """A new random key."""
        return cls(Ed25519PrivateKey.generate().private_bytes_raw())

    @property
    def seed(self) -> bytes:
        """The 32 secret bytes, to be stored sealed."""
        return self._key.private_bytes_raw()

    @property
    def key_id(self) -> bytes:
        """``key_id`` of the public half."""
        return key_id(self.public)

    def sign(self, purpose: Purpose, message: bytes) -> bytes:
        """64 bytes over ``purpose || message``."""
        return self._key.sign(purpose.value + message)


def verify(public: bytes, purpose: Purpose, message: bytes, signature: bytes) -> None:
    """Raises NotAuthentic unless ``public`` signed ``message`` for ``purpose``."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, purpose.value + message)
    except (InvalidSignature, ValueError) as error:
        raise NotAuthentic(f"no valid signature for {purpose.name.lower()}") from error


def key_id(public: bytes) -> bytes:
    """The first 8 bytes of SHA-256 of a public key: names it, proves nothing."""
    return hashlib.sha256(public).digest()[:KEY_ID_BYTES]
