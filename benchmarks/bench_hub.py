"""The hub's rate, one worker: ``python -m benchmarks.bench_hub --records 4000 [--database postgresql://…]``.

Counters write records as the program does; their bundles go to the hub without a wire between. *Verified and
stored* is the time inside ``Hub.exchange`` - unpacking, signatures, chains, rows, flushed commits, the signed
answer -, *folded* the time of ``Hub.read``. Each counter is of a unit of its own, so that nothing is packed
for anybody in that time; what a second counter of each unit then fetches is a row of its own. The peer: the
rows of the same entries written bare, tuples through the driver in one transaction, into another hub's empty
database. The processor's time stands beside the clock's.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.sync import Bench
from sync.hub.hub import Hub
from sync.hub.tables import schema
from sync.protocol.naming.ids import is_province
from tests.unit.hub.commune import Commune

STORED, STORED_POSTGRES, FOLDED, TIMES_BARE = 10_000, 8_000, 5_000, 3.0
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
    """The same rows, nothing else, into a database of the same tables: tuples through the driver."""
    if not hub.database.is_sqlite:
        return _bare_postgres(hub)
    work: list[tuple[str, list[tuple[Any, ...]]]] = []
    with hub.database.read() as connection:
        for table in _WRITTEN:
            all_rows = [row for row in connection.execute(table.select()) if not _by_province(row._asdict())]
            marks = ", ".join("?" for _ in table.columns)
            work.append((f"INSERT INTO {table.name} VALUES ({marks})", [tuple(row) for row in all_rows]))
    with Hub.open(folder, practice=False) as other:

        def write() -> None:
            with other.database.write() as connection:
                for sql, rows in work:
                    connection.exec_driver_sql(sql, rows)

        return took(write)


def _bare_postgres(hub: Hub) -> Spent:
    """As ``bare``, into tables of the same columns and keys beside the hub's own."""
    work: list[tuple[str, list[tuple[Any, ...]]]] = []
    with hub.database.write() as connection:
        for table in _WRITTEN:
            all_rows = [row for row in connection.execute(table.select()) if not _by_province(row._asdict())]
            connection.exec_driver_sql(f"CREATE TABLE bare_{table.name} (LIKE {table.name} INCLUDING ALL)")
            marks = ", ".join("%s" for _ in table.columns)
            work.append((f"INSERT INTO bare_{table.name} VALUES ({marks})", [tuple(row) for row in all_rows]))

    def write() -> None:
        with hub.database.write() as connection:
            for sql, rows in work:
                connection.exec_driver_sql(sql, rows)

    return took(write)


def _by_province(row: dict[str, Any]) -> bool:
    return is_province(row["journal"] if "journal" in row else row["key"] >> 32)


def row(words: str, entries: int, spent: Spent, limit: str) -> None:
    """One line of the table."""
    print(
        f"{words:<40}{entries / spent.clock:9,.0f} /s by the clock {entries / spent.processor:9,.0f} /s of"
        f" processor   {limit}",
        flush=True,
    )


def measure(records: int, counters: int, database: str = "") -> None:
    """Write, send, fold, hand to others; print beside the limits."""
    with tempfile.TemporaryDirectory() as folder:
        units = [f"{place:05d}" for place in range(1, counters + 1)]
        if database:  # the folder remembers it
            Hub.open(Path(folder) / "hub", practice=False, database=database).close()
        bench = Bench(Path(folder), records, units)
        writers = [bench.counter(unit) for unit in units]
        others = [bench.counter(unit) for unit in units]
        for one in (*writers, *others):
            one.sync()
        before = held(bench.hub)
        for one in writers:
            bench.write(one, records // counters)
        stored = inside_exchanges(writers)
        entries = held(bench.hub) - before
        folded = took(bench.hub.read)
        given = inside_exchanges(others)
        peer = bare(bench.hub, Path(folder) / "bare")
        print(f"{records:,} records, {entries:,} entries of {counters} counters, each of a unit of its own")
        row("bare executemany, one transaction", entries, peer, "the peer")
        least = STORED_POSTGRES if database else STORED
        words = f">= {least:,} /s; {stored.processor / peer.processor:.1f} x bare (<= {TIMES_BARE:.0f})"
        row("verified and stored, one worker", entries, stored, words)
        row("folded, one worker", entries, folded, f">= {FOLDED:,} /s")
        row("given to a second counter of each unit", entries, given, "-")
        bench.hub.close()


def inside_exchanges(counters: Sequence[Commune]) -> Spent:
    """What the hub spends on the exchanges of ``counters`` until they are idle."""
    watch = Watch()
    for one in counters:
        one.line.send = watch.around(one.line.send)  # type: ignore[method-assign, assignment]
        one.engine.until_idle()
    return watch.spent


def held(hub: Hub) -> int:
    """Entries the hub holds."""
    with hub.database.read() as connection:
        return int(connection.exec_driver_sql("SELECT count(*) FROM entries").scalar_one())


def main() -> int:
    """Measure and print; a missed limit is a figure, not a break."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--records", type=int, default=4_000)
    parser.add_argument("--counters", type=int, default=2)
    parser.add_argument("--database", default="", help="an empty PostgreSQL database instead of a file")
    chosen = parser.parse_args()
    measure(chosen.records, chosen.counters, chosen.database)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
