"""The hub's rate, one worker, SQLite: ``python -m benchmarks.bench_hub --records 4000``.

Counters write records as the program does; their bundles go to the hub without a wire between. *Verified and
stored* is the time inside ``Hub.exchange`` - unpacking, signatures, chains, rows, flushed commits, the signed
answer -, *folded* the time of ``Hub.read``. The peer: the rows of the same entries written bare, in one
transaction of ``executemany``, into another hub's empty database. The processor's time stands beside the
clock's.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import Table

from benchmarks.sync import UNIT, Bench
from sync.hub.hub import Hub
from sync.hub.tables import schema
from sync.protocol.ids import is_province

STORED, FOLDED, TIMES_BARE = 10_000, 5_000, 3.0
_WRITTEN = (schema.entries, schema.entry_subjects, schema.checkpoints)
"""What a bundle becomes before anybody folds it."""


class Spent(NamedTuple):
    """Seconds of the clock and of the processor."""

    clock: float
    processor: float


class Watch:
    """Adds up what calls take."""

    def __init__(self) -> None:
        self.spent = Spent(0.0, 0.0)

    def around(self, call: Callable[[bytes], bytes]) -> Callable[[bytes], bytes]:
        """``call`` with its time counted."""

        def timed(data: bytes) -> bytes:
            clock, processor = time.perf_counter(), time.process_time()
            answer = call(data)
            self.spent = Spent(
                self.spent.clock + time.perf_counter() - clock,
                self.spent.processor + time.process_time() - processor,
            )
            return answer

        return timed


def took(call: Callable[[], object]) -> Spent:
    """One call's time."""
    clock, processor = time.perf_counter(), time.process_time()
    call()
    return Spent(time.perf_counter() - clock, time.process_time() - processor)


def bare(hub: Hub, folder: Path) -> Spent:
    """The same rows, nothing else, into a database of the same tables."""
    rows: dict[Table, list[dict[str, Any]]] = {}
    with hub.database.read() as connection:
        for table in _WRITTEN:
            all_rows = [dict(row._mapping) for row in connection.execute(table.select())]
            rows[table] = [row for row in all_rows if not is_province(_journal(row))]
    with Hub.open(folder, practice=True) as other:

        def write() -> None:
            with other.database.write() as connection:
                for table in _WRITTEN:
                    connection.execute(table.insert(), rows[table])

        return took(write)


def _journal(row: dict[str, Any]) -> int:
    return int(row["journal"] if "journal" in row else row["key"] >> 32)


def row(words: str, entries: int, spent: Spent, limit: str) -> None:
    """One line of the table."""
    print(
        f"{words:<40}{entries / spent.clock:9,.0f} /s by the clock {entries / spent.processor:9,.0f} /s of"
        f" processor   {limit}",
        flush=True,
    )


def measure(records: int, counters: int) -> None:
    """Write, send, fold; print beside the limits."""
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder), records)
        communes = [bench.counter() for _ in range(counters)]
        for one in communes:
            one.engine.until_idle()
        bench.hub.read()
        before = held(bench.hub)
        for one in communes:
            bench.write(one, records // counters)
        watch = Watch()
        for one in communes:
            one.line.send = watch.around(one.line.send)  # type: ignore[method-assign, assignment]
        for one in communes:
            one.engine.until_idle()
        entries = held(bench.hub) - before
        folded = took(bench.hub.read)
        peer = bare(bench.hub, Path(folder) / "bare")
        print(f"{records:,} records, {entries:,} entries of {counters} counters")
        row("bare executemany, one transaction", entries, peer, "the peer")
        words = f">= {STORED:,} /s; {watch.spent.processor / peer.processor:.1f} x bare (<= {TIMES_BARE:.0f})"
        row("verified and stored, one worker", entries, watch.spent, words)
        row("folded, one worker", entries, folded, f">= {FOLDED:,} /s")
        bench.hub.close()


def held(hub: Hub) -> int:
    """Entries the hub holds."""
    with hub.database.read() as connection:
        return int(connection.exec_driver_sql("SELECT count(*) FROM entries").scalar_one())


def main() -> int:
    """Measure and print; a missed limit is a figure, not a break."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--records", type=int, default=4_000)
    parser.add_argument("--counters", type=int, default=2)
    chosen = parser.parse_args()
    print(f"unit {UNIT}")
    measure(chosen.records, chosen.counters)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
