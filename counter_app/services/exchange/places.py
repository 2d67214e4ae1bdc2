"""Where bundle files may be written and found: sticks that are plugged in, and the program's own outbox."""

from __future__ import annotations

import os
import string
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from counter_app.services.ports.exchange import FilePlace

SUFFIX = ".mcx"
MOST_FILES = 20
_STICKS = ("/media", "/run/media")
"""Where desktops mount what is plugged in: also a stick that takes no file, which then says so."""
_BY_HAND = "/mnt"
"""What an administrator mounted, for whatever it may be: only when something can be written there."""

_NO_STICKS = "COMMUNE_COUNTER_NO_STICKS"


def places(outbox: Path, sticks: Iterable[Path] | None = None) -> tuple[FilePlace, ...]:
    """Sticks first, those that take no file behind the others, the outbox last (made when it is not there).

    Of each the newest bundle files.

    ``sticks`` None asks the system. A stick that is pulled out meanwhile shows no files; nothing raises.
    """
    outbox.mkdir(parents=True, exist_ok=True)
    found = [_place(path, removable=True) for path in (plugged_in() if sticks is None else sticks)]
    found.sort(key=lambda place: not place.writable)
    return (*found, _place(outbox, removable=False))


def plugged_in() -> Iterator[Path]:
    """Mount points of removable drives, as far as the system tells them; none ``without_sticks``."""
    if os.environ.get(_NO_STICKS):
        return
    if sys.platform == "win32":
        yield from _windows_drives()
    else:
        yield from _mounts(Path("/proc/self/mounts"))


@contextmanager
def without_sticks() -> Iterator[None]:
    """For a scripted day: a stick in this PC is somebody's, sees none of its files and brings it none."""
    os.environ[_NO_STICKS] = "1"
    try:
        yield
    finally:
        os.environ.pop(_NO_STICKS, None)


def _mounts(table: Path) -> list[Path]:
    try:
        lines = table.read_text("utf-8", "replace").splitlines()
    except OSError:
        return []
    points = [line.split(" ")[1].replace("\\040", " ") for line in lines if line.count(" ") > 1]
    below = sorted(Path(p) for p in points if p.startswith(tuple(f"{one}/" for one in (*_STICKS, _BY_HAND))))
    return [one for one in below if not one.is_relative_to(_BY_HAND) or os.access(one, os.W_OK)]


def _windows_drives() -> Iterator[Path]:
    import ctypes

    removable = 2
    ask = getattr(ctypes, "windll").kernel32.GetDriveTypeW  # noqa: B009  (only there on Windows)
    for letter in string.ascii_uppercase[3:]:
        if ask(f"{letter}:\\") == removable:
            yield Path(f"{letter}:\\")


def _place(path: Path, *, removable: bool) -> FilePlace:
    writable = os.access(path, os.W_OK)
    return FilePlace(str(path), path.name or str(path), removable, writable, _bundles(path))


def _bundles(path: Path) -> tuple[str, ...]:
    try:
        files = [(one.stat().st_mtime, one) for one in path.glob(f"*{SUFFIX}") if one.is_file()]
    except OSError:
        return ()
    newest = sorted(files, key=lambda pair: (-pair[0], pair[1].name))
    return tuple(str(one) for _, one in newest[:MOST_FILES])
