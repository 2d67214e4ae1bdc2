"""The simulator: green on the product as it is, the same twice, red for every planted fault."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sync.simulate import explore, memory
from tests.sync.simulator.plants import PLANTS, Plant

SEEDS = range(1, 5)
STEPS = int(os.environ.get("SIM_STEPS", "250"))
LATEST = 8
"""Worlds that are tried until a planted fault shows."""


@pytest.fixture
def place() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(dir=memory()) as folder:
        yield Path(folder)


@pytest.mark.parametrize("seed", SEEDS)
def test_no_trouble_breaks_an_invariant(place: Path, seed: int) -> None:
    found = explore(place, seed, STEPS)
    assert found.faults == []
    assert found.steps == STEPS
    assert found.papers > 20, "numbers were given in this world"
    assert len(found.kinds) >= 14, "nearly every trouble came"


def test_the_same_seed_makes_the_same_trace_and_another_another(place: Path) -> None:
    once, again, other = (explore(place / str(n), seed, 120) for n, seed in enumerate((7, 7, 8)))
    assert once.digest == again.digest != other.digest


@pytest.mark.parametrize("plant", PLANTS, ids=lambda plant: plant.__name__)
def test_a_planted_fault_turns_it_red(place: Path, plant: Plant) -> None:
    for seed in range(1, LATEST + 1):
        with pytest.MonkeyPatch.context() as patch:
            plant(patch)
            if explore(place / str(seed), seed, STEPS).faults:
                return
    pytest.fail(f"{plant.__name__} stayed unseen")
