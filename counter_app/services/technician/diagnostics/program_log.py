"""The program's log on the disk: structured lines, five files of two megabytes, the oldest goes.

The crash file beside it is two files of half a megabyte: looked at each start, for only a dying interpreter
writes there.
"""

from __future__ import annotations

import logging
import sys
import threading
from contextlib import suppress
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import Final

from counter_app.services.technician.diagnostics.log_lines import fields_of, write_line
from counter_app.storage.this_pc.flushed import write_flushed

FOLDER: Final = "logs"
FILE: Final = "program.jsonl"
CRASHES: Final = "crash.txt"
MOST_BYTES: Final = 2_000_000
MOST_FILES: Final = 5
MOST_CRASH_BYTES: Final = 500_000
"""A crash adds some kilobytes: that is some hundred of them."""
_TAIL: Final = 400_000
_log = logging.getLogger(__name__)


class ProgramLog(RotatingFileHandler):
    """Writes warnings and worse of the whole process into ``home/logs`` until it is ended."""

    def __init__(self, home: Path) -> None:
        self.folder = home / FOLDER
        self.folder.mkdir(parents=True, exist_ok=True)
        super().__init__(
            self.folder / FILE, maxBytes=MOST_BYTES, backupCount=MOST_FILES - 1, encoding="ascii", delay=True
        )
        self.setLevel(logging.WARNING)

    def format(self, record: logging.LogRecord) -> str:
        """The line, by allow-list; the record's own words are never filled in."""
        return write_line(fields_of(record)) or "{}"

    def handleError(self, record: logging.LogRecord) -> None:
        """A full disk or a locked file costs a line of the log, not the work; nothing goes to a console."""

    def begin(self) -> ProgramLog:
        """Listen from now on."""
        logging.getLogger().addHandler(self)
        return self

    def end(self) -> None:
        """Listen no more; twice is harmless."""
        logging.getLogger().removeHandler(self)
        self.close()


def begin(home: Path) -> ProgramLog | None:
    """The log of a program in ``home``; None where the disk does not take one: work does not need it."""
    try:
        return ProgramLog(home).begin()
    except OSError:
        return None


def catch_crashes(home: Path) -> None:
    """From now on what nobody caught goes into the log, and a dying interpreter leaves its places.

    For the one program of a process. Hooks that stood before are called as before.
    """
    import faulthandler

    with suppress(OSError):
        (home / FOLDER).mkdir(parents=True, exist_ok=True)
        bound_crashes(home)
        faulthandler.enable((home / FOLDER / CRASHES).open("a", encoding="utf-8"), all_threads=True)
    before, before_in_thread = sys.excepthook, threading.excepthook

    def hook(kind: type[BaseException], error: BaseException, passed: TracebackType | None) -> None:
        _log.critical("nobody caught this", exc_info=(kind, error, passed))
        before(kind, error, passed)

    def in_thread(args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            _log.critical(
                "nobody caught this in a thread", exc_info=(args.exc_type, args.exc_value, args.exc_traceback)
            )
        before_in_thread(args)

    sys.excepthook, threading.excepthook = hook, in_thread


def bound_crashes(home: Path) -> None:
    """A crash file that is full becomes the older one; what had grown beyond the bound keeps its end.

    A power cut loses neither: the new older file is flushed before it takes the name. A disk that refuses
    leaves all as it was, and the next start tries again.
    """
    file, older = home / FOLDER / CRASHES, home / FOLDER / f"{CRASHES}.1"
    with suppress(OSError):
        size = file.stat().st_size if file.exists() else 0
        if size <= MOST_CRASH_BYTES:
            return
        if size <= 2 * MOST_CRASH_BYTES:
            file.replace(older)
            return
        write_flushed(older, tail_text(file, MOST_CRASH_BYTES).encode())
        file.unlink()


def crashes(home: Path, most: int) -> str:
    """The newest ``most`` bytes of both crash files, the older one's first."""
    newest = tail_text(home / FOLDER / CRASHES, most)
    return tail_text(home / FOLDER / f"{CRASHES}.1", most - len(newest.encode())) + newest


def tail(home: Path, most: int = _TAIL) -> list[str]:
    """The newest lines, oldest first, at most ``most`` bytes of them, as they lie on the disk."""
    found: list[str] = []
    room = most
    for number in range(MOST_FILES):
        name = FILE if number == 0 else f"{FILE}.{number}"
        text = tail_text(home / FOLDER / name, room)
        room -= len(text)
        found[:0] = text.splitlines()
        if room <= 0:
            break
    return found


def tail_text(path: Path, most: int) -> str:
    """The last ``most`` bytes of a file as text, "" when it is not there."""
    try:
        with path.open("rb") as file:
            file.seek(0, 2)
            file.seek(max(0, file.tell() - max(0, most)))
            return file.read(most).decode("utf-8", "replace") if most > 0 else ""
    except OSError:
        return ""
