"""Files that nobody needs: uploads that were given up, and whole files that no entry of their unit names.

An entry always comes before its file (the counters send records first), so a file that is still unnamed after
weeks was never an entry's. What entries name stays, also when its entry was questioned or struck.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from sqlalchemy import Connection, select

from counter_app.domain.certification.electronic_entries import FileExtended, FileSigned
from counter_app.domain.organisation.entries import DelegationRecorded
from counter_app.domain.tickets.entries import AnsweredFromAfar, TicketOpened
from sync.hub import clock
from sync.hub.attachments.folder import FileFolder
from sync.hub.hub import Hub
from sync.hub.tables import journals
from sync.hub.tables.attachments import attachments, uploads
from sync.hub.tables.engine import remove
from sync.protocol.journals.codec import decode_body
from sync.protocol.refusals import Malformed

DAY_MS: Final = 86_400_000
UPLOAD_DAYS: Final = 14
"""An upload untouched for so long was given up (own figure)."""
UNNAMED_DAYS: Final = 60
"""A file no entry names is kept for so long (own figure): its entry may still lie on a stick."""
DELEGATION, SIGNED, EXTENDED, TICKET, FROM_AFAR = 110, 236, 237, 540, 543
NAMING: Final = [DELEGATION, SIGNED, EXTENDED, TICKET, FROM_AFAR]


class Swept(NamedTuple):
    """How many uploads were given up and how many files nobody named; ``bytes`` of the files."""

    uploads: int
    files: int
    bytes: int


class FileRow(NamedTuple):
    """A file of a unit as the administration sees it: its name on the wire, never what is in it."""

    name: str
    size: int
    journal: int
    arrived: int
    is_named: bool


def named(connection: Connection, unit: str) -> frozenset[bytes]:
    """SHA-256 of every file that entries of ``unit`` name; a body of a later version names nothing here."""
    found: set[bytes] = set()
    for entry in journals.entries_of_kinds(connection, unit, NAMING):
        if entry.body is None:
            continue
        try:
            found.add(digest_in(entry.facts.kind, entry.body))
        except Malformed:
            continue
    return frozenset(found - {b""})


def digest_in(kind: int, body: bytes) -> bytes:
    """The digest that a body of one of these kinds names, empty for none. Raises Malformed."""
    if kind == TICKET:
        return decode_body(TicketOpened, body).bundle.digest
    if kind == FROM_AFAR:
        return decode_body(AnsweredFromAfar, body).bundle.digest
    if kind == DELEGATION:
        return decode_body(DelegationRecorded, body).scan or b""
    return decode_body(FileSigned, body).digest if kind == SIGNED else decode_body(FileExtended, body).digest


def rows(hub: Hub, unit: str) -> list[FileRow]:
    """Whole files of ``unit``, newest first."""
    with hub.database.read() as connection:
        wanted = named(connection, unit)
        table = attachments
        found = connection.execute(
            select(table.c.name, table.c.size, table.c.journal, table.c.arrived, table.c.digest)
            .where(table.c.unit == unit)
            .order_by(table.c.arrived.desc())
        )
        return [FileRow(*row[:4], bytes(row.digest) in wanted) for row in found]


def sweep(
    hub: Hub, folder: FileFolder, upload_days: int = UPLOAD_DAYS, unnamed_days: int = UNNAMED_DAYS
) -> Swept:
    """Forget what nobody needs, and bytes no row knows; returns how much. Raises OSError."""
    with hub.database.write() as connection:
        now = clock.believed(connection, hub.now())
        old = now - upload_days * DAY_MS
        gone = connection.execute(select(uploads.c.id).where(uploads.c.touched < old)).scalars().all()
        remove(connection, uploads, "id", gone)
        going = set(connection.execute(select(uploads.c.id)).scalars())
    for upload in folder.parts():
        if upload not in going:
            folder.drop_part(upload)
    swept = [_unnamed(hub, folder, unit, now - unnamed_days * DAY_MS) for unit in hub.units()]
    return Swept(len(gone), sum(count for count, _ in swept), sum(size for _, size in swept))


def _unnamed(hub: Hub, folder: FileFolder, unit: str, before: int) -> tuple[int, int]:
    with hub.database.write() as connection:
        wanted = named(connection, unit)
        table = attachments
        known = connection.execute(
            select(table.c.name, table.c.digest, table.c.sealed, table.c.arrived).where(table.c.unit == unit)
        ).all()
        going = [row for row in known if bytes(row.digest) not in wanted and row.arrived < before]
        for row in going:
            mine = (table.c.unit == unit) & (table.c.name == row.name)
            connection.execute(table.delete().where(mine))
    for row in going:
        folder.drop(unit, row.name)
    rest = {row.name for row in known}
    for name in folder.whole(unit):  # of a hub that was restored from before they came
        if name not in rest and folder.age_of(unit, name) < before:
            folder.drop(unit, name)
    return len(going), sum(row.sealed for row in going)
