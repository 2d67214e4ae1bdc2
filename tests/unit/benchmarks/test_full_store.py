"""The kept store of the measurements: what it holds, and that it opens again for more work."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from benchmarks import full_store
from benchmarks.processes import environment, output_of
from benchmarks.timing import show, timed
from tests.unit.storage.test_readings import rebuilt_differs


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(full_store.PLACE, str(tmp_path_factory.mktemp("kept")))
        patch.setattr(full_store, "PILE", 10)
        patch.setattr(full_store, "YEARS", range(2025, 2027))
        return full_store.build(40)


def test_every_line_is_numbered_signed_and_without_a_hole(kept: Path) -> None:
    writer, opened = full_store.reopen(kept)
    with writer.store.read() as connection:
        lines = connection.exec_driver_sql(
            "SELECT year, number, state FROM lines ORDER BY year, number"
        ).all()
        stages = connection.exec_driver_sql("SELECT DISTINCT stage FROM requests").all()
    assert [tuple(line) for line in lines] == [(y, n, "signed") for y in (2025, 2026) for n in range(1, 21)]
    assert [tuple(stage) for stage in stages] == [("handed_over",)]
    assert (opened.lines, opened.requests) == (40, 8)
    assert rebuilt_differs(writer.store) == ()
    writer.store.close()


def test_it_opens_again_for_the_next_pile(kept: Path, tmp_path: Path) -> None:
    own = shutil.copytree(kept, tmp_path / kept.name)
    writer, opened = full_store.reopen(own)
    lot = writer.number(opened.register, opened.delegation, writer.take_in(2))
    assert len(lot) == 11
    with writer.store.read() as connection:
        last = connection.exec_driver_sql("SELECT max(number) FROM lines WHERE year = 2026").scalar_one()
    assert last == 30
    writer.store.close()


def test_a_kept_store_is_not_written_twice(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(full_store.PLACE, str(kept.parent))
    before = (kept / "opened.bin").read_bytes()
    assert full_store.build(40) == kept
    assert (kept / "opened.bin").read_bytes() == before


def test_processes_start_as_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    assert "PYTHONDONTWRITEBYTECODE" not in environment()
    assert output_of("import sys; print(sys.dont_write_bytecode)") == "False"


def test_a_row_shows_the_middle_and_both_tails(capsys: pytest.CaptureFixture[str]) -> None:
    show("a row", [float(one) for one in range(1, 101)])
    assert capsys.readouterr().out.split() == ["a", "row", "50.500", "96.000", "100.000", "ms"]
    assert len(timed(lambda: None, 7)) == 7
