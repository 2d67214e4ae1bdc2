"""The key of the store in the system's own secret store: gnome-keyring on a session bus of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
UNLOCKED = (
    'printf %s "tap huan" | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1; exec "$@"'
)
SILENT = 'exec "$@"'

pytestmark = [pytest.mark.system, pytest.mark.timeout(300)]


@pytest.fixture
def session(tmp_path: Path, needs: Callable[..., str]) -> Callable[..., str]:
    """``session(act, shell)``: the child on a fresh session bus, in a home of its own; what it printed."""
    bus = needs("dbus-run-session", "dbus")
    needs("gnome-keyring-daemon", "gnome-keyring")
    home = tmp_path / "home"
    (home / "run").mkdir(parents=True, mode=0o700)

    def run(act: str, shell: str = UNLOCKED) -> str:
        environment = {
            name: value for name, value in os.environ.items() if not name.startswith(("DBUS", "PYTHON_K"))
        }
        environment |= {
            "HOME": str(home), "XDG_RUNTIME_DIR": str(home / "run"), "XDG_DATA_HOME": str(home / "data"),
            "PYTHON_KEYRING_BACKEND": "keyring.backends.SecretService.Keyring", "GNOME_KEYRING_CONTROL": "",
        }  # fmt: skip
        child = [sys.executable, "-m", "tests.system.keyring_child", act, str(home / "counter")]
        done = subprocess.run(
            [bus, "--", "sh", "-c", shell, "sh", *child], cwd=ROOT, env=environment, capture_output=True,
            text=True, timeout=120, check=False, stdin=subprocess.DEVNULL,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr[-1_500:]
        return done.stdout

    return run


def test_the_key_lies_in_the_systems_store_and_is_found_after_a_restart(session: Callable[..., str]) -> None:
    assert session("make") == "keyring True first\nfile False\n"
    assert session("open") == "keyring True same\nfile False\n"


def test_a_session_without_a_secret_store_is_words(session: Callable[..., str]) -> None:
    assert session("locked", SILENT) == "words secret.refused\n"
