"""Whose turn it is on the line: one part of a file after the records are through, never beside them."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Protocol

from sync.client.attachments import NOTHING, Stepped
from sync.client.transport import NotTheHub


class Stepping(Protocol):
    """What turns need of ``sync.client.attachments.FileExchange``."""

    def step(self) -> Stepped:
        """One request at the most."""
        ...

    def close(self) -> None:
        """Drops the connection."""
        ...


class FileTurns:
    """Files of this program; made at the first use, as the line for records is."""

    def __init__(self, make: Callable[[], Stepping]) -> None:
        self._make = make
        self._exchange: Stepping | None = None
        self._turn = threading.Lock()
        self._closed = self._stale = False

    def renew(self) -> None:
        """The way to the province was set anew: the next part takes it. Waits for nothing."""
        self._stale = True

    def step(self) -> str:
        """One part, or nothing; the code of ``Stepped``. What the store raises passes."""
        with self._turn:
            if self._closed:
                return NOTHING
            if self._stale:
                self._stale = False
                self._drop()
            if self._exchange is None:
                self._exchange = self._make()
            code = self._exchange.step().code
            if code == NotTheHub.code:  # the province's next authority may have been announced meanwhile
                self._drop()
            return code

    def close(self) -> None:
        """No more parts; the one under way ends first."""
        self._closed = True
        with self._turn:
            self._drop()

    def _drop(self) -> None:
        if self._exchange is not None:
            self._exchange.close()
            self._exchange = None
