"""One process owns the store: a lock file that the system lets go of when the process dies."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path
from typing import IO

from counter_app.storage.store_errors import StoreError, disk_words


class Ownership:
    """The lock of one store, held from construction until ``release``.

    Raises ``StoreError`` ``store.in_use`` while another process holds it, ``store.full`` … of the disk.
    """

    def __init__(self, path: Path) -> None:
        # Never truncated before the lock is held, never deleted: a second file under the name would be a
        # second lock.
        with disk_words():
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file: IO[bytes] | None = path.open("ab+")
        try:
            _lock(self._file)
        except OSError as error:
            self._file.close()
            self._file = None
            raise StoreError("store.in_use", str(path.name)) from error
        with contextlib.suppress(OSError):  # the number is a courtesy; the lock is held without it
            self._file.truncate(0)
            self._file.write(str(os.getpid()).encode())
            self._file.flush()

    def release(self) -> None:
        """Let go; a second call does nothing."""
        if self._file is not None:
            with contextlib.suppress(OSError):  # the number may still wait to be written
                self._file.close()
            self._file = None


def is_owned(path: Path) -> bool:
    """True while some process holds the lock file ``path``."""
    if not path.exists():
        return False
    try:
        Ownership(path).release()
    except StoreError:
        return True
    return False


if sys.platform == "win32":
    import msvcrt

    def _lock(file: IO[bytes]) -> None:
        file.seek(0x7FFF_0000)  # beyond the process number, so that others may read it
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(file: IO[bytes]) -> None:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
