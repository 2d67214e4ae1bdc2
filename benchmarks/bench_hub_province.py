"""The hub at the size of a province: ``python -m benchmarks.bench_hub_province --entries 1000000``.

126 units with 600 devices fill one database; at each mark of the way the same questions are asked of it: a
push of 20 records, an exchange with nothing to say, a unit and its day, its journals, a request
with its entries. Flat rows say that the size of the province does not matter. ``--database`` (or the variable
``COMMUNE_BENCH_POSTGRES``) names an empty PostgreSQL database; without one the hub is a file.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Callable, Sequence
from itertools import cycle
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.made_up_province import Device, make_province
from benchmarks.province_by_copies import TEMPLATE, grow
from benchmarks.timing import show, timed
from sync.hub.hub import Hub
from sync.hub.reading import board, dossiers
from sync.hub.reading.figures import Moment
from sync.hub.reading.folded import facts_of
from sync.protocol.naming.ids import EntryId

VARIABLE = "COMMUNE_BENCH_POSTGRES"
RECORDS_A_PUSH = 20
RECORDS_A_LOAD = 150
ENTRIES_A_LOAD = 303
LOADS_A_READ = 60
TIMES = 200
MARKS = (0.1, 0.3, 1.0)
"""Parts of the way at which the questions are asked."""


class Filling:
    """Brings entries in and reads them; ``seconds`` are what the hub itself spends."""

    def __init__(self, hub: Hub, devices: list[Device]) -> None:
        self.hub = hub
        self._turns = cycle(devices)
        self.stored = self.folded = 0
        self.seconds = {"stored": 0.0, "folded": 0.0}

    def up_to(self, entries: int) -> None:
        """Fill until about ``entries`` are held, a load of each device in turn."""
        loads = 0
        while self.stored < entries:
            device = next(self._turns)
            device.work(RECORDS_A_LOAD)
            asked = device.request()
            device.heard(self._watched("stored", lambda data=asked: self.hub.exchange(data)))
            self.stored += ENTRIES_A_LOAD
            loads += 1
            if loads % LOADS_A_READ == 0:
                self._read()
        self._read()

    def _read(self) -> None:
        self.folded += self._watched("folded", self.hub.read).entries

    def _watched(self, what: str, call: Callable[..., Any]) -> Any:
        begun = time.perf_counter()
        done = call()
        self.seconds[what] += time.perf_counter() - begun
        return done


def ask(hub: Hub, devices: list[Device], chance: Random, times: int) -> None:
    """The rows of one mark: median, p95 and p99 of milliseconds inside the hub."""

    def chosen() -> Device:
        return chance.choice(devices)

    pushes = [chosen() for _ in range(times)]
    requests = []
    for device in dict.fromkeys(pushes):
        device.work(RECORDS_A_PUSH)
        requests.append((device, device.request()))
    answers: list[tuple[Device, bytes]] = []
    calls = iter(requests)

    def push() -> None:
        device, asked = next(calls)
        answers.append((device, hub.exchange(asked)))

    show(f"  exchange, {RECORDS_A_PUSH} records brought", timed(push, len(requests)))
    for device, answer in answers:
        device.heard(answer)
    quiet = iter([device.request() for device, _ in answers])
    show("  exchange, nothing to say", timed(lambda: hub.exchange(next(quiet)), len(answers)))
    hub.read()
    show("  a unit's day", timed(lambda: hub.kpi(chosen().unit, chosen().day), times))
    show("  the board, every unit", timed(lambda: whole_board(hub, chosen()), min(times, 30)))
    show("  a dossier by its code", timed(lambda: by_code(hub, chosen()), times))
    show("  how far a unit's journals are held", timed(lambda: hub.journals_held(chosen().unit), times))
    show("  look-up of one request with its entries", timed(lambda: look_up(hub, chosen()), times))
    show("  is there anything to read?", timed(hub.read, 20))


def look_up(hub: Hub, device: Device) -> None:
    """One request's facts, as a page of it shows them."""
    subject = EntryId(device.journal, 3)
    with hub.database.read() as connection:
        if not facts_of(connection, [subject])[subject]:
            raise RuntimeError(f"{subject} is not there")


