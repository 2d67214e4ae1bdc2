"""Whatever breaks whichever piece, before or after its commit: in the end everybody is there, once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counter_app.services.groups import writing
from counter_app.services.ports.groups import GroupForm, Piece
from tests.support.counter import CLERK, Counter, make_counter
from tests.unit.services.groups.school import a_group

BEFORE, IN, AFTER, FINE = "before", "in", "after", "fine"
_numbers = count(1)


class Killed(Exception):
    """The program ended here."""


@pytest.fixture(scope="module")
def counter(tmp_path_factory) -> Iterator[Counter]:
    """One counter for all examples: each is another school."""
    made = make_counter(tmp_path_factory.mktemp("killed"), receipt_book=True)
    yield made
    made.close()


def school(size: int) -> GroupForm:
    """Pupils nobody brought before."""
    form = a_group(size)
    first = next(_numbers) * 1_000
    people = tuple(replace(one, id_number=f"012212{first + n:06d}") for n, one in enumerate(form.people))
    return replace(form, people=people)


def press_f9(counter: Counter, form: GroupForm, fate: str) -> Piece:
    """One piece that the program survives, or not."""
    real = writing.Writing._follow

    def dies(self, *args) -> None:
        real(self, *args)
        raise Killed

    if fate == BEFORE:
        raise Killed
    writing.Writing._follow = dies if fate == IN else real
    try:
        piece = counter.areas.groups.write_piece(form)
    finally:
        writing.Writing._follow = real
    if fate == AFTER:
        raise Killed
    return piece


def to_the_end(counter: Counter, form: GroupForm, fates: list[str]) -> Piece:
    """F9 until the group is complete; after each kill the page opens what it finds."""
    waiting = iter(fates)
    for _ in range(40):
        try:
            piece = press_f9(counter, form, next(waiting, FINE))
        except Killed:
            counter.areas.desk.seat(None, 0)
            counter.sign_in(CLERK)
            half = next((row for row in counter.areas.groups.recent() if row.here), None)
            if half is not None:
                form = counter.areas.groups.resume(half.group)
            elif _is_written(counter, form):
                return Piece(counter.areas.groups.recent()[0].group, len(form.people), 0, True, ())
            continue
        if piece.done:
            return piece
        form = replace(form, group=piece.group)
    raise AssertionError("the group does not come to its end")


def _is_written(counter: Counter, form: GroupForm) -> bool:
    with counter.store.read() as connection:
        row = connection.exec_driver_sql(
            "SELECT count(*) FROM requests WHERE id_number = ?", (form.people[0].id_number,)
        ).one()
    return bool(row[0])


@settings(max_examples=12, deadline=None)
@given(size=st.integers(1, 80), fates=st.lists(st.sampled_from([BEFORE, IN, AFTER, FINE]), max_size=6))
def test_everybody_is_written_once_and_paid_once(counter, size, fates) -> None:
    form = school(size)
    done = to_the_end(counter, form, fates)
    members = counter.areas.groups.members(done.group)
    states = [counter.state(member.request) for member in members]
    assert [state.requester.id_number for state in states] == [person.id_number for person in form.people]
    group = counter.state(done.group)
    assert (group.taken, group.is_ended, group.amount, group.paid) == (
        size,
        True,
        size * 26_000,
        size * 26_000,
    )
    with counter.store.read() as connection:
        numbers = [row[0] for row in connection.exec_driver_sql("SELECT code FROM requests")]
    assert len(numbers) == len(set(numbers))
