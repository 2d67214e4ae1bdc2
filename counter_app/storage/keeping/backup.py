"""Backups: one consistent encrypted file, opened and checked before it counts, the oldest rotated away."""

from __future__ import annotations

import os
import re
from collections.abc import Container
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from counter_app.domain.dates import vn_datetime, vn_instant
from counter_app.storage.engine import open_engine, transaction
from counter_app.storage.journals import journal
from counter_app.storage.keeping import integrity
from counter_app.storage.keeping.integrity import Finding
from counter_app.storage.store import Store
from counter_app.storage.store_errors import StoreError

KEEP = 7
SUFFIX = ".mcbak"
OLD_LABEL = "store"
"""How names began before they told unit and counter; such files are still listed and read."""
_NEW = re.compile(r"-([0-9]{8})-([0-9]{6})-([0-9]{3})$")
_OLD = re.compile(r"-([0-9]+)$")


@dataclass(frozen=True, slots=True)
class Backup:
    """A verified backup: file, wall clock in ms, size in bytes, how far it holds each journal."""

    path: Path
    at: int
    size: int
    positions: dict[int, int]


def back_up(
    store: Store, folder: Path, at: int, keep: int = KEEP, label: str = OLD_LABEL, older: Container[str] = ()
) -> Backup:
    """Write a backup into ``folder``, open and verify it, then drop the oldest beyond ``keep``.

    ``label`` begins the file's name and tells whose it is (``03390-quay02``): in a shared folder only such
    files are dropped, and of names from before, those in ``older``. Our own head is signed first, so that
    everything in the backup is covered. Raises ``StoreError``: ``backup.bad`` when the file does not
    prove itself (then it is deleted), ``store.full`` …
    """
    folder.mkdir(parents=True, exist_ok=True)
    if store.is_enrolled:
        store.cover()
    store.fold_wal()
    final = folder / name_of(label, at)
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
    own = [one for one in backups_in(folder, label) if _is_new(one, label) or one.name in older]
    for old in own[keep:]:
        old.unlink(missing_ok=True)
    return Backup(final, at, final.stat().st_size, held)


def name_of(label: str, at: int) -> str:
    """``03390-quay02-20261120-104103-250.mcbak``: whose, day, time of Viet Nam and milliseconds of ``at``."""
    return f"{label}-{vn_datetime(at):%Y%m%d-%H%M%S}-{at % 1000:03d}{SUFFIX}"


def taken_at(path: Path) -> int:
    """When a backup was taken, ms, from its name, old names (``store-001795143600000``) too; 0 if renamed."""
    if found := _NEW.search(path.stem):
        day, second, rest = found.groups()
        try:
            whole = datetime.strptime(day + second, "%Y%m%d%H%M%S")  # noqa: DTZ007 - local by its meaning
        except ValueError:
            return 0
        return vn_instant(whole) // 1000 * 1000 + int(rest)
    found = _OLD.search(path.stem)
    return int(found.group(1)) if found else 0


def backups_in(folder: Path, label: str = "") -> list[Path]:
    """Backups in ``folder``, newest first; with ``label`` those of that name, and all with an old name."""
    found = [
        path
        for path in folder.glob(f"*{SUFFIX}")
        if not label or _is_new(path, label) or path.name.startswith(f"{OLD_LABEL}-")
    ]
    return sorted(found, key=lambda path: (taken_at(path), path.name), reverse=True)


def _is_new(path: Path, label: str) -> bool:
    """A name that ``name_of`` gave for ``label``."""
    found = _NEW.search(path.stem)
    return found is not None and path.stem[: found.start()] == label


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
