"""Every row of the performance table that the store can show, at full size: 1,000,000 register lines.

``python -m benchmarks.bench_store --full`` or ``python -m benchmarks.bench_full --lines 1000000``: works on a
copy of the kept store (``full_store``), each figure with its limit or its peer beside it.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import Connection

from benchmarks import full_store
from benchmarks.full_store import Opened, Writer
from benchmarks.timing import show, timed
from counter_app.storage.engine import fresh_key, open_engine, transaction
from counter_app.storage.journals import journal
from counter_app.storage.keeping import backup, restore
from counter_app.storage.queries import registers
from counter_app.storage.search import match_of, search
from sync.protocol.naming.ids import EntryId

TYPED = (
    "ng", "nguyen thi", "dao", "vang a pao", "01-00", "1842/2026", "d", "hoc ba", "000000123456", "giang seo",
    "0900012345", "bang tot nghiep", "39999/2011", "l", "tan lao ta",
)  # fmt: skip
"""What people type, in the middle of a word and at its end: names, papers, numbers, one letter."""
_BARE = "SELECT rowid FROM document_words WHERE document_words MATCH ? ORDER BY rowid DESC LIMIT 30"


@contextmanager
def copy_of(folder: Path) -> Iterator[Path]:
    """A throw-away copy of a kept store, beside it on the same disk."""
    work = folder.with_name(folder.name + "-work")
    shutil.rmtree(work, ignore_errors=True)
    shutil.copytree(folder, work)
    try:
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)


def bare_commits(folder: Path, times: int) -> list[float]:
    """One row in one transaction, nothing else: the peer of an act."""
    engine = open_engine(folder / "bare.db", fresh_key(), create=True)
    with transaction(engine, "write") as connection:
        connection.exec_driver_sql("CREATE TABLE t (id INTEGER PRIMARY KEY, body BLOB)")

    def one() -> None:
        with transaction(engine, "write") as connection:
            connection.exec_driver_sql("INSERT INTO t (body) VALUES (?)", (b"x" * 200,))

    taken = timed(one, times)
    engine.dispose()
    return taken


def acts(writer: Writer, folder: Path, times: int) -> None:
    """Single acts beside bare commits, the WAL folded as the program does when idle."""
    show("a bare one-row commit, same disk", bare_commits(folder, times))
    show("one request: decide, append, read (p99 <= 5 ms)", timed(lambda: writer.take_in(1), times))
    writer.store.fold_wal()


def piles(writer: Writer, opened: Opened, times: int) -> None:
    """Piles of 200 in the full register-year, then in one that has just begun (<= 2 times)."""
    for words, register in (("full", opened.register), ("new", writer.open_year(2027))):
        taken = []
        for _ in range(times):
            asked = writer.take_in(full_store.PILE // full_store.ORIGINALS)
            begun = time.perf_counter()
            lot = writer.number(register, opened.delegation, asked)
            taken.append((time.perf_counter() - begun) * 1e3)
            writer.finish(lot, asked)
        show(f"a pile of 200 numbered, {words} register-year (< 250 ms)", sorted(taken))
        writer.store.fold_wal()


def searches(writer: Writer, times: int) -> None:
    """Search as typed beside the bare query, word by word and together."""
    with writer.store.read() as connection:
        for words in TYPED:
            mine, bare = (
                timed(partial(search, connection, words), 5),
                timed(partial(_bare, connection, words), 5),
            )
            print(f"   {words!r:<24} {mine[2]:9.2f} ms, bare {bare[2]:9.2f} ms", flush=True)
        chosen = Random(7).choices(TYPED, k=times)
        turn, other = iter(chosen), iter(chosen)
        show("search as typed (p95 <= 15 ms)", timed(lambda: search(connection, next(turn)), times))
        show("the bare FTS5 query (<= 1.5 times)", timed(lambda: _bare(connection, next(other)), times))


def _bare(connection: Connection, words: str) -> None:
    driver: Any = connection.connection.driver_connection
    driver.execute(_BARE, (match_of(words),)).fetchall()


def month(writer: Writer, opened: Opened) -> None:
    """The lines of one month, as the register page and its papers read them."""
    with writer.store.read() as connection:
        lines = len(registers.month_lines(connection, opened.register, 2026, 6))
        show(
            f"a month of {lines:,} lines read",
            timed(lambda: registers.month_lines(connection, opened.register, 2026, 6), 20),
        )


def once(words: str, call: Callable[[], object]) -> float:
    """One long act: its seconds, printed."""
    begun = time.perf_counter()
    call()
    taken = time.perf_counter() - begun
    print(f"{words:<58}{taken:9.2f} s", flush=True)
    return taken


def rebuild(writer: Writer) -> None:
    """All readings dropped and folded again."""
    with writer.store.write() as connection:
        entries = connection.exec_driver_sql("SELECT count(*) FROM entries").scalar_one()
        taken = once("rebuild of all readings", lambda: writer.store.readings.rebuild(connection))
    print(f"   {entries:,} entries: {entries / taken:,.0f} entries/s (>= 40,000)", flush=True)
    writer.store.fold_wal()


def backup_and_restore(writer: Writer, folder: Path, key: bytes) -> None:
    """A backup with its check, and its restore on another PC with the whole chain (R9: 200 MB < 4 s)."""
    folder = folder / "backups"
    once("backup written, opened, verified", lambda: backup.back_up(writer.store, folder, writer.at))
    made = backup.backups_in(folder)[0]
    print(f"   {made.stat().st_size / 1e6:,.0f} MB", flush=True)
    once("its check alone: pages, structure, chain", lambda: backup.verify(made, key))
    opened = folder / "restored.db"
    once("restored and opened", lambda: restore.restore(made, key, opened, writer.at).close())


def _open_and_close(folder: Path) -> None:
    full_store.reopen(folder)[0].store.close()


def measure(lines: int, parts: frozenset[str], times: int) -> None:
    """Print the table of the kept store of that size."""
    folder = full_store.build(lines)
    with copy_of(folder) as work:
        once("opened the first time (an older one is read again)", partial(_open_and_close, work))
        once("opened", partial(_open_and_close, work))
        writer, opened = full_store.reopen(work)
        with writer.store.read() as connection:
            held = journal.position(connection, EntryId(257, 1).journal).seq
        size = (work / "store.db").stat().st_size / 1e6
        print(f"   {opened.requests:,} requests, {opened.lines:,} lines, {held:,} entries, {size:,.0f} MB")
        print(f"{'':<58}{'median':>9}{'p95':>9}{'p99':>9}")
        steps: dict[str, Callable[[], None]] = {
            "search": lambda: searches(writer, times),
            "month": lambda: month(writer, opened),
            "acts": lambda: acts(writer, work, times),
            "piles": lambda: piles(writer, opened, 10),
            "backup": lambda: backup_and_restore(writer, work, opened.store_key),
            "rebuild": lambda: rebuild(writer),
        }
        for name, step in steps.items():
            if name in parts:
                step()
        writer.store.close()


def main(arguments: list[str] | None = None) -> int:
    """Measure and print; a missed limit is a figure, not a break."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--lines", type=int, default=1_000_000)
    parser.add_argument("--times", type=int, default=300, help="single acts and searches measured")
    parser.add_argument("--parts", default="search month acts piles backup rebuild")
    chosen = parser.parse_args(arguments)
    measure(chosen.lines, frozenset(chosen.parts.split()), chosen.times)
    return 0


if __name__ == "__main__":
    sys.exit(main())
