"""How a folder's disk behaves: time of a flush, files written, renamed over and deleted, room.

Each trial writes into a folder of its own below the one asked about and takes it away again. Times are
ms. What a virus scanner or a share does to the store's files is seen here, in small.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NamedTuple

FLUSHES, CHANGES = 12, 16
PAGE: Final = os.urandom(4096)
PREFIX: Final = ".doctor-"

Ticks = Callable[[], int]


class Flushes(NamedTuple):
    """Of some flushes of one page each: the middle one and the slowest, ms."""

    middle: float
    slowest: float


class Changes(NamedTuple):
    """Of some renames over an existing file: the slowest, ms, and how many the system refused."""

    slowest: float
    refused: int
    cause: str = ""


@contextmanager
def trial_folder(beside: Path) -> Iterator[Path]:
    """A folder for a trial, gone afterwards. Raises OSError where none can be made."""
    folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=beside))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def flush_times(beside: Path, ticks: Ticks = time.perf_counter_ns) -> Flushes:
    """Write a page and flush it, twelve times. Raises OSError."""
    taken: list[float] = []
    with trial_folder(beside) as folder, (folder / "page").open("wb", buffering=0) as file:
        for place in range(FLUSHES):
            file.seek(place * len(PAGE))
            file.write(PAGE)
            begin = ticks()
            os.fsync(file.fileno())
            taken.append((ticks() - begin) / 1e6)
    taken.sort()
    return Flushes(taken[len(taken) // 2], taken[-1])


def change_times(beside: Path, ticks: Ticks = time.perf_counter_ns) -> Changes:
    """Write a file and rename it over another, as the program does with all it keeps. Raises OSError."""
    slowest, refused, cause = 0.0, 0, ""
    with trial_folder(beside) as folder:
        kept, draft = folder / "kept.db", folder / "kept.new"
        kept.write_bytes(PAGE)
        for _ in range(CHANGES):
            begin = ticks()
            try:
                draft.write_bytes(PAGE)
                os.replace(draft, kept)
                kept.read_bytes()
            except OSError as error:
                refused += 1
                cause = f"{type(error).__name__} {error.errno or ''}".strip()
            slowest = max(slowest, (ticks() - begin) / 1e6)
    return Changes(slowest, refused, cause)


def takes_files(folder: Path) -> None:
    """A file with a Vietnamese name is written, flushed, read back. Raises OSError."""
    with trial_folder(folder) as inside:
        file = inside / "thử ẫ đ.txt"
        with file.open("wb") as out:
            out.write(PAGE)
            out.flush()
            os.fsync(out.fileno())
        if file.read_bytes() != PAGE:
            raise OSError(f"{file.name} came back changed")
