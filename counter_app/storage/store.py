"""The store: one file, one writer, many readers; acts and their readings in one transaction."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import Connection, Engine

from counter_app.storage import schema
from counter_app.storage.engine import open_engine, transaction
from counter_app.storage.journals import appending, ingest, journal
from counter_app.storage.journals.appending import Act, Author
from counter_app.storage.readings import anew, found
from counter_app.storage.readings.upkeep import Readings
from counter_app.storage.store_errors import StoreError, StoreStopped
from counter_app.storage.this_pc import device
from counter_app.storage.this_pc.read_log import PendingReads, Read
from sync.protocol.carrying.ingest import Plan
from sync.protocol.carrying.run import Run
from sync.protocol.journals.checkpoint import Checkpoint
from sync.protocol.journals.entry import Draft, Entry
from sync.protocol.naming.grants import HubKeys
from sync.protocol.naming.ids import EntryId

WAL_BYTES_BEFORE_CHECKPOINT = 8 * 2**20
WORDS_MERGED_AT_ONCE = 16
"""Pages of the search index merged while a writer might wait: some 5 ms."""
_log = logging.getLogger(__name__)


class Acted(NamedTuple):
    """What an act wrote, and every subject it changed: screens that show one of them look again."""

    entries: tuple[Entry, ...]
    changed: frozenset[EntryId]


class Acting:
    """What a decision sees: the states as they are inside the one write transaction."""

    def __init__(self, connection: Connection, readings: Readings, act: Act, author: Author) -> None:
        self.connection = connection
        self.act = act
        self.author = author
        self._readings = readings

    def state(self, subject: EntryId) -> Any:
        """The folded subject (``domain.folding``) with everything committed so far."""
        return self._readings.state(self.connection, subject)

    def next_id(self) -> EntryId:
        """The id that the first draft of this act will get."""
        return EntryId(self.author.journal, journal.position(self.connection, self.author.journal).seq + 1)


Decide = Callable[[Acting], Sequence[Draft]]
"""A decision: looks at states and returns drafts, or raises the domain's words."""
Then = Callable[[Connection, tuple[Entry, ...]], None]
"""What else belongs to the same transaction: print jobs queued, a draft of a screen deleted."""


