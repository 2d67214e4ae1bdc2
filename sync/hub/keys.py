"""The province's secrets: its signing key, its exchange key and the key of its database, in one file.

The file belongs to whoever runs the hub (mode 0600), away from the database and its backups: a stolen backup
then opens nothing. A practice province has keys of its own, so that no real hub believes it.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from pathlib import Path

import msgspec

from sync.protocol.naming.keys import SigningKey
from sync.protocol.naming.unit_keys import ExchangeKey
from sync.protocol.refusals import Malformed

Entropy = Callable[[int], bytes]
"""``n -> n`` random bytes; a simulation gives its own."""
FILE_NAME = "province.keys"


class ProvinceKeys(msgspec.Struct, frozen=True):
    """Three secrets of 32 bytes each, and whether they are for practice only."""

    signing_seed: bytes
    exchange_private: bytes
    database_key: bytes
    practice: bool

    @property
    def signing(self) -> SigningKey:
        """The key every device pins."""
        return SigningKey(self.signing_seed)

    @property
    def exchange(self) -> ExchangeKey:
        """The key unit keys are wrapped to for the hub."""
        return ExchangeKey(self.exchange_private)


def fresh_keys(practice: bool, entropy: Entropy = secrets.token_bytes) -> ProvinceKeys:
    """New keys of a province."""
    return ProvinceKeys(entropy(32), entropy(32), entropy(32), practice)


def write_keys(path: Path, keys: ProvinceKeys) -> None:
    """Keep ``keys`` in the new file ``path``, readable by its owner only. Raises FileExistsError."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(msgspec.json.encode(keys))
        file.flush()
        os.fsync(file.fileno())


def read_keys(path: Path) -> ProvinceKeys:
    """The keys in ``path``. Raises FileNotFoundError, Malformed for anything that is not such a file."""
    try:
        keys = msgspec.json.decode(path.read_bytes(), type=ProvinceKeys)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Malformed("not a file of province keys") from error
    if {len(keys.signing_seed), len(keys.exchange_private), len(keys.database_key)} != {32}:
        raise Malformed("a key of a province is 32 bytes")
    return keys
