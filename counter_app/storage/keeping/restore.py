"""Restore: a backup becomes the store again, but never goes on in the journal it had.

Whatever was written after the backup may be on paper, at a peer or at the hub; numbers and receipts of the
old life are therefore closed to this PC. The next life (``lives.open_life``) opens at once and offline, and
the old journal is completed from whoever holds more of it.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from counter_app.storage.keeping import backup
from counter_app.storage.store import Store
from counter_app.storage.store_errors import disk_words
from counter_app.storage.this_pc import device

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
        old = device.own_journal(connection)
        if old is not None:
            device.stop(connection, old, RESTORED)
    stopped.close()
    move_aside(target, at)
    os.replace(draft, target)
    for tail in ("-wal", "-shm"):
        draft.with_name(draft.name + tail).unlink(missing_ok=True)
    return Store.open(target, key)


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
