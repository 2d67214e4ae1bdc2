"""150 requests in one working day by one clerk and one signer, a fifth of the day left (``quality.md``).

Keys, scans and papers are counted on the real program - window, services, store - for a mix of requests;
seconds come from a keystroke-level model. Measured once by its authors: a key 0.28 s for an average typist,
1.35 s to think before a step (Card, Moran, Newell, *The Keystroke-Level Model*, CACM 23(7), 1980). What hands
and mouths do beside the program has no source [U]: own assumptions, to be timed in an office.

``SIZE=full`` plays all 150; else six stand for them.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from counter_app.practice import people
from counter_app.practice.day.citizens import citizen
from counter_app.practice.day.robot import CTRL
from counter_app.practice.day.seat import Seat
from counter_app.practice.world import PracticeWorld
from counter_app.services.rules import shipped_rules
from tests.journeys.test_keystrokes import seated
from tests.support.practice import practice_world

KEY = Qt.Key
DAY = 150
PLAYED = DAY if os.environ.get("SIZE") == "full" else 6
MIX = (
    ("gks 1x2",),
    ("hb 24x1",),
    ("cccd 2x2", "gks 1x3"),
    ("bang 1x1",),
    ("gks 1x1",),
    ("hb 24x1", "bang 1x2"),
)
"""Requests in turn: 1.33 originals and 2.2 copies each."""
COPIES = 13 / 6
ORIGINALS = 8 / 6
PAGES = 55 / 6
MONEY_KEYS = 8
"""The sum a citizen gives, typed: not played, counted."""

pytestmark = [pytest.mark.slow, pytest.mark.timeout(120 if PLAYED < DAY else 1_800)]


class Seconds(NamedTuple):
    """Seconds of one thing. ``key`` and ``think`` from the model's paper, the rest own assumptions [U]."""

    key: float = 0.28
    think: float = 1.35
    scan: float = 2.5
    paper: float = 6.0
    """Take a printed sheet and hand it over; the printer works while the next thing is done."""
    greet: float = 25.0
    """A citizen comes, says what he wants, lays his papers down."""
    compare: float = 15.0
    page: float = 1.5
    """Compare an original with its copies: each original, and each of its pages."""
    money: float = 15.0
    give: float = 20.0
    """Find the pile of a citizen, give it, have it signed for."""
    sign: float = 12.0
    look: float = 20.0
    """The signer: ink and seal on one copy, a look at each original's copies."""


class Counted(NamedTuple):
    """What one stage of the played requests took."""

    keys: int
    scans: int
    papers: int
    steps: int
    """Decisions: where a person thinks before pressing."""

    def seconds(self, one: Seconds) -> float:
        """Seconds at the keyboard, the scanner and the printer."""
        return self.keys * one.key + self.scans * one.scan + self.papers * one.paper + self.steps * one.think


class Played(NamedTuple):
    """The three stages of ``PLAYED`` requests."""

    taken_in: Counted
    signed: Counted
    given: Counted


def papers_of(world: PracticeWorld) -> int:
    """Papers that came out of the counter's printers so far."""
    return len(list(world.programs[0].areas.work.papers_folder.glob("*.pdf")))


def stage(world: PracticeWorld, seat: Seat, before: int, steps: int) -> Counted:
    """The counts of a seat that is left now."""
    seat.settle()
    counted = Counted(seat.robot.keys, seat.robot.scans, papers_of(world) - before, steps)
    seat.close()
    world.programs[0].session.sign_out()
    return counted


def wait_for(seat: Seat, count: Callable[[], int], wanted: int) -> None:
    """Until a list has so many rows: the act before it is committed."""
    seat.until(lambda: count() == wanted, f"{wanted} rows")


def take_in(world: PracticeWorld) -> Counted:
    """The clerk at F4: a card, rows, a tick each, F9."""
    before, seat, steps = papers_of(world), seated(world, people.CLERK), 0
    seat.press(KEY.Key_F4)
    for place in range(PLAYED):
        seat.scan(citizen(place).card)
        rows = MIX[place % len(MIX)]
        for row in rows:
            seat.type(row)
            seat.enter()
            seat.press(KEY.Key_Space)
        seat.press(KEY.Key_F9)
        wait_for(seat, lambda: len(world.programs[0].signing.pile()), place + 1)
        steps += 1 + len(rows)
    return stage(world, seat, before, steps)


