"""Files with personal data beside the store, sealed: too large for its tables, named by what is in them.

A file's name is the SHA-256 of its contents; its contents are sealed with ChaCha20-Poly1305 under a key made
of the files' secret, the name bound to them. The secret lies in the store (``files_key``), so whoever can
open a backup of the store can open the files that lie beside it, on any PC (decision 037).
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import tempfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from counter_app.storage.this_pc.flushed import PART, make_folder, write_flushed

SUFFIX: Final = ".sealed"
_NONCE: Final = 12
_NAME: Final = re.compile(r"[0-9a-f]{64}")


def is_name(name: str) -> bool:
    """Whether ``name`` can be that of a kept file."""
    return bool(_NAME.fullmatch(name))


def seal(data: bytes, name: str, secret: bytes) -> bytes:
    """``data`` as it lies on the disk: nonce, then the sealed bytes with ``name`` bound to them."""
    nonce = secrets.token_bytes(_NONCE)
    return nonce + _cipher(secret).encrypt(nonce, data, name.encode("ascii"))


def unseal(sealed: bytes, name: str, keys: Collection[bytes]) -> bytes | None:
    """What ``seal`` was given, under any of ``keys``; None when none opens it or its name is another's."""
    for secret in keys:
        try:
            data = _cipher(secret).decrypt(sealed[:_NONCE], sealed[_NONCE:], name.encode("ascii"))
        except (InvalidTag, ValueError):
            continue
        return data if hashlib.sha256(data).hexdigest() == name else None
    return None


@dataclass(frozen=True)
class KeptFiles:
    """Files in ``folder``, sealed under ``secret`` (32 bytes); what ``older`` ones sealed is read too."""

    folder: Path
    secret: bytes
    older: tuple[bytes, ...] = ()

    def put(self, data: bytes) -> str:
        """Keep a file; returns its name. The same file is kept once. Raises OSError."""
        name = hashlib.sha256(data).hexdigest()
        if self.get(name) is None:
            make_folder(self.folder)
            write_flushed(self._path(name), seal(data, name, self.secret))  # before an entry names it
        return name

    def get(self, name: str) -> bytes | None:
        """The contents, None when the file is not there or was changed."""
        try:
            sealed = self._path(name).read_bytes()
        except (OSError, ValueError):
            return None
        return unseal(sealed, name, (self.secret, *self.older))

    def sealed(self, name: str) -> bytes | None:
        """The file as it may leave this folder, sealed under ``secret``; None when gone or changed."""
        try:
            found = self._path(name).read_bytes()
        except (OSError, ValueError):
            return None
        if unseal(found, name, (self.secret,)) is not None:
            return found
        data = unseal(found, name, self.older)
        return None if data is None else seal(data, name, self.secret)

    def has(self, name: str) -> bool:
        """True when a file of that name lies here."""
        return is_name(name) and self._path(name).exists()

    def names(self) -> tuple[str, ...]:
        """Names of all files that lie here, whether they open or not, in order."""
        return tuple(sorted(path.stem for path in self.folder.glob(f"*{SUFFIX}") if is_name(path.stem)))

    def size(self, name: str) -> int:
        """Bytes of the sealed file, 0 when it is not here."""
        try:
            return self._path(name).stat().st_size
        except OSError:
            return 0

    @contextmanager
    def opened(self, name: str) -> Iterator[Path]:
        """A copy that only this user reads, for programs that want a path; gone when the block ends.

        Raises OSError; FileNotFoundError when the file is not here or was changed.
        """
        data = self.get(name)
        if data is None:
            raise FileNotFoundError(name)
        with private_folder(self.folder) as folder:
            path = folder / f"{name}.pdf"
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            yield path

    def reseal(self) -> int:
        """Seal under ``secret`` what an older secret sealed; returns how many. Raises OSError.

        A kill leaves each file sealed under one of both: it may be called again.
        """
        done = 0
        for name in self.names():
            found = self._path(name).read_bytes()
            if unseal(found, name, (self.secret,)) is not None:
                continue
            data = unseal(found, name, self.older)
            if data is not None:
                write_flushed(self._path(name), seal(data, name, self.secret))
                done += 1
        return done

    def drop(self, name: str) -> None:
        """Forget a file; one that is not there is forgotten already."""
        self._path(name).unlink(missing_ok=True)

    def sweep(self, wanted: Collection[str], before: int) -> int:
        """Forget files older than ``before`` (ms) that nobody wants; returns how many."""
        gone = 0
        for path in self.folder.glob(f"*{SUFFIX}"):
            if path.stem not in wanted and path.stat().st_mtime_ns < before * 1_000_000:
                path.unlink(missing_ok=True)
                gone += 1
        return gone

    def _path(self, name: str) -> Path:
        if not is_name(name):
            raise ValueError("not the name of a kept file")
        return self.folder / f"{name}{SUFFIX}"


OPEN: Final = "open-"
"""How folders of opened copies begin; what a killed program left of them is swept at the next start."""


@contextmanager
def private_folder(beside: Path) -> Iterator[Path]:
    """A folder below ``beside`` that only this user enters; gone with all in it when the block ends.

    Raises OSError.
    """
    make_folder(beside)
    with tempfile.TemporaryDirectory(prefix=OPEN, dir=beside, ignore_cleanup_errors=True) as folder:
        yield Path(folder)


def sweep_opened(folder: Path) -> None:
    """Remove opened copies and half written files that a killed program left in ``folder``."""
    for left in folder.glob(f"{OPEN}*"):
        if left.is_dir():
            for path in left.iterdir():
                path.unlink(missing_ok=True)
            left.rmdir()
    for half in folder.glob(f"*{PART}"):
        half.unlink(missing_ok=True)


def _cipher(secret: bytes) -> ChaCha20Poly1305:
    key = HKDF(SHA256(), 32, salt=None, info=b"commune-counter kept files 1").derive(secret)
    return ChaCha20Poly1305(key)
