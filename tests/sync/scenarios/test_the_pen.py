"""Scenarios 4 and 5: the pen is passed to a PC that is dead; a lost pen is recovered and the dead return."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from counter_app.domain.errors import DomainError
from counter_app.domain.registers.decisions import pass_pen_into_file, rule_double
from counter_app.domain.registers.state import RegisterState
from sync.protocol.carrying.bundle import Bundle
from sync.protocol.carrying.vector import lacking
from tests.support.counter import PIN, REGISTRAR, UNIT, Counter, give
from tests.support.invariants import doubled, unaccounted, unnoticed_doubles
from tests.sync.scenarios.office import Office, numbers

FIRST = 1776


def send_pen(office: Office, giver: Counter, journal: int) -> None:
    giver.sign_in(REGISTRAR)
    drafts = pass_pen_into_file(office.register(giver), giver.work.journal, journal)
    giver.store.append(drafts, giver.areas.desk.act())


def whole(office: Office, pc: Counter) -> RegisterState:
    """The register as ``pc`` reads it, with no number lost or silently given twice."""
    state = office.register(pc)
    assert unaccounted(pc.store, state.id, state) == []
    assert unnoticed_doubles(pc.store, state.id, state) == []
    return state


def test_a_pen_passed_to_a_dead_pc_is_recovered_and_no_number_is_given_twice(office: Office) -> None:
    one, two, three = office.pc(1), office.pc(2), office.pc(3)
    office.settle()
    office.day(one, 2)
    send_pen(office, one, two.work.journal)
    # PC 2 dies before the file reaches it; nobody holds the pen any more.
    office.settle(one, three)
    waiting = office.take_in(one)
    office.settle(one, three)
    for pc in (one, three):
        with pytest.raises(DomainError) as refused:
            office.number(pc, [waiting])
        assert refused.value.code == "pen.elsewhere"
    office.recover(three, on_paper=FIRST + 1)
    office.settle(one, three)
    given = office.number(three, [waiting])
    assert given.first > FIRST + 1
    # The dead PC wakes with the file on the stick: its term is over, it numbers nothing.
    give(one, two)
    with pytest.raises(DomainError) as late:
        office.number(two, [office.take_in(two)])
    assert late.value.code == "pen.elsewhere"
    office.settle()
    assert office.faults() == []
    assert whole(office, two).holder == three.work.journal


def test_the_dead_pc_had_the_pen_and_numbered_unseen_its_return_settles_its_numbers(office: Office) -> None:
    one, two = office.pc(1), office.pc(2)
    office.settle()
    seen = office.day(one, 2)
    office.settle()
    unseen = office.day(one, 3)
    # PC 1 dies with three numbers nobody else holds; the papers show the last one.
    office.recover(two, on_paper=unseen.last, waiting=1)
    state = whole(office, two)
    assert [(gap.first, gap.last) for gap in state.unknown] == [(seen.last + 1, state.next_number - 1)]
    after = office.day(two, 1)
    assert after.first == state.next_number > unseen.last
    office.settle(two)
    # The dead return: their lines settle their own numbers; what is left is voided one by one, with minutes.
    office.settle()
    settled = whole(office, two)
    assert {n for n, _ in numbers(two)} >= set(range(unseen.first, unseen.last + 1))
    left = [n for gap in settled.unknown for n in range(gap.first, gap.last + 1)]
    assert left
    assert not set(left) & {n for n, _ in numbers(two)}
    for number in left:
        office.void(two, number)
    office.settle()
    assert whole(office, one).unknown == ()
    assert doubled(one.store, settled.id) == []
    assert office.faults() == []


def test_the_returned_pc_cannot_go_on_with_its_old_pen(office: Office) -> None:
    one, two = office.pc(1), office.pc(2)
    office.settle()
    office.recover(two, on_paper=FIRST - 1, waiting=2)
    office.settle(two)
    office.settle(one)
    with pytest.raises(DomainError) as refused:
        office.day(one, 1)
    assert refused.value.code == "pen.elsewhere"


def test_a_dead_pc_that_was_not_dead_gives_doubles_that_everybody_sees_and_a_person_rules(
    office: Office,
) -> None:
    """The recovery was too low: persons did not look at the papers. Both lines stay until one is ruled on."""
    one, two = office.pc(1), office.pc(2)
    office.settle()
    office.recover(two, on_paper=0)
    ours, theirs = office.day(two, 2), office.day(one, 3)
    assert ours.first == theirs.first, "both believe in their pen, without contact"
    office.settle()
    assert office.faults() == []
    state = whole(office, one)
    twice = doubled(one.store, state.id)
    assert twice == [ours.first, ours.last]
    one.sign_in(REGISTRAR)
    one.clock.forward(hours=24 * 12)
    one.sign_in(REGISTRAR)
    with pytest.raises(DomainError) as closing:
        one.areas.registers.close_month(state.year, 11, PIN)
    assert closing.value.code in ("closing.blocked", "closing.open")
    desk = one.areas.desk
    with one.store.read() as connection:
        sql = "SELECT id FROM lines WHERE number = ? ORDER BY id"
        from sync.protocol.naming.ids import EntryId

        keep, strike = (EntryId.from_key(row[0]) for row in connection.exec_driver_sql(sql, (twice[0],)))
    one.store.append(
        rule_double(state, desk.require(), twice[0], keep, strike, "Bản sao của máy 2 chưa trao"),
        desk.act(sealed=True),
    )
    office.settle()
    assert twice[0] not in [
        n for gap in office.register(two).open_doubles for n in range(gap.first, gap.last + 1)
    ]


def give_part(giver: Counter, taker: Counter, journal: int) -> None:
    """A file of which only one journal's pieces reach the other PC."""
    source, target = giver.port(), taker.port()
    source.hand_over()
    pieces = source.pieces_from(lacking(source.vector(), target.vector()), 2**24)
    target.ingest(Bundle(UNIT, giver.work.journal, tuple(p for p in pieces if p.journal == journal)))


