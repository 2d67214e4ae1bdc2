"""A versioned data set of the province: fees, calendar, texts, kinds of paper."""

from __future__ import annotations

import msgspec

from sync.protocol.naming.ids import EntryId


class DataState(msgspec.Struct, frozen=True, gc=False):
    """One version of a data set, valid from ``valid_from`` (``yyyymmdd``) until the next of its name."""

    id: EntryId
    name: str
    valid_from: int
    content: bytes
    source: str
    put_at: int
