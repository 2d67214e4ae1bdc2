"""What the hub holds, as the planner of ``sync.protocol.carrying.ingest`` asks for it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, select

from sync.hub.tables import journals, schema
from sync.protocol.journals.chain import first_head
from sync.protocol.journals.entry import Entry
from sync.protocol.naming.grants import HubKeys, Opening, verify_opening
from sync.protocol.naming.ids import EntryId, journal_of
from sync.protocol.refusals import Refusal


class HeldJournals:
    """``sync.protocol.carrying.ingest.Known`` inside one transaction."""

    def __init__(self, connection: Connection, hub_keys: HubKeys) -> None:
        self._connection = connection
        self._hub_keys = hub_keys
        self._openings: dict[int, Opening | None] = {}

    def position(self, journal: int) -> tuple[int, bytes]:
        """Last seq held and the head there."""
        found = journals.position(self._connection, journal)
        return (0, first_head(journal)) if found is None else (found.seq, found.head)

    def held(self, journal: int, first: int, last: int) -> Sequence[Entry]:
        """Entries that are held."""
        return journals.entries_between(self._connection, journal, first, last)

    def head_at(self, journal: int, seq: int) -> bytes:
        """The head at a held seq."""
        return journals.head_at(self._connection, journal, seq)

    def opening(self, journal: int) -> Opening | None:
        """The verified opening of a held journal."""
        if journal not in self._openings:
            self._openings[journal] = self._read_opening(journal)
        return self._openings[journal]

    def openings_of(self, device: int) -> Sequence[Opening]:
        """Openings of every life of a device that is held."""
        heads = schema.journal_heads
        rows = self._connection.execute(
            select(heads.c.journal).where(
                heads.c.journal.between(journal_of(device, 1), journal_of(device, 255))
            )
        )
        found = [self.opening(row[0]) for row in rows.all()]
        return [opening for opening in found if opening is not None]

    def _read_opening(self, journal: int) -> Opening | None:
        entry = journals.entry_at(self._connection, EntryId(journal, 1))
        if entry is None:
            return None
        try:
            return verify_opening(entry, self._hub_keys, self.signing_key)
        except Refusal:
            return None

    def signing_key(self, journal: int) -> bytes | None:
        """The key that speaks for a held journal, None when it is not held."""
        found = self.opening(journal)
        return None if found is None else found.opened.signing_key
