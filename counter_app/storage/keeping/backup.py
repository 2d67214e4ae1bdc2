"""Backups: one consistent encrypted file, opened and checked before it counts, the oldest rotated away.

Kept files lie beside it (``kept_copies``). Order, so that no power cut leaves a backup that promises too
much: store, files, list of files, and last the name under which all this is a backup.
"""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Container
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from counter_app.domain.dates import vn_datetime, vn_instant
from counter_app.storage.engine import open_engine, transaction
from counter_app.storage.journals import journal
from counter_app.storage.keeping import integrity, kept_copies, manifest
from counter_app.storage.keeping.integrity import Finding
from counter_app.storage.keeping.kept_copies import NO_FILES, Copying, HeldFiles, KeptHome
from counter_app.storage.keeping.rotation import Rotation, kept
from counter_app.storage.store import Store
from counter_app.storage.store_errors import StoreError
from counter_app.storage.this_pc import files_key
from counter_app.storage.this_pc.flushed import write_flushed
from sync.flushing import flush_folder

ROTATION = Rotation()
SUFFIX = ".mcbak"
OLD_LABEL = "store"
"""How names began before they told unit and counter; such files are still listed and read."""
_NEW = re.compile(r"-([0-9]{8})-([0-9]{6})-([0-9]{3})$")
_OLD = re.compile(r"-([0-9]+)$")


@dataclass(frozen=True, slots=True)
class Backup:
    """A verified backup: file, wall clock in ms, size in bytes, how far it holds each journal, its files."""

    path: Path
    at: int
    size: int
    positions: dict[int, int]
    files: HeldFiles = NO_FILES


@dataclass(frozen=True, slots=True)
class Series:
    """Whose backups these are: ``label`` begins their names (``03390-quay02``) and tells whose a file is.

    In a shared folder only such files are dropped, and of names from before, those in ``older``. ``home`` is
    where kept files lie, None for a store alone; ``thorough`` opens the copies of earlier backups again.
    """

    label: str = OLD_LABEL
    older: Container[str] = ()
    rotation: Rotation = ROTATION
    home: KeptHome | None = None
    thorough: bool = True


_ALONE = Series()


def back_up(store: Store, folder: Path, at: int, series: Series = _ALONE) -> Backup:
    """Write a backup into ``folder``, open and verify it, then drop those that the rotation does not keep.

    Our own head is signed first, so that everything in the backup is covered. Raises ``StoreError``:
    ``backup.bad`` when the file does not prove itself (then it is deleted); OSError for the place.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if store.is_enrolled:
        store.cover()
    store.fold_wal()
    final = folder / name_of(series.label, at)
    copying = None if series.home is None else _copying(series.home, final, series)
    draft = final.with_suffix(".part")
    draft.unlink(missing_ok=True)
    try:
        held = _written(store, draft, copying)
        if copying is not None:
            write_flushed(kept_copies.list_beside(final), copying.list_of(at))
        os.replace(draft, final)
    except BaseException:
        with suppress(OSError):  # a stick that is gone
            draft.unlink(missing_ok=True)
        raise
    flush_folder(folder)
    rotate(folder, series, final)
    files = NO_FILES if copying is None else copying.held()
    return Backup(final, at, final.stat().st_size, held, files)


def _copying(home: KeptHome, final: Path, series: Series) -> Copying:
    return Copying(home, kept_copies.place_of(final, series.label), series.thorough)


def _written(store: Store, draft: Path, copying: Copying | None) -> dict[int, int]:
    """The store and its files: those there are before it, then those that came meanwhile."""
    if copying is not None:
        copying.run()
    _copy(store, draft)
    _to_disk(draft)
    held = verify(draft, store.key)
    if copying is not None:
        copying.run()
    return held


def _copy(store: Store, draft: Path) -> None:
    """The whole store into one file. Raises OSError for what the place refuses."""
    try:
        with store.engine.connect() as plain:
            plain.execution_options(tx="none").exec_driver_sql("VACUUM INTO ?", (str(draft),))
    except StoreError as error:
        if error.code not in _PLACE_REFUSES:
            raise
        raise OSError(_PLACE_REFUSES[error.code], error.detail) from error


_PLACE_REFUSES = {
    "store.full": errno.ENOSPC, "store.readonly": errno.EROFS, "store.absent": errno.ENOENT,
    "store.disk": errno.EIO,
}  # fmt: skip


def rotate(folder: Path, series: Series, made: Path | None = None) -> None:
    """Drop the backups of a series that its rotation does not keep, their lists, and files no list names.

    The one just ``made`` stays, also when a flat battery dated it before all others. A list without its
    backup (a power cut) goes too. Raises OSError.
    """
    label = series.label
    own = [one for one in backups_in(folder, label) if _is_new(one, label) or one.name in series.older]
    stay = kept([(taken_at(one), one) for one in own], series.rotation) | {made}
    for old in own:
        if old not in stay:
            old.unlink(missing_ok=True)
    lists = [one for one in folder.glob(f"*{manifest.SUFFIX}") if _is_new(one, label)]
    for one in lists:
        if one.with_suffix(SUFFIX) not in stay:
            one.unlink(missing_ok=True)
    if series.home is not None:
        left = [one for one in lists if one.with_suffix(SUFFIX) in stay]
        kept_copies.sweep(kept_copies.place_of(folder / label, label), left, series.home.keys)


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


def verify_files(path: Path, key: bytes) -> HeldFiles:
    """Open every kept file that a backup lists. Raises ``StoreError`` ``backup.files``, ``backup.bad``."""
    return kept_copies.check(path, files_of(path), files_keys(path, key))


def files_of(path: Path) -> Path:
    """The folder of the files of a backup, from its name."""
    found = _NEW.search(path.stem)
    return kept_copies.place_of(path, path.stem[: found.start()] if found else path.stem)


def files_keys(path: Path, key: bytes) -> tuple[bytes, ...]:
    """The files' secrets that a store or a backup holds. Raises ``StoreError`` ``backup.bad``."""
    engine = open_engine(path, key, pooled=False)
    try:
        with transaction(engine, "read") as connection:
            return files_key.keys_of(connection)
    except StoreError as error:
        raise StoreError("backup.bad", f"{path.name}: {error.detail}") from error
    finally:
        engine.dispose()


def _to_disk(path: Path) -> None:
    """Wait until the file has left the system's memory: a backup on a stick is pulled out at once."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())
