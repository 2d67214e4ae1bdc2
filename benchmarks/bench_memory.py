"""Memory and the main thread of the running program (R11): ``python -m benchmarks.bench_memory --hours 8``.

The whole program as one PC runs it - window, store, printing, exchange over TLS with a hub in a process of
its own - works through simulated hours: ``--citizens`` an hour taken in, numbered, confirmed and handed over,
every screen of two people opened, the frame's clock told each ten seconds, the province met each five
minutes. Resident memory is read after each hour; *growth* is the slope over the second half. Pages of shared
libraries count too, and so do the robot and the practice province's modules: the program alone has less.

The main thread is watched all the while: the longest piece of its processor time between two events.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from benchmarks.at_work import HELD_MS, Desk, watching
from counter_app.practice import people

MOST_MB, GROWTH_MB = 250.0, 1.0
"""R11, and what counts as none: a megabyte an hour would be eight in a day."""
_PAGE = 4_096


def resident_mb() -> float:
    """Resident memory of this process now, MB (Linux)."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * _PAGE / 2**20


def growth(taken: list[float]) -> float:
    """MB an hour: the slope of the straight line nearest to the second half of ``taken``, one an hour."""
    half = taken[len(taken) // 2 :]
    middle, mean = (len(half) - 1) / 2, sum(half) / len(half)
    spread = sum((place - middle) ** 2 for place in range(len(half)))
    return sum((place - middle) * (one - mean) for place, one in enumerate(half)) / spread if spread else 0.0


def verdict(met: bool) -> str:
    """The last word of a row."""
    return "met" if met else "MISSED"


def measure(hours: int, citizens: int, pile: int, arriving: int) -> list[float]:
    """Work and print; MB after each hour."""
    with tempfile.TemporaryDirectory() as folder:
        before = resident_mb()
        desk = Desk(Path(folder))
        print(f"modules loaded {before:.0f} MB, signed in {resident_mb():.0f} MB", flush=True)
        taken: list[float] = []
        with watching(desk.seat) as watch:
            for hour in range(hours):
                desk.hour(citizens)
                taken.append(resident_mb())
                print(f"after hour {hour + 1}: {desk.served} citizens, {taken[-1]:.1f} MB", flush=True)
        desk.pile(pile)
        desk.sit(people.SIGNER)
        with watching(desk.seat) as numbering:
            numbered = desk.number_pile()
        desk.sit(people.CLERK)
        desk.others(arriving)
        with watching(desk.seat) as exchanging:
            brought = desk.meet_others()
        desk.close()
    more = growth(taken)
    print(f"most {max(taken):.0f} MB   <= {MOST_MB:.0f} MB   {verdict(max(taken) <= MOST_MB)}")
    words = f"growth {more:+.2f} MB an hour over the second half   none (< {GROWTH_MB:.0f})"
    print(f"{words}   {verdict(more < GROWTH_MB)}")
    for words, seen in (
        ("at work", watch),
        (f"while a pile of {numbered} is numbered", numbering),
        (f"while {brought} entries arrive", exchanging),
    ):
        print(
            f"main thread {words}: longest piece {seen.worst_ms:.1f} ms of processor, {seen.long} over"
            f" {HELD_MS:.0f} ms, of {seen.turns}   <= {HELD_MS:.0f} ms   {verdict(not seen.long)}"
        )
    return taken


def main() -> int:
    """Measure and print; a miss is a figure, not a break."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--hours", type=int, default=8)
    parser.add_argument("--citizens", type=int, default=15, help="an hour")
    parser.add_argument("--pile", type=int, default=200, help="originals numbered at once")
    parser.add_argument("--arriving", type=int, default=300, help="requests that arrive in one exchange")
    chosen = parser.parse_args()
    measure(chosen.hours, chosen.citizens, chosen.pile, chosen.arriving)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
