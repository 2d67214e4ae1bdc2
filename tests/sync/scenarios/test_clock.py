"""Scenario 6: a PC whose clock shows 2099, or 2009."""

from __future__ import annotations

import pytest

from counter_app.domain.errors import DomainError
from counter_app.services.session import clock_question
from tests.support.counter import MORNING, PIN, SIGNER, give
from tests.support.invariants import doubled, rows, stale, unaccounted
from tests.sync.scenarios.office import Office, names, numbers

YEAR_MS = 365 * 86_400_000
FIRST = 1776


def test_in_2099_intake_goes_on_and_numbering_waits_for_a_person(office: Office) -> None:
    one, two = office.pc(1), office.pc(2)
    office.settle()
    first = office.day(one, 1)
    one.clock.at += 73 * YEAR_MS
    wild = office.take_in(one)
    one.sign_in(SIGNER)
    with pytest.raises(DomainError) as refused:
        one.areas.signing.number((wild,), PIN)
    assert refused.value.code in {"register.none", "clock.behind", "clock.unproved", "delegation.missing"}
    assert refused.value.title
    assert refused.value.remedy
    office.settle()
    # Order never rests on clocks: what was taken in under the wild clock stands after what it follows.
    assert names(two) == names(one)
    assert office.faults() == []
    one.clock.at = office.clock.at = MORNING + 3_600_000
    second = office.number(one, [wild])
    assert second.first == first.last + 1
    office.settle()
    state = office.register(two)
    assert (doubled(two.store, state.id), unaccounted(two.store, state.id, state)) == ([], [])
    assert office.faults() == []


def test_a_flat_battery_is_asked_about_once_and_intake_goes_on(office: Office) -> None:
    """In 2009 there is no table of fees: the program asks for the date, and the answer serves all papers."""
    one, two = office.pc(1), office.pc(2)
    office.settle()
    first = office.day(one, 1)
    one.clock.at -= 17 * YEAR_MS
    assert clock_question.words(one.work).startswith("Bây giờ là")
    one.areas.session.confirm_date(MORNING + 60_000)
    assert clock_question.words(one.work) == ""
    asked = office.take_in(one)
    assert office.number(one, [asked]).first == first.last + 1
    office.settle()
    days = rows(two.store, "SELECT DISTINCT day FROM lines")
    assert days == [(20261120,)]
    assert office.faults() == []


def test_a_wild_clock_never_decides_who_wins(office: Office) -> None:
    """Two PCs act on one request while apart; the one whose clock is ahead does not overrule the other."""
    one, two = office.pc(1), office.pc(2)
    office.settle()
    request = office.take_in(one)
    office.settle()
    two.clock.at += 73 * YEAR_MS
    for pc in (one, two):
        pc.sign_in("hoa")
        pc.areas.signing.return_to_clerk(request, pc.areas.signing.reasons()[0].code, f"máy {pc.number}")
    give(one, two)
    give(two, one)
    office.settle()
    assert office.faults() == []
    states = [pc.state(request) for pc in (one, two)]
    assert states[0] == states[1]
    assert stale(one.store) == stale(two.store) == []


def test_the_other_pcs_clock_stays_what_it_was(office: Office) -> None:
    """A sibling in 2099 spoils nobody else's papers: numbers born elsewhere keep their own day."""
    one, two = office.pc(1), office.pc(2)
    office.settle()
    two.clock.at += 73 * YEAR_MS
    office.take_in(two)
    office.settle()
    done = office.day(one, 1)
    days = rows(one.store, f"SELECT day FROM lines WHERE number = {done.first}")
    assert days == [(20261120,)]
    assert numbers(one) == [(FIRST, "numbered")]
