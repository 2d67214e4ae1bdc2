"""Where a counter listens on the office LAN, told to its siblings through whoever carries its journal.

Sealed (66 bytes): salt 16 || AES-256-GCM with its tag of (port u16 || eight IPv4 addresses, unused ones zero)
under HKDF-SHA256(unit key, salt, info); nonce 12 zero bytes; associated data: unit's five digits || journal
u32. Bound to its journal, so that nobody tells another's place. A hint that proves nothing: who is there
proves himself in the handshake, and a wrong place costs one call. Only private addresses are believed, so
that no counter is made to call out of the house.
"""

from __future__ import annotations

import secrets
import struct
from collections.abc import Iterable, Mapping
from ipaddress import IPv4Address

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from sync.protocol.journals.system_kinds import LanPlaceSaid
from sync.protocol.naming.unit_keys import NONCE, UnitKey, derive

MOST_HOSTS = 8
SALT_BYTES = 16
_INFO = b"commune-counter lan place 1"
_BODY = struct.Struct(f">H{4 * MOST_HOSTS}s")


def seal_place(
    unit_key: UnitKey, journal: int, hosts: Iterable[str], port: int, salt: bytes | None = None
) -> LanPlaceSaid:
    """The body that tells that the counter of ``journal`` listens at ``port`` of ``hosts`` (IPv4).

    Of more than eight hosts the first are told, public ones never. ``salt`` is for examples only.
    """
    salt = salt or secrets.token_bytes(SALT_BYTES)
    packed = b"".join(IPv4Address(host).packed for host in told_hosts(hosts))
    key = AESGCM(derive(unit_key.key, salt, _INFO))
    sealed = key.encrypt(NONCE, _BODY.pack(port, packed), _about(unit_key, journal))
    return LanPlaceSaid(unit_key.version, salt + sealed)


def open_place(
    said: LanPlaceSaid, journal: int, unit_keys: Mapping[int, UnitKey]
) -> tuple[tuple[str, int], ...]:
    """The places in ``said``, words of ``journal``; none where its key is not held or it does not open."""
    unit_key = unit_keys.get(said.version)
    if unit_key is None:
        return ()
    salt, sealed = said.sealed[:SALT_BYTES], said.sealed[SALT_BYTES:]
    key = AESGCM(derive(unit_key.key, salt, _INFO))
    try:
        body = key.decrypt(NONCE, sealed, _about(unit_key, journal))
    except InvalidTag:
        return ()
    if len(body) != _BODY.size:
        return ()
    port, packed = _BODY.unpack(body)
    hosts = (str(IPv4Address(packed[at : at + 4])) for at in range(0, len(packed), 4))
    return tuple((host, port) for host in told_hosts(hosts)) if port else ()


def told_hosts(hosts: Iterable[str]) -> list[str]:
    """Those of ``hosts`` that may be told and believed: at most eight private addresses."""
    return [host for host in hosts if _is_in_the_house(IPv4Address(host))][:MOST_HOSTS]


def _is_in_the_house(host: IPv4Address) -> bool:
    strange = host.is_unspecified or host.is_multicast or host.is_reserved
    return host.is_private and not strange


def _about(unit_key: UnitKey, journal: int) -> bytes:
    return unit_key.unit.encode("ascii") + journal.to_bytes(4, "big")
