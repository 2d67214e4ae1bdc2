"""Restore: a backup becomes the store again, but never goes on in the journal it had.

Whatever was written after the backup may be on paper, at a peer or at the hub; numbers and receipts of the
old life are therefore closed to this PC. The next life (``lives.open_life``) opens at once and offline, and
the old journal is completed from whoever holds more of it.
"""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.exc import DatabaseError

from counter_app.storage.journals import journal
from counter_app.storage.keeping import backup, kept_copies
from counter_app.storage.keeping.kept_copies import HeldFiles
from counter_app.storage.store import Store
from counter_app.storage.store_errors import StoreError, disk_words
from counter_app.storage.this_pc import device, files_key
from sync.flushing import flush_folder

RESTORED = "restored"


@disk_words()
def restore(source: Path, key: bytes, target: Path, at: int) -> Store:
    """Check ``source``, put a copy in the place of ``target``, and open it with its old journal stopped.

    A store that is there is moved aside (``…-before-<at>``), never deleted. Raises ``StoreError``
    ``backup.bad`` before anything was touched; ``store.full`` and others of the disk.
    """
    backup.verify(source, key)
    draft = target.with_name(target.name + ".restoring")
    shutil.copyfile(source, draft)
    with draft.open("rb+") as file:
        os.fsync(file.fileno())
    stopped = Store.open(draft, key)
    with stopped.write() as connection:
        files_key.adopt(connection, _keys_at(target, key))  # files sealed since that backup are still read
        old = device.own_journal(connection)
        if old is not None:
            device.stop(connection, old, RESTORED)
    stopped.close()
    move_aside(target, at)
    os.replace(draft, target)
    flush_folder(target.parent)
    for tail in ("-wal", "-shm"):
        draft.with_name(draft.name + tail).unlink(missing_ok=True)
    return Store.open(target, key)


def _keys_at(target: Path, key: bytes) -> tuple[bytes, ...]:
    """The files' secrets of the store that is about to be put aside, none where it is not there or broken."""
    if not target.exists():
        return ()
    with suppress(StoreError, DatabaseError):  # an empty file opens, and holds no table
        return backup.files_keys(target, key)
    return ()


@disk_words()
def restore_files(source: Path, key: bytes, home: Path, at: int) -> HeldFiles:
    """Bring the kept files of a backup back below ``home``, before its store takes its place there.

    May be called again after a power cut. A file that is gone, changed or finds no room is named or counted
    and stops nothing. Raises ``StoreError`` ``backup.files`` when nothing is known of them.
    """
    return kept_copies.bring_back(
        source, backup.files_of(source), backup.files_keys(source, key), home, at
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Drilled:
    """A rehearsed restore: how far each journal is held, and the files."""

    positions: dict[int, int]
    files: HeldFiles


@disk_words()
def drill(source: Path, key: bytes, folder: Path, at: int) -> Drilled:
    """A whole restore, store and files, into ``folder``, which must not exist; removed whatever happens.

    Raises ``StoreError``.
    """
    folder.mkdir(parents=True)
    try:
        files = restore_files(source, key, folder, at)
        restored = restore(source, key, folder / "store.db", at)
        try:
            with restored.read() as connection:
                held = {number: at.seq for number, at in journal.positions(connection).items()}
        finally:
            restored.close()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return Drilled(held, files)


@disk_words()
def try_restore(source: Path, key: bytes, folder: Path) -> dict[int, int]:
    """Restore into a throw-away copy and open it as the program would; changes nothing else.

    Returns how far each journal is held. Raises ``StoreError``.
    """
    folder.mkdir(parents=True, exist_ok=True)
    trial = folder / f"{source.stem}.trial"
    try:
        held = backup.verify(source, key)
        shutil.copyfile(source, trial)
        Store.open(trial, key).close()
    finally:
        for tail in ("", "-wal", "-shm"):
            trial.with_name(trial.name + tail).unlink(missing_ok=True)
    return held


def move_aside(target: Path, at: int) -> None:
    """Keep the store that is in the place of ``target`` under another name, its WAL with it."""
    for tail in ("", "-wal", "-shm"):
        there = target.with_name(target.name + tail)
        if there.exists():
            os.replace(there, target.with_name(f"{target.stem}-before-{at}{target.suffix}{tail}"))
