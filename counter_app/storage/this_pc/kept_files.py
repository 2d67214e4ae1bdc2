"""Files with personal data beside the store, sealed: too large for its tables, named by what is in them.

A file's name is the SHA-256 of its contents; its contents are sealed with ChaCha20-Poly1305 under a key made
of the PC's secret, the name bound to them. Nobody opens them on another PC: what is lost is scanned again.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

SUFFIX: Final = ".sealed"
_NONCE: Final = 12
_NAME: Final = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class KeptFiles:
    """Files in ``folder``, sealed under ``secret`` (32 bytes)."""

    folder: Path
    secret: bytes

    def put(self, data: bytes) -> str:
        """Keep a file; returns its name. The same file is kept once. Raises OSError."""
        name = hashlib.sha256(data).hexdigest()
        target = self._path(name)
        if not target.exists():
            self.folder.mkdir(parents=True, exist_ok=True)
            nonce = secrets.token_bytes(_NONCE)
            beside = target.with_suffix(".part")
            with beside.open("wb") as file:  # on the disk before an entry names it
                file.write(nonce + self._cipher().encrypt(nonce, data, name.encode("ascii")))
                file.flush()
                os.fsync(file.fileno())
            beside.replace(target)
        return name

    def get(self, name: str) -> bytes | None:
        """The contents, None when the file is not there or was changed."""
        try:
            sealed = self._path(name).read_bytes()
            return self._cipher().decrypt(sealed[:_NONCE], sealed[_NONCE:], name.encode("ascii"))
        except (OSError, InvalidTag, ValueError):
            return None

    def has(self, name: str) -> bool:
        """True when a file of that name lies here."""
        return bool(_NAME.fullmatch(name)) and self._path(name).exists()

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
        if not _NAME.fullmatch(name):
            raise ValueError("not the name of a kept file")
        return self.folder / f"{name}{SUFFIX}"

    def _cipher(self) -> ChaCha20Poly1305:
        key = HKDF(SHA256(), 32, salt=None, info=b"commune-counter kept files 1").derive(self.secret)
        return ChaCha20Poly1305(key)
