"""Backups: one consistent encrypted file, opened and checked before it counts, the oldest rotated away."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from counter_app.storage import integrity, journal
from counter_app.storage.engine import open_engine, transaction
from counter_app.storage.integrity import Finding
from counter_app.storage.store import Store
from counter_app.storage.store_errors import StoreError

KEEP = 7
SUFFIX = ".mcbak"


@dataclass(frozen=True, slots=True)
class Backup:
    """A verified backup: file, wall clock in ms, size in bytes, how far it holds each journal."""

    path: Path
    at: int
    size: int
    positions: dict[int, int]


def back_up(store: Store, folder: Path, at: int, keep: int = KEEP) -> Backup:
    """Write a backup into ``folder``, open and verify it, then drop the oldest beyond ``keep``.

    Our own head is signed first, so that everything in the backup is covered. Raises ``StoreError``:
    ``backup.bad`` when the file does not prove itself (then it is deleted), ``store.full`` …
    """
    folder.mkdir(parents=True, exist_ok=True)
    if store.is_enrolled:
        store.cover()
    store.fold_wal()
    final = folder / f"{store.path.stem}-{at:015d}{SUFFIX}"
    draft = final.with_suffix(".part")
    draft.unlink(missing_ok=True)
    try:
        with store.engine.connect() as plain:
            plain.execution_options(tx="none").exec_driver_sql("VACUUM INTO ?", (str(draft),))
        _to_disk(draft)
        held = verify(draft, store.key)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    os.replace(draft, final)
    for old in backups_in(folder, store.path.stem)[keep:]:
        old.unlink(missing_ok=True)
    return Backup(final, at, final.stat().st_size, held)


def backups_in(folder: Path, stem: str = "") -> list[Path]:
    """Backups in ``folder``, newest first."""
    return sorted(folder.glob(f"{stem}*{SUFFIX}"), key=lambda path: path.name, reverse=True)


def verify(path: Path, key: bytes) -> dict[int, int]:
    """Open the file and check pages, structure, triggers, chains and signatures; returns its positions.

    Raises ``StoreError`` ``backup.bad`` naming the first findings.
    """
    engine = open_engine(path, key, pooled=False)
    try:
        found: list[Finding] = integrity.check_file(engine)
        with transaction(engine, "read") as connection:
            held = {number: at.seq for number, at in journal.positions(connection).items()}
    except StoreError as error:
        raise StoreError("backup.bad", f"{path.name}: {error.detail}") from error
    finally:
        engine.dispose()
    if found:
        words = "; ".join(f"{one.code} {one.where}" for one in found[:5])
        raise StoreError("backup.bad", f"{path.name}: {words}")
    return held


def _to_disk(path: Path) -> None:
    """Wait until the file has left the system's memory: a backup on a stick is pulled out at once."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())
