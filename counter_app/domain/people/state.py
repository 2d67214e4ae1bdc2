"""A person as recorded at the counter; requests keep their own particulars as given at intake."""

from __future__ import annotations

import msgspec

from sync.protocol.naming.ids import EntryId


class PersonState(msgspec.Struct, frozen=True, gc=False):
    """A person; ``joined_to`` names the record that stands for both once two were joined.

    ``birth`` is ``yyyymmdd``, or ``yyyy0000`` when only the year is known, or 0. ``changes`` counts
    corrections.
    """

    id: EntryId
    name: str
    id_kind: str
    id_number: str
    old_id_number: str
    birth: int
    sex: str
    address: str
    card_issued: int
    phone: str
    source: str
    recorded_at: int
    joined_to: EntryId | None = None
    joined_from: tuple[EntryId, ...] = ()
    changes: int = 0

    @property
    def stands_alone(self) -> bool:
        """True unless another record stands for this person."""
        return self.joined_to is None
