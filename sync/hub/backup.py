"""Backups that were opened and checked, the second mark they earn, and coming back from one.

A restored hub opens a later life of every province journal before it serves: numbers it gave since the
backup are never given again, and what it wrote comes back from the devices that hold it. One backup may be
restored twice, so the life is written down beside it, and where that note is missing chance parts the two;
should they meet in one life all the same, the devices show it and the hub goes on in another (``ingest``).
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Connection, select
from sqlalchemy.exc import DatabaseError

from sync.flushing import flush_folder
from sync.hub import enrol, province
from sync.hub.attachments import beside
from sync.hub.hub import Hub, wall_clock
from sync.hub.keys import FILE_NAME, ProvinceKeys, read_keys
from sync.hub.tables import dump, place, schema, versions
from sync.hub.tables.engine import Database, copy_into, open_sqlite, put
from sync.hub.tables.place import DATABASE_NAME
from sync.hub.tables.postgres import open_postgres
from sync.hub.verify import problems
from sync.protocol.naming.ids import MAX_LIFE

NOTE_SUFFIX = ".restored"
"""Beside a backup: the lives that were begun from it, one a line."""


Marks = list[dict[str, object]]
"""Rows of ``backup_marks``."""


class BackupBad(ValueError):
    """A copy that does not hold what it should; ``problems`` in words. It was removed, or is not touched."""

    def __init__(self, found: list[str]) -> None:
        super().__init__("; ".join(found[:5]))
        self.problems = found


class Backup(NamedTuple):
    """A backup that was opened and checked; ``files`` beside it, those that lack among them."""

    path: Path
    size: int
    journals: int
    entries: int
    files: beside.Kept = beside.Kept(0, 0, ())


def back_up(hub: Hub, target: Path) -> Backup:
    """Copy the hub's database to the new file ``target``, open the copy, check it, and set the second mark.

    Counters' files go beside it, each once (``attachments.beside``).

    Raises FileExistsError, BackupBad (then no file is left), OSError.
    """
    if target.exists():
        raise FileExistsError(target)
    draft = target.with_name(f".{target.name}.part")
    draft.unlink(missing_ok=True)
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        marks = _copied(hub, draft)
        _flush(draft)
        draft.rename(target)
        flush_folder(target.parent)
    finally:
        _clear(draft)
    with hub.database.write() as connection:
        put(connection, schema.backup_marks, marks)
    entries = sum(int(str(mark["seq"])) for mark in marks)
    kept = beside.keep_beside(hub, target)
    return Backup(target, target.stat().st_size, len(marks), entries, kept)


def _copied(hub: Hub, draft: Path) -> Marks:
    """Copy into ``draft`` and verify all of the copy; returns how far each journal is in it."""
    if hub.database.is_sqlite:
        copy_into(hub.database, draft)
        return _checked_file(draft, hub.keys)
    engine = hub.database.engine
    dump.dump(engine, draft, hub.keys.database_key)
    try:
        with dump.loaded_apart(draft, engine, hub.keys.database_key) as apart:
            return _checked(Database(apart), hub.keys)
    except dump.DumpBad as error:
        raise BackupBad([str(error)]) from error


def _checked_file(path: Path, keys: ProvinceKeys) -> Marks:
    copy = Database(open_sqlite(path, keys.database_key))
    try:
        return _checked(copy, keys)
    finally:
        copy.close()


def _checked(copy: Database, keys: ProvinceKeys) -> Marks:
    """Verify all of ``copy``; returns how far each journal is in it. Raises BackupBad."""
    try:
        with copy.read() as connection:
            found = problems(connection, {keys.signing.key_id: keys.signing.public})
            if found:
                raise BackupBad(found)
            return _marks(connection)
    except DatabaseError as error:
        raise BackupBad([f"it does not open under this key: {error.orig}"]) from error


def _marks(connection: Connection) -> Marks:
    heads = schema.journal_heads
    rows = connection.execute(select(heads.c.journal, heads.c.covered, heads.c.covered_head))
    return [{"journal": row[0], "seq": row[1], "head": row[2]} for row in rows if row[1]]


def _flush(path: Path) -> None:
    handle = os.open(path, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _clear(draft: Path) -> None:
    for left in (draft, Path(f"{draft}-wal"), Path(f"{draft}-shm")):
        left.unlink(missing_ok=True)


def restore(
    backup: Path,
    folder: Path,
    *,
    keys: ProvinceKeys | None = None,
    now: Callable[[], int] = wall_clock,
    durable: bool = True,
    database: str = "",
) -> Hub:
    """The hub from ``backup``, in ``folder``, in a new life; the folder holds the key file, no database.

    A backup of a PostgreSQL hub goes into the empty ``database`` (default: the one the folder remembers). The
    life is noted beside the backup (where that can be written): no second restore of it begins the same.
    ``keys`` replaces the key file. Raises FileExistsError when something is there, BackupBad, Malformed.
    """
    if (folder / DATABASE_NAME).exists():
        raise FileExistsError(folder / DATABASE_NAME)
    keys = keys or read_keys(folder / FILE_NAME)
    folder.mkdir(parents=True, exist_ok=True)
    address = database or place.remembered(folder)
    if address:
        _restore_dump(backup, address, keys, now)
        place.remember(folder, address)
    else:
        _restore_file(backup, folder / DATABASE_NAME, keys, now)
    hub = Hub.open(folder, keys=keys, now=now, durable=durable)
    beside.bring_back(hub, backup)
    return hub


def _restore_file(backup: Path, target: Path, keys: ProvinceKeys, now: Callable[[], int]) -> None:
    draft = target.with_name(f".{target.name}.part")
    shutil.copyfile(backup, draft)
    try:
        marks = _checked_file(draft, keys)
        # Before the file has its name: a restore that is cut off never leaves a hub in the life it had.
        with (
            Hub.over(open_sqlite(draft, keys.database_key), keys, now) as hub,
            hub.database.write(alone=True) as connection,
        ):
            _begin_life(connection, keys, backup, marks, now())
        _flush(draft)
        draft.rename(target)
        flush_folder(target.parent)
    finally:
        _clear(draft)


def _restore_dump(backup: Path, address: str, keys: ProvinceKeys, now: Callable[[], int]) -> None:
    """A mark stands in the database until the new life has begun: cut off, it is served by nobody."""
    target = Database(open_postgres(address))
    try:
        with target.write(alone=True) as connection:
            if not dump.begin_restore(connection):
                raise FileExistsError(17, "the database is not empty", str(target.engine.url.database))
        dump.load(backup, target.engine, keys.database_key)
        marks = _checked(target, keys)
        with target.write(alone=True) as connection:
            versions.bring_forward(connection, now())
            _begin_life(connection, keys, backup, marks, now())
            dump.end_restore(connection)
    except dump.DumpBad as error:
        raise BackupBad([str(error)]) from error
    finally:
        target.close()


def _begin_life(connection: Connection, keys: ProvinceKeys, backup: Path, marks: Marks, at: int) -> None:
    life = province.begin_next_life(connection, keys, at, _begun_from(backup))
    enrol.skip_numbers(connection)
    put(connection, schema.backup_marks, marks)
    _note_life(backup, life)  # before the commit: a life that was not begun after all is only skipped


def _begun_from(backup: Path) -> int:
    """The highest life that was begun from this backup, as the note beside it says; 0 without one."""
    try:
        lines = backup.with_name(backup.name + NOTE_SUFFIX).read_text("ascii").split()
    except (OSError, UnicodeDecodeError):
        return 0
    return max((int(line) for line in lines if line.isdigit() and int(line) <= MAX_LIFE), default=0)


def _note_life(backup: Path, life: int) -> None:
    """Add a life to the note; a backup on a medium that only reads goes without."""
    with (
        contextlib.suppress(OSError),
        backup.with_name(backup.name + NOTE_SUFFIX).open("a", encoding="ascii") as note,
    ):
        note.write(f"{life}\n")
        note.flush()
        os.fsync(note.fileno())
