"""What an installation keeps about its versions: a handful of one-line files, each written whole and flushed.

The launcher (``installers/debian/files``) reads the same files, without Python: ``current`` names the
application and
its runtime, ``previous`` what ran before, ``starting`` has a line for each start that has not come up yet,
``proven``
the application that did come up, ``refused`` those that twice did not.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NamedTuple

import msgspec

from counter_app.updates.manifest import Seen
from counter_app.updates.words import UpdateError
from sync.flushing import flush_folder

CURRENT: Final = "current"
PREVIOUS: Final = "previous"
PROVEN: Final = "proven"
STARTING: Final = "starting"
REFUSED: Final = "refused"
PAUSED: Final = "paused"
SEEN: Final = "seen.json"
_MOST: Final = 64 * 1024
_LINE: Final = re.compile(r"app-([0-9A-Za-z.+-]{1,40})\.zip (runtime-[0-9a-f]{6,64})", re.ASCII)


class Named(NamedTuple):
    """One line of ``current`` or ``previous``: the application's version and the runtime's folder name."""

    version: str
    runtime: str

    @property
    def application(self) -> str:
        """File name of the application."""
        return f"app-{self.version}.zip"

    @property
    def line(self) -> str:
        """As the file holds it."""
        return f"{self.application} {self.runtime}\n"


class ProgramFolder:
    """The folder in which updates live, the user's own: what the installer put elsewhere stays untouched."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def named(self, file: str) -> Named | None:
        """What ``current`` or ``previous`` names; None without the file, or with one that nobody wrote
        whole."""
        found = _LINE.fullmatch(self._text(file).rstrip("\n"))
        return None if found is None else Named(found[1], found[2])

    def application(self, version: str) -> Path:
        """Where that version's zip lies or will lie."""
        return self.folder / f"app-{version}.zip"

    def is_refused(self, version: str) -> bool:
        """Did this version twice not come up here?"""
        return f"app-{version}.zip" in self._text(REFUSED).split()

    @property
    def paused(self) -> bool:
        """Somebody at this PC said: not now."""
        return (self.folder / PAUSED).exists()

    def pause(self, on: bool) -> None:
        """Take no versions until told otherwise, or take them again. Raises UpdateError ``update.disk``."""
        with disk_words():
            if on:
                self._write(PAUSED, b"\n")
            else:
                (self.folder / PAUSED).unlink(missing_ok=True)

    def seen(self) -> Seen:
        """The newest manifest this PC went by; a damaged note is no note."""
        try:
            return msgspec.json.decode((self._text(SEEN) or "[]").encode(), type=Seen)
        except msgspec.MsgspecError:
            return Seen()

    def note_seen(self, seen: Seen) -> None:
        """Flushed, so that an older manifest stays refused after a power cut. Raises UpdateError."""
        with disk_words():
            self._write(SEEN, msgspec.json.encode(seen))

    def note_proven(self, application: str) -> None:
        """The application of that file name came up; from now on failed starts are not held against it."""
        with disk_words():
            if self._text(PROVEN).strip() != application:
                self._write(PROVEN, f"{application}\n".encode())
            (self.folder / STARTING).unlink(missing_ok=True)

    def switch(self, running: Named, to: Named) -> None:
        """The next start takes ``to``; ``running`` is what it falls back to. Raises UpdateError
        ``update.disk``.

        The last step is one rename: before it the old version starts, after it the new one, never none.
        """
        with disk_words():
            (self.folder / STARTING).unlink(missing_ok=True)
            self._write(PREVIOUS, running.line.encode())
            self._write(CURRENT, to.line.encode())

    def prune(self, keep: frozenset[str]) -> None:
        """Applications and half-fetched files that nothing names any more go away."""
        lines = [self.named(CURRENT), self.named(PREVIOUS)]
        kept = {one.application for one in lines if one is not None} | {
            f"app-{version}.zip" for version in keep
        }
        for path in [*self.folder.glob("app-*.zip"), *self.folder.glob("*.part"), *self.folder.glob("*.new")]:
            if path.name not in kept:
                path.unlink(missing_ok=True)

    def keep(self, name: str, data: bytes) -> Path:
        """``data`` under ``name``, whole or not at all. Raises UpdateError ``update.disk``."""
        with disk_words():
            self._write(name, data)
        return self.folder / name

    def kept(self, name: str) -> bytes:
        """What ``keep`` wrote under ``name``, at most 64 KiB and one; nothing where there is nothing."""
        try:
            with (self.folder / name).open("rb") as file:
                return file.read(_MOST + 1)
        except OSError:
            return b""

    def _write(self, name: str, data: bytes) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        draft = self.folder / f"{name}.new"
        with draft.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self.folder / name)
        flush_folder(self.folder)

    def _text(self, name: str) -> str:
        try:
            with (self.folder / name).open("rb") as file:
                return file.read(_MOST).decode("utf-8", "replace")
        except OSError:
            return ""


@contextmanager
def disk_words() -> Iterator[None]:
    """A disk that refuses becomes UpdateError ``update.disk``."""
    try:
        yield
    except OSError as error:
        raise UpdateError("update.disk", f"{error.strerror}: {error.filename}") from error
