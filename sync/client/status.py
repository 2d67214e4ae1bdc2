"""What may be said about the sync: saved here, at the province, in its backup, and how long the rest takes.

"At the province" rests on the hub's signed vector alone, never on a request that ended.
"""

from __future__ import annotations

from typing import NamedTuple

from sync.client.pacing import Pace
from sync.protocol.carrying.vector import SignedVector, Vector
from sync.protocol.naming.ids import is_province


class SyncStatus(NamedTuple):
    """Entries of the unit's own counters held here: ``saved = received + waiting``, always.

    ``backed_up`` of the received ones are in a verified backup of the hub, ``own_waiting`` of the waiting
    were written on this PC. ``word_at`` is the hub's clock (ms) when it last said so, 0 before it ever did.
    """

    saved: int
    received: int
    waiting: int
    backed_up: int
    own_waiting: int
    word_at: int


class Estimate(NamedTuple):
    """``bytes_per_second`` as measured (0: not yet), the seconds that the waiting entries take at it."""

    bytes_per_second: int
    seconds: int


def sync_status(held: Vector, own_journal: int, word: SignedVector | None) -> SyncStatus:
    """Count what ``held`` covers against the hub's ``word`` (None before the first exchange).

    ``held`` may go beyond checkpoints: an entry just committed is saved, and waits.
    """
    received = word.received.positions if word else {}
    backed_up = word.backed_up.positions if word else {}
    counters = {journal: seq for journal, seq in held.positions.items() if not is_province(journal)}
    saved = sum(counters.values())
    there = sum(min(seq, received.get(journal, 0)) for journal, seq in counters.items())
    safe = sum(
        min(seq, received.get(journal, 0), backed_up.get(journal, 0)) for journal, seq in counters.items()
    )
    own = counters.get(own_journal, 0)
    own_waiting = own - min(own, received.get(own_journal, 0))
    return SyncStatus(saved, there, saved - there, safe, own_waiting, word.at if word else 0)


def acknowledged(journal: int, seq: int, word: SignedVector | None) -> bool:
    """True when the hub has signed that it holds this entry."""
    return word is not None and word.received.covers(journal, seq)


def estimate(pace: Pace, waiting_bytes: int) -> Estimate:
    """Speed of the last exchanges, and what ``waiting_bytes`` still to be sent mean in time."""
    return Estimate(round(pace.bytes_per_second), pace.seconds_for(waiting_bytes))
