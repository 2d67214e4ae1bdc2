"""Kept files beside the backups: each copied once, sealed as it lies at home, opened again before it counts.

``<label>.files/3f/3f….sealed``: 256 folders, because the FAT of a stick takes some 9,000 such names in one.
All backups of a counter share them; each has a list of its own (``manifest``), and what no list names goes.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from counter_app.storage.keeping import manifest
from counter_app.storage.keeping.manifest import ListedFile, Manifest
from counter_app.storage.store_errors import StoreError
from counter_app.storage.this_pc import kept_files
from counter_app.storage.this_pc.flushed import make_folder, write_flushed
from counter_app.storage.this_pc.kept_files import KeptFiles

FOLDER_SUFFIX: Final = ".files"


@dataclass(frozen=True, slots=True)
class HeldFiles:
    """Files of a backup: how many, their bytes, how many of them were copied or brought back just now.

    ``faulty`` names those that are gone or changed, ``left`` counts those the place would not take.
    """

    files: int = 0
    size: int = 0
    copied: int = 0
    faulty: tuple[str, ...] = ()
    left: int = 0


NO_FILES: Final = HeldFiles()


@dataclass(frozen=True, slots=True)
class KeptHome:
    """The kept files of a program: its folder, the files' secrets, and the PC's own of older files."""

    home: Path
    keys: tuple[bytes, ...]
    device_secret: bytes = b""

    def folders(self) -> Iterator[KeptFiles]:
        """Every folder of the home in which sealed files lie, in order of names."""
        current, *rest = self.keys
        older = (*rest, self.device_secret) if self.device_secret else tuple(rest)
        for path in sorted(self.home.iterdir()):
            if path.is_dir() and any(path.glob(f"*{kept_files.SUFFIX}")):
                yield KeptFiles(path, current, older)


@dataclass
class Copying:
    """One backup's copying into ``place``: asked before and after the store is written, so nothing is missed.

    ``thorough`` opens again what earlier backups copied; else their size is looked at.
    """

    home: KeptHome
    place: Path
    thorough: bool = True
    listed: dict[str, ListedFile] = field(default_factory=dict)
    faulty: set[str] = field(default_factory=set)
    left: set[str] = field(default_factory=set)
    copied: int = 0

    def run(self) -> None:
        """Copy what is new. A file that cannot be read or written is noted and stops nothing."""
        for kept in self.home.folders():
            for name in kept.names():
                key = f"{kept.folder.name}/{name}"
                if key not in self.listed:
                    self._one(kept, name, key)

    def _one(self, kept: KeptFiles, name: str, key: str) -> None:
        target, size = path_of(self.place, name), kept.size(name)
        if not self._is_there(target, name, size):
            sealed = kept.sealed(name)
            if sealed is None:
                if kept.has(name):
                    self.faulty.add(key)
                return
            size = len(sealed)
            if not self._written(target, sealed):
                self.left.add(key)
                return
            self.copied += 1
        self.left.discard(key)
        self.listed[key] = ListedFile(kept.folder.name, name, size)

    def _is_there(self, target: Path, name: str, size: int) -> bool:
        """Whether an earlier backup's copy is whole; a damaged file at home does not replace it."""
        try:
            there = target.stat().st_size
        except OSError:
            return False
        if not self.thorough and there == size:
            return True
        return _opens(target, name, self.home.keys)

    def _written(self, target: Path, sealed: bytes) -> bool:
        try:
            make_folder(target.parent)
            write_flushed(target, sealed)
            return target.read_bytes() == sealed
        except OSError:
            return False

    def list_of(self, at: int) -> bytes:
        """The manifest of the backup taken at ``at``, sealed."""
        return manifest.write(Manifest(at, tuple(self.listed.values())), self.home.keys[0])

    def held(self) -> HeldFiles:
        """What became of the files."""
        size = sum(one.size for one in self.listed.values())
        return HeldFiles(
            len(self.listed), size, self.copied, tuple(sorted(self.faulty)), len(self.left)
        )  # fmt: skip


