"""Milliseconds of repeated calls, and a row of the tables that show them."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable


def timed(call: Callable[[], object], times: int) -> list[float]:
    """Milliseconds of each of ``times`` calls, ascending."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        call()
        taken.append((time.perf_counter() - start) * 1e3)
    return sorted(taken)


def show(name: str, taken: list[float]) -> None:
    """One row: median, p95, p99 of ascending milliseconds."""
    p95, p99 = taken[int(len(taken) * 0.95)], taken[min(len(taken) - 1, int(len(taken) * 0.99))]
    print(f"{name:<58}{statistics.median(taken):9.3f}{p95:9.3f}{p99:9.3f} ms", flush=True)
