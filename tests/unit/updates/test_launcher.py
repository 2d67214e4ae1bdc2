"""The launcher of Debian, run by ``sh`` on a stand-in runtime: the newest that comes up, back after two
failed starts."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

LAUNCHER = Path(__file__).parents[3] / "installers" / "debian" / "files" / "launcher.sh"
RUNTIME = "runtime-0123456789ab"
PYTHON = """#!/bin/sh
for word in "$@"; do case $word in */app-*.zip) zip=$word ;; esac; done
echo "ran ${zip##*/} $*" >>"$LOG"
[ -z "${PYTHONPATH:-}${PYTHONHOME:-}" ] || echo "heard PYTHONPATH" >>"$LOG"
. "$zip"
"""
GOOD, DIES, POWER = "exit 0\n", "exit 70\n", "kill -9 $PPID $$\n"

pytestmark = pytest.mark.skipif(shutil.which("sh") is None, reason="no POSIX shell here")


@dataclass
class Pc:
    """An installer's folder, a user's, and the launcher under both its names."""

    root: Path

    def __post_init__(self) -> None:
        self.base, self.own, self.log = self.root / "base", self.root / "own", self.root / "log"
        python = self.base / RUNTIME / "bin" / "python3"
        python.parent.mkdir(parents=True)
        python.write_text(PYTHON)
        python.chmod(0o755)
        for name in ("commune-counter", "commune-counter-window"):
            shutil.copy(LAUNCHER, self.root / name)

    def packaged(self, version: str, does: str = GOOD, file: str = "current") -> None:
        (self.base / f"app-{version}.zip").write_text(does)
        (self.base / file).write_text(f"app-{version}.zip {RUNTIME}\n")

    def updated(self, version: str, does: str = GOOD, file: str = "current") -> None:
        self.own.mkdir(exist_ok=True)
        (self.own / f"app-{version}.zip").write_text(does)
        (self.own / file).write_text(f"app-{version}.zip {RUNTIME}\n")

    def start(self, name: str = "commune-counter-window", *words: str, **more: str) -> tuple[int, str]:
        """Start once; the exit code and which application ran last ("" for none)."""
        before = self.log.read_text() if self.log.exists() else ""
        known = {"COMMUNE_COUNTER_BASE": str(self.base), "COMMUNE_COUNTER_PROGRAM": str(self.own)}
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(self.root),
            "LOG": str(self.log),
            **known,
            **more,
        }
        done = subprocess.run(
            ["sh", str(self.root / name), *words],
            env=environment,
            capture_output=True,
            timeout=30,
            check=False,
        )
        told = (self.log.read_text() if self.log.exists() else "")[len(before) :]
        return done.returncode, told.split()[1] if told else ""


@pytest.fixture
def pc(tmp_path: Path) -> Pc:
    return Pc(tmp_path)


def test_what_the_installer_brought_starts(pc: Pc) -> None:
    pc.packaged("1.0")
    assert pc.start() == (0, "app-1.0.zip")
    assert not (pc.own / "starting").exists()


def test_a_newer_version_of_the_user_goes_first_and_numbers_are_compared_as_numbers(pc: Pc) -> None:
    pc.packaged("1.9")
    pc.updated("1.10")
    assert pc.start() == (0, "app-1.10.zip")


def test_a_newer_package_goes_before_an_older_update(pc: Pc) -> None:
    pc.updated("1.1")
    pc.packaged("2.0")
    assert pc.start() == (0, "app-2.0.zip")


@pytest.mark.parametrize("fault", [DIES, POWER])
def test_after_two_failed_starts_the_one_before_runs_and_stays(pc: Pc, fault: str) -> None:
    pc.packaged("1.0")
    pc.updated("1.1", fault)
    assert [pc.start()[1] for _ in range(2)] == ["app-1.1.zip"] * 2
    assert [pc.start() for _ in range(3)] == [(0, "app-1.0.zip")] * 3
    assert (pc.own / "refused").read_text() == "app-1.1.zip\n"


def test_a_broken_package_goes_back_to_what_was_kept_of_the_one_before(pc: Pc) -> None:
    pc.packaged("1.0", file="previous")
    pc.packaged("2.0", DIES)
    assert [pc.start()[1] for _ in range(4)] == ["app-2.0.zip"] * 2 + ["app-1.0.zip"] * 2


def test_a_good_start_between_two_bad_ones_is_counted_for_the_version(pc: Pc) -> None:
    pc.packaged("1.0")
    pc.updated("1.1", DIES)
    pc.start()
    pc.updated("1.1", GOOD)
    pc.start()
    pc.updated("1.1", DIES)
    assert [pc.start()[1] for _ in range(2)] == ["app-1.1.zip"] * 2


def test_power_cuts_do_not_take_a_proved_version_away(pc: Pc) -> None:
    pc.packaged("1.0")
    pc.updated("1.1", POWER)
    (pc.own / "proven").write_text("app-1.1.zip\n")
    assert [pc.start()[1] for _ in range(5)] == ["app-1.1.zip"] * 5
    assert pc.start()[1] == "app-1.0.zip", "a proved version that rotted on the disk is left in the end"


@pytest.mark.parametrize("code", [2, 4])
def test_a_program_that_says_why_it_cannot_start_is_not_a_failed_version(pc: Pc, code: int) -> None:
    pc.packaged("1.0")
    pc.updated("1.1", f"exit {code}\n")
    assert [pc.start() for _ in range(4)] == [(code, "app-1.1.zip")] * 4


def test_when_all_were_refused_one_still_runs(pc: Pc) -> None:
    pc.packaged("1.0", DIES)
    assert [pc.start()[1] for _ in range(4)] == ["app-1.0.zip"] * 4


@pytest.mark.parametrize("line", ["", "app-1.1.zip\n", "app-../../x.zip runtime-x\n", "rm -rf / x\n", "\0\n"])
def test_a_torn_or_forged_line_is_as_none(pc: Pc, line: str) -> None:
    pc.packaged("1.0")
    pc.own.mkdir()
    (pc.own / "current").write_text(line)
    assert pc.start() == (0, "app-1.0.zip")


def test_an_update_whose_file_or_runtime_is_gone_is_passed_over(pc: Pc) -> None:
    pc.packaged("1.0")
    pc.updated("1.1")
    (pc.own / "app-1.1.zip").unlink()
    assert pc.start() == (0, "app-1.0.zip")
    pc.updated("1.1")
    (pc.own / "current").write_text("app-1.1.zip runtime-ffffffffffff\n")
    assert pc.start() == (0, "app-1.0.zip")


def test_commands_get_their_words_and_count_no_starts(pc: Pc) -> None:
    pc.packaged("1.0", DIES)
    assert pc.start("commune-counter", "doctor", "--json", PYTHONPATH="/tmp", PYTHONHOME="/tmp") == (
        70,
        "app-1.0.zip",
    )
    told = pc.log.read_text()
    assert told.rstrip().endswith("cli doctor --json")
    assert "heard" not in told
    assert not pc.own.exists()


def test_nothing_usable_is_told_in_words(pc: Pc) -> None:
    code, ran = pc.start()
    assert (code, ran) == (4, "")
