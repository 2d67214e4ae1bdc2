"""Which part of the pile is in front: everybody, or those of one group."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

from counter_app.services.ports.signing import PileRow
from sync.protocol.naming.ids import EntryId


class GroupFilter:
    """``group`` None shows everybody; a group of whom nobody waits any more is given up."""

    def __init__(self) -> None:
        """Everybody, of an empty pile."""
        self.group: EntryId | None = None
        self._rows: tuple[PileRow, ...] = ()

    def take(self, rows: Sequence[PileRow]) -> tuple[PileRow, ...]:
        """The pile as read; what of it is shown."""
        self._rows = tuple(rows)
        mine = tuple(row for row in rows if self.group is not None and row.group == self.group)
        if not mine:
            self.group = None
        return mine or self._rows

    def choose(self, group: EntryId | None) -> tuple[PileRow, ...]:
        """Another group, or None; what is shown then."""
        self.group = group
        return self.take(self._rows)

    def choices(self) -> tuple[tuple[EntryId, str, int], ...]:
        """Groups with somebody in the pile: id, name, how many; the longest waiting first."""
        counts = Counter(row.group for row in self._rows if row.group is not None)
        names = {row.group: row.group_name for row in self._rows}
        return tuple((group, names[group], count) for group, count in counts.items())

    def waiting(self) -> int:
        """How many wait, whatever is in front."""
        return len(self._rows)

    def hides(self, requests: Collection[EntryId]) -> bool:
        """Somebody of ``requests`` waits and is not shown."""
        return self.group is not None and any(
            row.request in requests and row.group != self.group for row in self._rows
        )
