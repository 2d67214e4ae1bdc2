"""What is shown of tickets, requests and standings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, func, select

from counter_app.domain.tickets.state import ticket_number
from sync.hub.tables import schema
from sync.hub.tickets.tables import afar_rows, standing_rows, ticket_rows
from sync.protocol.naming.ids import EntryId, device_of

MOST = 200
AHEAD_MS = 86_400_000
"""A clock that is further ahead is wrong; a zone set wrongly is not so far."""
_FOR_EVER = 2**63 - 1


class TicketLine(msgspec.Struct, frozen=True):
    """A ticket in the list; moments ms; ``pc`` is the counter's name."""

    number: str
    unit: str
    unit_name: str
    pc: str
    status: str
    screen: str
    opened_at: int
    changed_at: int


class AfarLine(msgspec.Struct, frozen=True):
    """A request and what became of it."""

    unit: str
    device: int
    wish: str
    status: str
    asked_at: int
    answered_at: int


class StandingLine(msgspec.Struct, frozen=True):
    """What a PC said last of itself; ``worst`` are codes of its self-test's lines that are not well."""

    at: int = 0
    version: str = ""
    free_mb: int = 0
    oldest_unsent: int = 0
    last_backup: int = 0
    checked_at: int = 0
    broken: int = 0
    look: int = 0
    worst: str = ""


def tickets(connection: Connection, units: Sequence[str], status: str = "") -> tuple[TicketLine, ...]:
    """Tickets of ``units``, of one status or of all, those that wait for an answer first."""
    table = ticket_rows
    statuses = [status] if status else ["open", "answered", "closed"]
    rows = connection.execute(
        select(table, schema.units.c.name.label("called"))
        .join(schema.units, schema.units.c.unit == table.c.unit)
        .where(table.c.unit.in_(list(units)), table.c.status.in_(statuses))
        .order_by((table.c.status != "open"), table.c.changed_at.desc(), table.c.subject)
        .limit(MOST)
    ).mappings()
    found = [(EntryId.from_key(row["subject"]), row) for row in rows]
    names = _names(connection, {device_of(ticket.journal) for ticket, _ in found})
    return tuple(
        TicketLine(
            ticket_number(ticket),
            row["unit"],
            row["called"],
            names.get(device_of(ticket.journal), ""),
            row["status"],
            row["screen"],
            row["opened_at"],
            row["changed_at"],
        )
        for ticket, row in found
    )


def _names(connection: Connection, devices: set[int]) -> dict[int, str]:
    table = schema.grants
    wanted = table.c.device.in_(sorted(devices)) & (table.c.spare == 0)
    rows = connection.execute(select(table.c.device, table.c.name).where(wanted))
    return {row[0]: row[1] for row in rows}


def requests(connection: Connection, units: Sequence[str]) -> tuple[AfarLine, ...]:
    """Requests from afar, newest first."""
    table = afar_rows
    t = table.c
    columns = (t.unit, t.device, t.wish, t.status, t.asked_at, t.answered_at)
    rows = connection.execute(
        select(*columns).where(table.c.unit.in_(list(units))).order_by(table.c.asked_at.desc()).limit(MOST)
    )
    return tuple(AfarLine(*row) for row in rows)


def standings(connection: Connection, unit: str, now: int) -> dict[int, StandingLine]:
    """The newest standing of each PC of ``unit`` that ever said one, by the PC's number.

    What a PC said while its clock ran days ahead of the hub's (``now``, ms) counts only until it says more.
    """
    return {**_newest(connection, unit, _FOR_EVER), **_newest(connection, unit, now + AHEAD_MS)}


def _newest(connection: Connection, unit: str, upto: int) -> dict[int, StandingLine]:
    table = standing_rows
    within = (table.c.unit == unit) & (table.c.at <= upto)
    newest = (
        select(table.c.device, func.max(table.c.at).label("at"))
        .where(within).group_by(table.c.device).subquery()
    )  # fmt: skip
    rows = connection.execute(
        select(table).join(newest, (table.c.device == newest.c.device) & (table.c.at == newest.c.at))
        .where(within).order_by(table.c.subject)
    ).mappings()  # fmt: skip
    return {row["device"]: _line(row) for row in rows}


def _line(row: Any) -> StandingLine:
    return StandingLine(**{name: row[name] for name in StandingLine.__struct_fields__})


def unit_name(connection: Connection, unit: str) -> str:
    """What papers call ``unit``."""
    table = schema.units
    return connection.execute(select(table.c.name).where(table.c.unit == unit)).scalar() or unit
