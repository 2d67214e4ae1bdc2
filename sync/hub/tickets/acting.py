"""Answering a ticket and asking a PC: each one entry in the province's journal of the unit."""

from __future__ import annotations

from sqlalchemy import Connection, select

from counter_app.domain.tickets import decisions
from counter_app.domain.tickets.state import TicketState, ticket_of
from sync.hub import enrol, province
from sync.hub.attachments.folder import FileFolder
from sync.hub.hub import Hub
from sync.hub.reading.folded import fold_whole
from sync.hub.tables.attachments import attachments
from sync.hub.tables.locks import lock_readers
from sync.hub.tickets.tables import ticket_rows
from sync.protocol.meeting.attachment import open_attachment
from sync.protocol.naming.ids import EntryId
from sync.protocol.refusals import Refusal

MOST_SEALED = 24 * 2**20


def found(connection: Connection, number: str) -> tuple[str, TicketState]:
    """Unit and state of a ticket by the number people say. Raises KeyError."""
    ticket = ticket_of(number)
    table = ticket_rows
    unit = None if ticket is None else connection.execute(
        select(table.c.unit).where(table.c.subject == ticket.key)
    ).scalar()  # fmt: skip
    state = None if ticket is None or unit is None else fold_whole(connection, [ticket])[ticket].state
    if unit is None or not isinstance(state, TicketState):
        raise KeyError(f"no ticket {number} here")
    return unit, state


def answer(hub: Hub, number: str, words: str, *, closes: bool, seen: int | None = None) -> TicketState:
    """Answer and, with ``closes``, end a ticket; the state afterwards.

    ``seen``: how many answers whoever writes has read; with more there by now nothing is written, so a form
    that is sent twice answers once. Raises KeyError, DomainError ``ticket.*``.
    """
    with hub.database.write() as connection:
        unit, _ = found(connection, number)
        lock_readers(connection, [unit])
        _, state = found(connection, number)
        if seen is None or seen == len(state.answers):
            draft = decisions.answer_ticket(state, words, closes=closes)
            province.append(connection, hub.keys, unit, [draft], hub.now())
    hub.read(unit)
    with hub.database.read() as connection:
        return found(connection, number)[1]


def ask(hub: Hub, device: int, wish: str, words: str = "") -> EntryId:
    """Ask one PC from afar. Raises KeyError for a PC without a grant, DomainError ``afar.wish``."""
    draft = decisions.ask_from_afar(device, wish, words, hub.now())
    with hub.database.read() as connection:
        units = [
            unit
            for unit in province.unit_codes(connection)
            if any(one.device == device and not one.withdrawn for one in enrol.devices(connection, unit))
        ]
    if not units:
        raise KeyError(f"no PC {device} here")
    (entry,) = hub.append(units[0], draft)
    hub.read(units[0])
    return entry.id


def bundle(hub: Hub, unit: str, digest: bytes) -> bytes | None:
    """A diagnostics bundle that came, opened; None while it has not. Raises Refusal for a damaged file."""
    if hub.folder is None or not digest:
        return None
    table = attachments
    with hub.database.read() as connection:
        row = connection.execute(select(table).where(table.c.unit == unit, table.c.digest == digest)).first()
        keys = enrol.unit_keys(connection, hub.keys, unit)
    sealed = None if row is None else FileFolder(hub.folder).read(unit, row.name, 0, MOST_SEALED)
    if sealed is None:
        return None
    manifest, data = open_attachment(sealed, unit, keys)
    if manifest.digest != digest:
        raise Refusal("another file")
    return data
