"""Who asks: 16 bytes that only this device and this hub can make, in place of a signature of 64.

A request convinces one reader, the hub it is for, and is passed on to nobody: it needs no signature that
third parties could verify. Both sides know each other's Ed25519 key (pinned at enrolment; in the journal's
opening). The same keys, mapped to X25519 (RFC 7748, chapter 4.1), give both one secret, and HMAC-SHA256 under
it authenticates the request. What third parties rely on - entries, checkpoints, the hub's word - is signed.
"""

from __future__ import annotations

import hashlib
import hmac

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from sync.protocol.naming.keys import KEY_BYTES, SigningKey
from sync.protocol.refusals import NotAuthentic

TAG_BYTES = 16
_FIELD = 2**255 - 19
_INFO = b"commune-counter exchange 1"


def request_tag(device: SigningKey, hub: bytes, message: bytes) -> bytes:
    """The device's 16 bytes under ``message`` for the hub with public key ``hub``."""
    return _tag(_secret(device, hub), device.public, hub, message)


def check_tag(device: bytes, hub: SigningKey, message: bytes, tag: bytes) -> None:
    """Raises NotAuthentic unless the holder of ``device``'s key said ``message`` to this hub."""
    wanted = _tag(_secret(hub, device), device, hub.public, message)
    if not hmac.compare_digest(wanted, tag):
        raise NotAuthentic("no valid tag of this device for this hub")


def _tag(secret: bytes, device: bytes, hub: bytes, message: bytes) -> bytes:
    key = HKDF(SHA256(), KEY_BYTES, None, _INFO + device + hub).derive(secret)
    return hmac.digest(key, message, "sha256")[:TAG_BYTES]


def _secret(own: SigningKey, other: bytes) -> bytes:
    """What both ends share. Raises NotAuthentic for a public key with which everybody would share it."""
    scalar = hashlib.sha512(own.seed).digest()[:KEY_BYTES]  # X25519 clamps it as Ed25519 does
    try:
        point = X25519PublicKey.from_public_bytes(_as_x25519(other))
        return X25519PrivateKey.from_private_bytes(scalar).exchange(point)
    except ValueError as error:  # of low order: the shared secret would be zero
        raise NotAuthentic("no usable public key") from error


def _as_x25519(public: bytes) -> bytes:
    """u = (1 + y) / (1 - y) of the Ed25519 point ``public``. Raises ValueError for none."""
    y = int.from_bytes(public, "little") & (2**255 - 1)
    if len(public) != KEY_BYTES or y >= _FIELD or y == 1:
        raise ValueError("no Ed25519 point")
    return ((1 + y) * pow(1 - y, -1, _FIELD) % _FIELD).to_bytes(KEY_BYTES, "little")
