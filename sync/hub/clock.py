"""The hub's own clock: how far its latest word reaches, and the way out when the clock has been wrong.

Counters tell the province's words apart by the hub's life, then by its clock. A word that a clock in 2099
signed would stay every counter's last one, and nothing written later would ever be shown as received. So the
hub remembers the latest moment it signed at, and says when its clock stands before it; a person lets it go on
in its next life (``commune-hub life --next``), whose first word is later than all of the life before. Never
by itself: two workers of which one has a wrong clock would use up the lives a hub has.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from sqlalchemy import Connection

from counter_app.domain.organisation.idleness import Lived, lived
from sync.hub import province

if TYPE_CHECKING:
    from sync.hub.hub import Hub

_LATEST: Final = "word-latest"
_LIVED: Final = "clock-lived"
_AGREES_MS: Final = 86_400_000
LONGEST_WAIT_MS: Final = 86_400_000
"""Nothing in a queue of the hub is put off for longer than a day."""
TOLERATED_MS: Final = 3_600_000
"""A clock that is set right by less than this is overtaken by itself; its words only come late."""


def note_word(connection: Connection, at: int) -> None:
    """A word was signed at ``at`` (ms); only the latest of this life is remembered."""
    if at > latest_word(connection):
        province.set_setting(connection, _LATEST, f"{province.hub_life(connection)} {at}")


def note_met(connection: Connection, met: Iterable[tuple[int, int]]) -> None:
    """PCs were answered: the hub's clock and the PC's (ms) at each. Each answer bore a word.

    A PC that shows the same day as the hub proves the hub's clock: both wrong alike is not to be expected.
    """
    moments = sorted(met)
    at = moments[-1][0]
    note_word(connection, at)
    proof = next((pc for hub, pc in moments if abs(hub - pc) <= _AGREES_MS), 0)
    after = lived(_kept(connection), at, proof)
    province.set_setting(connection, _LIVED, f"{after.at} {after.clock}")


def believed(connection: Connection, now: int) -> int:
    """The moment (ms, never after ``now``) from which everything is counted that goes by its age.

    A clock that jumped by weeks counts for a day on each day it shows, until a PC that is met agrees with it:
    an hour in 2099 throws nothing away.
    """
    return min(now, lived(_kept(connection), now).at)


def is_over(until: int, now: int, at_most: int) -> bool:
    """Whether a wait that ends at ``until`` and never lasts longer than ``at_most`` (ms) is over at ``now``.

    One that would last longer was begun under a clock that stood in another year, and is over.
    """
    return not now < until <= now + at_most


def _kept(connection: Connection) -> Lived | None:
    at, _, shown = (province.setting(connection, _LIVED) or "").partition(" ")
    return Lived(int(at), int(shown)) if at and shown else None


def latest_word(connection: Connection) -> int:
    """The latest moment (ms of the hub's clock) a word of this life was signed at; 0 for none."""
    life, at = (province.setting(connection, _LATEST) or "0 0").split()
    return int(at) if int(life) == province.hub_life(connection) else 0


def behind(connection: Connection, now: int) -> int:
    """By how many ms the clock at ``now`` stands before the latest word; 0 when that is no trouble."""
    late = latest_word(connection) - now
    return late if late > TOLERATED_MS else 0


def go_on_in_next_life(hub: Hub) -> int:
    """The clock is right again: the hub's next words are later than every one it signed; returns the life.

    Nothing held is lost or asked for again: counters keep what they hold and send what the new word lacks.
    Raises ValueError while the clock is not behind (each hub has 255 lives), and after the last life.
    """
    with hub.database.write(alone=True) as connection:
        now = hub.now()
        if not behind(connection, now):
            raise ValueError("the clock is not behind the hub's latest word: nothing to mend")
        return province.begin_next_life(connection, hub.keys, now)
