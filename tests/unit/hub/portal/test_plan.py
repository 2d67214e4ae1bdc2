"""What comes next is a pure function of the order, the dossier and the portal."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from counter_app.domain.dossiers.portal import TRANSITIONS, is_legal
from sync.hub.portal import plan
from sync.hub.portal.matter import Matter
from sync.hub.portal.plan import Do, Order
from sync.hub.portal.port import Seen
from tests.support.portal.bench import matter

NEW = Order(1, "00000")
RECORD = b"r" * 32


def told(one: Matter, upto: int, **changes: object) -> Order:
    """An order whose portal holds the first ``upto`` steps."""
    last = one.steps[upto - 1]
    known = Order(1, "00000", code=one.code, record=RECORD, told_key=last.key, told_state=last.state, life=1)
    return replace(known, **changes)


def act(order: Order, one: Matter, *, life: int = 1, codes: bool = False) -> Do:
    return plan.next_act(order, one, RECORD, life=life, asks_codes=codes)


def test_the_order_of_acts() -> None:
    """Code, record, steps, rest; a doubt comes before everything."""
    one = matter(1, (1, 2))
    assert act(NEW, one, codes=True) is Do.ASK_CODE
    assert act(NEW, one) is Do.PUT
    assert act(replace(NEW, given="X-1"), one, codes=True) is Do.PUT
    assert act(told(one, 1), one) is Do.STEP
    assert act(told(one, 2), one) is Do.REST
    assert act(told(one, 2, record=b""), one) is Do.PUT
    assert act(told(one, 1, doubt=1), one, codes=True) is Do.LOOK
    assert act(replace(NEW, doubt=1), one, codes=True) is Do.LOOK


def test_a_later_life_of_the_hub_looks_first_also_for_what_it_never_sent() -> None:
    """What was sent after the backup is not known here."""
    one = matter(1, (1, 2))
    assert act(told(one, 2), one, life=9) is Do.LOOK
    assert act(NEW, one, life=9) is Do.LOOK
    seen = plan.after_look(NEW, one, None, one.code, 9)
    assert act(seen, one, life=9) is Do.PUT


def test_the_portal_of_an_online_dossier_knows_its_first_state() -> None:
    one = matter(1, (1, 2), portal_code="G15-1")
    begun = plan.begun(NEW, one)
    assert (begun.code, begun.told_state) == ("G15-1", 1)
    assert plan.begun(told(one, 2), one) == told(one, 2)


@pytest.mark.parametrize(
    ("before", "after", "way"),
    [
        (1, 2, (2,)),
        (1, 9, (2, 4, 9)),
        (5, 9, (4, 9)),
        (6, 10, (4, 9, 10)),
        (7, 4, None),
        (10, 9, None),
        (4, 2, (5, 2)),
    ],
)
def test_the_shortest_lawful_way(before: int, after: int, way: tuple[int, ...] | None) -> None:
    assert plan.lawful_way(before, after) == way


@given(st.integers(1, 10), st.integers(1, 10))
def test_every_step_of_a_way_is_legal(before: int, after: int) -> None:
    way = plan.lawful_way(before, after)
    if way is None:
        return
    assert way[-1] == after
    assert all(is_legal(a, b) for a, b in zip((before, *way), way, strict=False))
    assert len(way) <= len(TRANSITIONS) + 1


def test_a_doubtful_step_that_arrived_is_not_told_again() -> None:
    one = matter(1, (1, 2, 4, 9))
    after = plan.after_look(told(one, 2, doubt=1), one, Seen(4), one.code, 1)
    assert (after.told_state, after.doubt, after.reported) == (4, 0, 0)
    assert [step.state for step in plan.pending(after, one) or ()] == [9]


def test_a_doubtful_step_that_did_not_arrive_is_told() -> None:
    one = matter(1, (1, 2, 4, 9))
    after = plan.after_look(told(one, 2, doubt=1), one, Seen(2), one.code, 1)
    assert [step.state for step in plan.pending(after, one) or ()] == [4, 9]


def test_with_one_step_in_doubt_the_portal_cannot_be_two_ahead() -> None:
    """4, 5, 4 pending and 4 seen: the first arrived, the last did not."""
    one = matter(1, (1, 2, 4, 5, 4))
    after = plan.after_look(told(one, 2, doubt=1), one, Seen(4), one.code, 1)
    assert [step.state for step in plan.pending(after, one) or ()] == [5, 4]


def test_after_a_restore_the_last_step_that_fits_counts() -> None:
    one = matter(1, (1, 2, 4, 5, 4, 9))
    after = plan.after_look(told(one, 2), one, Seen(4), one.code, 7)
    assert [step.state for step in plan.pending(after, one) or ()] == [9]
    assert after.life == 7


def test_a_state_of_the_portals_own_is_reported_and_led_on_from() -> None:
    one = matter(1, (1, 2, 4))
    after = plan.after_look(told(one, 3), one, Seen(5), one.code, 1)
    assert (after.reported, after.told_state) == (5, 5)
    assert [step.state for step in plan.pending(after, one) or ()] == [4]
    apart = plan.after_look(told(one, 3), one, Seen(7), one.code, 1)
    assert plan.pending(apart, one) is None
    assert act(apart, one) is Do.APART


def test_what_the_portal_lost_begins_anew() -> None:
    one = matter(1, (1, 2, 4))
    after = plan.after_look(told(one, 3), one, None, one.code, 1)
    assert (after.code, after.told_state, after.record) == ("", 0, b"")
    assert act(after, one) is Do.PUT


@given(st.lists(st.sampled_from([2, 4, 5]), min_size=1, max_size=6), st.integers(1, 7), st.integers(1, 10))
def test_from_wherever_the_portal_stands_the_end_is_reached_or_a_person_asked(
    path: list[int], upto: int, seen: int
) -> None:
    """The last pending step is the dossier's state; none pending means the portal is there."""
    one = matter(1, (1, *path))
    order = plan.after_look(told(one, min(upto, len(one.steps))), one, Seen(seen), one.code, 1)
    steps = plan.pending(order, one)
    if steps is None:
        assert plan.lawful_way(seen, one.steps[-1].state) is None
    else:
        assert (steps[-1].state if steps else order.told_state) == one.steps[-1].state
