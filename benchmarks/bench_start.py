"""Start of the program beside a PySide6 window that says hello: ``python -m benchmarks.bench_start``.

An enrolled counter of the practice commune with a little work in it. Times run from the start of the process,
interpreter included. *Usable home*: signed in and painted, the time of the password's argon2id apart, since
the design speaks of a key in memory. Bytecode is compiled, as an installation leaves it; warm is the least of
several runs.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.processes import environment
from counter_app.practice import people
from tests.support.practice import practice_world, take_in

HELLO = """
import sys, time
from PySide6.QtWidgets import QApplication, QLabel
class Hello(QLabel):
    def paintEvent(self, event):
        super().paintEvent(event)
        print((time.monotonic() - float(sys.argv[1])) * 1000)
        QApplication.quit()
app = QApplication(sys.argv[:1])
label = Hello("hello")
label.resize(1366, 697)
label.show()
app.exec()
"""
SHELL = """
import sys, time
begun, home, official = float(sys.argv[1]), sys.argv[2], int(sys.argv[3])
from pathlib import Path
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication
import counter_app.main
from counter_app.settings import Settings
from counter_app.paths import Paths
from counter_app.ui.application import Application
app = QApplication(sys.argv[:1])
application = Application(app)
window, marks = application.window, {}
def mark(name): marks.setdefault(name, (time.monotonic() - begun) * 1000)
class Painted(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            QTimer.singleShot(0, lambda: mark("painted"))
        return False
filter = Painted()
window.installEventFilter(filter)
def load():
    from counter_app.composition import compose
    from counter_app.practice.world import PASSPHRASE, PRACTICE_COST
    return compose(Settings(Paths(Path(home)), PASSPHRASE, practice=True, password_cost=PRACTICE_COST,
                            exchanging=False, follows_hub_clock=False))
def attach(program):
    mark("opened")
    application.attach(program)
    look = QTimer(window)
    seated = []
    def sit_down():
        from sync.protocol.ids import EntryId
        from counter_app.practice import people
        before = time.monotonic()
        session = program.session.sign_in(EntryId.from_key(official), people.PASSWORD)
        marks["password"] = (time.monotonic() - before) * 1000
        seated.append(session)
        window.signed_in(session)
    def turn():
        if application.background.busy():
            return
        if not seated:
            sit_down()
        elif window.current_view() is not None:
            window.grab()
            mark("home")
            look.stop()
            app.quit()
    look.timeout.connect(turn)
    look.start(2)
window.resize(1366, 697)
window.show()
application.background.run_query(load, attach, application.funnel)
app.exec()
print(marks["painted"], marks["opened"] , marks["home"] - marks["password"], marks["password"])
"""


def run(code: str, *arguments: str) -> list[float]:
    """The marks (ms since the process was started) that ``code`` prints in a process of its own."""
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
    return [float(one) for one in done.stdout.strip().splitlines()[-1].split()]


def best(code: str, times: int, *arguments: str) -> list[float]:
    """The least of each mark over ``times`` runs, after one that compiles; the medians are printed too."""
    run(code, *arguments)
    runs = [run(code, *arguments) for _ in range(times)]
    medians = ", ".join(f"{statistics.median(column):.0f}" for column in zip(*runs, strict=True))
    print(f"   medians of {times}: {medians} ms", flush=True)
    return [min(column) for column in zip(*runs, strict=True)]


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
        hello = best(HELLO, times)[0]
        painted, opened, usable, password = best(SHELL, times, str(home), str(official))
    print(f"{'hello window of PySide6':<44}{hello:8.0f} ms")
    print(f"{'shell painted':<44}{painted:8.0f} ms   {painted / hello:.2f} times (<= 1.5)")
    print(f"{'store open, program attached':<44}{opened:8.0f} ms   {opened / hello:.2f} times")
    row = f"{'usable home, without the password':<44}{usable:8.0f} ms"
    print(f"{row}   {usable / hello:.2f} times (<= 3.5), < 1 s warm")
    print(f"{'the password of the practice commune':<44}{password:8.0f} ms")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
