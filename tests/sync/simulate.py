"""``python -m tests.sync.simulate``: counters and a hub under every trouble, as long as it is told to.

``SIZE=small`` for a short run. ``KIND`` picks one of ``plain`` (worlds of 3,000 steps, R5), ``piles`` (piles
of 200 under the same troubles, R6), ``dossiers`` (several counters at one dossier, clocks in 2009 and 2099),
``lookups`` (questions to systems that are away or mix persons up), ``copies`` (a PC and its copy number side
by side without contact), ``province`` (its own clock in 2009 and 2099), ``years`` (the pure domain) and
``travels`` (there too: the pen on paper, in a laptop, over the year's end). ``STEPS``, ``NUMBERS``, ``ACTS``,
``ASKED``, ``TWICE``, ``HOURS``, ``YEARS``, ``TRAVELS`` set how much, ``SEED`` where it begins, ``JOBS`` how
many processes.
Prints a line a world and a table; ends with 1 when any invariant was broken: the seed repeats that world
exactly.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
import time
from collections import Counter as Tally
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from pathlib import Path
from typing import NamedTuple

from tests.sync.simulator import lookups, pen_travels, verdict
from tests.sync.simulator.piles import PILE, copies_apart
from tests.sync.simulator.register_years import year
from tests.sync.simulator.seeded import seeded
from tests.sync.simulator.weather import DOSSIERS, PILES, PLAIN, STORM, WRONG_PROVINCE
from tests.sync.simulator.world import Weather, World

STEPS_A_WORLD = 3_000
PILE_STEPS = 260
DOSSIER_STEPS = 600
LOOKUP_STEPS = 300
PROVINCE_STEPS = 500
NUMBERS_A_YEAR = 24_000
TRAVEL_STEPS = 150
MEETINGS, PILES_APART = 4, 5


class Explored(NamedTuple):
    """One world: what was wrong, the digest of its trace, what was done in it."""

    faults: list[str]
    digest: str = ""
    steps: int = 0
    papers: int = 0
    lost: int = 0
    unknown: int = 0
    twice: int = 0
    kinds: tuple[tuple[str, int], ...] = ()
    forms: int = 0


Also = Callable[[World], Explored]


def explore(
    folder: Path,
    seed: int,
    steps: int,
    weather: Weather = STORM,
    also: Also | None = None,
) -> Explored:
    """One world from its seed; an error that nobody expected is a fault too."""
    with seeded(random.Random(seed)):
        world = World(folder, seed)
        more = Explored([])
        try:
            world.run(steps, weather)
            more = more if also is None else also(world)
            faults = more.faults + verdict.faults(world)
        except Exception as error:  # the simulator's own verdict: whatever breaks is a finding
            faults = [f"{type(error).__name__}: {error}"[:400]]
        try:
            ledger = world.ledger
            return Explored(
                faults, world.digest(), sum(world.steps.values()), len(ledger.papers),
                ledger.lost_with_a_disk,
                ledger.unknown_numbers, more.twice, tuple(sorted(world.steps.items())),
                len(world.docket.printed),
            )  # fmt: skip
        finally:
            world.close()


def memory() -> str | None:
    """A folder in memory where there is one: the simulated disk need not be a slow one."""
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else None


def _plain(seed: int) -> Explored:
    with tempfile.TemporaryDirectory(dir=memory()) as folder:
        return explore(Path(folder), seed, STEPS_A_WORLD, PLAIN)


def _piles(seed: int) -> Explored:
    with tempfile.TemporaryDirectory(dir=memory()) as folder:
        return explore(Path(folder), seed, PILE_STEPS, PILES)


def _dossiers(seed: int) -> Explored:
    with tempfile.TemporaryDirectory(dir=memory()) as folder:
        return explore(Path(folder), seed, DOSSIER_STEPS, DOSSIERS)


def _lookups(seed: int) -> Explored:
    def told(world: World) -> Explored:
        return Explored(lookups.faults(world), twice=lookups.answered(world))

    with tempfile.TemporaryDirectory(dir=memory()) as folder:
        return explore(Path(folder), seed, LOOKUP_STEPS, lookups.LOOKUPS, told)


def _copies(seed: int) -> Explored:
    def side_by_side(world: World) -> Explored:
        met = [copies_apart(world, PILES_APART) for _ in range(MEETINGS)]
        return Explored([fault for one in met for fault in one.faults], twice=sum(one.twice for one in met))

    with tempfile.TemporaryDirectory(dir=memory()) as folder:
        return explore(Path(folder), seed, 20, PLAIN, side_by_side)


def _province(seed: int) -> Explored:
    with tempfile.TemporaryDirectory(dir=memory()) as folder:
        return explore(Path(folder), seed, PROVINCE_STEPS, WRONG_PROVINCE)


def _year(seed: int) -> Explored:
    counted = year(seed, NUMBERS_A_YEAR)
    return Explored(counted.faults, steps=1, papers=counted.numbered, unknown=counted.unknown)


def _travels(seed: int) -> Explored:
    world = pen_travels.Travels(seed)
    world.run(TRAVEL_STEPS)
    return Explored(world.faults(), steps=TRAVEL_STEPS, papers=len(world.stamped))


class Kind(NamedTuple):
    """What is run, by which figure it is measured, how much of it in a small and in a full run."""

    run: Callable[[int], Explored]
    figure: Callable[[Explored], int]
    variable: str
    small: int
    full: int


KINDS = {
    "plain": Kind(_plain, lambda one: one.steps, "STEPS", STEPS_A_WORLD, 2_000_000),
    "piles": Kind(_piles, lambda one: one.papers, "NUMBERS", 10 * PILE, 1_000_000),
    "dossiers": Kind(_dossiers, lambda one: one.steps, "ACTS", DOSSIER_STEPS, 300_000),
    "lookups": Kind(_lookups, lambda one: one.steps, "ASKED", LOOKUP_STEPS, 50_000),
    "copies": Kind(_copies, lambda one: one.twice, "TWICE", MEETINGS * PILES_APART * PILE, 100_000),
    "province": Kind(_province, lambda one: one.steps, "HOURS", PROVINCE_STEPS, 50_000),
    "years": Kind(_year, lambda one: one.papers, "YEARS", NUMBERS_A_YEAR, 10_000_000),
    "travels": Kind(_travels, lambda one: one.papers, "TRAVELS", 400, 50_000),
}


def found(kind: Kind, seed: int, wanted: int, jobs: int) -> Iterator[tuple[int, Explored]]:
    """Worlds from ``seed`` on until ``wanted`` of the kind's figure is done."""
    done = 0
    with ProcessPoolExecutor(jobs) as pool:
        running: dict[Future[Explored], int] = {}
        while done < wanted or running:
            while done < wanted and len(running) < jobs:
                running[pool.submit(kind.run, seed)] = seed
                seed += 1
            for ended in wait(running, return_when=FIRST_COMPLETED).done:
                one = ended.result()
                done += kind.figure(one) or 1
                yield running.pop(ended), one


