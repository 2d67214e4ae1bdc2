"""When each PC was met, how its clock stood, and what it said it had not sent yet.

An idle exchange writes nothing, and that stays so: contacts are kept in memory and written together, at most
every ``EVERY_MS``; a crash forgets at most that much of a fact that the next exchange tells again.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Mapping
from typing import Any, NamedTuple

from sqlalchemy import Connection, select
from sqlalchemy.exc import SQLAlchemyError

from sync.hub import clock
from sync.hub.tables.engine import Database, in_chunks, put
from sync.hub.tables.officials import contacts
from sync.protocol.naming.ids import device_of, journal_of

log = logging.getLogger(__name__)
EVERY_MS = 15_000


class Contact(NamedTuple):
    """An exchange with the PC that writes ``journal``: both clocks (ms), its last entry by its own word
    (``claimed``), and the last one held afterwards.
    """

    journal: int
    unit: str
    met_at: int
    clock_at: int
    claimed: int
    held: int


class ContactBook:
    """Contacts of one process. Safe to use from several threads."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._lock = threading.Lock()
        self._waiting: dict[int, Contact] = {}
        self._written_at: int | None = None

    def met(self, contact: Contact) -> None:
        """Note an authenticated exchange; now and then this writes what was noted. Never raises."""
        with self._lock:
            self._waiting[contact.journal] = contact
            before = self._written_at
            due = before is None or not 0 <= contact.met_at - before < EVERY_MS
            if due:
                self._written_at = contact.met_at
        if due:
            try:
                self.write()
            except SQLAlchemyError as error:  # a busy database must not cost a device its exchange
                log.warning("contacts were not written: %s", type(error).__name__)

    def write(self) -> None:
        """Write what was noted; a page that shows contacts calls it first. Raises SQLAlchemyError."""
        with self._lock:
            waiting, self._waiting = self._waiting, {}
        if not waiting:
            return
        try:
            with self._database.write() as connection:
                _write(connection, waiting)
        except SQLAlchemyError:
            with self._lock:
                self._waiting = waiting | self._waiting
            raise


def _write(connection: Connection, noted: Mapping[int, Contact]) -> None:
    known: dict[int, Mapping[str, Any]] = {}
    for some in in_chunks(sorted(noted)):
        rows = connection.execute(select(contacts).where(contacts.c.journal.in_(some))).mappings()
        known.update((row["journal"], dict(row)) for row in rows)
    fresh = [one for one in noted.values() if _is_newer(one, known.get(one.journal))]
    put(connection, contacts, [_row(one, known.get(one.journal)) for one in sorted(fresh)])
    for one in fresh:
        # An earlier life of the same PC is not met any more, and nobody is to miss it.
        earlier = contacts.c.journal.between(journal_of(device_of(one.journal), 1), one.journal - 1)
        connection.execute(contacts.delete().where(earlier))
    clock.note_met(connection, [(one.met_at, one.clock_at) for one in noted.values()])


def _is_newer(contact: Contact, before: Mapping[str, Any] | None) -> bool:
    """Another process of the hub may have met the PC later. A hub whose clock was set back believes it."""
    if before is None or contact.held > before["held"]:
        return True
    return not before["met_at"] - clock.TOLERATED_MS <= contact.met_at < before["met_at"]


def _row(contact: Contact, before: Mapping[str, Any] | None) -> dict[str, Any]:
    since = 0
    if contact.claimed > contact.held:
        since = (before["waiting_since"] if before else 0) or contact.met_at
    return {**contact._asdict(), "waiting_since": since}
