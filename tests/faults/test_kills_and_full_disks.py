"""Kill -9 at the n-th system call, a full disk, I/O errors: nothing printed, told or acknowledged is lost.

Each scene of ``scenes.table`` is tried. ``make test`` takes a few points of each, ``SIZE=full`` (``make
faults``) every call; ``POINTS`` sets another number.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.faults.harness import MODES
from tests.faults.scenes.table import SCENES

ROOT = Path(__file__).resolve().parents[2]
FULL = os.environ.get("SIZE") == "full"
EVERY = 100_000
ASKED = os.environ.get("POINTS", "")
KILLS = int(ASKED or (EVERY if FULL else 4))
REFUSALS = int(ASKED or (EVERY if FULL else 2))
RANDOM = int(ASKED or (800 if FULL else 1))
DAY = int(ASKED or (EVERY if FULL else 10))
PLANTED = 10
"""Points at which a planted fault is looked for first."""
FEW = ("dossier", "exchange", "exchange-hub", "bundle-in", "restore", "enrolment", "migration")
"""Scenes of ``make test``; the others are like one of them and belong to ``make faults``."""
MOSTLY_HIDDEN = ("exchange-hub",)
"""A hub answers 500 and goes on: most refusals end in no error."""

pytestmark = [pytest.mark.fault, pytest.mark.timeout(7_200 if FULL else 300)]


@pytest.fixture(scope="module")
def preloaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The library that kills or refuses, built from its one source file."""
    compiler = shutil.which("gcc") or shutil.which("cc")
    if compiler is None or not sys.platform.startswith("linux"):
        pytest.skip("no C compiler: kill points by system call are not tried")
    library = tmp_path_factory.mktemp("preload") / "kill_at.so"
    source = ROOT / "tests" / "faults" / "kill_at.c"
    subprocess.run([compiler, "-shared", "-fPIC", "-O2", "-o", library, source, "-ldl"], check=True)
    return library


def series(library: Path, folder: Path, scene: str, mode: str, points: int, **more: str) -> dict[str, Any]:
    """One series of a scene in a program of its own."""
    # A first run that wrote bytecode would count calls that the runs to be killed do not make.
    environment = {**os.environ, "LD_PRELOAD": str(library), "PYTHONDONTWRITEBYTECODE": "1", **more}
    command = [sys.executable, "-m", "tests.faults", scene, str(folder), str(points), mode]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2_000:]
    found: dict[str, Any] = json.loads(done.stdout)
    print(scene, mode, {name: value for name, value in found.items() if name != "wrong"})
    return found


def test_killed_at_any_system_call_of_a_day_nothing_is_lost_and_no_number_comes_twice(
    preloaded: Path, tmp_path: Path
) -> None:
    found = series(preloaded, tmp_path, "day", "kill", DAY)
    assert found["wrong"] == {}
    assert found["hit"] == found["points"] >= min(DAY, found["calls"])
    assert len(found["after"]) >= 4, "kills fell between many different steps"
    assert found["pages"] > found["points"], "papers that had come out were compared with the book"


@pytest.mark.parametrize("scene", [name for name in SCENES if name != "day"] if FULL else FEW)
def test_killed_at_any_system_call_the_survivor_holds_what_was_told(
    preloaded: Path, tmp_path: Path, scene: str
) -> None:
    found = series(preloaded, tmp_path, scene, "kill", KILLS)
    assert found["wrong"] == {}
    assert found["hit"] == found["points"] >= min(KILLS, found["calls"])


@pytest.mark.parametrize("scene", SCENES if FULL else ["exchange"])
def test_killed_at_a_random_moment_the_survivor_holds_what_was_told(
    preloaded: Path, tmp_path: Path, scene: str
) -> None:
    found = series(preloaded, tmp_path, scene, "random", RANDOM)
    assert found["wrong"] == {}
    assert found["points"] == RANDOM


REFUSING = [mode for mode in MODES if mode not in ("kill", "random")]
SMALL = [("day", "full-on"), ("day", "eio-once"), ("dossier", "full-on"), ("exchange", "read-once"),
         ("backup", "full-on"), ("restore", "eio-once"), ("enrolment", "full-once")]  # fmt: skip


@pytest.mark.parametrize(
    ("scene", "mode"), [(scene, mode) for scene in SCENES for mode in REFUSING] if FULL else SMALL
)
def test_a_disk_that_refuses_is_told_in_words_and_work_goes_on_afterwards(
    preloaded: Path, tmp_path: Path, scene: str, mode: str
) -> None:
    found = series(preloaded, tmp_path, scene, mode, REFUSALS)
    assert found["wrong"] == {}
    if scene not in MOSTLY_HIDDEN and mode.endswith("on"):
        assert found["hit"] * 2 >= found["points"], "most refusals ended the scene with an error in words"


def seen(library: Path, folder: Path, scene: str, plant: str, words: str) -> bool:
    """Whether a planted fault is seen at some points, spread evenly; others are tried until it is."""
    for wanted in (PLANTED, PLANTED + 7, PLANTED + 19, PLANTED + 43):
        place = folder / str(wanted)
        place.mkdir()
        found = series(library, place, scene, "kill", wanted, PLANT=plant)
        if any(words in line for lines in found["wrong"].values() for line in lines):
            return True
    return False


def test_a_number_told_before_it_is_committed_is_seen(preloaded: Path, tmp_path: Path) -> None:
    """Planted: the screen says the numbers are born, then they are. A kill between the two shows it."""
    assert seen(preloaded, tmp_path, "day", "told-too-early", "acknowledged and is lost")


def test_an_act_on_a_dossier_told_before_it_is_committed_is_seen(preloaded: Path, tmp_path: Path) -> None:
    assert seen(preloaded, tmp_path, "dossier", "told-too-early", "was told and is lost")


def test_a_form_printed_before_its_number_is_committed_is_seen(preloaded: Path, tmp_path: Path) -> None:
    """Planted: the paper comes out inside the transaction. What was printed is compared with the store."""
    assert seen(preloaded, tmp_path, "dossier", "printed-too-early", "on paper and not in the store")
