"""Trials of a folder's disk: timed by ticks of the tests, refused by real means, gone afterwards."""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import accumulate, chain, repeat
from pathlib import Path

import pytest

from counter_app.devices.machine import disk


def ticking(*steps_ms: float) -> Iterator[int]:
    """Moments in ns: between a trial's begin and end lies one of the steps, 1 ms without any left."""
    steps = chain.from_iterable((0, round(step * 1e6)) for step in chain(steps_ms, repeat(1.0)))
    return accumulate(steps)


def test_the_middle_and_the_slowest_flush(tmp_path: Path) -> None:
    ticks = ticking(*[2.0] * 7, *[3.0] * 4, 80.0)
    assert disk.flush_times(tmp_path, lambda: next(ticks)) == disk.Flushes(2.0, 80.0)
    assert list(tmp_path.iterdir()) == [], "nothing of the trial stays"


def test_every_page_is_flushed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real, flushed = os.fsync, []
    monkeypatch.setattr(os, "fsync", lambda handle: flushed.append(handle) or real(handle))
    disk.flush_times(tmp_path)
    assert len(flushed) == disk.FLUSHES


def test_files_that_are_replaced_at_once(tmp_path: Path) -> None:
    ticks = ticking(5.0, 700.0)
    assert disk.change_times(tmp_path, lambda: next(ticks)) == disk.Changes(700.0, 0)
    assert list(tmp_path.iterdir()) == []


def test_a_held_file_is_counted_with_its_cause(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real, tried = os.replace, []

    def held(source: Path, target: Path) -> None:
        tried.append(source)
        if len(tried) in (2, 5):
            raise PermissionError(13, "held")
        real(source, target)

    monkeypatch.setattr(os, "replace", held)
    found = disk.change_times(tmp_path)
    assert (found.refused, found.cause) == (2, "PermissionError 13")
    assert len(tried) == disk.CHANGES


def test_a_folder_that_is_none_takes_no_files(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    for place in (tmp_path / "file", tmp_path / "gone"):
        with pytest.raises(OSError, match=r"\[Errno"):
            disk.takes_files(place)


def test_a_full_disk_is_an_error_of_the_system() -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("no /dev/full here")
    with pytest.raises(OSError, match="No space"), full.open("wb", buffering=0) as file:
        file.write(disk.PAGE)


def test_a_folder_that_changes_what_is_written_is_found_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk.takes_files(tmp_path)
    monkeypatch.setattr(Path, "read_bytes", lambda _: disk.PAGE[:-1] + bytes([disk.PAGE[-1] ^ 1]))
    with pytest.raises(OSError, match="changed"):
        disk.takes_files(tmp_path)
