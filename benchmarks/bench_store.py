"""The store's figures (``quality.md``, performance): each beside its limit, in one run, on this machine.

``python -m benchmarks.bench_store --requests 2000 --acts 300``
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

from benchmarks import bench_full
from benchmarks.bench_full import bare_commits
from benchmarks.timing import show, timed
from counter_app.storage.keeping import backup
from counter_app.storage.search import match_of, search
from tests.unit.storage.world import NOON, Counter, Province

FAMILY = ("Nguyễn", "Lò", "Vàng", "Giàng", "Đặng", "Hoàng", "Trần", "Lý", "Phàn", "Mùa")
MIDDLE = ("Thị", "Văn", "A", "Thu", "Đức", "Ngọc", "Seo", "Minh")
GIVEN = ("Đào", "Páo", "Ẩm", "Dũng", "Hoa", "Vảng", "Lan", "Sơn", "Xuân", "Tập", "Huấn", "Đông")


def name(place: int) -> str:
    """A made-up name for practice data."""
    return f"{FAMILY[place % 10]} {MIDDLE[place // 10 % 8]} {GIVEN[place // 80 % 12]}"


def lots(counter: Counter, count: int, pile: int) -> tuple[list[float], list[float]]:
    """``count`` piles numbered and confirmed one after the other: ms of each."""
    register, delegation = counter.register(), counter.delegation()
    numbering, confirming = [], []
    for _ in range(count):
        drafts = [counter.request_draft(name(place), (1,)) for place in range(pile)]
        asked = [entry.id for entry in counter.act(drafts).entries]
        start = time.perf_counter()
        numbered = counter.number(register, delegation, asked)
        middle = time.perf_counter()
        counter.confirm(numbered)
        numbering.append((middle - start) * 1e3)
        confirming.append((time.perf_counter() - middle) * 1e3)
    return numbering, confirming


def main() -> None:
    """Run every row of the table at the sizes asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=2_000, help="requests in the store before measuring")
    parser.add_argument("--acts", type=int, default=300, help="single acts measured")
    parser.add_argument("--lots", type=int, default=10, help="piles numbered")
    parser.add_argument("--pile", type=int, default=200, help="originals in a pile")
    parser.add_argument(
        "--full", action="store_true", help="the kept store of 1,000,000 register lines instead"
    )
    sizes = parser.parse_args()
    if sizes.full:
        bench_full.main([])
        return
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        print(f"{'':<58}{'median':>9}{'p95':>9}{'p99':>9}")
        show("bare one-row commit", bare_commits(folder, sizes.acts))
        counter = Counter(Province(), folder, 1)
        for start in range(0, sizes.requests, 100):
            count = min(100, sizes.requests - start)
            counter.act([counter.request_draft(name(start + one), (1, 2)) for one in range(count)])
        show("one request: decide, append, read", timed(lambda: counter.request(name(7)), sizes.acts))
        numbering, confirming = lots(counter, sizes.lots, sizes.pile)
        print(f"number a pile of {sizes.pile}: first {numbering[0]:.1f} ms, last {numbering[-1]:.1f} ms")
        print(f"confirm a pile of {sizes.pile}: first {confirming[0]:.1f} ms, last {confirming[-1]:.1f} ms")
        measure_reading(counter, sizes.acts)
        counter.close()


def measure_reading(counter: Counter, times: int) -> None:
    """Search beside a bare FTS query, rebuild, backup."""
    typed = ["ng", "nguyen thi", "dao", "vang a pao", "01-00", "1842/2026", "d"]
    with counter.store.read() as connection:
        place = iter(range(10**9))
        show("search as typed", timed(lambda: search(connection, typed[next(place) % 7]), times))
        sql = "SELECT rowid FROM document_words WHERE document_words MATCH ? ORDER BY rowid DESC LIMIT 30"

        def bare() -> None:
            connection.exec_driver_sql(sql, (match_of(typed[next(place) % 7]),)).all()

        show("the bare FTS5 query", timed(bare, times))
    with counter.store.write() as connection:
        entries = connection.exec_driver_sql("SELECT count(*) FROM entries").scalar_one()
        start = time.perf_counter()
        counter.store.readings.rebuild(connection)
        taken = time.perf_counter() - start
    print(f"rebuild: {entries} entries in {taken:.2f} s = {entries / taken:,.0f} entries/s")
    start = time.perf_counter()
    made = backup.back_up(counter.store, counter.path.parent / "backups", NOON)
    print(
        f"backup written, opened, verified: {made.size / 1e6:.1f} MB in {time.perf_counter() - start:.2f} s"
    )


if __name__ == "__main__":
    main()
