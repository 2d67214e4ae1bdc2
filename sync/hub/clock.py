"""The hub's own clock: how far its latest word reaches, and the way out when the clock has been wrong.

Counters tell the province's words apart by the hub's life, then by its clock. A word that a clock in 2099
signed would stay every counter's last one, and nothing written later would ever be shown as received. So the
hub remembers the latest moment it signed at, and says when its clock stands before it; a person lets it go on
in its next life (``commune-hub life --next``), whose first word is later than all of the life before. Never
by itself: two workers of which one has a wrong clock would use up the lives a hub has.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import Connection

from sync.hub import province

if TYPE_CHECKING:
    from sync.hub.hub import Hub

_LATEST: Final = "word-latest"
TOLERATED_MS: Final = 3_600_000
"""A clock that is set right by less than this is overtaken by itself; its words only come late."""


def note_word(connection: Connection, at: int) -> None:
    """A word was signed at ``at`` (ms); only the latest of this life is remembered."""
    if at > latest_word(connection):
        province.set_setting(connection, _LATEST, f"{province.hub_life(connection)} {at}")


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
