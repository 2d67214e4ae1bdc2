"""What other screens ask the signing desk for."""

from __future__ import annotations

from typing import NamedTuple

from sync.protocol.naming.ids import EntryId


class GroupAsked(NamedTuple):
    """The desk shows those of ``group`` alone."""

    group: EntryId