def sign(world: PracticeWorld, codes: list[str]) -> Counted:
    """The signer at F7: all of the pile, PIN, each slip scanned when its copies are signed, F9."""
    before, seat = papers_of(world), seated(world, people.SIGNER)
    seat.press(KEY.Key_F7)
    seat.press(KEY.Key_A, CTRL)
    seat.press(KEY.Key_Return, CTRL)
    seat.type(people.PIN)
    seat.enter()
    for code in codes:
        seat.scan(code)
    seat.press(KEY.Key_F9)
    seat.until(lambda: world.programs[0].signing.lots() == (), "confirmed")
    return stage(world, seat, before, 2 + len(codes))


def give(world: PracticeWorld, codes: list[str]) -> Counted:
    """The clerk at F6: each slip scanned, F9."""
    before, seat = papers_of(world), seated(world, people.CLERK)
    seat.press(KEY.Key_F6)
    for place, code in enumerate(codes):
        seat.scan(code)
        seat.press(KEY.Key_F9)
        wait_for(seat, lambda: len(world.programs[0].handover.waiting()), len(codes) - place - 1)
    return stage(world, seat, before, len(codes))


@pytest.fixture(scope="module")
def played(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Played]:
    place: Path = tmp_path_factory.mktemp("day")
    with practice_world(place) as world:
        taken = take_in(world)
        world.sign_in(people.SIGNER)
        codes = [row.code for row in world.programs[0].signing.pile()]
        world.programs[0].session.sign_out()
        made = Played(taken, sign(world, codes), give(world, codes))
        print("\nplayed", PLAYED, made)
        yield made


def clerk_seconds(played: Played, one: Seconds) -> float:
    """The clerk's day of 150: the program's part as counted, and what is done beside it."""
    program = (played.taken_in.seconds(one) + played.given.seconds(one)) * DAY / PLAYED
    program += DAY * MONEY_KEYS * one.key
    beside = one.greet + ORIGINALS * one.compare + PAGES * one.page + one.money + one.give
    return program + DAY * beside


def signer_seconds(played: Played, one: Seconds) -> float:
    """The signer's day: lots as counted, ink and seal by hand."""
    return played.signed.seconds(one) * DAY / PLAYED + DAY * (ORIGINALS * one.look + COPIES * one.sign)


def working_seconds() -> float:
    """An ordinary day's opening hours, from the unit's calendar."""
    calendar, day = shipped_rules().calendar, date(2026, 11, 20)
    return sum(
        (timedelta(hours=last.hour, minutes=last.minute) - timedelta(hours=first.hour, minutes=first.minute))
        .total_seconds()
        for first, last in calendar.sessions(day)
    )  # fmt: skip


def test_the_mix_is_what_the_figures_say() -> None:
    rows = [row.split()[1].split("x") for rows in MIX for row in rows]
    assert len(rows) / len(MIX) == pytest.approx(ORIGINALS)
    assert sum(int(copies) for _, copies in rows) / len(MIX) == pytest.approx(COPIES)
    assert sum(int(pages) for pages, _ in rows) / len(MIX) == pytest.approx(PAGES)


def test_a_request_takes_few_keys_and_two_scans(played: Played) -> None:
    keys = (played.taken_in.keys + played.given.keys) / PLAYED
    assert keys <= 25
    assert (played.taken_in.scans, played.given.scans) == (PLAYED, PLAYED)
    assert played.signed.keys - len(people.PIN) <= 10
    assert played.taken_in.papers >= PLAYED, "each has a slip"


def test_the_clerk_and_the_signer_each_have_a_fifth_of_the_day_left(played: Played) -> None:
    day = working_seconds()
    assert day == 27_000
    clerk, signer = clerk_seconds(played, Seconds()), signer_seconds(played, Seconds())
    print(f"\nof {day:.0f} s: clerk {clerk:.0f}, signer {signer:.0f}")
    assert clerk <= 0.8 * day
    assert signer <= 0.8 * day


def test_a_program_with_more_keys_would_not(played: Played) -> None:
    """Planted: sixty keys more for each request, as where everything is typed instead of scanned."""
    typed = played.taken_in._replace(keys=played.taken_in.keys + 60 * PLAYED, steps=played.taken_in.steps * 4)
    slower = played._replace(taken_in=typed)
    assert clerk_seconds(slower, Seconds()) > 0.8 * working_seconds()