def back_from_the_dead(office: Office) -> tuple[Counter, Counter, Counter]:
    """PC 1 was recovered by PC 2, which passed the pen to PC 3; PC 1 comes back and hears of PC 3 only."""
    one, two, three = office.pc(1), office.pc(2), office.pc(3)
    office.settle()
    seen = office.day(one, 2)
    office.settle()
    office.recover(two, on_paper=seen.last)
    send_pen(office, two, three.work.journal)
    give(two, three)
    office.day(three, 2)
    give_part(three, one, three.work.journal)
    return one, two, three


def test_a_pc_that_heard_of_later_numbers_only_in_part_gives_none_and_says_what_to_do(office: Office) -> None:
    one, two, three = back_from_the_dead(office)
    state = office.register(one)
    assert (state.holder, state.claimed_term) == (one.work.journal, 3), "by what it can read the pen is here"
    pen = one.areas.signing.pen()
    assert not pen.here
    assert pen.words.startswith("Chưa đủ dữ liệu của sổ")
    before = numbers(one)
    for act in (lambda: office.day(one, 1), lambda: send_pen(office, one, two.work.journal)):
        with pytest.raises(DomainError) as refused:
            act()
        assert refused.value.code == "pen.incomplete"
        assert "nhận tệp" in refused.value.remedy
    assert numbers(one) == before
    give(two, one)
    with pytest.raises(DomainError) as late:
        office.day(one, 1)
    assert late.value.code == "pen.elsewhere"
    office.settle()
    assert office.faults() == []
    assert doubled(one.store, state.id) == []
    assert whole(office, one).holder == three.work.journal


def test_an_own_act_counts_at_once_though_something_waits(office: Office) -> None:
    """It names what is read, not what waits: else the PC would not know that it gave the pen away."""
    one, two, three = back_from_the_dead(office)
    one.sign_in(REGISTRAR)
    held = replace(office.register(one), claimed_term=0)  # a program without the guard
    drafts = pass_pen_into_file(held, one.work.journal, three.work.journal)
    (passed,) = one.store.append(drafts, one.areas.desk.act()).entries
    state = office.register(one)
    assert (state.holder, one.work.journal in state.waiting_authors) == (three.work.journal, False)
    assert all(parent.journal != three.work.journal for parent in passed.facts.after)
    give(two, one)
    office.settle()
    assert office.faults() == []
    assert whole(office, two).holder == three.work.journal, "the recovery counts, not the passing of its term"
