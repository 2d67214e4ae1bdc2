"""What can go wrong outside our code, in words: disk full, locked, damaged, wrong key, read-only.

SQLite's errors are translated here, at the edge, by one table; whatever the table does not know is a bug
and passes untouched to the funnel for bugs.
"""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from sqlcipher3 import dbapi2 as driver
from sqlcipher3.dbapi2 import Error as DriverError

from counter_app.errors import OutsideError
from counter_app.storage.store_words import SAID
from sync.protocol.carrying.store_port import WritingStopped

__all__ = [
    "DriverError",
    "StoreError",
    "StoreStopped",
    "disk_error",
    "disk_words",
    "driver",
    "store_error",
    "translate",
]


CODES: tuple[str, ...] = tuple(SAID)
"""Every code a ``StoreError`` can carry."""

_BY_TEXT: tuple[tuple[str, str], ...] = (
    ("file is not a database", "store.key"),
    ("file is encrypted", "store.key"),
    ("hmac check failed", "store.damaged"),
    ("malformed", "store.damaged"),
    ("disk is full", "store.full"),
    ("database is locked", "store.locked"),
    ("database table is locked", "store.locked"),
    ("readonly database", "store.readonly"),
    ("disk i/o error", "store.disk"),
    ("vtable constructor failed", "store.disk"),  # the index of words cannot be read
    ("unable to open database", "store.absent"),
    ("journal: ", "store.append_only"),
)


class StoreError(OutsideError):
    """Something outside the program is wrong with the store; ``code`` is one of ``CODES``."""

    def __init__(self, code: str, detail: str = "") -> None:
        said = SAID[code]
        super().__init__(code, said.vi, said.en, detail)


class StoreStopped(StoreError, WritingStopped):
    """Another copy of this journal writes or wrote: nothing more is written here, exchanges end quietly."""


def store_error(error: BaseException) -> StoreError | None:
    """The words for a driver's error, or None when it is not an outside fault but a bug of ours."""
    text = str(error).casefold()
    for sign, code in _BY_TEXT:
        if sign in text:
            return StoreError(code, str(error))
    return None


def translate(error: BaseException) -> BaseException:
    """The ``StoreError`` for ``error`` where there is one, else ``error`` itself, ready to be raised."""
    return store_error(error) or error


_BY_NUMBER = {
    errno.ENOSPC: "store.full", errno.EDQUOT: "store.full", errno.EROFS: "store.readonly",
    errno.EACCES: "store.readonly", errno.EPERM: "store.readonly", errno.ENOENT: "store.absent",
}  # fmt: skip


def disk_error(error: OSError) -> StoreError:
    """The words for a file that could not be read or written beside the store."""
    return StoreError(_BY_NUMBER.get(error.errno or 0, "store.disk"), f"{type(error).__name__} {error.errno}")


@contextmanager
def disk_words() -> Iterator[None]:
    """Whatever the disk refuses inside is told in words. Raises ``StoreError``; also a decorator."""
    try:
        yield
    except OSError as error:
        raise disk_error(error) from error
