"""A pile of 200 in a register-year with 24 lines and in one with 24,000; a month of 2,000 to PDF and Excel.

``python -m benchmarks.bench_numbering --lines 24000``. By the clock and of the processor: the second does not
depend on who else works on the machine. Each figure is the median, the worst beside it.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.bench_store import name
from counter_app.printing.forms import register_excel, register_pdf
from sync.protocol.naming.ids import EntryId
from tests.unit.storage.world import Counter, Province
from tools import papers_sample

PILE = 200


class Taken(NamedTuple):
    """Milliseconds of one call, by the clock and of the processor."""

    clock: float
    processor: float


def taken(call: Callable[[], object]) -> Taken:
    """One call."""
    clock, processor = time.perf_counter(), time.process_time()
    call()
    return Taken((time.perf_counter() - clock) * 1e3, (time.process_time() - processor) * 1e3)


def show(what: str, found: Sequence[Taken]) -> float:
    """One row; returns the median of the processor."""
    clock, processor = zip(*found, strict=True)
    print(
        f"{what:46s} {statistics.median(clock):8.0f} {max(clock):8.0f} "
        f"{statistics.median(processor):8.0f} {max(processor):8.0f}",
        flush=True,
    )
    return statistics.median(processor)


class YearOfNumbers:
    """One register-year on an encrypted store, filled pile by pile as the program does."""

    def __init__(self, folder: Path) -> None:
        self.counter = Counter(Province(), folder, 1)
        self.register, self.delegation = self.counter.register(), self.counter.delegation()
        self.lines = 0

    def asked(self, count: int) -> list[EntryId]:
        """Requests that wait for a number."""
        drafts = [self.counter.request_draft(name(self.lines + place), (1,)) for place in range(count)]
        return [entry.id for entry in self.counter.act(drafts).entries]

    def pile(self, count: int = PILE) -> Taken:
        """One pile numbered and confirmed; what the numbering took."""
        asked = self.asked(count)
        numbered = []
        one = taken(lambda: numbered.append(self.counter.number(self.register, self.delegation, asked)))
        self.counter.confirm(numbered[0])
        self.lines += count
        return one

    def fill(self, lines: int) -> None:
        """Piles until the year holds ``lines``."""
        while self.lines < lines:
            self.pile(min(PILE, lines - self.lines))


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--lines", type=int, default=24_000)
    parser.add_argument("--piles", type=int, default=9)
    options = parser.parse_args()
    print(f"{'ms':46s} {'clock':>8s} {'worst':>8s} {'proc.':>8s} {'worst':>8s}")
    with tempfile.TemporaryDirectory() as place:
        year = YearOfNumbers(Path(place))
        year.fill(24)
        few = show("a pile of 200, year of 24 lines", [year.pile() for _ in range(options.piles)])
        year.fill(options.lines)
        many = show(
            f"a pile of 200, year of {options.lines:,} lines", [year.pile() for _ in range(options.piles)]
        )
        print(f"{'  of the processor, ratio':46s} {many / few:8.2f}   limit 2")
        year.counter.close()
    month = papers_sample.register_data(2_011)
    register_pdf.render(month)
    show(
        f"a month of {len(month.lines):,} lines, PDF",
        [taken(lambda: register_pdf.render(month)) for _ in range(3)],
    )
    show(
        f"a month of {len(month.lines):,} lines, Excel",
        [taken(lambda: register_excel.render(month)) for _ in range(3)],
    )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
