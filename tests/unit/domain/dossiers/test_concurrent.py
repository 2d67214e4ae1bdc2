"""Two counters without a line: both acts are kept, the first in order counts, the other is shown."""

from __future__ import annotations

import pytest

from counter_app.domain.dates import vn_datetime
from counter_app.domain.dossiers import fold
from counter_app.domain.dossiers.acts import desk, ending, handling, intake
from counter_app.domain.dossiers.clock import Phase
from counter_app.domain.dossiers.state import Stage
from counter_app.domain.folding.registry import fold_subject
from tests.unit.domain.dossiers.docket import (
    CALENDAR,
    MINUTE,
    NOW,
    RATE,
    SALT,
    Docket,
    handed_in,
    local,
    number,
    papers,
    take_online,
)  # fmt: skip
from tests.unit.domain.dossiers.test_paths import HEAD, POST, RESULT
from tests.unit.domain.folding.writing import facts_of


def meet(docket: Docket, here, there) -> None:
    """``here`` at counter 1, a minute later ``there`` at counter 2, then both meet."""
    other = docket.elsewhere()
    docket.act(here(docket.state))
    other.clock = docket.one.clock + MINUTE
    other.append(there(other.state(docket.id)))
    docket.one.exchange(other)
    assert docket.folded == other.folds[docket.id]


def result(title: str):
    """A result under another name."""
    from dataclasses import replace

    return lambda state: handling.record_result(state, replace(RESULT, title=title))


def ask(state):
    """Form 02 at vetting."""
    rows = intake.asked_of(handed_in(held={}).checklist)
    return desk.ask(state, number(1), rows, "Thiếu", "0213", NOW, CALENDAR)


def extend_to(text: str):
    """Form 04."""
    return lambda state: ending.extend(state, HEAD, number(1), local(text), "Chờ", NOW, CALENDAR)


def withdraw(state):
    """The requester takes it back."""
    return ending.withdraw(state, "Đổi ý", "", NOW)


def give(state):
    """The result goes out."""
    return ending.give(state, ending.Giving(SALT, paid_now=8_000), NOW)


def test_of_two_results_the_first_in_order_counts():
    docket = Docket()
    meet(docket, result("Thứ nhất"), result("Thứ hai"))
    assert docket.state.result.title == "Thứ nhất"
    assert docket.complaints() == [fold.RESULT_TWICE]


@pytest.mark.parametrize(
    ("here", "there", "code", "stage"),
    [
        (withdraw, result("x"), fold.ENDED, Stage.WITHDRAWN),
        (result("x"), withdraw, fold.ENDED, Stage.DONE),
        (ask, result("x"), fold.NOT_RUNNING, Stage.WAITING_CITIZEN),
        (result("x"), ask, fold.ENDED, Stage.DONE),
        (ask, ask, fold.NOT_RUNNING, Stage.WAITING_CITIZEN),
        (ask, extend_to("2026-12-03 17:00"), fold.NOT_RUNNING, Stage.WAITING_CITIZEN),
        (withdraw, lambda s: handling.take(s, POST), fold.ENDED, Stage.WITHDRAWN),
        (withdraw, lambda s: handling.forward(s, to_post=POST, to_name="x"), fold.ENDED, Stage.WITHDRAWN),
        (withdraw, lambda s: handling.prepare(s, "x"), fold.ENDED, Stage.WITHDRAWN),
        (ask, lambda s: handling.ask_duty(s, (RATE,)), fold.NOT_RUNNING, Stage.WAITING_CITIZEN),
        (withdraw, withdraw, fold.ENDED, Stage.WITHDRAWN),
        (withdraw, lambda s: ending.stop(s, HEAD, number(1), "x", "", NOW), fold.ENDED, Stage.WITHDRAWN),
    ],
)
def test_what_cannot_stand_beside_it_is_shown(here, there, code, stage):
    docket = Docket()
    meet(docket, here, there)
    assert (docket.complaints(), docket.state.stage) == ([code], stage)


def test_two_extensions_leave_the_first_date():
    docket = Docket()
    meet(docket, extend_to("2026-12-03 17:00"), extend_to("2026-12-10 17:00"))
    assert docket.state.clock.due == vn_datetime(local("2026-12-03 17:00"))
    assert docket.complaints() == [fold.EXTENDED_TWICE]


def test_a_waiting_clock_never_gets_a_date_from_an_extension_made_elsewhere():
    docket = Docket()
    meet(docket, ask, extend_to("2026-12-03 17:00"))
    assert (docket.state.clock.phase, docket.state.clock.due) == (Phase.WAITING, None)


def test_an_online_dossier_taken_in_twice_keeps_the_first_code():
    docket = Docket(accepted=False)
    meet(docket, take_online, lambda state: take_online(state, NOW, "0" * 20))
    assert docket.state.code.startswith("03390")
    assert docket.complaints() == [fold.ACCEPTED_TWICE]


