"""What siblings may take of this PC's versions: the manifest, the application, parts of what is on its way.

Nothing of it is secret; whoever takes it verifies the publisher's signatures and digests himself.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from counter_app.updates import manifest
from counter_app.updates.installation import Installation
from counter_app.updates.manifest import Piece, Read
from counter_app.updates.program_folder import disk_words
from counter_app.updates.sources import MANIFEST, part_file
from counter_app.updates.words import UpdateError
from sync.client.lan import shelf
from sync.client.lan.shelf import AT_REST, Item, Place


class _Known(NamedTuple):
    mark: tuple[str, int, int]
    digest: str


class Sharing:
    """The shelf's part for versions. ``doing`` tells siblings that this PC fetches, or is about to."""

    def __init__(self, find: Callable[[], Installation]) -> None:
        """``find`` is asked each time. Raises nothing where nothing is installed."""
        self._find = find
        self._doing: tuple[str, int] = ("", AT_REST)
        self._known: dict[str, _Known] = {}

    def at(self, piece: Piece | None = None, state: int = AT_REST) -> None:
        """What this PC is at: ``piece`` is MEANT, FETCHING, or nothing is."""
        self._doing = ("" if piece is None else piece.sha256, state)

    def places(self) -> Iterator[Place]:
        """Manifest, whole application and parts that lie here now."""
        try:
            found = self._find()
            path = found.folder.folder / MANIFEST
            with disk_words():
                data = path.read_bytes() if path.is_file() else b""
            read = manifest.read(data, found.keys) if data else None
        except UpdateError:
            return
        if read is None:
            return
        size, digest = len(data), hashlib.sha256(data).digest()
        yield Place(Item(shelf.MANIFEST, read.manifest.serial, digest, size, size), path)
        yield from self._pieces(found, read)

    def _pieces(self, found: Installation, read: Read) -> Iterator[Place]:
        whole = read.manifest.application
        for path in (found.folder.application(read.manifest.version), found.zip):
            if self._is(path, whole):
                yield Place(_item(whole, whole.size, AT_REST), path)
                break
        wanted, state = self._doing
        for piece in (whole, *read.manifest.deltas):
            path = part_file(piece, found.folder)
            held = path.stat().st_size if path.is_file() else 0
            doing = state if piece.sha256 == wanted else AT_REST
            if held or doing:
                yield Place(_item(piece, min(held, piece.size), doing), path)

    def _is(self, path: Path, piece: Piece) -> bool:
        """Whether the file is that piece; read only when it changed: 20 MB are not for every question."""
        try:
            seen = path.stat()
            mark = (path.name, seen.st_mtime_ns, seen.st_size)
            known = self._known.get(path.name)
            if seen.st_size != piece.size:
                return False
            if known is None or known.mark != mark:
                with path.open("rb") as file:
                    known = _Known(mark, hashlib.file_digest(file, "sha256").hexdigest())
                self._known[path.name] = known
        except OSError:
            return False
        return known.digest == piece.sha256


def _item(piece: Piece, held: int, state: int) -> Item:
    return Item(shelf.PROGRAM, 0, bytes.fromhex(piece.sha256), piece.size, held, state)
