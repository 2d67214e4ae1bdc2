"""The dossier counter with a year of dossiers in its store: ``python -m benchmarks.bench_dossiers``.

The year goes through the services (``tests.support.dossier_year``) into an encrypted store of its own,
then each thing a clerk waits for is measured on it, and live readings are compared with rebuilt ones.
"""

from __future__ import annotations

import argparse
import itertools
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from benchmarks.timing import show, timed
from counter_app.printing.warm import prewarm
from counter_app.services.ports.copies import LOOK
from counter_app.services.ports.intake import IntakeForm, PartyForm, TakenIn
from counter_app.storage.readings.upkeep import compare_with_rebuilt
from tests.support.counter import CLERK, Counter, make_counter
from tests.support.dossier_year import DossierYear

TYPED = ("ng", "nguyen dao", "tap huan", "01-00", "012050", "khai sinh", "vang", "lo tho")
LETTERS = ("ks", "khai", "trich luc", "hon nhan", "dat dai", "bao tro xa hoi")
BIRTH = "1.001193"
_NEW = itertools.count()


def main(words: list[str] | None = None) -> None:
    """Build the year, then measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dossiers", type=int, default=12_000, help="dossiers of the year")
    parser.add_argument("--times", type=int, default=200, help="repetitions of each measurement")
    sizes = parser.parse_args(words)
    with tempfile.TemporaryDirectory() as place:
        counter = make_counter(Path(place))
        printing = counter.areas.intake.queue
        year = DossierYear(counter)
        start = time.perf_counter()
        year.run(sizes.dossiers)
        taken = time.perf_counter() - start
        acts = sum(year.done.values())
        print(
            f"{len(year.taken)} dossiers, {acts} acts in {taken:.0f} s; refused by a rule: "
            f"{dict(year.refused)}; store {counter.store.path.stat().st_size / 1e6:.0f} MB"
        )
        print(dict(year.done))
        print(f"{'':<58}{'median':>9}{'p95':>9}{'p99':>9}")
        measure(counter, year, sizes.times)
        counter.areas.intake.queue = printing
        printed = birth(year)
        prewarm()  # as the program does when nobody waits
        show("the first form after the start, as PDF (< 150 ms)", timed(printed, 1))
        show("F9 on a birth, printed as PDF (< 40 ms)", timed(printed, max(sizes.times // 4, 5)))
        compare(counter)
        start_again(counter, max(sizes.times // 20, 3))
        counter.close()


def birth(year: DossierYear) -> Callable[[], TakenIn]:
    """F9 on complete pages of births, one after the other; the page is filled outside the time."""
    intake = year.counter.areas.intake

    def ready() -> IntakeForm:
        place = next(_NEW)  # nobody with an open dossier of the same procedure
        party = PartyForm(id_number=f"012091{place:06d}", name="MỚI TẬP HUẤN", birth="05/06/1991", sex="male")
        form = IntakeForm(party=party, procedure=BIRTH)
        form = replace(form, ticks=year.ticks(form))
        seen = tuple(one.code for one in intake.view(form).notices if one.level == LOOK)
        return replace(form, seen=seen)

    forms = [ready() for _ in range(400)]
    rest = iter(forms)
    return lambda: intake.commit(next(rest))


def measure(counter: Counter, year: DossierYear, times: int) -> None:
    """What a clerk waits for, without a printer."""
    areas = counter.areas
    counter.sign_in(CLERK)
    show("F9 on a birth, committed", timed(birth(year), min(times, 400)))
    forms = itertools.cycle([year.form(BIRTH) for _ in range(20)])
    show("the page after a key (view)", timed(lambda: areas.intake.view(next(forms)), times))
    letters = itertools.cycle(LETTERS)
    show("procedures for a few letters", timed(lambda: areas.intake.procedures(next(letters)), times))
    show("due list of the unit", timed(lambda: areas.dossiers.queue("unit"), times))
    show("home", timed(areas.home.home, times))
    typed = itertools.cycle(TYPED)
    show("search as typed", timed(lambda: areas.home.search(next(typed)), times))
    opened = itertools.cycle(year.taken[:: max(len(year.taken) // 100, 1)])
    show("a dossier's page with its history", timed(lambda: areas.dossiers.look(next(opened)), times))
    codes = itertools.cycle([year.state(one).code for one in year.taken[-50:] if year.state(one).code])
    show("results by slip", timed(lambda: areas.dossiers.find_results(next(codes)), times))


def compare(counter: Counter) -> None:
    """Readings rebuilt from every entry, and what differs from the live ones."""
    with counter.store.write() as connection:
        entries = connection.exec_driver_sql("SELECT count(*) FROM entries").scalar_one()
        start = time.perf_counter()
        differing = compare_with_rebuilt(connection)
        taken = time.perf_counter() - start
    print(f"rebuild and compare: {entries} entries in {taken:.1f} s; differing readings: {list(differing)}")


def start_again(counter: Counter, times: int) -> None:
    """Store opened, person signed in, home read."""

    def once() -> None:
        counter.reopen()
        counter.sign_in(CLERK)
        counter.areas.home.home()

    show("open the store, sign in, read home", timed(once, times))


if __name__ == "__main__":
    main()