def whole_board(hub: Hub, device: Device) -> None:
    """The board of all units on a day of that device, as its page asks for it."""
    with hub.database.read() as connection:
        board.board(connection, hub.units(), Moment(device.at, device.day))


def by_code(hub: Hub, device: Device) -> None:
    """A dossier by the portal's code; copied provinces have them, one in ten requests."""
    with hub.database.read() as connection:
        dossiers.find(connection, device.unit, f"P{device.journal << 32 | 13}.0")


def measure_copies(hub: Hub, database: str, marks: Sequence[int], units: int, devices: int) -> None:
    """One real load of each device, then copies of it up to each of ``marks`` entries, asking at each."""
    everybody = make_province(hub, units, devices)
    filling, chance = Filling(hub, everybody), Random(11)
    for device in everybody:
        device.work(1)
        device.heard(hub.exchange(device.request()))
    filling.up_to(devices * ENTRIES_A_LOAD)
    held = sum(device.seq for device in everybody)
    for mark in marks:
        begun = time.perf_counter()
        if (copies := round((mark - held) / devices / TEMPLATE)) > 0:
            grow(database, everybody, copies)
            for device in everybody:
                device.heard(hub.exchange(device.request()))
        held = sum(device.seq for device in everybody)
        words = f"{held:,} entries of {devices} devices in {units} units"
        print(f"{words}, {size_of(hub)} on disk, made in {time.perf_counter() - begun:.0f} s", flush=True)
        ask(hub, everybody, chance, min(TIMES, devices))
        held = sum(device.seq for device in everybody)


def size_of(hub: Hub) -> str:
    """What the database weighs."""
    with hub.database.read() as connection:
        asked = "SELECT pg_size_pretty(pg_database_size(current_database()))"
        return str(connection.exec_driver_sql(asked).scalar())


def measure(hub: Hub, entries: int, units: int, devices: int) -> None:
    """Fill up to each mark, ask at each."""
    everybody = make_province(hub, units, devices)
    for device in everybody:
        device.work(1)
        device.heard(hub.exchange(device.request()))
    hub.read()
    filling, chance = Filling(hub, everybody), Random(11)
    for part in MARKS:
        filling.up_to(int(entries * part))
        if not hub.database.is_sqlite:
            settle(hub)
        print(f"{filling.stored:,} entries of {devices} devices in {units} units", flush=True)
        ask(hub, everybody, chance, min(TIMES, devices))
    for what, done in (("stored", filling.stored), ("folded", filling.folded)):
        print(f"verified and {what}: {done / filling.seconds[what]:,.0f} /s by the clock", flush=True)


def settle(hub: Hub) -> None:
    """What autovacuum does within minutes, at once: the planner knows how much there is."""
    with hub.database.engine.connect() as plain:
        plain.execution_options(isolation_level="AUTOCOMMIT").exec_driver_sql("ANALYZE")


def main() -> int:
    """Measure and print; a curve that is not flat is a figure, not a break."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--entries", type=int, default=1_000_000)
    parser.add_argument("--units", type=int, default=126)
    parser.add_argument("--devices", type=int, default=600)
    parser.add_argument(
        "--copies-to", type=int, nargs="*", help="sizes reached by copying rows (PostgreSQL); see the module"
    )
    parser.add_argument("--database", default=os.environ.get(VARIABLE, ""))
    chosen = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as folder,
        Hub.open(Path(folder) / "hub", practice=False, database=chosen.database) as hub,
    ):
        print("PostgreSQL" if chosen.database else "SQLite", flush=True)
        if chosen.copies_to:
            measure_copies(hub, chosen.database, chosen.copies_to, chosen.units, chosen.devices)
        else:
            measure(hub, chosen.entries, chosen.units, chosen.devices)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
