"""The province's hub as a source of versions."""

from __future__ import annotations

from counter_app.updates.sources import Source
from counter_app.updates.words import UpdateError
from sync.client.internet import HubAddress
from sync.client.internet_updates import InternetUpdateLine
from sync.client.transport import LineFault


class HubSource:
    """Implements ``Source``; a line that breaks is told as a file that could not be had."""

    def __init__(self, address: HubAddress) -> None:
        """Opens nothing yet. Raises UpdateError for an address that cannot be meant."""
        try:
            self._line = InternetUpdateLine(address)
        except ValueError as error:
            raise UpdateError("update.missing", str(error)) from error

    def part(self, name: str, offset: int, most: int) -> bytes:
        """As ``Source``."""
        try:
            return self._line.part(name, offset, most)
        except LineFault as fault:
            raise UpdateError("update.missing", f"{name}: {fault}") from fault

    def __enter__(self) -> Source:
        """Itself, for one look or one update."""
        return self

    def __exit__(self, *_error: object) -> None:
        """Drops the connection."""
        self._line.close()
