"""Kill -9 between two lines: what was told stands, nothing is doubled, paper and store agree."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from counter_app.practice import people
from counter_app.practice.day.paper_eyes import codes_on
from counter_app.practice.world import PracticeWorld
from counter_app.storage.keeping import integrity
from sync.protocol.journals.copy_code import read_copy_code
from tests.support.practice import practice_world

ROOT = Path(__file__).parents[2]
POINTS = 60 if os.environ.get("SIZE") == "full" else 5
FIRST_NUMBER = 1776


@pytest.fixture
def world(tmp_path: Path) -> Iterator[PracticeWorld]:
    with practice_world(tmp_path) as made:
        made.programs[0].close()
        yield made


def child(world: PracticeWorld, line: int) -> tuple[int, dict[str, str]]:
    """Runs one slip in a process; returns its end and what it told."""
    officials = json.dumps({login: list(place) for login, place in world.founded.officials.items()})
    home = str(world.settings[0].paths.home)
    done = subprocess.run(
        [sys.executable, "-m", "tests.journeys.kill_child", home, officials, str(line)],
        cwd=ROOT, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode in (0, -9), done.stderr
    return done.returncode, dict(line.split(" ", 1) for line in done.stdout.splitlines())


def held(world: PracticeWorld) -> tuple[dict[int, str], list[str]]:
    """State by number, and codes of slips that wait; every chain, page and printed text is checked."""
    program = world.start(0)
    try:
        with program.opened.store.read() as connection:
            assert integrity.check_pages(connection) + integrity.check_chains(connection) == []
        world.sign_in(people.SIGNER)
        months = program.registers.months()
        rows = program.registers.month(2026, 11).rows if months else ()
        numbers = [row.number for row in rows]
        assert numbers == list(range(FIRST_NUMBER, FIRST_NUMBER + len(rows))), "no hole, no double"
        printed = {
            read_copy_code(text).code.number
            for paper in program.areas.work.papers_folder.glob("*.pdf")
            for text in codes_on(paper)
            if not text.isdigit()
        }
        assert printed <= set(numbers), "a printed number is in the store"
        return {row.number: row.state for row in rows}, [row.code for row in program.signing.pile()]
    finally:
        program.close()


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_killed_anywhere_nothing_told_is_lost_and_nothing_doubled(world: PracticeWorld) -> None:
    code, told = child(world, 0)
    assert (code, set(told)) == (0, {"SAVED", "NUMBERED", "SIGNED", "LINES"})
    lines = int(told["LINES"])
    assert lines > 1_000
    before, _ = held(world)
    ended = 0
    for point in range(1, POINTS + 1):
        code, told = child(world, max(1, lines * point // (POINTS + 1)))
        ended += code == -9
        states, waiting = held(world)
        assert len(states) - len(before) in (0, 1)
        assert set(before.items()) <= set(states.items())
        if "NUMBERED" in told:
            assert int(told["NUMBERED"]) in states
        elif "SAVED" in told and len(states) == len(before):
            assert any(slip.endswith(told["SAVED"][-4:] + slip[-1]) for slip in waiting)
        before = states
    assert ended == POINTS
