"""State of one file that was let in: how far it is written. It does not grow with its rows."""

from __future__ import annotations

import msgspec

from sync.protocol.naming.ids import EntryId


class ArrivalState(msgspec.Struct, frozen=True, gc=False):
    """A file of an old book as it is let in; rows ``0 .. written - 1`` are there. Moments ms, money dong.

    ``register`` is the register-year of lines, None for dossiers; ``missing`` counts numbers of the old book
    that the file does not hold.
    """

    id: EntryId
    what: str
    name: str
    file_digest: bytes
    plan_digest: bytes
    planned: int
    first: int
    last: int
    missing: int
    copies: int
    fees: int
    words: str
    begun_at: int
    begun_by: EntryId | None
    second: EntryId | None
    register: EntryId | None = None
    written: int = 0

    @property
    def is_complete(self) -> bool:
        """True when every row is written."""
        return self.written >= self.planned


class FiguresState(msgspec.Struct, frozen=True, gc=False):
    """Opening figures of one counter; ``cash`` in dong, ``taken_at`` in ms."""

    id: EntryId
    day: int
    form_book: str
    form_number: int
    cash: int
    words: str
    taken_at: int
    taken_by: EntryId | None
    second: EntryId | None
