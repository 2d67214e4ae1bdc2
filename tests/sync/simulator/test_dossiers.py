"""Dossiers under every trouble: green on the product as it is, red for every planted fault."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.sync.simulate import explore
from tests.sync.simulator.dossier_plants import PLANTS
from tests.sync.simulator.plants import Plant
from tests.sync.simulator.test_simulator import place
from tests.sync.simulator.weather import DOSSIERS, QUARRELS

STEPS = int(os.environ.get("SIM_DOSSIER_STEPS", "300"))
PLANTED_STEPS = 100
LATEST = 12
"""Worlds that are tried until a planted fault shows."""
TROUBLES = {"hand_in", "act", "two_at_once", "online", "flat_battery", "exchange", "stick", "kill", "cut_off"}

pytestmark = pytest.mark.slow
__all__ = ["place"]


def test_no_trouble_loses_an_act_or_leaves_a_contradiction_unasked(place: Path) -> None:
    found = explore(place, 1, STEPS, DOSSIERS)
    assert found.faults == []
    assert found.steps == STEPS
    assert {kind for kind, _ in found.kinds} >= TROUBLES
    assert found.forms > STEPS // 8, "forms came out"


@pytest.mark.parametrize("plant", PLANTS, ids=lambda plant: plant.__name__)
def test_a_planted_fault_of_the_dossier_counter_turns_it_red(place: Path, plant: Plant) -> None:
    for seed in range(1, LATEST + 1):
        with pytest.MonkeyPatch.context() as patch:
            plant(patch)
            if explore(place / str(seed), seed, PLANTED_STEPS, QUARRELS).faults:
                return
    pytest.fail(f"{plant.__name__} stayed unseen")
