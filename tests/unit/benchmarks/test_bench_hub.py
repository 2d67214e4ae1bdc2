"""The hub's measurement at its smallest: what is written arrives, is folded unquestioned, and given on."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import bench_hub
from benchmarks.sync import Bench
from sync.hub.hub import Hub


def test_the_table_stands_beside_its_limits(capsys: pytest.CaptureFixture[str]) -> None:
    bench_hub.measure(8, 2)
    printed = capsys.readouterr().out
    assert "8 records, 16 entries of 2 counters" in printed
    assert ">= 10,000 /s" in printed
    assert "x bare (<= 3)" in printed
    assert ">= 5,000 /s" in printed


def test_receipts_of_a_long_day_have_no_number_twice(tmp_path: Path) -> None:
    bench = Bench(tmp_path, 60, ("00001",))
    counter = bench.counter("00001")
    bench.write(counter, 60)
    counter.sync()
    assert bench.hub.questions("00001") == ()
    held = bench_hub.held(bench.hub)
    other = bench.counter("00001")
    other.sync()
    with other.store.read() as connection:
        there = connection.exec_driver_sql("SELECT count(*) FROM entries").scalar_one()
    assert there >= held - 5
    bench.hub.close()


def test_the_peer_writes_what_the_hub_holds_of_counters(tmp_path: Path) -> None:
    folder = tmp_path / "one"
    folder.mkdir()
    bench = Bench(folder, 3, ("00001",))
    counter = bench.counter("00001")
    counter.sync()
    spent = bench_hub.bare(bench.hub, tmp_path / "bare")
    assert spent.processor >= 0
    with Hub.open(tmp_path / "bare", practice=False) as other:
        assert entries_of(other, counter.journal) == entries_of(bench.hub, counter.journal) > 0
    bench.hub.close()


def entries_of(hub: Hub, journal: int) -> int:
    with hub.database.read() as connection:
        found = connection.exec_driver_sql("SELECT count(*) FROM entries WHERE journal = ?", (journal,))
        return int(found.scalar_one())
