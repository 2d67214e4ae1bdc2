"""The program answers ``--version`` and ``--help`` at once, without a screen, a store or a heavy library."""

import subprocess
import sys
from pathlib import Path

import pytest

import counter_app

HEAVY = ("sqlalchemy", "PySide6", "requests", "reportlab", "keyring")
ROOT = Path(__file__).resolve().parents[2]


def run(*arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, capture_output=True, text=True, check=False, timeout=60
    )


@pytest.mark.parametrize("module", ["counter_app", "counter_app.cli.app"])
def test_version_and_help(module: str) -> None:
    assert run("-m", module, "--version").stdout == f"commune-counter {counter_app.__version__}\n"
    helped = run("-m", module, "--help")
    assert helped.returncode == 0
    assert "Example:" in helped.stdout


@pytest.mark.parametrize("main", ["counter_app.main", "counter_app.cli.app"])
def test_help_loads_nothing_heavy(main: str) -> None:
    code = (
        f"import sys, contextlib\nfrom {main} import main\n"
        "with contextlib.suppress(SystemExit): main(['--help'])\n"
        f"print('HEAVY', [n for n in {HEAVY!r} if n in sys.modules])"
    )
    assert run("-c", code).stdout.splitlines()[-1] == "HEAVY []"


def test_the_scripted_day_never_runs_on_a_real_counter() -> None:
    refused = run("-m", "counter_app", "--play-day")
    assert refused.returncode == 2
    assert "--practice" in refused.stderr
