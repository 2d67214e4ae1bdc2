"""Tickets and requests from afar: newest first; what waits for this PC."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from counter_app.storage.queries.select import select
from sync.protocol.naming.ids import EntryId

MOST = 100


@dataclass(frozen=True, slots=True)
class TicketRow:
    """One ticket of the unit; moments ms; ``answers`` of the province with words."""

    id: EntryId
    status: str
    screen: str
    opened_at: int
    changed_at: int
    answers: int


@dataclass(frozen=True, slots=True)
class AfarRow:
    """One request from afar; ``device`` the PC's number."""

    id: EntryId
    device: int
    wish: str
    status: str
    asked_at: int
    answered_at: int


def tickets(connection: Connection, most: int = MOST) -> list[TicketRow]:
    """Tickets that moved last, newest first."""
    return select(connection, TicketRow, "FROM tickets ORDER BY changed_at DESC, id DESC LIMIT ?", (most,))


def requests(connection: Connection, device: int, most: int = MOST) -> list[AfarRow]:
    """What was asked of a PC, newest first."""
    return select(
        connection, AfarRow, "FROM afar_requests WHERE device = ? ORDER BY asked_at DESC, id DESC LIMIT ?",
        (device, most),
    )  # fmt: skip


def waiting(connection: Connection, device: int) -> list[AfarRow]:
    """Requests that a PC has not answered, oldest first."""
    return select(
        connection, AfarRow,
        "FROM afar_requests WHERE device = ? AND status = 'asked' ORDER BY asked_at, id", (device,),
    )  # fmt: skip
