"""The simulator: green on the product as it is, the same twice, red for every planted fault."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from counter_app.domain.certification import entries as c
from counter_app.domain.drafting import draft
from sync.hub import clock
from sync.protocol.naming.ids import EntryId
from tests.support import invariants as check
from tests.sync.simulate import Explored, explore, memory
from tests.sync.simulator import verdict
from tests.sync.simulator.piles import PILE, copies_apart
from tests.sync.simulator.plants import PLANTS, Plant
from tests.sync.simulator.register_years import year
from tests.sync.simulator.weather import PILES, PLAIN, STORM, WRONG_PROVINCE
from tests.sync.simulator.world import World

STEPS = int(os.environ.get("SIM_STEPS", "150"))
PLAIN_STEPS = int(os.environ.get("SIM_PLAIN_STEPS", "1500"))
LATEST = 24
"""Worlds that are tried until a planted fault shows."""
ROOT = Path(__file__).parents[3]


pytestmark = pytest.mark.slow


@pytest.fixture
def place() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(dir=memory()) as folder:
        yield Path(folder)


@pytest.mark.parametrize("seed", [1, 3])
def test_no_storm_breaks_an_invariant(place: Path, seed: int) -> None:
    found = explore(place, seed, 2 * STEPS, STORM)
    assert found.faults == []
    assert found.steps == 2 * STEPS
    assert found.papers > 20, "numbers were given"
    assert len(found.kinds) >= 20, "nearly every trouble came"


def test_no_long_year_breaks_an_invariant(place: Path) -> None:
    found = explore(place, 101, PLAIN_STEPS, PLAIN)
    assert found.faults == []
    assert found.steps == PLAIN_STEPS
    assert found.papers > PLAIN_STEPS // 10


def test_a_province_in_another_year_breaks_no_invariant(place: Path) -> None:
    found = explore(place, 1, STEPS, WRONG_PROVINCE)
    assert found.faults == []
    assert {"provinces_clock", "provinces_clock_right"} <= {kind for kind, _ in found.kinds}


def test_piles_of_200_leave_no_number_twice_and_none_out(place: Path) -> None:
    found = explore(place, 1, 12, PILES)
    assert found.faults == []
    assert found.papers >= 3 * PILE


def test_copies_without_contact_are_told_at_their_first_meeting(place: Path) -> None:
    def side_by_side(world: World) -> Explored:
        met = copies_apart(world, 1)
        return Explored(met.faults, twice=met.twice)

    found = explore(place, 2, 0, PLAIN, side_by_side)
    assert found.faults == []
    assert found.twice == PILE


def test_a_pc_with_the_previous_program_keeps_what_it_does_not_read_until_its_upgrade(place: Path) -> None:
    reads: list[bool] = []

    def a_kind_it_lacks(world: World) -> Explored:
        first, older = world.pcs[0], world.pcs[-1]
        request = first.take_in(1)
        entry = first.act([draft(c.RequestReturned("mend", "thiếu trang"), request)]).entries[0]
        world.meet_calmly()
        assert entry.id in [EntryId(*at) for at in check.contents(older.store)]
        reads.append(first.state(request) == older.state(request))
        older.installs(older=False)
        reads.append(first.state(request) == older.state(request))
        return Explored([])

    found = explore(place, 4, 0, PLAIN, a_kind_it_lacks)
    assert found.faults == []
    assert reads == [False, True]


def test_the_same_seed_makes_the_same_trace_in_another_process_and_another_seed_another(place: Path) -> None:
    words = "import sys; from pathlib import Path; from tests.sync.simulate import explore;"
    words += "print(explore(Path(sys.argv[1]), 7, 80).digest)"
    told = subprocess.run(
        [sys.executable, "-c", words, str(place / "there")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    here, other = (explore(place / str(seed), seed, 80) for seed in (7, 8))
    assert told.stdout.strip() == here.digest != other.digest


def test_years_in_the_pure_domain_bear_every_number_once() -> None:
    counted = [year(seed, 4_000) for seed in range(1, 5)]
    assert [one.faults for one in counted] == [[]] * 4
    assert sum(one.numbered for one in counted) > 14_000
    assert sum(one.unknown for one in counted) > 0, "pens were lost and recovered"


SEEN = {
    "accept_gap": 6, "swallow_duplicate": 3, "forget_life": 3, "trust_at": 1, "hub_drops_chain_check": 1,
    "hub_counts_tail_as_covered": 1,
    "believe_bent_seal": 5, "lan_believes_relay": 3, "hub_believes_bent_seal": 18,
}  # fmt: skip
"""Worlds in which faults that show late were last seen: tried first, to save those before them."""


@pytest.mark.parametrize("plant", PLANTS, ids=lambda plant: plant.__name__)
def test_a_planted_fault_turns_it_red(place: Path, plant: Plant) -> None:
    for seed in dict.fromkeys((SEEN.get(plant.__name__, 2), *range(1, LATEST + 1))):
        with pytest.MonkeyPatch.context() as patch:
            plant(patch)
            if explore(place / str(seed), seed, STEPS).faults:
                return
    pytest.fail(f"{plant.__name__} stayed unseen")


def test_a_province_that_nobody_lets_go_on_turns_it_red(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Planted: its clock is set right and its next life is not begun."""
    monkeypatch.setattr(clock, "go_on_in_next_life", lambda hub: 0)
    assert explore(place, 2, 200, WRONG_PROVINCE).faults != []


def test_the_verdict_counts_what_a_lost_pen_left_open(place: Path) -> None:
    with tempfile.TemporaryDirectory(dir=memory()) as folder:
        world = World(Path(folder) / "w", 5)
        try:
            world.run(0, PLAIN)
            assert verdict.faults(world) == []
            assert world.ledger.unknown_numbers == 0
        finally:
            world.close()
