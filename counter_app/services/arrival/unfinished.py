"""Exports of everything that a kill or a power cut stopped: what they left in plain is found and removed.

The place is noted in the store before the first byte is written, so each start, and each later export, looks
there. A stick that is not plugged in keeps its note.
"""

from __future__ import annotations

import shutil
from contextlib import suppress
from pathlib import Path
from typing import Final

from sqlalchemy import Connection

from counter_app.services.workplace import Workplace
from counter_app.storage.this_pc import device

PART: Final = ".chua-xong"
"""How the folder of an export ends until its last file is written."""
NOTED: Final = "export.unfinished"
MOST: Final = 8
"""So many places are remembered; the oldest goes first."""
_UNDER_WAY: Final[set[Path]] = set()
"""What this process writes now: nobody's leftover."""


def note(work: Workplace, part: Path) -> None:
    """An export into ``part`` begins."""
    _UNDER_WAY.add(part)
    with work.store.write() as connection:
        _keep(connection, [*(one for one in _noted(connection) if one != str(part)), str(part)])


def forget(work: Workplace, part: Path) -> None:
    """The export ended. Where something is left, or the stick was pulled out, the note stays."""
    _UNDER_WAY.discard(part)
    if part.parent.is_dir() and not part.exists():
        with work.store.write() as connection:
            _keep(connection, [one for one in _noted(connection) if one != str(part)])


def sweep(work: Workplace) -> tuple[Path, ...]:
    """Remove what killed exports left where it can be reached; returns the folders that are gone.

    Only folders whose name says that they are unfinished are touched, whatever the note says. Never raises
    for a disk that refuses: the note stays for the next start.
    """
    with work.store.read() as connection:
        found = [place for one in _noted(connection) if (place := Path(one)) not in _UNDER_WAY]
    gone = []
    for part in found:
        with suppress(OSError):
            if part.name.endswith(PART) and part.is_dir():
                shutil.rmtree(part)
                forget(work, part)
                gone.append(part)
    return tuple(gone)


def _noted(connection: Connection) -> list[str]:
    return [line for line in device.setting(connection, NOTED).splitlines() if line]


def _keep(connection: Connection, places: list[str]) -> None:
    device.put_setting(connection, NOTED, "\n".join(places[-MOST:]))
