"""Look-ups under every trouble: green on the product as it is, red for every planted fault."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from counter_app.domain.kinds import BY_BODY
from counter_app.domain.lookups import aggregates
from counter_app.domain.lookups.entries import LookupAnswered
from counter_app.domain.lookups.state import LookupState
from counter_app.domain.organisation import readable
from sync.hub.lookups import http_system
from tests.sync.simulate import Explored, explore
from tests.sync.simulator import lookups
from tests.sync.simulator.plants import Plant
from tests.sync.simulator.test_simulator import place
from tests.sync.simulator.world import World

SEED, STEPS = 6, 150
PLANTED_STEPS, FIRST, LATEST = 70, 3, 8
"""The first world in which every planted fault was seen; tests are quick that way."""

pytestmark = pytest.mark.slow
__all__ = ["place"]


def told(world: World) -> Explored:
    """The look-ups' own verdict."""
    return Explored(lookups.faults(world), twice=lookups.answered(world))


def answer_of_another_is_believed(patch: pytest.MonkeyPatch) -> None:
    """Whom the system's answer is about is not looked at."""
    real = http_system.read_answer

    def believed(raw: bytes, names: Any, question: Any) -> Any:
        return real(json.dumps({**json.loads(raw), names.id: question.id_number}).encode(), names, question)

    patch.setattr(http_system, "read_answer", believed)


def expired_is_shown_as_fresh(patch: pytest.MonkeyPatch) -> None:
    """What was found stays on the row after the answer's last day."""
    patch.setattr(LookupState, "answers_on", lambda state, day: state.answers)


def anybody_answers(patch: pytest.MonkeyPatch) -> None:
    """An answer in a counter's journal counts as the province's: neither the judge nor the fold asks."""
    alone = readable.PROVINCE_ALONE - {BY_BODY[LookupAnswered].number}
    patch.setattr(readable, "PROVINCE_ALONE", alone)
    patch.setattr(aggregates, "is_province", lambda journal: True)


PLANTS: tuple[Plant, ...] = (answer_of_another_is_believed, expired_is_shown_as_fresh, anybody_answers)


def test_no_trouble_shows_a_citizen_what_is_anothers_or_old(place: Path) -> None:
    found = explore(place, SEED, STEPS, lookups.LOOKUPS, told)
    assert found.faults == []
    assert {"ask", "turn", "forge", "call_back", "restore_hub"} <= {kind for kind, _ in found.kinds}
    assert found.twice >= 8, "questions were answered"


@pytest.mark.parametrize("plant", PLANTS, ids=lambda plant: plant.__name__)
def test_a_planted_fault_of_the_lookups_turns_it_red(place: Path, plant: Plant) -> None:
    for seed in range(FIRST, LATEST + 1):
        with pytest.MonkeyPatch.context() as patch:
            plant(patch)
            found = explore(place / str(seed), seed, PLANTED_STEPS, lookups.LOOKUPS, told).faults
            faults = [fault for fault in found if " says " in fault or " shows " in fault]
            if faults:
                print(f"{plant.__name__}: world {seed}, {len(faults)}: {faults[0]}")
                return
    pytest.fail(f"{plant.__name__} stayed unseen")
