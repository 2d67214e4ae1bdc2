"""The secret that seals kept files: random, in the store itself, and so in every backup of it.

A key that died with the PC would leave its backups with files that nobody opens. What opens the store opens
the files, and nothing else does: the store and its backups are sealed as ever (decision 037).
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from typing import Final

from sqlalchemy import Connection

from counter_app.storage.store import Store
from counter_app.storage.this_pc import device

NAME: Final = "files.key"
OLDER: Final = "files.key."
"""Secrets of a store that a restore put aside, numbered: what they sealed is still read."""


def keys_of(connection: Connection) -> tuple[bytes, ...]:
    """The secret in use, then older ones; () while there is none."""
    current = device.setting(connection, NAME)
    if not current:
        return ()
    older = (bytes.fromhex(value) for value in device.settings_of(connection, OLDER).values())
    return (bytes.fromhex(current), *older)


def ensure(store: Store) -> tuple[bytes, ...]:
    """``keys_of``, with a secret made where there was none. Raises ``StoreError``."""
    with store.read() as connection:
        found = keys_of(connection)
    if found:
        return found
    with store.write() as connection:
        if not device.setting(connection, NAME):
            device.put_setting(connection, NAME, secrets.token_bytes(32).hex())
        return keys_of(connection)


def adopt(connection: Connection, keys: Iterable[bytes]) -> None:
    """Keep secrets of another store of this PC: the first becomes the one in use where there is none."""
    known = keys_of(connection)
    for key in keys:
        if key in known:
            continue
        name = f"{OLDER}{len(known)}" if known else NAME
        device.put_setting(connection, name, key.hex())
        known = keys_of(connection)
