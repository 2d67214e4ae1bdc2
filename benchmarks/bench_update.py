"""An update of 16 changed modules on the wire: the province's line, then the office LAN (< 20 KB).

``python -m benchmarks.bench_update``. The real application as installers make it, one line more in sixteen
modules of the domain; version and bytecode new. The first of two programs fetches the difference from a hub
over TLS; the second takes the application from the first over the LAN, and hears of the province only that
there is nothing newer. Every byte of both lines is counted as TCP carries it: handshakes, headers, TLS. The
trials of the new version (self-test, rehearsal) are left out here; ``make test-system`` runs them.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Final

from counter_app.composition.running import RunningProgram
from counter_app.composition.way_to_hub import hub_address
from counter_app.practice.world import PracticeWorld
from counter_app.services.enrolment.enrol import resume
from counter_app.services.updates.updates import Told
from counter_app.updates import trials
from counter_app.updates.hub_source import HubSource
from counter_app.updates.installation import Installation
from counter_app.updates.program_folder import Named, ProgramFolder
from installers.bundle.application import version_of, write_application
from installers.updates.__main__ import main as publisher
from tests.support.lan import until
from tests.support.line import SlowLine
from tests.support.practice import practice_world
from tests.sync.test_lan_programs import on_the_lan
from tests.system.next_version import MOST_ON_THE_WIRE, ROOT, changed_modules, next_application
from tests.unit.updates.publisher import KEYS, PUBLIC, RUNTIME

NEXT: Final = "99.1"
LIMIT: Final = f"< {MOST_ON_THE_WIRE:,}"


def counting(target: int) -> SlowLine:
    """A line to a port of this machine that only counts."""
    return SlowLine(target, 0, 0)


def both(line: SlowLine) -> int:
    """Bytes up and down so far."""
    return line.up + line.down


def published(work: Path, hub_folder: Path) -> Path:
    """The application of now, and at the hub the next one with its difference; returns the one of now."""
    now = write_application(ROOT, work, "")
    later = work / f"app-{NEXT}.zip"
    next_application(now, later, NEXT, changed_modules)
    folder = hub_folder / "updates"
    words = ["make", later, "--from", now, "--runtime", RUNTIME, "--serial", 1, "--percent", 100]
    assert publisher([*map(str, words), "--to", str(folder)]) == 0
    for number, key in enumerate(KEYS[:2]):
        seed = work / f"{number}.seed"
        seed.write_text(key.seed.hex(), "ascii")
        assert publisher(["sign", str(folder / "update.json"), "--seed", str(seed)]) == 0
    return now


def installed(program: RunningProgram, folder: Path, application: Path) -> None:
    """The program runs from ``application``, installed in ``folder``; the trials pass."""
    base = folder / "base"
    (base / RUNTIME).mkdir(parents=True)
    running = Named(version_of(ROOT), RUNTIME)
    (base / "current").write_text(running.line)
    found = Installation(base, ProgramFolder(folder / "own"), application, running, PUBLIC, "python3")
    updates = program.updates
    updates.find = updates.sharing._find = lambda: found


def by_way_of(program: RunningProgram, line: SlowLine) -> None:
    """The program looks for versions over ``line``."""
    enrolment = resume(program.opened)
    assert enrolment is not None
    with program.opened.store.read() as connection:
        address = hub_address(connection, enrolment, program.opened.secrets)
    address = address._replace(url=f"https://127.0.0.1:{line.port}")
    program.updates.hub = lambda: HubSource(address)


def measure(world: PracticeWorld, work: Path) -> None:
    """Print the table."""
    application = published(work, world.hub_folder)
    first, second = world.programs
    with ExitStack() as stack:
        lines = [stack.enter_context(counting(world.server.port)) for _ in world.programs]
        for number, (program, line) in enumerate(zip(world.programs, lines, strict=True)):
            installed(program, work / f"pc-{number}", application)
            by_way_of(program, line)
        node = on_the_lan(first)
        lan = stack.enter_context(counting(node.port))
        on_the_lan(second, known=(lan.port,))
        assert until(lambda: first.neighbours and first.neighbours.in_contact())
        _row("first PC, a look (the manifest)", lines[0], first.updates.check)
        _row("first PC, fetched from the province", lines[0], first.updates.now, LIMIT)
        begun = both(lines[1])
        _row("second PC, fetched from the first over the LAN", lan, second.updates.now)
        print(f"{'   … and of the province':<52}{both(lines[1]) - begun:>12,} B{'':>9}   {LIMIT}")
        _row("second PC, a look when it is in place", lines[1], second.updates.check)
        versions = {one.updates.find().folder.application(NEXT).is_file() for one in world.programs}
        assert versions == {True}, "both have the new application"


def _row(words: str, line: SlowLine, act: Callable[[], Told], limit: str = "") -> None:
    begun, clock = both(line), time.perf_counter()
    told = act()
    took = time.perf_counter() - clock
    print(
        f"{words:<52}{both(line) - begun:>12,} B{took:7.2f} s   {limit}  {told.state} {told.words}",
        flush=True,
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure."""
    argparse.ArgumentParser("benchmarks.bench_update", description=__doc__).parse_args(arguments)
    trials.self_test = trials.rehearse = lambda *_: None  # type: ignore[assignment]
    with tempfile.TemporaryDirectory(prefix="update-") as folder:
        work = Path(folder)
        with practice_world(work / "xa", counters=2) as world:
            measure(world, work)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
