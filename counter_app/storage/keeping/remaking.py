"""A damaged store made anew from what is whole in it: the journal and this PC's own tables, row by row.

SQLCipher proves every page it reads, so a row that can be read is the row that was written. Readings, the
index of words and all indexes are made again from the entries; a damaged page among them costs nothing. When
a row of the journal or of this PC's tables cannot be read the store is left as it is: then only a backup, the
province and the other counters hold the missing part (``restore``).
"""

from __future__ import annotations

import os
from pathlib import Path

from sqlalchemy import Connection, insert, select

from counter_app.storage import schema
from counter_app.storage.engine import open_engine, transaction
from counter_app.storage.journals.guards import create_guards
from counter_app.storage.keeping import integrity
from counter_app.storage.keeping.restore import move_aside
from counter_app.storage.readings.upkeep import Readings
from counter_app.storage.store_errors import StoreError, disk_words
from counter_app.storage.this_pc.local_tables import KEPT

_PIECE = 2_000


@disk_words()
def remake(path: Path, key: bytes, at: int) -> int:
    """Make the store at ``path`` anew in the same life; returns how many entries it holds.

    Nobody else may hold the store. The damaged file is moved aside (``…-before-<at>``), never deleted.
    Raises ``StoreError`` ``store.damaged`` when something kept is unreadable: nothing was changed then.
    """
    draft = path.with_name(path.name + ".remade")
    _drop(draft)
    try:
        entries = _copy(path, draft, key)
        _prove(draft, key)
    except BaseException:
        _drop(draft)
        raise
    with draft.open("rb+") as file:
        os.fsync(file.fileno())
    move_aside(path, at)
    os.replace(draft, path)
    return entries


def _copy(path: Path, draft: Path, key: bytes) -> int:
    old, new = open_engine(path, key, pooled=False), open_engine(draft, key, create=True, pooled=False)
    try:
        with transaction(old, "read") as source, transaction(new, "write") as target:
            found = schema.revision(source)
            if found != schema.REVISION:  # an older one is updated when it opens, which needs it whole
                raise StoreError("store.damaged", f"revision {found}")
            schema.create_kept(target, guarded=False)
            for table in KEPT.sorted_tables:
                rows = source.execution_options(yield_per=_PIECE).execute(select(table))
                for piece in rows.partitions(_PIECE):
                    target.execute(insert(table), [dict(row._mapping) for row in piece])
            create_guards(target)
            Readings().rebuild(target)
            return _count(target)
    finally:
        old.dispose()
        with new.connect() as plain:  # everything into the one file that gets the name
            plain.execution_options(tx="none").exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        new.dispose()


def _count(connection: Connection) -> int:
    return int(connection.exec_driver_sql("SELECT count(*) FROM entries").scalar_one())


def _prove(path: Path, key: bytes) -> None:
    engine = open_engine(path, key, pooled=False)
    try:
        found = integrity.check_file(engine)
    finally:
        engine.dispose()
    if found:
        raise StoreError("store.damaged", "; ".join(f"{one.code} {one.where}" for one in found[:5]))


def _drop(draft: Path) -> None:
    for tail in ("", "-wal", "-shm"):
        draft.with_name(draft.name + tail).unlink(missing_ok=True)
