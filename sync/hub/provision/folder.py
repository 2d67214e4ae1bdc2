"""A folder written whole or not at all: everything beside it, flushed, then renamed into its place.

A stick (FAT) knows no exchange of two folders: the old one steps aside for a moment. A cut in that moment
leaves it under a name that the next call takes up again, and the new one whole under its draft's name.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Sequence
from pathlib import Path

from sync.flushing import flush_folder
from sync.protocol.meeting.seat_note import FOLDER as NOTES
from sync.protocol.meeting.seat_note import MAX_BYTES, SUFFIX, SeatNote, read_note
from sync.protocol.refusals import Refusal

SUMS = "SHA256SUMS"
_PIECE = 1 << 20
_MOST_NOTES = 1_000


class Draft:
    """The folder ``target`` in the making; what is put into it is flushed at once."""

    def __init__(self, target: Path) -> None:
        """Nothing is seen of it before ``finish``. Raises OSError."""
        self.target = target
        self.place = target.with_name(f".{target.name}.draft")
        self._old = _old(target)
        self._sums: dict[str, str] = {}
        target.parent.mkdir(parents=True, exist_ok=True)
        for left in (self.place, self._old):
            shutil.rmtree(left, ignore_errors=True)
        self.place.mkdir()

    def put(self, name: str, data: bytes, *, summed: bool = True) -> None:
        """A file below the folder; ``summed`` into the list of digests."""
        path = self._path(name)
        with path.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if summed:
            self._sums[name] = hashlib.sha256(data).hexdigest()

    def copy(self, source: Path) -> str:
        """A large file from elsewhere under its own name, in pieces. Returns its name. Raises OSError."""
        digest, path = hashlib.sha256(), self._path(source.name)
        with source.open("rb") as given, path.open("wb") as file:
            while piece := given.read(_PIECE):
                digest.update(piece)
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        self._sums[source.name] = digest.hexdigest()
        return source.name

    def finish(self) -> Path:
        """The list of digests, every folder flushed, and the folder takes its place."""
        lines = [f"{digest}  {name}\n" for name, digest in sorted(self._sums.items())]
        self.put(SUMS, "".join(lines).encode(), summed=False)
        for folder in {path.parent for path in self.place.rglob("*")} | {self.place}:
            flush_folder(folder)
        if self.target.exists():
            self.target.rename(self._old)
        try:
            self.place.rename(self.target)
        except OSError:
            take_up(self.target)  # the earlier folder stays what people see
            raise
        flush_folder(self.target.parent)
        shutil.rmtree(self._old, ignore_errors=True)
        return self.target

    def drop(self) -> None:
        """Nothing was made."""
        shutil.rmtree(self.place, ignore_errors=True)

    def _path(self, name: str) -> Path:
        path = self.place / name
        path.parent.mkdir(exist_ok=True)
        return path


def take_up(target: Path) -> None:
    """The earlier folder comes back when a cut left it aside. Raises OSError."""
    if _old(target).exists() and not target.exists():
        _old(target).rename(target)


def _old(target: Path) -> Path:
    return target.with_name(f".{target.name}.old")


def notes_in(folder: Path, unit: str) -> dict[int, tuple[str, bytes]]:
    """Notes of taken seats of ``unit`` in a provisioning folder: number to (PC's name, the note's bytes).

    A file that is none, or too large, is passed over: the notes help, they prove nothing.
    """
    found: dict[int, tuple[str, bytes]] = {}
    for path in _listed(folder / NOTES)[:_MOST_NOTES]:
        note, data = _noted(path)
        if note is not None and note.unit == unit:
            found[note.counter] = (note.pc, data)
    return found


def _noted(path: Path) -> tuple[SeatNote | None, bytes]:
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
        return read_note(data), data
    except (OSError, Refusal):
        return None, b""


def _listed(folder: Path) -> Sequence[Path]:
    try:
        return sorted(path for path in folder.glob(f"*{SUFFIX}") if path.is_file())
    except OSError:
        return ()
