"""Kill -9 while a group is written: at the next start F9 goes on, nobody is missing, nobody twice."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from counter_app.practice.world import PracticeWorld
from tests.journeys.group_kill_child import SIZE
from tests.support.practice import practice_world

ROOT = Path(__file__).parents[2]
POINTS = 30 if os.environ.get("SIZE") == "full" else 4


@pytest.fixture
def world(tmp_path: Path) -> Iterator[PracticeWorld]:
    with practice_world(tmp_path) as made:
        made.programs[0].close()
        yield made


def child(world: PracticeWorld, line: int) -> tuple[int, list[list[str]]]:
    """One process; how it ended and what it said, word by word."""
    officials = json.dumps({login: list(place) for login, place in world.founded.officials.items()})
    home = str(world.settings[0].paths.home)
    done = subprocess.run(
        [sys.executable, "-m", "tests.journeys.group_kill_child", home, officials, str(line)],
        cwd=ROOT, capture_output=True, text=True, timeout=180, check=False,
    )  # fmt: skip
    assert done.returncode in (0, -9), done.stderr
    return done.returncode, [said.split() for said in done.stdout.splitlines()]


@pytest.mark.slow
def test_a_group_killed_again_and_again_is_whole_in_the_end(world) -> None:
    chance = random.Random(3)
    told = 0
    for _ in range(POINTS):
        end, said = child(world, chance.randint(1_000, 120_000))
        pieces = [int(words[1]) for words in said if words[0] == "PIECE"]
        assert pieces == sorted(set(pieces))
        assert all(piece > told for piece in pieces), "what was told as written stays written"
        told = pieces[-1] if pieces else told
        if end == 0:
            break
    end, said = child(world, 0)
    assert end == 0
    written = next(words for words in said if words[0] == "WRITTEN")
    assert written == ["WRITTEN", str(SIZE), str(SIZE), str(SIZE)]
