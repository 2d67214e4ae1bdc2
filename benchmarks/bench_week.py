"""A week's work over a line that breaks each minute (R10): ``python -m benchmarks.bench_week``.

64 kbit/s and 600 ms one way, through the proxy of ``benchmarks.sync``. The PC was without a line for a week:
requests with their receipts, and hand-overs. All of it goes up by the product's own engine
while every connection is cut each ``--cut-every`` seconds, then a second PC of the unit, a week behind too,
fetches it over the same line. Beside it the same week of another PC over the same line, whole: the payload.
Bytes are HTTP bytes both ways without TLS. A shorter ``--cut-every`` puts more cuts into one week.
"""

from __future__ import annotations

import argparse
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from benchmarks.sync import BOOK, Bench
from sync.client.engine import DONE
from tests.support.line import SlowLine
from tests.unit.hub.commune import Commune
from tools.made_up_records import handed_over

BYTES_PER_S, ONE_WAY_S = 8_000, 0.6
MOST_TIMES_PAYLOAD = 1.3
PATIENCE_S = 3_600


class Passed(NamedTuple):
    """What one PC's exchange took: HTTP bytes both ways, seconds, cuts while it went on, requests made."""

    size: int
    seconds: float
    cuts: int
    requests: int


def week(bench: Bench, counter: Commune, requests: int) -> None:
    """A week of ``counter``: requests in receipt books of fifty, their copies handed over."""
    for start in range(0, requests, BOOK):
        for one in bench.write(counter, min(BOOK, requests - start)):
            counter.act([handed_over(bench.chance, one)])


@contextmanager
def breaking(line: SlowLine, every_s: float) -> Iterator[list[float]]:
    """``line`` cut each ``every_s`` seconds (0: never); the moments of the cuts."""
    cuts: list[float] = []
    over = threading.Event()

    def cut() -> None:
        while not over.wait(every_s):
            line.cut()
            cuts.append(time.monotonic())

    worker = threading.Thread(target=cut, daemon=True)
    if every_s:
        worker.start()
    try:
        yield cuts
    finally:
        over.set()
        if every_s:
            worker.join()


def reconcile(bench: Bench, counter: Commune, every_s: float, one_way_s: float = ONE_WAY_S) -> Passed:
    """``counter`` exchanges over a fresh line until nothing is left. Raises TimeoutError after an hour."""
    with SlowLine(bench.port, BYTES_PER_S, one_way_s) as line, breaking(line, every_s) as cuts:
        engine = bench.engine(counter, line)
        begun = time.monotonic()
        outcomes = engine.until_idle()
        while outcomes[-1].code != DONE or outcomes[-1].more:
            if time.monotonic() - begun > PATIENCE_S:
                raise TimeoutError(f"not reconciled: {outcomes[-1]}")
            outcomes += engine.until_idle()
        seconds = time.monotonic() - begun
        engine.close()
    return Passed(line.up + line.down, seconds, len(cuts), len(outcomes))


def differing(bench: Bench, *counters: Commune) -> list[int]:
    """Journals of the unit of which somebody does not hold what the hub holds; empty when all are equal."""
    words = bench.hub.word(counters[0].unit)
    found = set()
    for one in counters:
        mine = one.port().vector().positions
        found |= {journal for journal, seq in words.received.positions.items() if mine.get(journal) != seq}
    return sorted(found)


def row(words: str, passed: Passed, payload: Passed, entries: int) -> None:
    """One line of the table."""
    ratio, each = passed.size / payload.size, passed.size / entries
    print(
        f"{words:<34}{passed.size / 1024:8.0f} KB {each:6.1f} B an entry {passed.seconds:7.1f} s"
        f" {passed.cuts:4d} cuts  {ratio:5.2f} x payload   <= {MOST_TIMES_PAYLOAD} x, 100 %",
        flush=True,
    )


def measure(requests: int, every_s: float, one_way_s: float = ONE_WAY_S) -> list[int]:
    """Print the table; the journals that were not reconciled (none)."""
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder), requests)
        with bench.serving():
            whole, broken, other, third = (bench.counter() for _ in range(4))
            for one in (whole, broken, other, third, whole, broken, other, third):
                one.sync()
            week(bench, whole, requests)
            entries = requests * 3
            up = reconcile(bench, whole, 0, one_way_s)
            down = reconcile(bench, third, 0, one_way_s)
            reconcile(bench, broken, 0, one_way_s)  # what others wrote is not its week
            reconcile(bench, other, 0, one_way_s)
            week(bench, broken, requests)
            pushed = reconcile(bench, broken, every_s, one_way_s)
            pulled = reconcile(bench, other, every_s, one_way_s)
            reconcile(bench, whole, 0, one_way_s)
            reconcile(bench, third, 0, one_way_s)
            left = differing(bench, whole, broken, other, third)
        print(
            f"{requests} requests, {entries} entries and more; 64 kbit/s, {one_way_s * 1000:.0f} ms one way"
        )
        row("sent up, line whole: the payload", up, up, entries)
        row(f"sent up, cut each {every_s:g} s", pushed, up, entries)
        row("fetched, line whole: the payload", down, down, entries)
        row(f"fetched, cut each {every_s:g} s", pulled, down, entries)
        print(f"journals not equal everywhere: {left or 'none'}")
        bench.hub.close()
    return left


def main() -> int:
    """Measure and print; 1 when something was not reconciled."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--requests", type=int, default=600)
    parser.add_argument("--cut-every", type=float, default=60.0, help="seconds between cuts")
    chosen = parser.parse_args()
    return 1 if measure(chosen.requests, chosen.cut_every) else 0


if __name__ == "__main__":
    raise SystemExit(main())
