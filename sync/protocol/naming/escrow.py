"""A PC's recovery secret, sealed to the province: whoever lost PC or secret store asks there (decision 058).

Wrapped for the X25519 key of the province's journal: ephemeral public key (32) || AES-256-GCM ciphertext of
the 64 secret bytes (80). The wrapping key is HKDF-SHA256(shared secret, salt = ephemeral || recipient, info =
'commune-counter escrow 1' || journal u32 BE), the nonce twelve zero bytes: a wrapping key is used once.
"""

from __future__ import annotations

from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from sync.protocol.naming.unit_keys import NONCE, ExchangeKey, derive
from sync.protocol.refusals import Damaged, Malformed

SECRET_BYTES: Final = 64
ESCROW_BYTES: Final = 32 + SECRET_BYTES + 16
_INFO: Final = b"commune-counter escrow 1"


def wrap_recovery(secret: bytes, recipient: bytes, journal: int, once: ExchangeKey | None = None) -> bytes:
    """112 bytes that only the owner of X25519 key ``recipient`` (32 bytes) opens; ``secret`` is 64 bytes.

    ``once`` is for examples only. Raises Malformed.
    """
    if len(secret) != SECRET_BYTES:
        raise Malformed(f"a recovery secret is {SECRET_BYTES} bytes")
    made = once or ExchangeKey.fresh()
    key = _wrapping_key(made.agree(recipient), made.public, recipient, journal)
    return made.public + AESGCM(key).encrypt(NONCE, secret, None)


def unwrap_recovery(wrapped: bytes, own: ExchangeKey, journal: int) -> bytes:
    """The 64 bytes in ``wrapped``. Raises Malformed for another length, Damaged if not for ``own``."""
    if len(wrapped) != ESCROW_BYTES:
        raise Malformed(f"a wrapped recovery secret is {ESCROW_BYTES} bytes")
    once, sealed = wrapped[:32], wrapped[32:]
    key = _wrapping_key(own.agree(once), once, own.public, journal)
    try:
        return AESGCM(key).decrypt(NONCE, sealed, None)
    except InvalidTag as error:
        raise Damaged("this secret was not wrapped for this province, or by another journal") from error


def _wrapping_key(shared: bytes, once: bytes, recipient: bytes, journal: int) -> bytes:
    return derive(shared, once + recipient, _INFO + journal.to_bytes(4, "big"))
