"""The province's clock beside the PC's: an entry when it moved, and whose time the program goes by."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from counter_app.services.exchange.clock_seen import note_offset
from counter_app.services.session import clock_question
from counter_app.services.session.clock_question import answer
from counter_app.storage.journals.journal import entries_between
from sync.protocol.journals.codec import decode_body
from sync.protocol.journals.system_kinds import ClockSeen, SystemKind
from tests.support.counter import Counter, make_counter

MINUTE = 60_000
YEAR = 365 * 24 * 60 * MINUTE


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Counter]:
    made = make_counter(tmp_path)
    yield made
    made.close()


def seen(counter: Counter) -> list[tuple[int, int]]:
    """(offset, error) of every ``ClockSeen`` of this PC."""
    with counter.store.read() as connection:
        own = list(entries_between(connection, counter.work.journal, 1, 10_000))
    bodies = [
        decode_body(ClockSeen, one.body or b"") for one in own if one.facts.kind == SystemKind.CLOCK_SEEN
    ]
    return [(body.offset, body.error) for body in bodies]


def ahead(counter: Counter) -> int:
    """How far the program's time is from the PC's clock, to the minute."""
    return round((counter.work.now() - counter.clock.at) / MINUTE) * MINUTE


def test_a_clock_that_agrees_is_no_entry(counter: Counter) -> None:
    assert not note_offset(counter.work, 29_000, 400, follow=True)
    assert (seen(counter), ahead(counter)) == ([], 0)


def test_an_offset_is_written_once_and_again_when_it_moved(counter: Counter) -> None:
    for offset in (5 * MINUTE, 5 * MINUTE + 20_000, 7 * MINUTE):
        note_offset(counter.work, offset, 600, follow=True)
    assert seen(counter) == [(5 * MINUTE, 600), (7 * MINUTE, 600)]


def test_the_program_follows_the_province(counter: Counter) -> None:
    assert note_offset(counter.work, -3 * MINUTE, 600, follow=True)
    assert ahead(counter) == -3 * MINUTE


def test_a_scripted_day_keeps_its_date(counter: Counter) -> None:
    assert note_offset(counter.work, YEAR, 600, follow=False)
    assert (seen(counter), ahead(counter)) == ([(YEAR, 600)], 0)


def test_the_province_ends_what_a_person_had_said(counter: Counter) -> None:
    answer(counter.work, counter.clock.at + 10 * MINUTE, None)
    assert ahead(counter) == 10 * MINUTE
    note_offset(counter.work, 40_000, 600, follow=True)
    assert ahead(counter) == 0


def test_on_a_line_so_slow_that_it_cannot_be_told_nothing_is_written(counter: Counter) -> None:
    assert not note_offset(counter.work, 50_000, 60_000, follow=True)
    assert seen(counter) == []


DAYS_2099 = 26_340 * 24 * 60 * MINUTE


@pytest.mark.parametrize(("offset", "shown"), [(DAYS_2099, "2099"), (-17 * YEAR, "2009")])
def test_a_province_in_another_year_takes_no_counter_along(counter: Counter, offset: int, shown: str) -> None:
    """Slips, receipts and numbers keep the PC's day; a person says who is right, once."""
    assert note_offset(counter.work, offset, 600, follow=True)
    assert (seen(counter), ahead(counter)) == ([(offset, 600)], 0)
    asked = clock_question.words(counter.work)
    assert asked.startswith("Bây giờ là")
    assert shown in asked.split("Tỉnh: ")[1]
    assert clock_question.province_doubted(counter.work)
    answer(counter.work, counter.work.now(), None)
    assert not clock_question.province_doubted(counter.work)
    assert clock_question.words(counter.work) == ""
    assert not note_offset(counter.work, offset + 5_000, 600, follow=True), "not asked again at each exchange"
    assert clock_question.words(counter.work) == ""


def test_the_doubt_ends_when_the_province_is_right_again(counter: Counter) -> None:
    note_offset(counter.work, DAYS_2099, 600, follow=True)
    assert note_offset(counter.work, 2_000, 600, follow=True)
    assert not clock_question.province_doubted(counter.work)
    assert (clock_question.words(counter.work), ahead(counter)) == ("", 0)


def test_a_flat_battery_follows_the_province_without_a_question(counter: Counter) -> None:
    counter.clock.at -= 17 * YEAR
    note_offset(counter.work, 17 * YEAR, 600, follow=True)
    assert round((counter.work.now() - counter.clock.at) / YEAR) == 17
    assert not clock_question.province_doubted(counter.work)
