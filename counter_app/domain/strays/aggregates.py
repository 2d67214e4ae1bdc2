"""A case of stray acts that was dealt with: begun and ended by one entry."""

from __future__ import annotations

from typing import Any

import msgspec

from counter_app.domain.folding.aggregate import Aggregate
from counter_app.domain.folding.fact import Fact
from counter_app.domain.strays.entries import StraysSettled
from sync.protocol.naming.ids import EntryId


class StraysState(msgspec.Struct, frozen=True, gc=False):
    """What became of a case: ``outcome``, how many stray entries it was."""

    id: EntryId
    outcome: str
    count: int


def start(fact: Fact) -> StraysState:
    """The only entry of its subject."""
    body: StraysSettled = fact.body
    return StraysState(fact.id, body.outcome, len(body.origins))


def evolve(state: StraysState, fact: Fact) -> StraysState:
    """Nothing changes it."""
    return state


AGGREGATES: tuple[Aggregate[Any], ...] = (Aggregate("stray", StraysState, start, evolve),)
