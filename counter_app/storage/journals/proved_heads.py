"""Heads made anew from the bytes on this disk, for comparing them with another holder's.

Neither the heads nor the hashes that the store keeps are believed: whoever changed an entry below it would
have left them alone. One pass over all entries; 32 bytes an entry are held meanwhile.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

from sqlalchemy import Connection

from counter_app.storage.journals import journal
from counter_app.storage.statements import fetch
from sync.protocol.journals.chain import HEAD_BYTES, first_head, next_head
from sync.protocol.journals.entry import header_hash
from sync.protocol.meeting.reading_digest import DOSSIERS, LINES, REQUESTS, reading_digest
from sync.protocol.naming.ids import MAX_SEQ, EntryId

_READ = {
    LINES: "SELECT id, number, state FROM lines",
    REQUESTS: "SELECT id, stage FROM requests",
    DOSSIERS: "SELECT id, stage FROM dossiers",
}


class ProvedHeads:
    """The heads of every journal held (``sync.client.proof.Holder``), as they were when it was made.

    ``damaged`` is the first entry whose body is not the one its author signed, None where all are.
    """

    def __init__(self, connection: Connection) -> None:
        self.damaged: EntryId | None = None
        self._tops: dict[int, int] = {}
        self._heads: dict[int, bytes] = {}
        for number, held in journal.positions(connection).items():
            self._heads[number] = self._made_anew(connection, number)
            self._tops[number] = min(held.covered, len(self._heads[number]) // HEAD_BYTES)
        self._readings = {name: _digest(connection, rows) for name, rows in _READ.items()}

    def tops(self) -> dict[int, int]:
        """The last seq of each journal that its author has signed."""
        return {number: seq for number, seq in self._tops.items() if seq}

    def heads_at(self, places: Sequence[EntryId]) -> dict[EntryId, bytes]:
        """The heads at ``places``, which are held."""
        return {place: self._at(place.journal, place.seq) for place in places}

    def readings(self) -> Mapping[str, bytes]:
        """Digests of the readings that the province makes too."""
        return self._readings

    def _at(self, number: int, seq: int) -> bytes:
        return self._heads[number][(seq - 1) * HEAD_BYTES : seq * HEAD_BYTES]

    def _made_anew(self, connection: Connection, number: int) -> bytes:
        heads = bytearray()
        head = first_head(number)
        bounds = (EntryId(number, 1).key, EntryId(number, MAX_SEQ).key)
        sql = (
            "SELECT key & 4294967295, facts, body, digest FROM entries WHERE key BETWEEN ? AND ? ORDER BY key"
        )
        for last, (seq, facts, body, digest) in enumerate(fetch(connection, sql, bounds), 1):
            if seq != last:
                break  # a hole: what is behind it proves nothing
            if body is not None and hashlib.sha256(body).digest() != digest:
                place = EntryId(number, seq)
                self.damaged = place if self.damaged is None else min(self.damaged, place)
            head = next_head(head, header_hash(EntryId(number, seq), facts, digest))
            heads += head
        return bytes(heads)


def _digest(connection: Connection, rows: str) -> bytes:
    """Of subjects that began in this unit; another unit's are that unit's to compare."""
    own = "id >> 32 IN (SELECT journal FROM journal_heads)"
    return reading_digest(tuple(row) for row in fetch(connection, f"{rows} WHERE {own} ORDER BY id"))
