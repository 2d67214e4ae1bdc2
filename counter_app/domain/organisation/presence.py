"""Who is at work today, where and since when: light entries of the unit, so that counters propose alike.

They change nothing that is signed; the last one in causal order counts, and it counts for its day alone.
"""

from __future__ import annotations

import msgspec

from counter_app.domain.drafting import draft
from counter_app.domain.folding.fact import Fact
from counter_app.domain.organisation.entries import PresenceSaid
from counter_app.domain.organisation.state import Presence, UnitState
from sync.protocol.journals.entry import Draft
from sync.protocol.naming.ids import EntryId

HERE, AWAY = "here", "away"


def with_presence(state: UnitState, fact: Fact) -> UnitState:
    """``state`` with what an entry says of one official: one place for each, however many entries there are.

    Of two concurrent entries about him the later in order counts, but never one of a day gone by.
    """
    body: PresenceSaid = fact.body
    held = presence_of(state, body.official)
    if held is not None and held.day > body.day:
        return state
    said = Presence(body.official, body.day, body.how == HERE, fact.id.journal, body.since, body.until)
    others = (one for one in state.present if one.official != body.official)
    return msgspec.structs.replace(state, present=tuple(sorted((*others, said))))


def presence_of(state: UnitState, official: EntryId, day: int = 0) -> Presence | None:
    """What was said last of an official, on ``day`` (yyyymmdd) alone where one is given."""
    held = next((one for one in state.present if one.official == official), None)
    return held if held is None or day in (0, held.day) else None


def say_here(state: UnitState, official: EntryId, journal: int, day: int, at: int) -> tuple[Draft, ...]:
    """He signed in at ``journal`` (``at`` ms, ``day`` yyyymmdd); nothing where that is known already."""
    held = presence_of(state, official, day)
    if held is not None and held.here and held.journal == journal:
        return ()
    return (draft(PresenceSaid(official, day, HERE, at), state.id),)


def say_whether(
    state: UnitState, official: EntryId, here: bool, day: int, at: int, until: int = 0
) -> tuple[Draft, ...]:
    """Somebody says that he is here, or is away until ``until`` (ms; 0: for the rest of the day)."""
    body = PresenceSaid(official, day, HERE if here else AWAY, at, 0 if here else until)
    return (draft(body, state.id),)
