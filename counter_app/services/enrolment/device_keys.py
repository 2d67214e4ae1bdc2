"""The keys of this PC's journals at rest: sealed under the device's secret, inside the encrypted store.

Form: nonce (12) || AES-256-GCM of signing seed (32) and exchange key (32), the journal as associated data,
under HKDF-SHA256(device secret, salt = nonce, info = 'commune-counter device keys 1').
"""

from __future__ import annotations

import secrets
from typing import NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Connection

from counter_app.devices.secrets import SecretError
from counter_app.storage.this_pc import device
from sync.protocol.naming.keys import SigningKey
from sync.protocol.naming.unit_keys import ExchangeKey, UnitKey, derive

_NONCE = 12
_INFO = b"commune-counter device keys 1"
_UNIT_INFO = b"commune-counter provisioned unit key 1"


class DeviceKeys(NamedTuple):
    """The two private keys of one journal's life."""

    signing: SigningKey
    exchange: ExchangeKey

    @classmethod
    def fresh(cls) -> DeviceKeys:
        """New random keys."""
        return cls(SigningKey.fresh(), ExchangeKey.fresh())


def keep_keys(connection: Connection, journal: int, keys: DeviceKeys, secret: bytes, at: int) -> None:
    """Keep the keys of ``journal``; ``secret`` is the device's (32 bytes), ``at`` our clock in ms."""
    nonce = secrets.token_bytes(_NONCE)
    plain = keys.signing.seed + keys.exchange.private
    sealed = AESGCM(derive(secret, nonce, _INFO)).encrypt(nonce, plain, _about(journal))
    device.put_sealed_key(connection, f"device:{journal}", nonce + sealed, at)


def kept_keys(connection: Connection, journal: int, secret: bytes) -> DeviceKeys | None:
    """The keys of ``journal``, None when this store never had them.

    Raises ``SecretError`` ``secret.damaged`` when the device's secret is not the one they were sealed under.
    """
    sealed = device.sealed_key(connection, f"device:{journal}")
    if sealed is None:
        return None
    nonce = sealed[:_NONCE]
    try:
        plain = AESGCM(derive(secret, nonce, _INFO)).decrypt(nonce, sealed[_NONCE:], _about(journal))
    except InvalidTag as error:
        raise SecretError("secret.damaged", f"device:{journal}") from error
    return DeviceKeys(SigningKey(plain[:32]), ExchangeKey(plain[32:]))


def keep_unit_key(connection: Connection, key: UnitKey, secret: bytes, at: int) -> None:
    """Keep the unit key that the provisioning file brought, sealed under the device's ``secret``.

    Form: version (4) || nonce (12) || AES-256-GCM of the key, unit and version as associated data.
    """
    nonce, version = secrets.token_bytes(_NONCE), key.version.to_bytes(4, "big")
    sealed = AESGCM(derive(secret, nonce, _UNIT_INFO)).encrypt(nonce, key.key, key.unit.encode() + version)
    device.put_sealed_key(connection, f"unit:{key.unit}", version + nonce + sealed, at)


def provisioned_unit_key(connection: Connection, unit: str, secret: bytes) -> UnitKey | None:
    """The unit key that provisioning brought, None when it brought none. Raises ``SecretError``."""
    kept = device.sealed_key(connection, f"unit:{unit}")
    if kept is None:
        return None
    version, nonce, sealed = kept[:4], kept[4 : 4 + _NONCE], kept[4 + _NONCE :]
    try:
        key = AESGCM(derive(secret, nonce, _UNIT_INFO)).decrypt(nonce, sealed, unit.encode() + version)
    except InvalidTag as error:
        raise SecretError("secret.damaged", f"unit:{unit}") from error
    return UnitKey(unit, int.from_bytes(version, "big"), key)


def _about(journal: int) -> bytes:
    return journal.to_bytes(4, "big")
