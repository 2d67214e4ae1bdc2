"""Reading: files of old books that were let in, and how far each is written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Table

from counter_app.domain.arrival.state import ArrivalState, FiguresState
from counter_app.domain.folding.aggregate import Folded
from counter_app.storage.readings.reading import READ, Filled, Reading, key, link, text, whole
from counter_app.storage.statements import Row

arrivals = Table(
    "arrivals",
    READ,
    key(),
    text("what"),
    text("name"),
    link("register"),
    whole("planned"),
    whole("written"),
    whole("first"),
    whole("last"),
    whole("begun_at"),
    text("plan_digest"),
)
"""One row a file; ``what`` lines or dossiers, ``plan_digest`` SHA-256 of its rows in hex."""

opening_figures = Table(
    "opening_figures",
    READ,
    key(),
    whole("day"),
    whole("journal"),
    text("form_book"),
    whole("form_number"),
    whole("cash"),
    whole("taken_at"),
)
"""One row a counter's opening figures; ``cash`` in dong."""


def _arrival_rows(folded: Folded) -> Sequence[Iterable[Row]]:
    state: ArrivalState = folded.state
    register = None if state.register is None else state.register.key
    row = (
        state.id.key, state.what, state.name, register, state.planned, state.written, state.first,
        state.last, state.begun_at, state.plan_digest.hex(),
    )  # fmt: skip
    return ((row,),)


def _figures_rows(folded: Folded) -> Sequence[Iterable[Row]]:
    state: FiguresState = folded.state
    row = (
        state.id.key, state.day, state.id.journal, state.form_book, state.form_number, state.cash,
        state.taken_at,
    )  # fmt: skip
    return ((row,),)


READINGS = (
    Reading("arrivals", 2, ("arrival",), (Filled(arrivals),), _arrival_rows),
    Reading("opening_figures", 1, ("figures",), (Filled(opening_figures),), _figures_rows),
)