class Store:
    """An open store. One per process (``ownership``); any thread may read, writers take turns."""

    def __init__(self, path: Path, engine: Engine, key: bytes) -> None:
        self.path = path
        self.key = key
        self.engine = engine
        self.readings = Readings()
        self._author: Author | None = None
        self._stopped = ""
        self.reading_anew = False
        self._writing = threading.RLock()
        self._inside = False
        self._reads = PendingReads()

    @classmethod
    def create(cls, path: Path, key: bytes) -> Store:
        """A new, empty store at ``path``, which must not exist. Raises ``StoreError``, FileExistsError."""
        if path.exists():
            raise FileExistsError(path)
        store = cls(path, open_engine(path, key, create=True), key)
        with store.write() as connection:
            schema.create_kept(connection)
            store.readings.create(connection)
        return store

    @classmethod
    def open(cls, path: Path, key: bytes, *, wait: bool = True) -> Store:
        """The store at ``path``; an older one is migrated, stale readings are rebuilt.

        ``wait=False``: they are read anew by ``read_more`` in pieces; until then nothing may be acted.

        Raises ``StoreError``: wrong key, damaged, newer than this program, guards missing.
        """
        store = cls(path, open_engine(path, key), key)
        try:
            with store.read() as connection:
                held = schema.revision(connection)
            if held != schema.REVISION:
                from counter_app.storage.migrations import upgrade  # alembic: 0.6 s, only when needed

                upgrade(store.engine, held)
            with store.write() as connection:
                schema.check_guards(connection)
                if wait:
                    store.readings.refresh(connection)
                else:
                    store.reading_anew = store.readings.refresh_later(connection)
        except BaseException:
            store.close()
            raise
        return store

    def close(self) -> None:
        """Fold the WAL into the file and let go of it; reads that still wait are written first."""
        try:
            self.settle_reads()
            self.fold_wal()
        except StoreError:  # a damaged or full disk must not keep the program from ending
            pass
        finally:
            self.engine.dispose()

    def enrolled(self, author: Author) -> None:
        """From now on this PC writes in the author's journal, unless it was stopped in that journal."""
        self._author = author
        with self.read() as connection:
            self._stopped = device.stopped(connection, author.journal)

    @property
    def is_enrolled(self) -> bool:
        """True when entries may be written here."""
        return self._author is not None and not self._stopped

    def stop_writing(self, reason: str) -> None:
        """No more entries in this journal, also after a restart: another copy of it writes or wrote."""
        if self._author is None:
            return
        with self.write() as connection:
            device.stop(connection, self._author.journal, reason)
        self._stopped = reason

    @property
    def author(self) -> Author:
        """Who writes here. Raises ``StoreError``: not enrolled yet, or stopped because a copy exists."""
        if self._author is None:
            raise StoreError("store.no_journal")
        if self._stopped:
            raise StoreStopped("store.stopped", self._stopped)
        return self._author

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A reading transaction: sees one moment, blocks nobody."""
        with transaction(self.engine, "read") as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """The writing transaction; others wait their turn. Raises ``StoreError`` in words.

        Reads that wait to be logged are written with it.
        """
        with self._writing:
            self._inside = True
            try:
                with transaction(self.engine, "write") as connection:
                    yield connection
                    logged = self._reads.write(connection)
                self._reads.forget(logged)
            finally:
                self._inside = False

    def log_read(self, read: Read, *, at_once: bool = True) -> None:
        """Somebody saw personal data. Never raises and never waits for a writer.

        ``at_once``: committed before this returns, if nobody writes now; else with the next local write.
        """
        self._reads.add(read)
        if at_once:
            self.settle_reads(wait=False)

    def settle_reads(self, *, wait: bool = True) -> None:
        """Write the reads that wait, if any. A disk that refuses them leaves them waiting."""
        if not self._reads or not self._writing.acquire(blocking=wait):
            return
        try:
            if not self._inside:  # else they go with the transaction around us
                with self.write():
                    pass
        except StoreError as error:
            _log.warning("%d reads wait to be logged: %s", len(self._reads), error.code)
        finally:
            self._writing.release()

    def act(self, decide: Decide, act: Act, then: Then | None = None) -> Acted:
        """Decide on the states as they are, append, read, queue what follows: one transaction or nothing.

        Raises what the decision raises, ``StoreError`` (``store.anew`` while readings are incomplete); in
        both cases nothing was written.
        """
        if self.reading_anew:
            raise StoreError("store.anew", f"{self.percent_read()} %")
        author = self.author
        with self.write() as connection:
            drafts = decide(Acting(connection, self.readings, act, author))
            entries = appending.append(connection, drafts, author, act)
            ingest.read_own(connection, self.readings, entries)
            if then is not None:
                then(connection, entries)
        return Acted(entries, frozenset(s for entry in entries for s in entry.facts.subjects))

    def read_more(self) -> bool:
        """One piece of a newer version's readings, some hundred subjects; False when all is read."""
        if self.reading_anew:
            with self.write() as connection:
                more = self.readings.read_more(connection)
            self.reading_anew = more
        return self.reading_anew

    def percent_read(self) -> int:
        """How far a newer version's readings are; 100 when they are complete."""
        with self.read() as connection:
            return anew.percent(connection)

    def take(
        self, bearer: int, runs: Sequence[Run], hub_keys: HubKeys, arrived: int, then: Then | None = None
    ) -> Plan:
        """Take in runs that journal ``bearer`` brought; ``arrived``: our clock, ms. Raises ``StoreError``.

        ``then``: what else belongs to the same transaction, told of the entries that are new here.
        """
        with self.write() as connection:
            plan = ingest.ingest(connection, self.readings, bearer, runs, hub_keys, arrived)
            if then is not None and (added := plan.added):
                then(connection, tuple(added))
            return plan

    def append(self, drafts: Sequence[Draft], act: Act) -> Acted:
        """``act`` for drafts that were decided already."""
        return self.act(lambda _: drafts, act)

    def cover(self) -> Checkpoint | None:
        """Sign our journal's head if anything is uncovered: before entries leave this PC."""
        with self.write() as connection:
            return appending.cover(connection, self.author)

    def merge_words(self) -> bool:
        """A few ms of the search index's upkeep, unless somebody writes; True: there is more to do."""
        if not self._writing.acquire(blocking=False):
            return True
        try:
            with self.write() as connection:
                return found.merge_words(connection, WORDS_MERGED_AT_ONCE)
        finally:
            self._writing.release()

    def fold_wal(self) -> None:
        """Copy the WAL into the file: when idle, at 8 MB, before a backup, at exit; never inside an act."""
        with self._writing, self.engine.connect() as plain:
            plain.execution_options(tx="none").exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    def wal_bytes(self) -> int:
        """Size of the WAL file; above ``WAL_BYTES_BEFORE_CHECKPOINT`` it is time to fold it."""
        wal = self.path.with_name(self.path.name + "-wal")
        return wal.stat().st_size if wal.exists() else 0
