"""What parts this PC from the others: its own stop, revocation, forks, branches kept apart, the unread."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from counter_app.storage.queries.devices import bodies_of, revoked_journals
from counter_app.storage.queries.select import number
from counter_app.storage.this_pc import device
from sync.protocol.carrying.packing import unpack_entry
from sync.protocol.journals.entry import Entry
from sync.protocol.journals.system_kinds import ForkFound, SystemKind
from sync.protocol.naming.ids import EntryId, device_of
from sync.protocol.refusals import Malformed


def stopped(connection: Connection) -> str:
    """Why this PC's own journal is closed to it (``fork``, ``copy`` …), "" while it is not."""
    own = device.own_journal(connection)
    return "" if own is None else device.stopped(connection, own)


def is_revoked(connection: Connection) -> bool:
    """True when the province revoked this PC's journal, as far as it was told."""
    return device.own_journal(connection) in revoked_journals(connection)


def open_forks(connection: Connection) -> list[int]:
    """Journals of which two branches were found and whose PC has not gone on in a later life yet."""
    told = {body.journal for _, _, body in bodies_of(connection, SystemKind.FORK_FOUND, ForkFound)}
    held = [row[0] for row in connection.exec_driver_sql("SELECT journal FROM journal_heads")]
    latest = {device_of(journal): journal for journal in sorted(held)}
    return sorted(journal for journal in told if latest.get(device_of(journal), journal) == journal)


@dataclass(frozen=True, slots=True)
class Stray:
    """An entry of a branch that nobody reads, with its place in the journal that both branches claim."""

    id: int
    place: EntryId
    entry: Entry | None


def strays(connection: Connection, most: int = 1_000) -> list[Stray]:
    """Entries kept apart, in order of journal and place; ``entry`` None where its bytes cannot be read."""
    rows = connection.exec_driver_sql(
        "SELECT id, journal, seq, packed FROM stray ORDER BY journal, seq, id LIMIT ?", (most,)
    )
    return [Stray(row[0], EntryId(row[1], row[2]), _read(EntryId(row[1], row[2]), row[3])) for row in rows]


def stray_count(connection: Connection) -> int:
    """How many entries are kept apart."""
    return number(connection, "SELECT count(*) FROM stray")


def unread_cases(connection: Connection) -> int:
    """Open requests and dossiers with an entry of a newer program: to be looked at, not acted on."""
    return sum(
        number(connection, f"SELECT count(*) FROM {table} WHERE is_open = 1 AND frozen = 1")
        for table in ("requests", "dossiers")
    )


def _read(place: EntryId, packed: bytes) -> Entry | None:
    try:
        return unpack_entry(place, packed)
    except Malformed:
        return None
