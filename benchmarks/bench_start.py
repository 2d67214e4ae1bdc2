"""Start of the program beside a PySide6 window that says hello: ``python -m benchmarks.bench_start``.

An enrolled counter of the practice commune with a little work in it, started by ``counter_app.main.show``
itself. Times run from the start of the process, interpreter included. *Usable home*: signed in and painted;
the time of argon2id (key file, password) is left out, since the design speaks of a key in memory. Bytecode is
compiled, as an installation leaves it. The processor's time beside the clock's tells a slow start from a
crowded machine.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.processes import environment
from counter_app.practice import people
from counter_app.practice.world import PASSPHRASE
from tests.support.practice import practice_world, take_in

HELLO = """
import sys, time
from PySide6.QtWidgets import QApplication, QLabel
class Hello(QLabel):
    def paintEvent(self, event):
        super().paintEvent(event)
        print((time.monotonic() - float(sys.argv[1])) * 1000, time.process_time() * 1000, flush=True)
        import os
        os._exit(0)
app = QApplication(sys.argv[:1])
label = Hello("hello")
label.resize(1366, 697)
label.show()
app.exec()
"""
SHELL = """
import sys, time
begun, home, official, password = float(sys.argv[1]), sys.argv[2], int(sys.argv[3]), sys.argv[4]
import counter_app.main as main
from counter_app.settings import PRACTICE_COST, Settings
from counter_app.paths import Paths
marks, derived = {}, [0.0, 0.0]
def mark(name):
    passed = ((time.monotonic() - begun - derived[0]) * 1000, (time.process_time() - derived[1]) * 1000)
    marks.setdefault(name, passed)
def load():
    from pathlib import Path
    from argon2 import low_level
    plain = low_level.hash_secret_raw
    def measured(*given):
        before, worked = time.monotonic(), time.process_time()
        made = plain(*given)
        derived[0] += time.monotonic() - before
        derived[1] += time.process_time() - worked
        return made
    low_level.hash_secret_raw = measured
    from counter_app.composition import compose
    return compose(Settings(Paths(Path(home)), sys.argv[5], practice=True, password_cost=PRACTICE_COST,
                            exchanging=False, follows_hub_clock=False))
from counter_app.ui.application import Application
attached = Application.attach
def attach(application, program):
    from PySide6.QtCore import QTimer
    mark("opened")
    attached(application, program)
    look, seated, window = QTimer(application.window), [], application.window
    def turn():
        if application.background.busy():
            return
        if not seated:
            from sync.protocol.naming.ids import EntryId
            mark("sign in")
            seated.append(program.session.sign_in(EntryId.from_key(official), password))
            window.signed_in(seated[0])
        elif window.current_view() is not None:
            window.grab()
            mark("home")
            told = [figure for name in ("painted", "opened", "sign in", "home") for figure in marks[name]]
            heavy = [one for one in sys.argv[6].split(",") if one in sys.modules]
            print(*told, derived[0] * 1000, len(sys.modules), ",".join(heavy) or "-", flush=True)
            import os
            os._exit(0)
    look.timeout.connect(turn)
    look.start(2)
Application.attach = attach
from counter_app.ui.shell.window import Window
painted = Window.paintEvent
def paint(window, event):
    painted(window, event)
    from PySide6.QtCore import QTimer
    QTimer.singleShot(0, lambda: mark("painted"))
Window.paintEvent = paint
Window.showMaximized = lambda window: (window.resize(1366, 697), window.show())
main.show(load)
"""
NOT_FOR_HOME = (
    "requests", "urllib3", "reportlab", "alembic", "xlsxwriter", "PIL", "pypdfium2", "zxingcpp", "litestar",
    "uvicorn", "keyring", "multiprocessing.pool",
)  # fmt: skip
"""Libraries that the desk does not need before somebody asks for what they do."""


class Start(NamedTuple):
    """Marks of one start as (ms since the process was started, ms of processor); keys derived apart."""

    painted: tuple[float, float]
    opened: tuple[float, float]
    signing_in: tuple[float, float]
    home: tuple[float, float]
    derived: float
    modules: int
    heavy: str


def said(code: str, *arguments: str) -> list[str]:
    """What ``code`` prints in a process of its own that is told when it was started. Raises RuntimeError."""
    begun = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", code, str(begun), *arguments],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        env=environment(QT_QPA_PLATFORM="offscreen"),
    )
    if done.returncode or not done.stdout.strip():
        raise RuntimeError(done.stderr[-2_000:])
    return done.stdout.strip().splitlines()[-1].split()


def hello() -> tuple[float, float]:
    """One hello window: ms since the process was started, ms of processor."""
    passed, worked = said(HELLO)
    return float(passed), float(worked)


def start(home: Path, official: int) -> Start:
    """One start of the program to the signed-in desk."""
    told = said(SHELL, str(home), str(official), people.PASSWORD, PASSPHRASE, ",".join(NOT_FOR_HOME))
    figures = [float(one) for one in told[:-1]]
    marks = [(figures[place], figures[place + 1]) for place in range(0, 8, 2)]
    return Start(marks[0], marks[1], marks[2], marks[3], figures[8], int(figures[9]), told[-1])


def row(
    words: str, runs: Sequence[tuple[float, float]], peers: Sequence[tuple[float, float]], limit: str
) -> None:
    """Least and median of the clock and least of the processor, each beside the hello window's."""
    passed, worked = zip(*runs, strict=True)
    clock, processor = zip(*peers, strict=True)
    middle = statistics.median
    print(
        f"{words:<34}{min(passed):6.0f} / {middle(passed):6.0f} ms  {min(passed) / min(clock):5.2f} /"
        f" {middle(passed) / middle(clock):5.2f} x   processor {min(worked):5.0f} ms"
        f"  {min(worked) / min(processor):5.2f} x   {limit}"
    )


def main() -> int:
    """Measure and print beside the limits; a miss is a figure, not a break."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--times", type=int, default=7)
    times = parser.parse_args().times
    with tempfile.TemporaryDirectory() as place:
        with practice_world(Path(place)) as world:
            for _ in range(5):
                take_in(world)
            official = world.founded.officials[people.CLERK].key
            home = world.settings[0].paths.home
        hello(), start(home, official)  # compiled by now
        peers, runs = [], []
        for _ in range(times):
            peers.append(hello())
            runs.append(start(home, official))
    print(f"{'':<34}least / median, beside hello, then the processor's time")
    row("hello window of PySide6", peers, peers, "the peer")
    row("shell painted", [one.painted for one in runs], peers, "<= 1.5 x")
    row("store open, program attached", [one.opened for one in runs], peers, "")
    row("sign-in page at rest", [one.signing_in for one in runs], peers, "")
    row("usable home, keys in memory", [one.home for one in runs], peers, "<= 3.5 x, < 1 s warm")
    derived = statistics.median(one.derived for one in runs)
    print(f"keys derived (argon2id: key file of the PC, password): {derived:.0f} ms, left out above")
    print(f"{runs[0].modules} modules at the usable home; of what it does not need: {runs[0].heavy}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
