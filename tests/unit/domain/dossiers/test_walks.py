"""Random walks of legal acts: only steps that the portal knows, no date while waiting, a bounded state."""

from __future__ import annotations

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from counter_app.domain.certification.entries import Printed
from counter_app.domain.dates import vn_datetime
from counter_app.domain.dossiers.acts import desk, ending, handling, intake
from counter_app.domain.dossiers.clock import Phase
from counter_app.domain.dossiers.portal import TRANSITIONS, is_legal, portal_state, steps
from counter_app.domain.dossiers.state import ENDED, DossierState, Stage
from counter_app.domain.drafting import draft
from counter_app.domain.errors import DomainError
from counter_app.domain.folding.registry import fold_subject
from tests.unit.domain.dossiers.docket import (
    CALENDAR,
    MINUTE,
    RATE,
    SALT,
    Docket,
    handed_in,
    number,
    papers,
    take_online,
)  # fmt: skip
from tests.unit.domain.dossiers.test_paths import HEAD, POST, RESULT
from tests.unit.domain.folding.writing import facts_of

DAY = 24 * 60 * MINUTE
ASKED = intake.asked_of(handed_in(held={}).checklist)
COMPLETE = papers("brought", "brought")


def new_due(state: DossierState) -> int:
    """Some working day well after now."""
    from counter_app.domain.dates import vn_instant

    due = state.clock.due
    if due is None:
        return 0
    day = CALENDAR.next_working_day(due.date())
    return vn_instant(due.replace(year=day.year, month=day.month, day=day.day))


ACTS = (
    take_online,
    lambda s, at: desk.ask(s, number(1), ASKED, "x", "y", at, CALENDAR),
    lambda s, at: desk.bring(s, papers("brought", "missing"), False, at, CALENDAR),
    lambda s, at: desk.bring(s, COMPLETE, True, at, CALENDAR, number(2)),
    lambda s, at: desk.refuse(s, number(1), "x", "y", at),
    lambda s, at: handling.forward(s, to_post=POST, to_name="x"),
    lambda s, at: handling.take(s, POST),
    lambda s, at: handling.give_opinion(s, "x"),
    lambda s, at: handling.prepare(s, "x"),
    lambda s, at: handling.send_back(s, "x"),
    lambda s, at: handling.record_result(s, RESULT),
    lambda s, at: handling.look_up(s, 0, "differs", "x"),
    lambda s, at: handling.ask_duty(s, (RATE,)),
    lambda s, at: handling.meet_duty(s, "x", at, CALENDAR),
    lambda s, at: ending.extend(s, HEAD, number(1), new_due(s), "x", at, CALENDAR),
    lambda s, at: ending.stop(s, HEAD, number(1), "x", "", at),
    lambda s, at: ending.withdraw(s, "x", "", at),
    lambda s, at: ending.make_ready(s, "1"),
    lambda s, at: ending.give(s, ending.Giving(SALT, paid_now=10**9), at),
    lambda s, at: ending.contact(s, "call", "told"),
)  # fmt: skip
STARTS = (
    Docket,
    lambda: Docket(accepted=False),
    lambda: Docket(handed_in(held={}), accepted=False),
    lambda: Docket(handed_in(limit=type(handed_in().limit)(5, "working_day", "", "fee_pauses"))),
)


def walk(start: int, chosen: list[tuple[int, int]]) -> tuple[Docket, list[tuple[int, int]]]:
    """Play acts; those refused are skipped. Returns every step of the portal's state."""
    docket = STARTS[start]()
    told = []
    for place, hours in chosen:
        at = docket.one.clock + hours * 60 * MINUTE + MINUTE
        before = portal_state(docket.state)
        try:
            drafts = ACTS[place](docket.state, at)
        except DomainError:
            continue
        docket.act(drafts, at)
        told.append((before, portal_state(docket.state)))
    return docket, told


WALKS = st.lists(st.tuples(st.integers(0, len(ACTS) - 1), st.integers(0, 30)), max_size=25)


@settings(max_examples=250, deadline=None)
@given(st.integers(0, len(STARTS) - 1), WALKS)
def test_a_walk_of_legal_acts_takes_only_steps_that_the_portal_knows(start, chosen):
    docket, told = walk(start, chosen)
    for before, after in told:
        at = before
        for step in steps(before, after) if before != after else ():
            assert is_legal(at, step), (before, after)
            at = step
    assert docket.complaints() == []


@settings(max_examples=100, deadline=None)
@given(st.integers(0, len(STARTS) - 1), WALKS)
def test_waiting_and_ended_dossiers_have_no_date(start, chosen):
    state = walk(start, chosen)[0].state
    if state.stage is Stage.WAITING_CITIZEN or state.stage in ENDED or state.stage is Stage.DONE:
        assert state.clock.due is None
    assert (state.stage is Stage.WAITING_CITIZEN) == (state.clock.phase is Phase.WAITING)
    assert bool(state.asked) <= (state.stage is Stage.WAITING_CITIZEN)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(STARTS) - 1), WALKS, st.randoms(use_true_random=False))
def test_a_walk_folds_alike_in_any_order_of_arrival(start, chosen, random):
    docket = walk(start, chosen)[0]
    facts = facts_of(docket.id, docket.one.facts.values())
    random.shuffle(facts)
    assert fold_subject(docket.id, facts) == docket.folded


def test_the_walks_reach_every_state_of_the_portal():
    """The walks would prove nothing if they never went anywhere."""
    import random

    luck = random.Random(3)
    seen = set()
    for _ in range(600):
        chosen = [(luck.randrange(len(ACTS)), luck.randrange(9)) for _ in range(25)]
        seen |= {after for _, after in walk(luck.randrange(len(STARTS)), chosen)[1]}
    assert seen >= TRANSITIONS.keys() | {3, 7, 8, 10}


def test_a_thousand_hands_do_not_make_the_state_grow():
    docket = Docket()
    for _ in range(5):
        docket.act(handling.forward(docket.state, to_post=POST, to_name="x"))
        docket.act(handling.take(docket.state, POST))
        docket.act(handling.give_opinion(docket.state, "x" * 100))
        docket.act(ending.contact(docket.state, "call", "told"))
        docket.act((draft(Printed("form_01", 1, 2, "kẹt giấy"), docket.id),))
    early = len(msgspec.msgpack.encode(docket.state))
    for _ in range(100):
        docket.act(handling.forward(docket.state, to_post=POST, to_name="x"))
        docket.act(handling.take(docket.state, POST))
        docket.act(handling.give_opinion(docket.state, "y" * 300))
        docket.act(ending.contact(docket.state, "call", "told"))
        docket.act((draft(Printed("form_01", 1, 2, "kẹt giấy"), docket.id),))
    assert len(msgspec.msgpack.encode(docket.state)) <= early + 16


def test_many_supplements_keep_one_form_02_in_the_state():
    limit = type(handed_in().limit)(5, "working_day", "", "supplements=0 vetting=none")
    docket = Docket(handed_in(limit=limit))
    for turn in range(30):
        at = docket.one.clock + DAY
        docket.act(desk.ask(docket.state, number(turn + 1), ASKED, "x", "y", at, CALENDAR), at)
        docket.act(desk.bring(docket.state, COMPLETE, True, at, CALENDAR), at)
    assert [(form.form, form.number) for form in docket.state.forms] == [("01", 1), ("02", 30)]
    assert docket.state.clock.since == vn_datetime(docket.one.clock)