def test_accepted_here_and_refused_there():
    docket = Docket(accepted=False)
    meet(docket, take_online, lambda state: desk.refuse(state, number(1), "x", "y", NOW))
    assert (docket.state.stage, docket.complaints()) == (Stage.ACCEPTED, [fold.ACCEPTED_TWICE])


def test_a_desk_that_did_not_know_of_the_acceptance_stops_no_clock_and_takes_no_date_away():
    """Accepted here; there form 02 was printed, the papers came, form 01 was printed: one date must run."""
    docket = Docket(accepted=False)
    other = docket.elsewhere()
    docket.act(take_online(docket.state))
    due = docket.state.clock.due
    other.clock = docket.one.clock + MINUTE
    other.append(ask(other.state(docket.id)))
    all_there = papers("brought", "brought")
    other.append(desk.bring(other.state(docket.id), all_there, True, NOW, CALENDAR, number(2)))
    docket.one.exchange(other)
    assert (docket.state.stage, docket.state.clock.due) == (Stage.ACCEPTED, due)
    assert docket.complaints() == [fold.ACCEPTED_TWICE, fold.NOT_WAITING, fold.ACCEPTED_TWICE]


def test_papers_for_the_desk_do_not_answer_what_vetting_asked():
    """Both counters had form 02 out; the desk's papers came to one that did not know of the acceptance."""
    docket = Docket(accepted=False)
    docket.act(ask(docket.state))
    other = docket.elsewhere()
    docket.act(desk.bring(docket.state, papers("brought", "brought"), True, NOW, CALENDAR, number(1)))
    docket.act(ask(docket.state))
    other.clock = docket.one.clock + MINUTE
    here = papers("brought", "brought")
    other.append(desk.bring(other.state(docket.id), here, True, NOW, CALENDAR, number(2)))
    docket.one.exchange(other)
    assert (docket.state.stage, docket.state.clock.phase) == (Stage.WAITING_CITIZEN, Phase.WAITING)
    assert docket.complaints() == [fold.NOT_WAITING, fold.ACCEPTED_TWICE]


def test_a_draft_sent_back_beside_its_result_is_shown():
    docket = Docket()
    docket.act(handling.prepare(docket.state, "x"))
    meet(docket, result("x"), lambda s: handling.send_back(s, "Sai tên"))
    assert (docket.state.stage, docket.complaints()) == (Stage.DONE, [fold.ENDED])


def test_a_draft_sent_back_twice_is_no_quarrel():
    docket = Docket()
    docket.act(handling.prepare(docket.state, "x"))
    meet(docket, lambda s: handling.send_back(s, "Sai tên"), lambda s: handling.send_back(s, "Sai ngày"))
    assert (docket.state.stage, docket.complaints()) == (Stage.PROCESSING, [])


def test_a_charge_changed_beside_the_handing_over_leaves_nothing_owed():
    from msgspec.structs import replace

    docket = Docket()
    docket.act(handling.record_result(docket.state, RESULT))
    higher = (replace(RATE, amount=20_000),)
    meet(docket, give, lambda s: handling.set_fees(s, higher, "Nghị quyết mới"))
    assert (docket.state.fees, docket.complaints()) == ((RATE,), [fold.ENDED])


def test_papers_brought_to_two_counters_give_one_acceptance():
    docket = Docket(handed_in(held={}), accepted=False)
    bring = lambda s: desk.bring(s, papers("brought", "brought"), True, NOW, CALENDAR, number(2))  # noqa: E731
    meet(docket, bring, bring)
    assert docket.state.stage is Stage.ACCEPTED
    assert docket.complaints() == [fold.NOT_WAITING, fold.ACCEPTED_TWICE]


def test_a_result_handed_out_at_two_counters_is_one_handing_over():
    docket = Docket()
    docket.act(handling.record_result(docket.state, RESULT))
    meet(docket, give, give)
    assert docket.complaints() == [fold.RETURNED_TWICE]


def test_two_duties_met_at_once():
    docket = Docket()
    docket.act(handling.ask_duty(docket.state, (RATE,)))
    met = lambda s: handling.meet_duty(s, "77", NOW, CALENDAR)  # noqa: E731
    meet(docket, met, met)
    assert (docket.state.stage, docket.complaints()) == (Stage.PROCESSING, [fold.NOT_WAITING])


def test_two_drawers_and_two_takings_are_no_quarrel_the_last_says_where_it_lies():
    docket = Docket()
    meet(docket, lambda s: handling.take(s, None), lambda s: handling.take(s, POST))
    assert (docket.state.place.post, docket.complaints()) == (POST, [])


def test_everybody_folds_alike_in_whatever_order_the_entries_come():
    import random

    docket = Docket(handed_in(held={}), accepted=False)
    meet(
        docket,
        lambda s: desk.bring(s, papers("brought", "brought"), True, NOW, CALENDAR, number(2)),
        withdraw,
    )
    facts = facts_of(docket.id, docket.one.facts.values())
    whole = docket.folded
    for seed in range(40):
        shuffled = random.Random(seed).sample(facts, len(facts))
        assert fold_subject(docket.id, shuffled) == whole
