"""What files need of a line, whichever carries them; the Internet's is in ``internet_files``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, Protocol

PATH = "/v1/files"
VERSION = "1.0.0"


class Reply(NamedTuple):
    """What the hub answered; names of headers in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes = b""


class FileLine(Protocol):
    """One kept connection to the hub's files."""

    def ask(self, method: str, path: str, headers: Mapping[str, str], body: bytes = b"") -> Reply:
        """One request below ``PATH``. Raises LineFault; after one the next call opens anew."""
        ...

    def close(self) -> None:
        """Drops the connection."""
        ...
