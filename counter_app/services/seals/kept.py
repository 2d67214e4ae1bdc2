"""The seals this PC has: those in the province's journal of the unit, and those somebody brought as a file.

Both lie in the store, and so in its backups. A seal is read under the pinned keys each time it is used: one
whose key is no longer believed counts no more. Nothing is dropped: two seals of one year are both compared.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Connection

from counter_app.domain.errors import DomainError
from counter_app.domain.registers.sealing import DATA_SET
from counter_app.services.seals.words import seal_file_unreadable, seal_refused
from counter_app.services.workplace import Workplace
from counter_app.storage.queries import unit as unit_queries
from counter_app.storage.this_pc import device
from sync.protocol.carrying.year_seal import MOST_BYTES, YearSeal, read_year_seal
from sync.protocol.naming.grants import HubKeys
from sync.protocol.refusals import OtherUnit, Refusal, TooLarge

PREFIX = "year-seal."


class KeptSeal(NamedTuple):
    """A kept seal, or why it does not count."""

    seal: YearSeal | None
    refused: DomainError | None = None


def read_seal(data: bytes, unit: str, hub_keys: HubKeys) -> YearSeal:
    """A seal of this unit's year. Raises Malformed, NewerFormat, HubUnknown, NotAuthentic, OtherUnit."""
    seal = read_year_seal(data, hub_keys)
    if seal.unit != unit:
        raise OtherUnit(f"a seal of unit {seal.unit}")
    return seal


def kept_seals(connection: Connection, unit: str, hub_keys: HubKeys) -> list[KeptSeal]:
    """Every seal kept here, by year; what does not count stands last."""
    found = [_kept(data, unit, hub_keys) for data in _held(connection)]
    return sorted(found, key=lambda one: (9_999, 0) if one.seal is None else (one.seal.year, one.seal.at))


def take_file(work: Workplace, path: Path) -> tuple[YearSeal, bool]:
    """Verify the seal in ``path`` and keep it; False with it when it was kept before.

    Raises DomainError ``seal.*``; StoreError of the disk.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise seal_file_unreadable(path.name) from error
    try:
        if len(data) > MOST_BYTES:
            raise TooLarge("more than a seal has")
        seal = read_seal(data, work.place.unit, work.hub_keys)
    except Refusal as refused:
        raise seal_refused(refused) from refused
    with work.store.write() as connection:
        if data in _held(connection):
            return seal, False
        name = f"{PREFIX}{seal.year}.{hashlib.sha256(data).hexdigest()[:16]}"
        device.put_setting(connection, name, base64.b64encode(data).decode("ascii"))
    work.changed("sync")
    return seal, True


def _held(connection: Connection) -> list[bytes]:
    """The bytes of all seals, each once."""
    found = [row.content for row in unit_queries.data_sets(connection, DATA_SET)]
    found += [_bytes(text) for text in device.settings_of(connection, PREFIX).values()]
    return list(dict.fromkeys(found))


def _bytes(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return b""  # read as a damaged seal, and said so


def _kept(data: bytes, unit: str, hub_keys: HubKeys) -> KeptSeal:
    try:
        return KeptSeal(read_seal(data, unit, hub_keys))
    except Refusal as refused:
        return KeptSeal(None, seal_refused(refused))
