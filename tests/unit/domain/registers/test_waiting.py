"""Acts on a register that are held and cannot be read yet: the holder by the state must not number.

The first test is seed 1001 of the simulator in small: a PC that had died with the pen came back, heard of a
part of what happened since, passed the pen on by an act that waited as well, and numbered on and on from a
state that did not move.
"""

from __future__ import annotations

import pytest

from counter_app.domain.errors import DomainError
from counter_app.domain.folding.fact import Fact
from counter_app.domain.registers.closing import LineCounts, obstacles
from counter_app.domain.registers.decisions import (
    pass_pen_into_file,
    pass_to_paper,
    recover_pen,
    return_from_paper,
    rule_double,
    take_numbers,
)
from sync.protocol.naming.ids import EntryId
from tests.unit.domain.folding.writing import MINUTE, NOON, Counter, second
from tests.unit.domain.registers.counters import (
    DIRECTOR,
    REGISTRAR,
    line_numbers,
    number_lot,
    opened,
    said_back,
)


class NamesAll(Counter):
    """A PC whose acts name all they hold, also what waits: as the program did before."""

    def heads(self, subject: EntryId) -> tuple[EntryId, ...]:
        held = self.folds.get(subject)
        return () if held is None else tuple(sorted({*held.heads, *held.waiting[-1:]}))


def _refused(counter: Counter, register: EntryId) -> str:
    with pytest.raises(DomainError) as refused:
        number_lot(counter, register, 1)
    for language in ("vi", "en"):
        words = refused.value.words(language)
        assert all((words.title, words.meaning, words.remedy))
    return refused.value.code


def _recover(counter: Counter, register: EntryId, on_paper: int = 0) -> None:
    drafts = recover_pen(
        counter.state(register), counter.journal, REGISTRAR, second(DIRECTOR, 2),
        highest_on_paper=on_paper, waiting_there=0, ground="máy hỏng",
    )  # fmt: skip
    counter.append(drafts, REGISTRAR)


def _send(giver: Counter, taker: Counter, register: EntryId) -> None:
    giver.append(pass_pen_into_file(giver.state(register), giver.journal, taker.journal))


def _of(counter: Counter, journal: int) -> list[Fact]:
    return [fact for identity, fact in sorted(counter.facts.items()) if identity.journal == journal]


def _dead_alive_third(kind: type[Counter] = Counter) -> tuple[Counter, Counter, Counter, EntryId]:
    """``dead`` numbered 1-2 and is back; ``alive`` recovered, numbered, and passed the pen to ``third``."""
    dead, alive, third = kind(1), Counter(2), Counter(3)
    register = opened(dead)
    number_lot(dead, register, 2)
    for other in (alive, third):
        other.exchange(dead)
        other.clock += MINUTE
    _recover(alive, register, on_paper=2)
    number_lot(alive, register, 2)
    _send(alive, third, register)
    third.exchange(alive)
    number_lot(third, register, 3)
    return dead, alive, third, register


def test_a_pc_that_hears_of_later_numbers_only_does_not_number() -> None:
    dead, alive, third, register = _dead_alive_third()
    dead.take(_of(third, third.journal))  # the recovery itself is still under way
    state = dead.state(register)
    assert (state.holder, state.next_number, dead.folds[register].waiting != ()) == (dead.journal, 3, True)
    assert _refused(dead, register) == "pen.incomplete"
    with pytest.raises(DomainError) as passed:
        _send(dead, alive, register)
    assert passed.value.code == "pen.incomplete"
    with pytest.raises(DomainError) as papers:
        pass_to_paper(state, dead.journal, 20, REGISTRAR, second(DIRECTOR, 2))
    assert papers.value.code == "pen.incomplete"
    dead.take(_of(alive, alive.journal))
    assert _refused(dead, register) == "pen.elsewhere"
    assert dead.state(register).waiting_authors == ()
    assert dead.state(register).claimed_term == 0


def test_a_pc_whose_own_act_waits_does_not_number() -> None:
    """Acts of the program before, which named what waits: the state never learns that the pen is gone."""
    dead, alive, third, register = _dead_alive_third(NamesAll)
    held = dead.state(register)
    dead.take(_of(third, third.journal))
    dead.append(pass_pen_into_file(held, dead.journal, third.journal))
    assert dead.state(register).holder == dead.journal, "its own passing waits"
    assert dead.journal in dead.state(register).waiting_authors
    assert _refused(dead, register) == "pen.incomplete"
    with pytest.raises(DomainError) as recovery:
        _recover(dead, register)
    assert recovery.value.code == "recovery.not_lost"
    dead.take(_of(alive, alive.journal))
    assert _refused(dead, register) == "pen.elsewhere"


def test_an_act_names_what_is_read_and_counts_at_once() -> None:
    """What waits for a clerk's closing elsewhere does not keep this PC's own act waiting with it."""
    dead, _, third, register = _dead_alive_third()
    held = dead.state(register)
    dead.take(_of(third, third.journal))
    dead.append(pass_pen_into_file(held, dead.journal, third.journal))
    assert dead.state(register).holder == third.journal
    assert dead.journal not in dead.state(register).waiting_authors
    assert _refused(dead, register) == "pen.elsewhere"


def test_what_waits_and_is_not_about_the_pen_stops_nobody() -> None:
    """One entry whose parent never comes delays nobody: a ruling of another PC waits, numbers go on."""
    holder, other, third = Counter(1), Counter(2), Counter(3)
    register = opened(holder)
    number_lot(holder, register, 2)
    for one in (other, third):
        one.exchange(holder)
    number_lot(third, register, 1, first=2)
    other.exchange(third)
    state = other.state(register)
    mine, theirs = line_numbers(other, register)[2]
    other.append(rule_double(state, REGISTRAR, 2, mine, theirs, "chưa trao"), REGISTRAR)
    holder.take(_of(other, other.journal))
    assert holder.folds[register].waiting != ()
    assert number_lot(holder, register, 2) == 3


