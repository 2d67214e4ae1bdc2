"""The list of kept files that belong to a backup, sealed under the files' secret, beside the backup.

File: ``MCM`` || version 1 || nonce (12) || ChaCha20-Poly1305 of MessagePack, the first four bytes bound.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Collection
from typing import Final

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from counter_app.storage.store_errors import StoreError
from counter_app.storage.this_pc.kept_files import is_name

SUFFIX: Final = ".mcfiles"
MOST_BYTES: Final = 64_000_000
_MAGIC: Final = b"MCM\x01"
_NONCE: Final = 12
_FOLDER: Final = re.compile(r"[a-z][a-z_]{0,31}")


class ListedFile(msgspec.Struct, frozen=True, array_like=True):
    """A kept file: ``folder`` below the program's home, ``name`` its SHA-256, ``size`` sealed bytes."""

    folder: str
    name: str
    size: int


class Manifest(msgspec.Struct, frozen=True, array_like=True):
    """The files of the backup taken at ``at`` (ms)."""

    at: int
    files: tuple[ListedFile, ...]


def write(manifest: Manifest, secret: bytes) -> bytes:
    """The manifest as it lies beside its backup."""
    nonce = secrets.token_bytes(_NONCE)
    return _MAGIC + nonce + _cipher(secret).encrypt(nonce, msgspec.msgpack.encode(manifest), _MAGIC)


def read(data: bytes, keys: Collection[bytes]) -> Manifest:
    """The manifest, under any of ``keys``. Raises ``StoreError`` ``backup.files`` for anything else."""
    if len(data) > MOST_BYTES or not data.startswith(_MAGIC):
        raise StoreError("backup.files", "no list of files")
    nonce, sealed = data[len(_MAGIC) : len(_MAGIC) + _NONCE], data[len(_MAGIC) + _NONCE :]
    for secret in keys:
        try:
            found = msgspec.msgpack.decode(_cipher(secret).decrypt(nonce, sealed, _MAGIC), type=Manifest)
        except (InvalidTag, ValueError, msgspec.MsgspecError):
            continue
        if all(is_name(one.name) and _FOLDER.fullmatch(one.folder) for one in found.files):
            return found
    raise StoreError("backup.files", "the list of files does not open")


def _cipher(secret: bytes) -> ChaCha20Poly1305:
    key = HKDF(SHA256(), 32, salt=None, info=b"commune-counter backup manifest 1").derive(secret)
    return ChaCha20Poly1305(key)
