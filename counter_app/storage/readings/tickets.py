"""Reading: tickets of the unit and what the province asked its PCs; words are read from the states."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Index, Table

from counter_app.domain.folding.aggregate import Folded
from counter_app.domain.tickets.state import AfarState, TicketState
from counter_app.storage.readings.reading import READ, Filled, Reading, key, text, whole
from counter_app.storage.statements import Row

tickets = Table(
    "tickets", READ, key(), text("status"), text("screen"), whole("opened_at"), whole("changed_at"),
    whole("answers"),
)  # fmt: skip
"""One row a ticket; moments ms, ``answers`` how many times the province answered with words."""

Index("ix_tickets_changed", tickets.c.changed_at)

afar_requests = Table(
    "afar_requests", READ, key(), whole("device"), text("wish"), text("status"), whole("asked_at"),
    whole("answered_at"),
)  # fmt: skip
"""One row a request from afar; ``device`` is the PC's number; moments ms, 0 while not answered."""

Index("ix_afar_requests_device", afar_requests.c.device, afar_requests.c.status)


def _ticket_rows(folded: Folded) -> Sequence[Iterable[Row]]:
    state: TicketState = folded.state
    row = (state.id.key, state.status, state.screen, state.opened_at, state.changed_at, len(state.answers))
    return ((row,),)


def _afar_rows(folded: Folded) -> Sequence[Iterable[Row]]:
    state: AfarState = folded.state
    row = (state.id.key, state.device, state.wish, state.status, state.asked_at, state.answered_at)
    return ((row,),)


READINGS = (
    Reading("tickets", 2, ("ticket",), (Filled(tickets),), _ticket_rows),
    Reading("afar_requests", 1, ("afar",), (Filled(afar_requests),), _afar_rows),
)
