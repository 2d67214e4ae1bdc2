"""A dossier's history as a row of steps: what each entry changed, what the portal is told.

Counter and hub walk the same entries in the same order, so that both tell one story.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from counter_app.domain.dossiers import fold
from counter_app.domain.dossiers.portal import portal_state, steps
from counter_app.domain.dossiers.state import DossierState
from counter_app.domain.folding.aggregate import Conflict, Settled
from counter_app.domain.folding.fact import Fact
from counter_app.domain.folding.order import causal_order
from sync.protocol.naming.ids import EntryId


class Step(NamedTuple):
    """One entry of the history: the dossier before it (None at the beginning) and after it.

    ``conflict`` is the code of why the act does not count, else empty. ``told`` are the portal's states this
    step leads through, empty when the portal hears nothing new.
    """

    fact: Fact
    before: DossierState | None
    after: DossierState
    conflict: str
    told: tuple[int, ...]


def history(subject: EntryId, facts: Iterable[Fact]) -> tuple[Step, ...]:
    """Every step of a dossier in causal order; empty while its first entry is not here."""
    held = {fact.entry.id: fact for fact in facts}
    found: list[Step] = []
    state: DossierState | None = None
    for fact in causal_order(subject, held.values(), False).facts:
        if fact.body is None or (state is None and fact.id != subject):
            continue
        after, conflict = (fold.start(fact), "") if state is None else _stepped(state, fact)
        found.append(Step(fact, state, after, conflict, _told(state, after)))
        state = after
    return tuple(found)


def _stepped(state: DossierState, fact: Fact) -> tuple[DossierState, str]:
    outcome = fold.evolve(state, fact)
    if isinstance(outcome, Conflict):
        return (state if outcome.state is None else outcome.state), outcome.code
    return (outcome.state if isinstance(outcome, Settled) else outcome), ""


def _told(before: DossierState | None, after: DossierState) -> tuple[int, ...]:
    now = portal_state(after)
    if before is None:
        return (now,)
    was = portal_state(before)
    return () if was == now else steps(was, now)
