"""A generated season from the last days of 2026 into 2027: both registers whole, every copy checked.

Small inside the tests; ``SIZE=full`` works December and January, 120 requests a day and a group of 300.
"""

from __future__ import annotations

import os
from collections import Counter as Tally
from collections.abc import Iterator

import pypdfium2
import pytest

from counter_app.domain.certification.state import NUMBERED, STRUCK
from counter_app.domain.registers.state import RegisterState
from sync.hub.checking.publishing import publish_to
from sync.protocol.journals import copy_verdict as of
from sync.protocol.journals.check_list import open_check_list
from tests.journeys.season import over_the_year
from tests.journeys.season.over_the_year import NEW, OLD, YearCrossed
from tests.journeys.season.reading_back import Checker, Seen
from tests.support.counter import LAST_ON_PAPER, REGISTRAR, UNIT
from tests.support.invariants import doubled, rows, unaccounted

WANTED = over_the_year.FULL if os.environ.get("SIZE") == "full" else over_the_year.SMALL
pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(300 if WANTED == over_the_year.SMALL else 14_400),
]


@pytest.fixture(scope="module")
def crossed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[YearCrossed]:
    made = YearCrossed(tmp_path_factory.mktemp("year"), WANTED)
    print("\nover the year", WANTED, dict(made.commune.done))
    yield made
    made.commune.close()


@pytest.fixture(scope="module")
def checker(crossed: YearCrossed) -> Checker:
    hub, path = crossed.commune.office.hub, crossed.folder / "tinh.mcl"
    print("\nlist", len(publish_to(hub, path)), "bytes")
    return Checker(path, hub.public_key, hub.now())


@pytest.fixture(scope="module")
def seen(crossed: YearCrossed, checker: Checker) -> list[Seen]:
    papers = [paper for pc in crossed.commune.pcs for paper in pc.papers()]
    found = checker.read_back([paper for paper in papers if paper.name.startswith("certification-")])
    print("\nread back", len(found), dict(Tally((one.year, one.verdict) for one in found)))
    return found


def register(crossed: YearCrossed, year: int, pc: int = 0) -> RegisterState:
    state = crossed.commune.pcs[pc].state(crossed.years[year])
    assert isinstance(state, RegisterState)
    return state


def lines(crossed: YearCrossed, year: int) -> list[tuple[int, str, int, int]]:
    """(number, state, copies, day) of a year in order of numbers."""
    key = crossed.years[year].key
    sql = f"SELECT number, state, copies, day FROM lines WHERE register = {key} ORDER BY number"
    return [tuple(row) for row in rows(crossed.commune.pcs[0].store, sql)]  # type: ignore[misc]


def test_both_registers_are_continuous(crossed: YearCrossed) -> None:
    store = crossed.commune.pcs[0].store
    for year, first in ((OLD, LAST_ON_PAPER + 1), (NEW, 1)):
        state = register(crossed, year)
        assert unaccounted(store, state.id, state) == []
        assert doubled(store, state.id) == []
        assert [number for number, *_ in lines(crossed, year)] == list(range(first, state.next_number))
        assert state.next_number > first + 5


def test_every_line_bears_its_own_year(crossed: YearCrossed) -> None:
    for year in (OLD, NEW):
        assert {day // 10_000 for *_, day in lines(crossed, year)} == {year}
    done = crossed.commune.done
    assert len(lines(crossed, OLD)) + len(lines(crossed, NEW)) == done["originals"] + done["pupils"]


def test_what_came_too_late_on_the_last_day_got_numbers_of_the_new_year(crossed: YearCrossed) -> None:
    last_day = crossed.days[0].date.replace(month=12, day=31)
    asked = "SELECT count(*) FROM requests WHERE stage = 'waiting'"
    assert rows(crossed.commune.pcs[0].store, asked) == [(0,)]
    count = sum(1 for *_, day in lines(crossed, OLD) if day == last_day.year * 10_000 + 1231)
    planned = next(day for day in crossed.days if day.date == last_day)
    all_of_the_day = sum(len(citizen.rows) for citizen in planned.citizens)
    assert count == all_of_the_day - crossed.left_on_the_last_day
    assert crossed.left_on_the_last_day > 0


def test_acts_and_the_year_were_guarded(crossed: YearCrossed) -> None:
    """The year does not close over open lines; nobody of the two numbers under an act that has ended."""
    assert crossed.refused == ["closing.blocked", "lot.signatory", "lot.signatory"]


def test_the_last_pile_was_settled_in_january_and_its_struck_lines_stay(crossed: YearCrossed) -> None:
    assert register(crossed, OLD).closed
    assert not register(crossed, NEW).closed
    states = Tally(state for year in (OLD, NEW) for _, state, *_ in lines(crossed, year))
    assert (states[NUMBERED], states[STRUCK]) == (0, crossed.commune.done["struck"])
    assert [state for _, state, *_ in lines(crossed, OLD)][-2:] == [STRUCK] * crossed.struck_in_january


def test_both_years_stand_side_by_side(crossed: YearCrossed) -> None:
    for pc in crossed.commune.pcs:
        pc.sign_in(REGISTRAR)
        cards = pc.areas.registers.years()
        assert [(card.year, card.closed) for card in cards] == [(NEW, False), (OLD, True)]
        assert cards[1].last == register(crossed, OLD).last_number


def test_the_book_of_the_old_year_has_every_line(crossed: YearCrossed) -> None:
    document = pypdfium2.PdfDocument(str(crossed.book))
    text = "\n".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    first, last = LAST_ON_PAPER + 1, register(crossed, OLD).last_number
    assert [n for n in range(first, last + 1) if str(n) not in text] == []


def test_receipts_are_of_paper_in_the_old_year_and_provisional_in_the_new(crossed: YearCrossed) -> None:
    sql = "SELECT DISTINCT day / 10000, kind FROM receipts ORDER BY 1, 2"
    assert rows(crossed.commune.pcs[0].store, sql) == [(OLD, "receipt"), (NEW, "provisional")]


def test_counters_and_hub_hold_and_read_the_same(crossed: YearCrossed) -> None:
    crossed.commune.office.settle()
    assert crossed.commune.office.faults() == []
    hub = crossed.commune.office.hub
    for year in (OLD, NEW):
        held = [
            (row.number, row.state)
            for month in range(1, 13)
            if (book := hub.register_month(UNIT, "copy", year, month)) is not None
            for row in book.lines
        ]
        assert held == [(number, state) for number, state, *_ in lines(crossed, year)]


def test_copies_of_both_years_are_verified_from_their_pictures(
    crossed: YearCrossed, seen: list[Seen]
) -> None:
    verdicts = {STRUCK: of.STRUCK_COPY}
    printed = {
        (year, number, verdicts.get(state, of.VALID)): copies
        for year in (OLD, NEW)
        for number, state, copies, _ in lines(crossed, year)
    }
    assert Tally((one.year, one.number, one.verdict) for one in seen) == printed
    assert sum(printed.values()) == crossed.commune.done["texts"]


def test_the_list_knows_that_the_old_year_is_closed(crossed: YearCrossed, checker: Checker) -> None:
    """A number beyond the closed year is nobody's; beyond the open one it may not have come yet."""
    (unit,) = open_check_list(checker.listed.read_bytes(), checker.key).units
    assert [(year.year, year.first, year.closed) for year in unit.years] == [
        (OLD, LAST_ON_PAPER + 1, True),
        (NEW, 1, False),
    ]
    assert [year.upto for year in unit.years] == [register(crossed, year).last_number for year in (OLD, NEW)]
