"""The commands people are told about exist, and continuous integration runs the same ones."""

import os
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TARGETS = (
    "run", "test", "lint", "types", "contracts", "test-system", "faults", "simulate", "bench", "bench-sync",
    "pictures", "law", "wheel", "assets", "lock", "env", "clean", "help",
)  # fmt: skip


def planned(target: str, **environment: str) -> str:
    """What make would do for a target, without doing it."""
    done = subprocess.run(
        ["make", "-n", target],
        cwd=ROOT,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("target", TARGETS)
def test_every_command_exists(target: str) -> None:
    assert planned(target).strip()


def test_every_command_is_explained() -> None:
    shown = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert [target for target in TARGETS if not re.search(rf"^{target}\t", shown, re.MULTILINE)] == []


def test_run_prepares_first_and_starts_the_practice_commune() -> None:
    plan = planned("run")
    assert (
        plan.index("tools/setup.py run") < plan.index("tools/build_assets.py") < plan.index("-m counter_app")
    )
    assert "--practice --play-day --out out" in plan


def test_test_prepares_first_and_runs_everything() -> None:
    plan = planned("test")
    assert (
        plan.index("tools/setup.py dev")
        < plan.index("tools/build_assets.py")
        < plan.index("run_tests.py all")
    )


def test_another_environment_can_be_named() -> None:
    assert "/tmp/other/bin/python" in planned("types", CC_VENV="/tmp/other")


def test_continuous_integration_runs_make_test() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert re.search(r"^exec make test\b", script.read_text(encoding="utf-8"), re.MULTILINE)
