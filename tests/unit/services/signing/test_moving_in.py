"""Signed files that an earlier version left open are sealed at the start; a kill at any step loses none."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from counter_app.services.signing import moving_in
from counter_app.services.signing.moving_in import move_in, settle_kept_files
from counter_app.storage.this_pc import flushed
from counter_app.storage.this_pc.kept_files import KeptFiles
from tests.support.counter import Counter, make_counter

KEY = b"k" * 32
CONTENTS = {f"2026-SCTDTBS-{n:06d}.pdf": b"%%PDF signed %d" % n for n in range(3)}


class Killed(BaseException):
    """The program ends here."""


def left_open(folder: Path) -> KeptFiles:
    folder.mkdir(parents=True)
    for name, data in CONTENTS.items():
        (folder / name).write_bytes(data)
    (folder / "2026-SCTDTBS-000009.draft").write_bytes(b"%PDF unsigned")
    return KeptFiles(folder, KEY)


def held(folder: Path) -> set[bytes]:
    """Every signed file that is there, open or sealed."""
    files = KeptFiles(folder, KEY)
    sealed = {data for name in files.names() if (data := files.get(name)) is not None}
    return sealed | {path.read_bytes() for path in folder.glob("*.pdf")}


def test_open_files_are_sealed_and_go(tmp_path: Path) -> None:
    files = left_open(tmp_path / "signed")
    assert (move_in(files), move_in(files)) == (3, 0)
    assert {files.get(name) for name in files.names()} == set(CONTENTS.values())
    assert all(path.suffix == ".sealed" for path in files.folder.iterdir())


@pytest.mark.parametrize("step", range(1, 30))
def test_a_kill_at_any_step_loses_nothing_and_the_next_start_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    files = left_open(tmp_path / "signed")
    counted = 0

    def dying(call):
        def perhaps(*values, **named):
            nonlocal counted
            counted += 1
            if counted == step:
                raise Killed
            return call(*values, **named)

        return perhaps

    with monkeypatch.context() as patch:
        for place, name in ((os, "fsync"), (os, "replace"), (flushed, "flush_folder"), (Path, "unlink")):
            patch.setattr(place, name, dying(getattr(place, name)))
        try:
            move_in(files)
            survived = True
        except Killed:
            survived = False
    assert survived == (counted < step)
    assert held(files.folder) == set(CONTENTS.values())
    move_in(files)
    assert {files.get(name) for name in files.names()} == set(CONTENTS.values())
    assert not list(files.folder.glob("*.pdf"))


def test_a_file_that_reads_back_as_something_else_stays_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = left_open(tmp_path / "signed")
    monkeypatch.setattr(KeptFiles, "get", lambda self, name: None)
    assert move_in(files) == 0
    assert len(list(files.folder.glob("*.pdf"))) == 3


@pytest.fixture
def counter(tmp_path: Path):
    made = make_counter(tmp_path / "made")
    yield made
    made.close()


def test_a_start_seals_under_the_stores_secret_what_the_pcs_own_sealed(counter: Counter) -> None:
    work = counter.work
    with counter.store.write() as connection:
        connection.exec_driver_sql("DELETE FROM settings WHERE name = ?", (moving_in.RESEALED,))
    name = KeptFiles(counter.folder / "scans", work.device_secret).put(b"a scan of last week")
    assert work.kept_files("scans").get(name) == b"a scan of last week", "readable at once"
    settle_kept_files(work)
    assert KeptFiles(counter.folder / "scans", work.files_keys()[0]).get(name) == b"a scan of last week"


def test_a_disk_that_refuses_keeps_the_program_from_nothing(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    (counter.folder / "signed").mkdir(exist_ok=True)
    (counter.folder / "signed" / "2026-SCTDTBS-000001.pdf").write_bytes(b"%PDF")

    def full(handle: int) -> None:
        raise OSError(28, "full")

    with monkeypatch.context() as patch:
        patch.setattr(flushed.os, "fsync", full)
        settle_kept_files(counter.work)
    assert (counter.folder / "signed" / "2026-SCTDTBS-000001.pdf").exists()
    settle_kept_files(counter.work)
    assert counter.work.kept_files("signed").names() != ()
