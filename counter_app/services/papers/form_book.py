"""The forms of the one-stop in use here: files in the unit's folder ``forms`` before those that were shipped.

A file is checked and a sample of it printed when it is first seen; a bad one is refused whole with words, and
what was in use before stays (``printing.forms.one_stop.books``). The folder is asked again at each print, so
that a new file needs no restart; a file that did not change is not read again.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from counter_app.domain.errors import Words
from counter_app.printing.forms.one_stop.books import FormBook, load
from counter_app.services.ports.saying import spoken
from counter_app.services.workplace import Workplace

FOLDER = "forms"
"""Beside the folder of papers, in the program's data."""

Stamp = tuple[tuple[str, int, int], ...]


def folder_of(work: Workplace) -> Path:
    """Where a unit puts its own form files."""
    return work.papers_folder.with_name(FOLDER)


def form_book(work: Workplace) -> FormBook:
    """The forms in use: the unit's, then the shipped ones."""
    folder = folder_of(work)
    return _loaded(folder, _stamp(folder))


def own_files(work: Workplace) -> int:
    """How many form files of the unit are in the folder, good and bad."""
    return len(_stamp(folder_of(work)))


def refused_files(work: Workplace) -> tuple[Words, ...]:
    """Why files of the unit are not used, in the language of the screen."""
    return tuple(one.words(spoken()) for one in form_book(work).refused)


def _stamp(folder: Path) -> Stamp:
    """Names, sizes and times of the files; empty without a folder."""
    try:
        found = [(path.name, path.stat()) for path in sorted(folder.glob("*.json"))]
    except OSError:
        return ()
    return tuple((name, state.st_size, state.st_mtime_ns) for name, state in found)


@lru_cache(maxsize=4)
def _loaded(folder: Path, stamp: Stamp) -> FormBook:
    """The folder as it was at ``stamp``."""
    return load((folder,) if stamp else ())
