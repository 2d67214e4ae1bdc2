"""What exchanges say about this PC's clock, and when that is worth an entry (``sync.md`` 6)."""

from __future__ import annotations

from collections.abc import Iterable

from sync.client.engine import Outcome
from sync.protocol.journals.codec import encode_body
from sync.protocol.journals.entry import Draft
from sync.protocol.journals.system_kinds import ClockSeen, SystemKind
from sync.protocol.naming.ids import EntryId

WORTH_AN_ENTRY_MS = 30_000
_LARGEST = 2**53
_LARGEST_ERROR = 2**31 - 1


class ClockWatch:
    """Compares each exchange's offset with the one last written. ``written`` is that one in ms, or None."""

    def __init__(self, written: int | None = None) -> None:
        self._written = written

    def seen(self, outcome: Outcome) -> ClockSeen | None:
        """The body to append when the offset changed by more than 30 s beyond doubt; then it is written.

        An offset is known to half the round trip: a change within that doubt is none. A clock that was right
        from the first (within 30 s) is not written about.
        """
        if not outcome.error_ms and not outcome.offset_ms:
            return None
        before = self._written or 0
        if abs(outcome.offset_ms - before) - outcome.error_ms <= WORTH_AN_ENTRY_MS:
            return None
        self._written = outcome.offset_ms
        offset = max(-_LARGEST, min(outcome.offset_ms, _LARGEST))
        return ClockSeen(offset, min(outcome.error_ms, _LARGEST_ERROR))


def best_of(outcomes: Iterable[Outcome]) -> Outcome | None:
    """The exchange whose round trip was shortest, so its offset the surest; None when none was answered."""
    answered = [outcome for outcome in outcomes if outcome.error_ms or outcome.offset_ms]
    return min(answered, key=lambda outcome: outcome.error_ms, default=None)


def clock_draft(journal: int, seen: ClockSeen) -> Draft:
    """The draft of the entry; its subject is the opening of our own journal."""
    return Draft(SystemKind.CLOCK_SEEN, (EntryId(journal, 1),), encode_body(seen))
