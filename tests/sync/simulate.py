"""``python -m tests.sync.simulate``: n counters and a hub under every trouble, as long as it is told to.

``SIZE=small`` for the size of the tests; ``SEED`` begins elsewhere; ``STEPS`` sets how many steps in all.
Prints one line a world and ends with 1 when any invariant was broken; the seed repeats that world exactly.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from tests.sync.simulator.seeded import seeded
from tests.sync.simulator.world import World

STEPS_A_WORLD = 400
SMALL, FULL = 1_600, 2_000_000


class Explored(NamedTuple):
    """One world: what was wrong, the digest of its trace, its steps, numbers given, lost with a disk."""

    faults: list[str]
    digest: str
    steps: int
    papers: int
    lost: int
    kinds: dict[str, int]


def explore(folder: Path, seed: int, steps: int) -> Explored:
    """One world from its seed; an error that nobody expected is a fault too."""
    with seeded(random.Random(seed)):
        world = World(folder, seed)
        try:
            world.run(steps)
            faults = world.faults()
        except Exception as error:  # the simulator's own verdict: whatever breaks is a finding
            faults = [f"{type(error).__name__}: {error}"[:400]]
        try:
            ledger = world.ledger
            return Explored(
                faults, world.digest(), sum(world.steps.values()), len(ledger.papers),
                ledger.lost_with_a_disk, dict(world.steps),
            )  # fmt: skip
        finally:
            world.close()


def memory() -> str | None:
    """A folder in memory where there is one: the simulated disk need not be a slow one."""
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else None


def main() -> int:
    """Worlds until the steps are done; 0 when no invariant was broken."""
    wanted = int(os.environ.get("STEPS", SMALL if os.environ.get("SIZE") == "small" else FULL))
    seed, done, papers, red = int(os.environ.get("SEED", "1")), 0, 0, 0
    begun = time.monotonic()
    while done < wanted:
        with tempfile.TemporaryDirectory(dir=memory()) as folder:
            found = explore(Path(folder), seed, min(STEPS_A_WORLD, wanted - done))
        done += found.steps or STEPS_A_WORLD
        papers += found.papers
        red += bool(found.faults)
        print(
            f"seed {seed}: {found.steps} steps, {found.papers} numbers, trace {found.digest[:16]}", flush=True
        )
        for fault in found.faults[:5]:
            print(f"    {fault}", flush=True)
        seed += 1
    print(f"{done} steps, {papers} numbers, {red} worlds red, {time.monotonic() - begun:.0f} s")
    return 1 if red else 0


if __name__ == "__main__":
    sys.exit(main())
