"""Reading: look-ups in national systems and how these stand; nothing of the person asked about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Index, Table

from counter_app.domain.folding.aggregate import Folded
from counter_app.domain.lookups.state import LookupState, StandingState
from counter_app.storage.readings.reading import READ, Filled, Reading, key, key_of, link, text, whole
from counter_app.storage.statements import Row

lookups = Table(
    "lookups",
    READ,
    key(),
    link("dossier"),
    whole("row"),
    text("system"),
    text("status"),
    whole("is_open"),
    whole("answered_at"),
)
"""One row a look-up; ``answered_at`` ms, 0 while none came; what was found is read from the state."""

Index("ix_lookups_dossier", lookups.c.dossier)
Index("ix_lookups_answered", lookups.c.answered_at)

lookup_systems = Table(
    "lookup_systems", READ, key(), text("system"), text("standing"), whole("since"), whole("journal")
)
"""One row for each time the province said how a system stands; the last of a system counts."""


def _lookup_rows(folded: Folded) -> Sequence[Iterable[Row]]:
    state: LookupState = folded.state
    row = (
        state.id.key, key_of(state.dossier), state.row, state.system, state.status, int(state.is_open),
        state.answered_at,
    )  # fmt: skip
    return ((row,),)


def _standing_rows(folded: Folded) -> Sequence[Iterable[Row]]:
    state: StandingState = folded.state
    return (((state.id.key, state.system, state.standing, state.since, state.id.journal),),)


READINGS = (
    Reading("lookups", 1, ("lookup",), (Filled(lookups),), _lookup_rows),
    Reading("lookup_systems", 1, ("lookup_system",), (Filled(lookup_systems),), _standing_rows),
)
