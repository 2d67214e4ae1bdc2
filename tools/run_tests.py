"""Run the checks that need no root, one after another, to the end; the exit code says whether all passed.

    python tools/run_tests.py all                everything
    python tools/run_tests.py lint types         some of it
    python tools/run_tests.py unit ui            folders below tests/

Folders of tests run in two processes side by side. Those that need a process for themselves run two at a
time, and what they print is shown when each ends. The last line adds up what pytest counted.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parent.parent
TYPED = ("counter_app", "sync", "resources", "tools")
LINTED = (*TYPED, "tests", "benchmarks", "installers")
APART = ("system", "support")  # need root; hold no tests
ALONE = ("faults", "journeys", "packaging", "sync", "ui")
"""One process each, in a fixed order: they build, install, kill, start hubs, or hold Qt's one application."""
LANES = 2
"""Such processes at a time: each waits much of its time for a child, a disk or a timer."""
NO_TESTS = 5


@dataclass
class Count:
    """What pytest counted so far."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def add(self, report: Path) -> None:
        """Add one JUnit report; a missing or cut one counts as a failure."""
        try:
            suites = list(ElementTree.parse(report).getroot().iter("testsuite"))
        except (OSError, ElementTree.ParseError):
            self.failed += 1
            return
        for suite in suites:
            numbers = {name: int(suite.get(name, "0")) for name in ("tests", "failures", "errors", "skipped")}
            bad = numbers["failures"] + numbers["errors"]
            self.failed += bad
            self.skipped += numbers["skipped"]
            self.passed += max(0, numbers["tests"] - bad - numbers["skipped"])

    def line(self) -> str:
        """The closing line."""
        return f"{self.passed} passed, {self.failed} failed, {self.skipped} skipped"


def folders(root: Path = ROOT) -> list[str]:
    """The folders below `tests` that hold tests of their own kind, in order."""
    found = (path for path in (root / "tests").iterdir() if path.is_dir())
    return sorted(path.name for path in found if path.name not in APART and any(path.rglob("test_*.py")))


def groups(names: Sequence[str]) -> list[tuple[list[str], list[str]]]:
    """How to run folders of tests: pairs of folders and the words that go to pytest with them."""
    together = [name for name in names if name not in ALONE]
    alone = [
        ([name], ["-p", "no:xdist", "-p", "no:randomly"])
        for name in sorted(names, reverse=True)
        if name in ALONE
    ]
    side_by_side = [(together, ["-n", "2", "--dist", "loadfile"])] if together else []
    return side_by_side + alone


UNSET = ("PYTHONPATH", "PYTHONDONTWRITEBYTECODE")
"""Other projects' modules; and that each hub and program that tests start would compile all again."""


def environment() -> dict[str, str]:
    """Tests see no screen, no colours of a terminal and no other project's settings."""
    set_here = {"QT_QPA_PLATFORM": "offscreen", "SIZE": os.environ.get("SIZE", "small")}
    return {name: value for name, value in os.environ.items() if name not in UNSET} | set_here


def call(*command: str) -> int:
    """Run one command from the root of the project and return its exit code."""
    return subprocess.run(
        command, cwd=ROOT, env=environment(), stdin=subprocess.DEVNULL, check=False
    ).returncode


def lint() -> int:
    """Ruff over everything that is ours."""
    return call(sys.executable, "-m", "ruff", "check", *(name for name in LINTED if (ROOT / name).is_dir()))


def types() -> int:
    """Mypy, strict, over everything that is ours and shipped or used to build."""
    return call(sys.executable, "-m", "mypy", "--strict", *TYPED)


def contracts() -> int:
    """Who may import whom."""
    return call(sys.executable, "tools/import_contracts.py")


CHECKS: dict[str, Callable[[], int]] = {"lint": lint, "types": types, "contracts": contracts}


@dataclass(frozen=True)
class Ran:
    """One run of pytest: its folders, exit code, minutes, and what it printed (empty when shown at once)."""

    paths: str
    code: int
    minutes: float
    printed: str


def run_group(chosen: Sequence[str], words: Sequence[str], report: Path, *, kept: bool) -> Ran:
    """Run folders of tests as one pytest; `kept` holds its output back for whoever shows it."""
    paths = [f"tests/{name}" for name in chosen]
    command = (sys.executable, "-m", "pytest", "-q", *words, f"--junitxml={report}", *paths)
    begun = time.monotonic()
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE if kept else None,
        stderr=subprocess.STDOUT if kept else None,
        check=False,
        text=True,
        errors="replace",
    )
    return Ran(" ".join(paths), done.returncode, (time.monotonic() - begun) / 60, done.stdout or "")


def pytest(names: Sequence[str], count: Count) -> list[str]:
    """Run folders of tests, add to `count`, and return the groups that failed."""
    failed: list[str] = []
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(LANES) as lanes:
        under_way = []
        for number, (chosen, words) in enumerate(groups(names)):
            report = Path(folder) / f"{number}.xml"
            if len(chosen) == 1 and chosen[0] in ALONE:
                under_way.append((report, lanes.submit(run_group, chosen, words, report, kept=True)))
            else:
                failed += told(run_group(chosen, words, report, kept=False), report, count)
        for report, lane in under_way:
            failed += told(lane.result(), report, count)
    return failed


def told(ran: Ran, report: Path, count: Count) -> list[str]:
    """Show a run, add it to `count`; its folders when it failed."""
    print(f"{ran.printed}-- {ran.paths}: {ran.minutes:.1f} minutes", flush=True)
    if ran.code != NO_TESTS:
        count.add(report)
    return [ran.paths] if ran.code not in (0, NO_TESTS) else []


def main(arguments: list[str]) -> int:
    """Run what is named; prints what failed and, when tests ran, how many. Exit code 1 if anything failed."""
    known = [*CHECKS, *folders()]
    asked = known if not arguments or "all" in arguments else arguments
    unknown = [name for name in asked if name not in known]
    if unknown:
        print(f"not known: {', '.join(unknown)}; there are: {', '.join(known)}", file=sys.stderr)
        return 2
    begun, failed, count = time.monotonic(), [], Count()
    for name, check in CHECKS.items():
        if name in asked:
            print(f"== {name}", flush=True)
            failed += [name] if check() else []
    chosen = [name for name in asked if name not in CHECKS]
    if chosen:
        print(f"== tests: {', '.join(chosen)}", flush=True)
        failed += pytest(chosen, count)
    print(
        f"\n{(time.monotonic() - begun) / 60:.1f} minutes; "
        + (f"FAILED: {', '.join(failed)}" if failed else "all well")
    )
    if chosen:
        print(count.line())
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
