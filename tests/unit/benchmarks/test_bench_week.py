"""A week over a breaking line at its smallest: all is held everywhere, and cuts are really cuts."""

from __future__ import annotations

import threading
from collections import Counter
from pathlib import Path

import pytest

from benchmarks import bench_week
from benchmarks.sync import Bench
from sync.protocol.naming.ids import EntryId
from tests.support.line import SlowLine
from tools.made_up_records import handed_over


def test_a_small_week_is_reconciled_and_stands_beside_its_limit(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bench_week, "BYTES_PER_S", 400_000)
    assert bench_week.measure(4, 0.3, one_way_s=0.01) == []
    printed = capsys.readouterr().out
    assert "4 requests, 12 entries" in printed
    assert printed.count("x payload   <= 1.3 x, 100 %") == 4
    assert "journals not equal everywhere: none" in printed


def test_who_lacks_an_entry_is_named(tmp_path: Path) -> None:
    bench = Bench(tmp_path, 1)
    one, other = bench.counter(), bench.counter()
    for counter in (one, other, one, other):
        counter.sync()
    assert bench_week.differing(bench, one, other) == []
    bench.write(one, 1)
    one.sync()
    assert bench_week.differing(bench, one, other) == [one.journal]
    other.sync()
    assert bench_week.differing(bench, one, other) == []
    bench.hub.close()


class Line(SlowLine):
    """Tells when it was cut."""

    def __init__(self) -> None:
        super().__init__(1)
        self.told = threading.Semaphore(0)

    def cut(self) -> None:
        super().cut()
        self.told.release()


def test_a_line_breaks_again_and_again_until_the_end() -> None:
    line = Line()
    with line, bench_week.breaking(line, 0.001) as cuts:
        for _ in range(3):
            assert line.told.acquire(timeout=20)
    assert len(cuts) >= 2


def test_a_whole_line_is_not_touched() -> None:
    line = Line()
    with bench_week.breaking(line, 0) as cuts:
        pass
    assert cuts == []
    assert not line.told.acquire(blocking=False)
    with line:
        pass


def test_a_week_is_requests_receipts_and_hand_overs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench_week, "BOOK", 2)
    bench = Bench(tmp_path, 3)
    counter = bench.counter()
    bench_week.week(bench, counter, 3)
    with counter.store.read() as connection:
        kinds = Counter(connection.exec_driver_sql("SELECT kind FROM entries").scalars())
        receipts = connection.exec_driver_sql("SELECT count(*) FROM receipts").scalar_one()
    assert kinds[handed_over(bench.chance, EntryId(1, 1)).kind] == 3
    assert receipts == 3
    bench.hub.close()
