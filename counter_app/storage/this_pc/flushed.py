"""A file that is on the disk when its name is there: written beside, flushed, renamed, folder flushed."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from sync.flushing import flush_folder

PART: Final = ".part"
"""How a file ends while it is written; such a rest of a power cut is written over by the next try."""


def write_flushed(target: Path, data: bytes) -> None:
    """Put ``data`` under ``target``, whole or not at all, for its owner only. Raises OSError."""
    beside = target.with_name(target.name + PART)
    try:
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, target)
    except OSError:
        _drop(beside)  # a full disk gets its room back
        raise
    flush_folder(target.parent)


def make_folder(folder: Path) -> None:
    """Make a folder with its parents, each flushed into the one above it. Raises OSError."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    flush_folder(folder.parent)


def _drop(beside: Path) -> None:
    try:
        beside.unlink(missing_ok=True)
    except OSError:
        return
