"""Keeping a new name through a power cut: one way for counter, line and hub."""

from __future__ import annotations

import os
from pathlib import Path


def flush_folder(folder: Path) -> None:
    """Flush a folder's own entries; where folders cannot be flushed (Windows) the system does it.

    Raises OSError.
    """
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
