"""Whole tables for everything that goes out again: dossiers, receipts, acts, in the order they were begun."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection

from counter_app.storage.journals.journal import entries_between, positions
from counter_app.storage.queries.dossiers import DossierRow
from counter_app.storage.queries.money import ReceiptRow
from counter_app.storage.queries.select import select
from sync.protocol.journals.entry import Entry
from sync.protocol.naming.ids import EntryId

AT_ONCE = 2_000


def dossiers(connection: Connection) -> list[DossierRow]:
    """Every dossier that is known here, by the day it was received."""
    return select(connection, DossierRow, "FROM dossiers ORDER BY received_at, id")


def old_codes(connection: Connection) -> dict[EntryId, str]:
    """Codes in the old tracking register, of dossiers that came from there."""
    rows = connection.exec_driver_sql("SELECT id, old_code FROM dossiers WHERE old_code <> ''")
    return {EntryId.from_key(row[0]): row[1] for row in rows}


def receipts(connection: Connection) -> list[ReceiptRow]:
    """Every receipt and provisional slip, by time."""
    return select(connection, ReceiptRow, "FROM receipts ORDER BY at, id")


def acts(connection: Connection) -> Iterator[Entry]:
    """Every entry held, journal by journal in their order; fetched as they are consumed."""
    for journal, at in positions(connection).items():
        for first in range(1, at.seq + 1, AT_ONCE):
            yield from entries_between(connection, journal, first, min(at.seq, first + AT_ONCE - 1))
