"""The bytes of uploads and files in the hub's folder, each flushed before anybody hears of it.

``files/uploads/<id>.part`` grow, ``files/<unit>/<name>.mca`` are whole. Ids and names are hex and digits.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from sync.flushing import flush_folder

FOLDER: Final = "files"
SUFFIX: Final = ".mca"
_PART: Final = ".part"


class FileFolder:
    """Files below ``place``: the hub's own folder, or where its backups lie (then under another name)."""

    def __init__(self, place: Path, name: str = FOLDER) -> None:
        self._place = place / name

    def size_of_part(self, upload: str) -> int:
        """Bytes of an upload that are here; 0 without any."""
        try:
            return self._part(upload).stat().st_size
        except FileNotFoundError:
            return 0

    def write_part(self, upload: str, offset: int, data: bytes) -> None:
        """Put ``data`` at ``offset``, forget what lay behind it, flush. Raises OSError."""
        path = self._part(upload)
        path.parent.mkdir(parents=True, exist_ok=True)
        is_new = not path.exists()
        with path.open("wb" if is_new else "r+b") as file:
            file.seek(offset)
            file.write(data)
            file.truncate()
            file.flush()
            os.fsync(file.fileno())
        if is_new:
            flush_folder(path.parent)

    def read_upload(self, upload: str, unit: str, name: str) -> bytes | None:
        """An upload's bytes; also those a crash left already under their last name."""
        for path in (self._part(upload), self._whole(unit, name)):
            try:
                return path.read_bytes()
            except FileNotFoundError:
                continue
        return None

    def finish(self, upload: str, unit: str, name: str) -> None:
        """Give a verified upload its last name. Raises OSError."""
        target = self._whole(unit, name)
        target.parent.mkdir(parents=True, exist_ok=True)
        part = self._part(upload)
        if part.exists():
            part.replace(target)
        flush_folder(target.parent)

    def put(self, unit: str, name: str, data: bytes) -> None:
        """A whole file, flushed, then named. Raises OSError."""
        target = self._whole(unit, name)
        target.parent.mkdir(parents=True, exist_ok=True)
        beside = target.with_suffix(_PART)
        with beside.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(target)
        flush_folder(target.parent)

    def read(self, unit: str, name: str, first: int, count: int) -> bytes | None:
        """``count`` bytes from ``first``, None when the file is not here."""
        try:
            with self._whole(unit, name).open("rb") as file:
                file.seek(first)
                return file.read(count)
        except FileNotFoundError:
            return None

    def drop_part(self, upload: str) -> None:
        """Forget an upload's bytes; none is no error."""
        self._part(upload).unlink(missing_ok=True)

    def drop(self, unit: str, name: str) -> None:
        """Forget a file; none is no error."""
        self._whole(unit, name).unlink(missing_ok=True)

    def parts(self) -> Iterator[str]:
        """Ids of all uploads of which bytes are here."""
        yield from (path.stem for path in self._parts_folder.glob(f"*{_PART}"))

    def whole(self, unit: str) -> Iterator[str]:
        """Names of all whole files of ``unit``."""
        yield from (path.stem for path in (self._place / unit).glob(f"*{SUFFIX}"))

    def age_of(self, unit: str, name: str) -> int:
        """When a whole file was written, ms since 1970; 0 without one."""
        try:
            return self._whole(unit, name).stat().st_mtime_ns // 1_000_000
        except FileNotFoundError:
            return 0

    @property
    def _parts_folder(self) -> Path:
        return self._place / "uploads"

    def _part(self, upload: str) -> Path:
        return self._parts_folder / f"{upload}{_PART}"

    def _whole(self, unit: str, name: str) -> Path:
        return self._place / unit / f"{name}{SUFFIX}"