def place_of(backup: Path, label: str) -> Path:
    """Where the files of a counter's backups lie, beside ``backup``."""
    return backup.with_name(f"{label}{FOLDER_SUFFIX}")


def path_of(place: Path, name: str) -> Path:
    """Where a kept file lies among the backups' files."""
    return place / name[:2] / f"{name}{kept_files.SUFFIX}"


def list_beside(backup: Path) -> Path:
    """The list of a backup."""
    return backup.with_suffix(manifest.SUFFIX)


def listed_by(backup: Path, keys: Collection[bytes]) -> tuple[ListedFile, ...]:
    """Files that a backup lists; none for one from before it had a list.

    Raises ``StoreError`` ``backup.files`` for a list that does not open.
    """
    try:
        data = list_beside(backup).read_bytes()
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise StoreError("backup.files", type(error).__name__) from error
    return manifest.read(data, keys).files


def check(backup: Path, place: Path, keys: Collection[bytes]) -> HeldFiles:
    """Open every file of a backup. Raises ``StoreError`` ``backup.files`` as ``listed_by``."""
    listed = listed_by(backup, keys)
    bad = [one for one in listed if not _opens(path_of(place, one.name), one.name, keys)]
    good = [one for one in listed if one not in bad]
    faulty = tuple(sorted(f"{one.folder}/{one.name}" for one in bad))
    return HeldFiles(len(good), sum(one.size for one in good), faulty=faulty)


def bring_back(backup: Path, place: Path, keys: tuple[bytes, ...], home: Path, at: int) -> HeldFiles:
    """Put the files of a backup where the program keeps them; what is gone or changed is named.

    A file that is at home and opens stays; one that does not is put aside (``…-before-<at>``), never deleted.
    Raises ``StoreError`` ``backup.files`` as ``listed_by``; nothing for a single file.
    """
    faulty: list[str] = []
    left = size = files = copied = 0
    for one in listed_by(backup, keys):
        target = home / one.folder / f"{one.name}{kept_files.SUFFIX}"
        if not _opens(target, one.name, keys):
            data = _sealed(path_of(place, one.name), one.name, keys)
            if data is None:
                faulty.append(f"{one.folder}/{one.name}")
                continue
            if not _put(target, data, at):
                left += 1
                continue
            copied += 1
        files, size = files + 1, size + one.size
    return HeldFiles(files, size, copied, tuple(sorted(faulty)), left)


def sweep(place: Path, lists: Collection[Path], keys: Collection[bytes]) -> int:
    """Drop files that none of ``lists`` names; returns how many. A list that does not open keeps them all."""
    if not place.is_dir():
        return 0
    wanted: set[str] = set()
    try:
        for one in lists:
            wanted.update(file.name for file in manifest.read(one.read_bytes(), keys).files)
    except (OSError, StoreError):
        return 0
    gone = 0
    with suppress(OSError):  # a stick that is pulled: the next backup goes on
        for path in place.glob(f"??/*{kept_files.SUFFIX}*"):
            if path.name.split(".")[0] not in wanted or not path.name.endswith(kept_files.SUFFIX):
                path.unlink()
                gone += 1
    return gone


def _put(target: Path, sealed: bytes, at: int) -> bool:
    try:
        make_folder(target.parent)
        if target.exists():
            os.replace(target, target.with_name(f"{target.name}-before-{at}"))
        write_flushed(target, sealed)
    except OSError:
        return False
    return True


def _sealed(path: Path, name: str, keys: Collection[bytes]) -> bytes | None:
    try:
        sealed = path.read_bytes()
    except OSError:
        return None
    return sealed if kept_files.unseal(sealed, name, keys) is not None else None


def _opens(path: Path, name: str, keys: Collection[bytes]) -> bool:
    return _sealed(path, name, keys) is not None