def report(name: str, seed: int, wanted: int, jobs: int) -> int:
    """Run one kind and print its table; how many worlds were red."""
    begun, worlds, red = time.monotonic(), 0, 0
    sums: Tally[str] = Tally()
    troubles: Tally[str] = Tally()
    for number, one in found(KINDS[name], seed, wanted, jobs):
        worlds, red = worlds + 1, red + bool(one.faults)
        sums.update(steps=one.steps, numbers=one.papers, lost=one.lost, unknown=one.unknown, twice=one.twice)
        sums.update(forms=one.forms)
        troubles.update(dict(one.kinds))
        if one.faults or name not in ("years", "travels"):
            told = f"{one.steps} steps, {one.papers} numbers, trace {one.digest[:16]}"
            print(f"{name} seed {number}: {told}", flush=True)
        for fault in one.faults[:5]:
            print(f"    {fault}", flush=True)
    took = time.monotonic() - begun
    print(f"\n{name}: {worlds} worlds from seed {seed}, {red} red, {took:.0f} s, {jobs} processes")
    words = {
        "steps": "steps", "numbers": "numbers on paper", "unknown": "unknown after a recovery",
        "lost": "lost with a disk", "twice": "given twice by copies apart", "forms": "forms of dossiers",
    }  # fmt: skip
    print("  " + "; ".join(f"{word} {sums[key]:,}" for key, word in words.items()))
    print("  " + ", ".join(f"{kind} {count:,}" for kind, count in troubles.most_common()) + "\n", flush=True)
    return red


def main() -> int:
    """The kinds that are asked for, one after another; 0 when no invariant was broken."""
    small, told = os.environ.get("SIZE") == "small", os.environ.get("KIND", "")
    seed, jobs = int(os.environ.get("SEED", "1")), int(os.environ.get("JOBS", "1"))
    red = 0
    for name, kind in KINDS.items():
        if told in ("", name):
            wanted = int(os.environ.get(kind.variable, kind.small if small else kind.full))
            red += report(name, seed, wanted, jobs) if wanted else 0
    return 1 if red else 0


if __name__ == "__main__":
    sys.exit(main())
