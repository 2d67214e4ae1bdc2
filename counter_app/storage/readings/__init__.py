"""Readings: tables computed from journals, versioned, dropped and rebuilt, never migrated."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection

from sync.protocol.entry import Entry
from sync.protocol.ids import EntryId


class Readings:
    """All readings of the store together."""

    def create(self, connection: Connection) -> None:
        """Make the tables of every reading in a new store."""

    def refresh(self, connection: Connection) -> None:
        """Re-fold every reading whose version changed."""

    def read(self, connection: Connection, entries: Sequence[Entry]) -> None:
        """Bring the readings up to date with ``entries``, which were just added."""

    def state(self, connection: Connection, subject: EntryId) -> Any:
        """The folded subject."""
        raise NotImplementedError
