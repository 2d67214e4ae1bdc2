"""Power cuts on an ext4 of its own: what was told is there afterwards; without flushing it is not."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
CUTS = int(os.environ.get("CUTS", "500" if os.environ.get("SIZE") == "full" else "25"))
EATS = "/usr/lib/x86_64-linux-gnu/libeatmydata.so"

pytestmark = [pytest.mark.system, pytest.mark.fault, pytest.mark.timeout(5_400)]


@pytest.fixture
def place(tmp_path: Path, needs: Callable[..., str]) -> Path:
    """A folder in which a disk can be mounted; skips where the machine has no loop devices."""
    if os.geteuid() != 0:
        pytest.skip("power cuts need root: a disk is mounted")
    needs("mkfs.ext4", "e2fsprogs")
    free = subprocess.run([needs("losetup", "mount"), "-f"], capture_output=True, check=False)
    if free.returncode:
        pytest.skip("this machine has no loop devices: power cuts are not tried")
    memory = Path("/dev/shm")
    if not memory.is_dir():
        return tmp_path
    folder = memory / tmp_path.name
    folder.mkdir()
    return folder


@pytest.fixture
def cuts(place: Path) -> Any:
    """Runs a series in a program of its own; its folder is removed at the end."""

    def run(count: int, preload: str = "") -> dict[str, Any]:
        environment = {**os.environ, **({"LD_PRELOAD": preload} if preload else {})}
        command = [sys.executable, "-m", "tests.system.power", str(place), str(count)]
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr[-2_000:]
        found: dict[str, Any] = json.loads(done.stdout)
        print(found)
        return found

    yield run
    subprocess.run(["umount", str(place / "disk")], capture_output=True, check=False)
    subprocess.run(["rm", "-rf", str(place)], check=False)


def test_after_every_power_cut_all_that_was_told_is_there(cuts: Callable[..., dict[str, Any]]) -> None:
    found = cuts(CUTS)
    assert found["wrong"] == []
    assert found["cuts"] == CUTS
    assert found["requests"] >= CUTS // 4, "work was under way when the current went"


def test_with_flushing_switched_off_the_same_cuts_lose_what_was_told(
    cuts: Callable[..., dict[str, Any]], needs: Callable[..., str]
) -> None:
    """The control: a library that turns every flush into nothing must make the test above fail."""
    found = cuts(CUTS, needs(EATS, "libeatmydata1"))
    assert found["wrong"], "power cuts without flushes lost nothing: these cuts prove nothing"
