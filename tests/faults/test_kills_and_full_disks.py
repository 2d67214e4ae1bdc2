"""Kill -9 at the n-th system call, a full disk and I/O errors: nothing printed or acknowledged is lost.

``SIZE=full`` (``make faults``) takes every call of the session; ``make test`` a few of them.
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

ROOT = Path(__file__).resolve().parents[2]
FULL = os.environ.get("SIZE") == "full"
POINTS = {"kill": 701 if FULL else 16, "full": 350 if FULL else 8, "eio": 350 if FULL else 8}

pytestmark = [pytest.mark.fault, pytest.mark.timeout(1_800)]


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


def series(library: Path, folder: Path, mode: str, points: int, **more: str) -> dict[str, Any]:
    """One series of the session in a program of its own."""
    environment = {**os.environ, "LD_PRELOAD": str(library), **more}
    command = [sys.executable, "-m", "tests.faults.session", str(folder), str(points), mode]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2_000:]
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_killed_at_any_system_call_nothing_is_lost_and_no_number_comes_twice(preloaded, tmp_path) -> None:
    found = series(preloaded, tmp_path, "kill", POINTS["kill"])
    assert found["wrong"] == {}
    assert found["hit"] == found["points"] >= min(POINTS["kill"], found["calls"])
    assert len(found["after"]) >= 4, "kills fell between many different steps"
    assert found["pages"] > found["points"], "papers that had come out were compared with the book"


@pytest.mark.parametrize("mode", ["full", "eio"])
def test_a_disk_that_refuses_is_told_in_words_and_work_goes_on_afterwards(preloaded, tmp_path, mode) -> None:
    found = series(preloaded, tmp_path, mode, POINTS[mode])
    assert found["wrong"] == {}
    assert found["hit"] >= found["points"] // 2, "most refusals stopped the session with an error in words"


def test_a_number_told_before_it_is_committed_is_seen(preloaded, tmp_path) -> None:
    """Planted: the screen says the numbers are born, then they are. A kill between the two shows it."""
    found = series(preloaded, tmp_path, "kill", POINTS["kill"], PLANT="told-too-early")
    assert any("acknowledged and is lost" in line for lines in found["wrong"].values() for line in lines)
