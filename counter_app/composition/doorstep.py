"""Where the socket of a store's door stands: one folder of this user, one fixed name for each store.

A killed program leaves its socket behind. Under a fixed name the next start of the same store takes the place
again, and sweeps what other killed programs of this user left.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import socket
import stat
import tempfile
from pathlib import Path

OWNER_ONLY = 0o700
OLD_S = 60.0
"""A socket younger than this, seconds, may belong to a program that is about to listen."""
_NAME_DIGITS = 16
_WAIT_S = 0.2


def socket_for(file: Path, within: Path | None = None) -> Path | None:
    """The free path of the socket for the door told of in ``file``; short, as paths of sockets must be.

    None where the folder under this user's name (in ``within``, default the system's temporary folder) is
    not his alone: somebody else made it, or made it open. Raises OSError when a folder cannot be made.
    """
    folder = (within or Path(tempfile.gettempdir())) / f"commune-counter-{os.getuid()}"
    with contextlib.suppress(FileExistsError):
        folder.mkdir(OWNER_ONLY)
    if not _is_mine_alone(folder):
        return None
    name = hashlib.sha256(os.fsencode(file.absolute())).hexdigest()[:_NAME_DIGITS]
    place = folder / name
    place.unlink(missing_ok=True)  # who opens a door owns the store: whoever had this name has ended
    return place


def sweep(mine: Path) -> int:
    """Remove sockets beside ``mine`` (just opened) at which nobody answers; returns how many."""
    gone, now = 0, mine.lstat().st_mtime
    for other in mine.parent.iterdir():
        with contextlib.suppress(OSError):
            found = other.lstat()
            old = stat.S_ISSOCK(found.st_mode) and now - found.st_mtime > OLD_S
            if old and other != mine and _nobody_answers(other):
                other.unlink()
                gone += 1
    return gone


def _is_mine_alone(folder: Path) -> bool:
    found = folder.lstat()
    mine = stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid()
    return mine and stat.S_IMODE(found.st_mode) == OWNER_ONLY


def _nobody_answers(place: Path) -> bool:
    """Whether the system refuses a visit; a busy program only makes it wait."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as visitor:
        visitor.settimeout(_WAIT_S)
        try:
            visitor.connect(str(place))
        except ConnectionRefusedError:
            return True
        except OSError:
            return False
    return False
