"""How files that are let in, and opening figures, fold."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from counter_app.domain.arrival.entries import (
    DOSSIERS,
    LINES,
    ArrivalBegun,
    FiguresTaken,
    OldDossierTaken,
    OldLineWritten,
)
from counter_app.domain.arrival.state import ArrivalState, FiguresState
from counter_app.domain.folding.aggregate import Aggregate, Conflict
from counter_app.domain.folding.fact import Fact
from sync.protocol.naming.ids import device_of

ROW_TWICE = "arrival.row_twice"
FOREIGN = "arrival.foreign"
"""A row that is not of the file: no person let it in."""


def start_arrival(fact: Fact) -> ArrivalState:
    """A file as two persons let it in: no row is written yet."""
    body: ArrivalBegun = fact.body
    subjects = fact.facts.subjects
    return ArrivalState(
        id=fact.id, what=body.what, name=body.name, file_digest=body.file_digest,
        plan_digest=body.plan_digest, planned=body.planned, first=body.first, last=body.last,
        missing=body.missing, copies=body.copies, fees=body.fees, words=body.words, begun_at=fact.at,
        begun_by=fact.facts.actor, second=body.second,
        register=subjects[1] if len(subjects) > 1 else None,
    )  # fmt: skip


def evolve_arrival(state: ArrivalState, fact: Fact) -> ArrivalState | Conflict:
    """``state`` after one more row; a row that comes twice or is not the file's is kept and reported."""
    body = fact.body
    if not isinstance(body, OldLineWritten | OldDossierTaken):
        return state
    if not _is_of_file(state, fact):
        return Conflict(FOREIGN)
    if body.row < state.written:
        return Conflict(ROW_TWICE)
    return replace(state, written=body.row + 1)


def _is_of_file(state: ArrivalState, fact: Fact) -> bool:
    """Whether a row can be one that two persons saw; what it says lies in no plan that a reader holds.

    Lines may be written by whoever has the pen, dossiers by the PC that began the file.
    """
    body = fact.body
    if body.row >= state.planned:
        return False
    if isinstance(body, OldDossierTaken):
        return state.what == DOSSIERS and device_of(fact.id.journal) == device_of(state.id.journal)
    of_register = fact.facts.subjects[1:2] == (state.register,)
    return state.what == LINES and of_register and state.first <= body.number <= state.last


def start_figures(fact: Fact) -> FiguresState:
    """Opening figures as two persons gave them."""
    body: FiguresTaken = fact.body
    return FiguresState(
        fact.id, body.day, body.form_book, body.form_number, body.cash, body.words, fact.at,
        fact.facts.actor, body.second,
    )  # fmt: skip


def evolve_figures(state: FiguresState, fact: Fact) -> FiguresState:
    """Nothing changes them: a mistake is a matter of the day's closing or of the next number."""
    return state


AGGREGATES: tuple[Aggregate[Any], ...] = (
    Aggregate("arrival", ArrivalState, start_arrival, evolve_arrival),
    Aggregate("figures", FiguresState, start_figures, evolve_figures),
)
