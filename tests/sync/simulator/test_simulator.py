"""The simulator: green on the product as it is, the same twice, red for every planted fault."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sync.simulate import explore, memory
from tests.sync.simulator.plants import PLANTS, Plant

SEEDS = (1, 3)
STEPS = int(os.environ.get("SIM_STEPS", "150"))
LATEST = 6
"""Worlds that are tried until a planted fault shows."""


pytestmark = pytest.mark.slow


@pytest.fixture
def place() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(dir=memory()) as folder:
        yield Path(folder)


def test_no_trouble_breaks_an_invariant(place: Path) -> None:
    worlds = [explore(place / str(seed), seed, STEPS) for seed in SEEDS]
    assert [found.faults for found in worlds] == [[]] * len(worlds)
    assert {found.steps for found in worlds} == {STEPS}
    assert sum(found.papers for found in worlds) > 10, "numbers were given"
    assert len({kind for found in worlds for kind in found.kinds}) >= 15, "nearly every trouble came"


def test_the_same_seed_makes_the_same_trace_and_another_another(place: Path) -> None:
    once, again, other = (explore(place / str(n), seed, 60) for n, seed in enumerate((7, 7, 8)))
    assert once.digest == again.digest != other.digest


@pytest.mark.parametrize("plant", PLANTS, ids=lambda plant: plant.__name__)
def test_a_planted_fault_turns_it_red(place: Path, plant: Plant) -> None:
    for seed in range(1, LATEST + 1):
        with pytest.MonkeyPatch.context() as patch:
            plant(patch)
            if explore(place / str(seed), seed, STEPS).faults:
                return
    pytest.fail(f"{plant.__name__} stayed unseen")
