"""A backup with its kept files and the restore of both, checked whole (R9: 200 MB of store in < 4 s).

``python -m benchmarks.bench_restore --lines 109000 --files 200``. The restore is what the command does: the
backup checked (pages, structure, every chain and signature), its files opened one by one, the copy flushed,
the store opened with its old journal stopped. Files are 250 KB each, random as scans are.
"""

from __future__ import annotations

import argparse
import secrets
import shutil
import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from benchmarks import full_store
from benchmarks.bench_full import copy_of
from counter_app.storage.keeping import backup, restore
from counter_app.storage.keeping.backup import Series
from counter_app.storage.keeping.kept_copies import KeptHome
from counter_app.storage.this_pc import files_key
from counter_app.storage.this_pc.kept_files import KeptFiles

FILE_BYTES = 250_000
LABEL = "00000-quay01"


def timed(
    words: str, call: Callable[[], Any], times: int = 1, after: Callable[[], None] | None = None
) -> Any:
    """Print the median of ``times`` calls in seconds, by the clock and of the processor.

    Returns what the last one gave. The processor's does not depend on who else works on the machine.
    """
    clock, processor, found = [], [], None
    for _ in range(times):
        begun, spent = time.perf_counter(), time.process_time()
        found = call()
        clock.append(time.perf_counter() - begun)
        processor.append(time.process_time() - spent)
        if after is not None:
            after()
    print(f"{words:<58}{statistics.median(clock):9.2f} s {statistics.median(processor):9.2f} s", flush=True)
    return found


def restored(made: Path, key: bytes, home: Path, at: int) -> None:
    """What ``commune-counter restore`` does with store and files."""
    restore.restore_files(made, key, home, at)
    restore.restore(made, key, home / "store.db", at).close()


def measure(lines: int, files: int, times: int) -> None:
    """Print the table for a kept store of that size."""
    with copy_of(full_store.build(lines)) as work:
        writer, opened = full_store.reopen(work)
        keys = files_key.ensure(writer.store)
        kept = KeptFiles(work / "signed", keys[0])
        for _ in range(files):
            kept.put(secrets.token_bytes(FILE_BYTES))
        key, at = opened.store_key, writer.at
        series = Series(LABEL, home=KeptHome(work, keys), thorough=False)
        stick = work / "stick"
        print(f"{'':<58}{'clock':>11}{'processor':>12}")
        first = timed(
            "first backup, all files copied", lambda: backup.back_up(writer.store, stick, at, series)
        )
        made = timed(
            "next backup, nothing new", lambda: backup.back_up(writer.store, stick, at + 60_000, series)
        )
        writer.store.close()
        files_mb = first.files.size / 1e6
        print(f"   {made.size / 1e6:,.0f} MB of store, {first.files.files} files, {files_mb:,.0f} MB")
        home = work / "new-pc"
        timed("check of the backup alone", lambda: backup.verify(made.path, key), times)
        timed("check of its files alone", lambda: backup.verify_files(made.path, key), times)

        def clear() -> None:
            shutil.rmtree(home, ignore_errors=True)

        def emptied() -> None:
            clear()
            home.mkdir()

        emptied()
        timed(
            "restore of the store, checked, opened (< 4 s at 200 MB)",
            lambda: restore.restore(made.path, key, home / "store.db", at).close(), times,
            emptied,
        )  # fmt: skip
        clear()
        timed("restore of store and files", lambda: restored(made.path, key, home, at), times, clear)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure."""
    parser = argparse.ArgumentParser("benchmarks.bench_restore", description=__doc__)
    parser.add_argument("--lines", type=int, default=109_000, help="register lines: 109,000 are about 200 MB")
    parser.add_argument("--files", type=int, default=200)
    parser.add_argument("--times", type=int, default=3)
    options = parser.parse_args(arguments)
    measure(options.lines, options.files, options.times)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
