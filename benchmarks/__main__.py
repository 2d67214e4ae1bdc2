"""Every measurement of the project, one table after the other: ``python -m benchmarks``.

The size comes from the environment: ``SIZE=small`` (a minute, for trying) or ``SIZE=full`` (the figures of
``docs/measurements.md``, some forty minutes). Each measurement runs in a process of its own, so that none
warms another's modules or stands in its memory.
"""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from collections.abc import Callable, Sequence
from typing import NamedTuple

Run = Callable[[Sequence[str]], int]


class Measurement(NamedTuple):
    """One module of this package, with its options for each size."""

    module: str
    small: tuple[str, ...] = ()
    full: tuple[str, ...] = ()


MEASUREMENTS = (
    Measurement("benchmarks.bench_papers"),
    Measurement(
        "benchmarks.bench_store",
        small=("--requests", "200", "--acts", "30", "--lots", "2", "--pile", "40"),
        full=("--requests", "2000", "--acts", "300"),
    ),
    Measurement(
        "benchmarks.bench_numbering", small=("--lines", "1000", "--piles", "3"), full=("--lines", "24000")
    ),
    Measurement(
        "benchmarks.bench_year",
        small=("--lines", "400", "--times", "1"),
        full=("--lines", "24000", "--times", "5"),
    ),
    Measurement("benchmarks.bench_season", small=("--seeds", "3"), full=("--seeds", "60")),
    Measurement(
        "benchmarks.bench_full",
        small=("--lines", "5000", "--times", "40"),
        full=("--lines", "100000"),
    ),
    Measurement(
        "benchmarks.bench_restore",
        small=("--lines", "2000", "--files", "20"),
        full=("--lines", "109000", "--files", "200"),
    ),
    Measurement(
        "benchmarks.bench_dossiers",
        small=("--dossiers", "150", "--times", "20"),
        full=("--dossiers", "12000"),
    ),
    Measurement("benchmarks.bench_start", small=("--times", "2"), full=("--times", "7")),
    Measurement("benchmarks.bench_hub", small=("--records", "200"), full=("--records", "1500")),
    Measurement(
        "benchmarks.bench_hub_province",
        small=("--entries", "4000", "--units", "6", "--devices", "12"),
        full=("--entries", "100000"),
    ),
    Measurement(
        "benchmarks.bench_scroll",
        small=("--rows", "200", "--pages", "5"),
        full=("--rows", "2000", "--pages", "40"),
    ),
    Measurement(
        "benchmarks.bench_memory",
        small=("--hours", "1", "--citizens", "3", "--pile", "10", "--arriving", "10"),
        full=("--hours", "8", "--citizens", "15", "--pile", "200", "--arriving", "300"),
    ),
    Measurement("benchmarks.bench_update"),
    Measurement(
        "benchmarks.bench_week",
        small=("--requests", "40", "--cut-every", "5"),
        full=("--requests", "3000", "--cut-every", "60"),
    ),
    Measurement(
        "benchmarks.sync",
        small=("--records", "100", "--singles", "3"),
        full=("--records", "2000", "--singles", "20"),
    ),
)
"""All of them, in the order of the tables. A new measurement is a module and a line here."""


def command(measurement: Measurement, size: str) -> list[str]:
    """The words that start it at ``size``, ``small`` or ``full``."""
    options = measurement.small if size == "small" else measurement.full
    return [sys.executable, "-m", measurement.module, *options]


def in_a_process(words: Sequence[str]) -> int:
    """Run to the end with this terminal; returns the exit code."""
    return subprocess.run(list(words), check=False).returncode


def run_all(size: str, run: Run = in_a_process) -> list[str]:
    """Run every measurement; returns the modules that broke. A missed limit is a figure, not a break."""
    broken = []
    for measurement in MEASUREMENTS:
        words = command(measurement, size)
        print(f"\n== {' '.join(words[1:])}", flush=True)
        if run(words) != 0:
            broken.append(measurement.module)
    return broken


def main() -> int:
    """Measure at the size of the environment; 1 when a measurement broke, 2 for an unknown size."""
    size = os.environ.get("SIZE", "full")
    if size not in ("small", "full"):
        print(f"SIZE is small or full, not {size!r}", file=sys.stderr)
        return 2
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores"
    print(f"{machine}, Python {platform.python_version()}")
    broken = run_all(size)
    for module in broken:
        print(f"broken: {module}", file=sys.stderr)
    return 1 if broken else 0


if __name__ == "__main__":
    raise SystemExit(main())
