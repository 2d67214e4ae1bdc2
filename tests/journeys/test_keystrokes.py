"""Keys and scans counted on the real program: window, services, store (``ux.md`` 8, points 1 and 6)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from counter_app.domain.dossiers.state import Stage
from counter_app.practice import people
from counter_app.practice.day.citizens import FATHER, MOTHER, SON, citizen
from counter_app.practice.day.dossiers.hands import choose, tick
from counter_app.practice.day.dossiers.taking_in import BIRTH, CHILD, type_child
from counter_app.practice.day.robot import CTRL
from counter_app.practice.day.seat import Seat
from counter_app.practice.world import PracticeWorld
from counter_app.services.ports.copies import PersonForm, RequestForm, RowForm
from counter_app.storage.queries import dossiers
from tests.support.practice import practice_world

KEY = Qt.Key


@pytest.fixture
def world(qapp: QApplication, tmp_path: Path) -> Iterator[PracticeWorld]:
    with practice_world(tmp_path) as made:
        yield made


def seated(world: PracticeWorld, login: str) -> Seat:
    """Somebody has signed in by keys; the counts begin at zero."""
    seat = Seat(world.programs[0])
    page = seat.cover
    seat.until(lambda: bool(page.model.people()), "people")
    seat.settle()
    officials = [person.official for person in page.model.people()]
    steps = officials.index(world.founded.officials[login]) - officials.index(page.model.chosen.official)
    for _ in range(abs(steps)):
        seat.press(KEY.Key_Down if steps > 0 else KEY.Key_Up)
    seat.type(people.PASSWORD)
    seat.enter()
    seat.until(lambda: not seat.window.is_covered(), "unlocked")
    seat.settle()
    seat.robot.keys = seat.robot.scans = 0
    return seat


def test_two_originals_take_25_keys_and_a_scan(world: PracticeWorld) -> None:
    seat = seated(world, people.CLERK)
    seat.press(KEY.Key_F4)
    seat.scan(SON.card)
    for row in ("gks 1x2", "bang 1x1"):
        seat.type(row)
        seat.enter()
        seat.press(KEY.Key_Space)
    before = world.programs[0].signing.pile()
    assert before == (), "nothing is written before F9"
    seat.press(KEY.Key_F9)
    assert (seat.robot.keys <= 25, seat.robot.scans) == (True, 1), seat.robot.keys
    (slip,) = world.programs[0].signing.pile()
    assert (slip.name, slip.originals, slip.copies) == (SON.name, 2, 3)
    seat.close()


def test_a_pile_of_forty_takes_ten_keys_a_pin_and_scans(world: PracticeWorld) -> None:
    program = world.programs[0]
    world.sign_in(people.CLERK)
    for place in range(40):
        who = citizen(place)
        person = PersonForm(who.number, who.name, who.birth, who.home, sex="male")
        row = RowForm("gks 1x1", compared_at=program.now())
        program.copies.commit(RequestForm(person, (row,), given="2000"))
    codes = [row.code for row in program.signing.pile()]
    program.session.sign_out()
    seat = seated(world, people.SIGNER)
    seat.press(KEY.Key_F7)
    seat.press(KEY.Key_A, CTRL)
    seat.press(KEY.Key_Return, CTRL)
    seat.type(people.PIN)
    seat.enter()
    for code in codes:
        seat.scan(code)
    seat.press(KEY.Key_F9)
    assert seat.robot.keys - len(people.PIN) <= 10
    assert seat.robot.scans == 40
    rows = program.registers.month(2026, 11).rows
    assert [(row.number, row.state) for row in rows] == [(1776 + place, "signed") for place in range(40)]
    assert program.signing.lots() == ()
    seat.close()


def test_a_birth_dossier_takes_at_most_130_keys_and_two_scans(world: PracticeWorld) -> None:
    """Father and mother by card, the child typed, every paper looked at (``ux.md`` 8)."""
    program = world.programs[0]
    seat = seated(world, people.CLERK)
    seat.press(KEY.Key_F3)
    seat.scan(FATHER.card)
    seat.scan(MOTHER.card)
    type_child(seat)
    choose(seat, "ks", BIRTH)
    tick(seat)
    seat.press(KEY.Key_F9)
    seat.until(lambda: not seat.view.model.busy, "saved")
    assert (seat.robot.keys <= 130, seat.robot.scans) == (True, 2), seat.robot.keys
    with program.opened.store.read() as connection:
        (row,) = dossiers.due_list(connection)
        state = program.areas.work.state(connection, row.id)
    assert (state.stage, state.party.name) == (Stage.ACCEPTED, FATHER.name)
    assert {one.role: one.name for one in state.companions} == {"spouse": MOTHER.name, "child": CHILD}
    assert state.form("01") is not None
    seat.close()
