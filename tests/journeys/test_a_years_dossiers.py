"""A year of a commune through the services: every path is walked, every step is legal, readings = rebuild."""

from __future__ import annotations

import os
from collections import Counter as Tally
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from counter_app.domain.dossiers.history import Step, history
from counter_app.domain.dossiers.portal import TRANSITIONS, portal_state
from counter_app.domain.dossiers.state import Stage
from counter_app.storage.keeping import integrity
from counter_app.storage.queries import dossiers as queries
from counter_app.storage.readings.upkeep import compare_with_rebuilt
from sync.protocol.naming.ids import EntryId
from tests.support.counter import CLERK, make_counter
from tests.support.dossier_year import NEXT, DossierYear

SIZE = 12_000 if os.environ.get("SIZE") == "full" else 160
EXPECTED = frozenset(
    {
        "clock.no_due",
        "look_up.row",  # a dossier without papers
        "clock.extension_late",  # the date has passed
        "clock.second_extension",
        "clock.second_supplement",
        "clock.vetting_over",  # three days after acceptance
    }
)
"""What the rules turn down of what the generator tries (``law.md`` 1.2, 6)."""


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DossierYear]:
    folder: Path = tmp_path_factory.mktemp("year")
    counter = make_counter(folder)
    made = DossierYear(counter, seed=7, a_day=16 if SIZE < 1_000 else 48)
    made.run(SIZE)
    yield made
    counter.close()


def steps_of(year: DossierYear, dossier: EntryId) -> tuple[Step, ...]:
    with year.counter.store.read() as connection:
        return history(dossier, queries.history(connection, dossier))


pytestmark = [pytest.mark.slow, pytest.mark.timeout(3_000 if SIZE > 1_000 else 120)]


def test_every_path_is_walked_and_only_the_clock_says_no(year: DossierYear) -> None:
    assert len(year.taken) == SIZE
    acts = {act for row in NEXT.values() for act, _ in row if act}
    assert acts <= set(year.done), acts - set(year.done)
    assert {"in:accept", "in:ask", "in:refuse", "in:online"} <= set(year.done)
    assert set(year.refused) <= EXPECTED, year.refused


def test_every_step_of_every_dossier_is_legal_for_the_portal(year: DossierYear) -> None:
    reached: Tally[int] = Tally()
    for dossier in year.taken:
        steps = steps_of(year, dossier)
        assert [step.conflict for step in steps if step.conflict] == []
        told = [portal for step in steps for portal in step.told]
        for before, after in pairwise(told):
            assert after in TRANSITIONS.get(before, ()), (dossier, told)
        assert told[-1] == portal_state(steps[-1].after)
        reached[told[-1]] += 1
    assert {3, 7, 8, 10} <= set(reached), reached


def test_who_waits_has_no_date_and_who_works_has_one(year: DossierYear) -> None:
    for dossier in year.taken:
        for step in steps_of(year, dossier):
            state = step.after
            if state.stage is Stage.WAITING_CITIZEN:
                assert state.clock.due is None, (dossier, state.stage)
            if state.stage in (Stage.ACCEPTED, Stage.PROCESSING) and state.limit.unit:
                assert state.clock.due is not None, (dossier, state.stage)


def test_numbers_of_forms_have_no_hole_and_no_double(year: DossierYear) -> None:
    with year.counter.store.read() as connection:
        rows = connection.exec_driver_sql("SELECT form, day / 10000, number FROM form_numbers").all()
    books: dict[tuple[str, int], list[int]] = {}
    for form, when, number in rows:
        books.setdefault((form, when), []).append(number)
    assert {form for form, _ in books} == {"01", "02", "03", "04", "05"}
    for book, numbers in books.items():
        assert sorted(numbers) == list(range(1, len(numbers) + 1)), book


def test_nothing_that_waits_is_on_a_list_of_late_ones(year: DossierYear) -> None:
    counter = year.counter
    counter.sign_in(CLERK)
    counter.clock.at += 90 * 86_400_000
    late = {row.subject for row in counter.areas.home.home("overdue").rows}
    with counter.store.read() as connection:
        waiting = {row.id for row in queries.waiting(connection, SIZE)}
    assert not late & waiting
    counter.clock.at -= 90 * 86_400_000


def test_readings_are_what_a_rebuild_makes_and_chains_hold(year: DossierYear) -> None:
    with year.counter.store.write() as connection:
        assert compare_with_rebuilt(connection) == ()
    with year.counter.store.read() as connection:
        assert integrity.check_chains(connection) == []
