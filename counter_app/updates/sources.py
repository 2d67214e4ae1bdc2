"""Where versions come from: a folder (stick, share, sibling's folder) or the province's hub; both by
pieces."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Final, Protocol

from counter_app.updates.manifest import MOST_BYTES, Piece
from counter_app.updates.program_folder import ProgramFolder, disk_words
from counter_app.updates.words import UpdateError

MANIFEST: Final = "update.json"
PIECE_BYTES: Final = 64 * 1024
_HEADERS_COST: Final = 400
"""About what headers of a request and its answer weigh, for the day's budget."""


class Source(Protocol):
    """Gives bytes of files by name; what they are worth is decided elsewhere."""

    def part(self, name: str, offset: int, most: int) -> bytes:
        """At most ``most`` bytes from ``offset``; empty at the end. Raises UpdateError ``update.missing``."""
        ...


class FolderSource:
    """Files beside each other in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def part(self, name: str, offset: int, most: int) -> bytes:
        """As ``Source``."""
        try:
            with (self._folder / name).open("rb") as file:
                file.seek(offset)
                return file.read(most)
        except OSError as error:
            raise UpdateError("update.missing", f"{name}: {error.strerror}") from error


class MeteredSource:
    """A source on a line that costs: asked before each part whether it may, told what passed."""

    def __init__(self, source: Source, may: Callable[[], bool], spend: Callable[[int], None]) -> None:
        self._source, self._may, self._spend = source, may, spend

    def part(self, name: str, offset: int, most: int) -> bytes:
        """As ``Source``. Raises UpdateError ``update.not_now`` too; what came so far is kept."""
        if not self._may():
            raise UpdateError("update.not_now", name)
        size = _HEADERS_COST
        try:
            data = self._source.part(name, offset, most)
            size += len(data)
            return data
        finally:
            self._spend(size)


class CountingSource:
    """Another source, and how many bytes came from it: what an update cost on the line."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self.bytes = 0

    def part(self, name: str, offset: int, most: int) -> bytes:
        """As ``Source``."""
        data = self._source.part(name, offset, most)
        self.bytes += len(data)
        return data


def manifest_bytes(source: Source) -> bytes:
    """The manifest's file. Raises UpdateError ``update.missing``, ``update.unreadable`` beyond its size."""
    data = b""
    while len(data) <= MOST_BYTES and (more := source.part(MANIFEST, len(data), PIECE_BYTES)):
        data += more
    if len(data) > MOST_BYTES:
        raise UpdateError("update.unreadable", "too large")
    return data


def fetch(source: Source, piece: Piece, folder: ProgramFolder) -> bytes:
    """The bytes of ``piece``, going on where a cut line or a power cut left them.

    Never takes more than the manifest says, however much the source gives; bytes with another digest are
    thrown
    away. Raises UpdateError ``update.missing``, ``update.mixed``, ``update.disk``.
    """
    from hashlib import sha256

    part = part_file(piece, folder)
    with disk_words():
        folder.folder.mkdir(parents=True, exist_ok=True)
        with part.open("ab+") as file:
            while (held := file.seek(0, os.SEEK_END)) < piece.size:
                more = source.part(piece.name, held, min(PIECE_BYTES, piece.size - held))
                if not more:
                    raise UpdateError("update.missing", f"{piece.name} ends at {held} of {piece.size}")
                file.write(more[: piece.size - held])
                file.flush()
            file.seek(0)
            data = file.read(piece.size)
        if held > piece.size or sha256(data).hexdigest() != piece.sha256:
            part.unlink()
            raise UpdateError("update.mixed", piece.name)
    return data


def forget(piece: Piece, folder: ProgramFolder) -> None:
    """The fetched bytes were used. Raises UpdateError ``update.disk``."""
    with disk_words():
        part_file(piece, folder).unlink(missing_ok=True)


def part_file(piece: Piece, folder: ProgramFolder) -> Path:
    """Where the bytes of ``piece`` gather until they are whole."""
    return folder.folder / f"{piece.sha256[:16]}.part"