def test_a_waiting_recovery_of_the_same_term_stops_numbering_too() -> None:
    """Whether a passing or a recovery began the term, and which of two recoveries, is not known yet."""
    first, alive, third = Counter(1), Counter(2), Counter(3)
    register = opened(first)
    for other in (alive, third):
        other.exchange(first)
    number_lot(first, register, 1)
    alive.take(_of(first, first.journal))
    _recover(alive, register, on_paper=1)  # names the lot, which the third PC does not hold
    third.clock += MINUTE
    _recover(third, register, on_paper=1)
    assert number_lot(third, register, 1) > 1
    third.take(_of(alive, alive.journal))
    assert third.state(register).claimed_term == third.state(register).term
    assert _refused(third, register) == "pen.incomplete"


def test_the_pen_on_paper_does_not_come_back_over_numbers_of_a_later_term() -> None:
    first, back = Counter(1), Counter(2)
    register = opened(first)
    first.append(pass_to_paper(first.state(register), first.journal, 9, REGISTRAR, second(DIRECTOR, 2)))
    back.exchange(first)
    third = Counter(4)
    said_back(back, register, 0)
    _send(back, third, register)
    third.exchange(back)
    number_lot(third, register, 2)
    first.take(_of(third, third.journal))
    assert first.state(register).is_on_paper
    assert first.state(register).claimed_term == 4
    with pytest.raises(DomainError) as refused:
        return_from_paper(first.state(register), first.journal, 0, REGISTRAR, second(DIRECTOR, 2))
    assert refused.value.code == "pen.incomplete"


def test_the_office_goes_on_when_what_is_missing_never_comes() -> None:
    """Two persons recover above every term and number heard of, though how they began is not held."""
    dead, alive, third, register = _dead_alive_third()
    last = third.state(register).last_number
    fourth = Counter(4, clock=NOON + 2 * MINUTE)
    fourth.take(_of(dead, dead.journal))
    fourth.take(_of(third, third.journal))
    heard = fourth.state(register)
    assert (heard.last_number, heard.highest_heard, heard.claimed_term) == (2, last, 3)
    _recover(fourth, register)
    state = fourth.state(register)
    assert (state.term, state.holder, state.claimed_term) == (4, fourth.journal, 0)
    given = number_lot(fourth, register, 2)
    assert given > last
    fourth.exchange(alive)  # they were not lost after all
    state = fourth.state(register)
    assert (state.holder, state.term, state.open_doubles) == (fourth.journal, 4, ())
    assert number_lot(fourth, register, 1) == given + 2
    assert all(len(held) == 1 for held in line_numbers(fourth, register).values())


def test_a_number_of_this_very_journal_is_never_given_again() -> None:
    """The recovery was too low: the pen comes back to a PC whose own numbers lie above the next one."""
    dead, alive = Counter(1), Counter(2)
    register = opened(dead)
    number_lot(dead, register, 2)
    alive.exchange(dead)
    number_lot(dead, register, 6)  # 3-8, and nobody looked at these papers
    alive.clock += MINUTE
    _recover(alive, register)
    assert number_lot(alive, register, 2) == 5
    _send(alive, dead, register)
    dead.exchange(alive)
    state = dead.state(register)
    assert (state.holder, state.next_number, state.highest_given(dead.journal)) == (dead.journal, 7, 8)
    assert _refused(dead, register) == "pen.own_numbers"
    with pytest.raises(DomainError) as papers:
        pass_to_paper(state, dead.journal, 20, REGISTRAR, second(DIRECTOR, 2))
    assert papers.value.code == "pen.own_numbers"
    _send(dead, alive, register)  # the way out
    alive.exchange(dead)
    assert number_lot(alive, register, 3) == 7
    assert alive.state(register).open_doubles == ((5, 8),)


def test_numbers_that_a_lost_pc_gave_twice_are_told_and_hold_up_the_closing() -> None:
    """Both lots lie inside the recovery's range: the second is no settling but a double."""
    dead, alive = Counter(1), Counter(2)
    register = opened(dead)
    number_lot(dead, register, 2)
    alive.exchange(dead)
    dead.clock += 2 * MINUTE  # its lots come after the recovery in order
    number_lot(dead, register, 3)
    number_lot(dead, register, 2, first=4, term=1)
    alive.clock += MINUTE
    _recover(alive, register, on_paper=5)
    alive.exchange(dead)
    state = alive.state(register)
    assert state.open_doubles == ((4, 5),)
    assert state.missing_lines == 0
    counts = LineCounts(1, state.last_number, 5, 0, 0)
    assert "double" in [found.code for found in obstacles(state, counts)]
    first, again = line_numbers(alive, register)[4]
    alive.append(rule_double(state, REGISTRAR, 4, first, again, "một giấy đã thu hồi"), REGISTRAR)
    assert alive.state(register).open_doubles == ((5, 5),)


def test_take_numbers_asks_the_state_alone() -> None:
    """The guard needs no store: any caller with a state is stopped."""
    dead, _, third, register = _dead_alive_third()
    dead.take(_of(third, third.journal))
    with pytest.raises(DomainError) as refused:
        take_numbers(dead.state(register), dead.journal, 1, NOON, last_contact=NOON, date_confirmed=True)
    assert refused.value.code == "pen.incomplete"
