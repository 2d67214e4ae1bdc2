"""One process owns the store: a lock on a file beside it, given back by the system even after a kill."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from counter_app.storage.store_errors import StoreError


class Ownership:
    """Holds the lock until ``release`` or the end of the process. Raises ``StoreError`` ``store.in_use``."""

    def __init__(self, store: Path) -> None:
        self._handle = os.open(store.with_name(store.name + ".lock"), os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _lock(self._handle)
        except OSError as error:
            os.close(self._handle)
            raise StoreError("store.in_use", str(error)) from error

    def release(self) -> None:
        """Let another process have the store; may be called again."""
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1


if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
