"""Rows of tickets, requests and standings from folded subjects."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Connection

from counter_app.domain.folding.aggregate import Folded
from counter_app.domain.tickets.entries import Standing
from counter_app.domain.tickets.state import AfarState, StandingState, TicketState
from sync.hub.tables.engine import put, remove
from sync.hub.tickets.tables import READINGS, afar_rows, standing_rows, ticket_rows
from sync.protocol.naming.ids import EntryId, device_of

AGGREGATES = frozenset({"ticket", "afar", "standing"})
MOST_NAMED = 8


def write(connection: Connection, subjects: Sequence[Folded], unit_of: Callable[[EntryId], str]) -> None:
    """Bring the three tables up to date with ``subjects``; what is not readable any more goes."""
    mine = [folded for folded in subjects if folded.aggregate in AGGREGATES]
    gone = [folded.subject.key for folded in subjects if not folded.aggregate]
    gone += [folded.subject.key for folded in mine if folded.state is None]
    for table in READINGS:
        remove(connection, table, "subject", gone)
    rows: dict[Any, list[dict[str, Any]]] = {table: [] for table in READINGS}
    for folded in mine:
        if folded.state is not None:
            for table, row in _rows(folded.state):
                rows[table].append({"subject": folded.subject.key, "unit": unit_of(folded.subject), **row})
    for table, found in rows.items():
        put(connection, table, found)


def _rows(state: Any) -> list[tuple[Any, dict[str, Any]]]:
    match state:
        case TicketState():
            told = _standing(device_of(state.id.journal), state.opened_at, state.standing)
            row = {"status": state.status, "screen": state.screen, "opened_at": state.opened_at}
            return [(ticket_rows, {**row, "changed_at": state.changed_at}), told]
        case AfarState():
            asked = {"device": state.device, "wish": state.wish, "status": state.status}
            times = {"asked_at": state.asked_at, "answered_at": state.answered_at}
            found: list[tuple[Any, dict[str, Any]]] = [(afar_rows, {**asked, **times})]
            if state.standing is not None:
                found.append(_standing(state.device, state.answered_at, state.standing))
            return found
        case StandingState():
            return [_standing(device_of(state.id.journal), state.at, state.standing)]
        case _:
            return []


def _standing(device: int, at: int, told: Standing) -> tuple[Any, dict[str, Any]]:
    broken = [one.check for one in told.checks if one.verdict == "broken"]
    look = [one.check for one in told.checks if one.verdict == "look"]
    return standing_rows, {
        "device": device, "at": at, "version": told.version, "free_mb": told.free_mb,
        "oldest_unsent": told.oldest_unsent, "last_backup": told.last_backup, "checked_at": told.checked_at,
        "broken": len(broken), "look": len(look), "worst": " ".join((*broken, *look)[:MOST_NAMED]),
    }  # fmt: skip
