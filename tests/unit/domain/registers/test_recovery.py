"""A dead PC: its pen is taken over, its numbers stay unknown until each is settled, or it returns."""

from __future__ import annotations

import pytest

from counter_app.domain.errors import DomainError
from counter_app.domain.registers.decisions import (
    least_resume_at,
    pass_pen_into_file,
    recover_pen,
    rule_double,
    settle_rebuilt,
    settle_void,
)
from counter_app.domain.registers.entries import REBUILT, NumberSettled
from sync.protocol.journals.entry import Draft
from sync.protocol.naming.ids import EntryId
from tests.unit.domain.folding.writing import MINUTE, Counter, second
from tests.unit.domain.registers.counters import (
    CLERK,
    DIRECTOR,
    REGISTRAR,
    line_numbers,
    number_lot,
    opened,
)


def _recover(
    counter: Counter, register: EntryId, waiting: int = 5, paper: int = 0, resume_at: int = 0
) -> None:
    counter.append(_decided(counter, register, waiting, paper, resume_at), REGISTRAR)


def _decided(
    counter: Counter, register: EntryId, waiting: int, paper: int, resume_at: int = 0
) -> tuple[Draft, ...]:
    return recover_pen(
        counter.state(register), counter.journal, REGISTRAR, second(DIRECTOR, 2), highest_on_paper=paper,
        waiting_there=waiting, ground="máy hỏng", resume_at=resume_at,
    )  # fmt: skip


def _rebuilt(number: int, line: EntryId | None = None) -> NumberSettled:
    return NumberSettled(
        number, REBUILT, "phiếu 02-0017", line, "Tập huấn", "Bằng", 1, 2000, 20261121, "Công chức"
    )


def _dead_and_alive() -> tuple[Counter, Counter, EntryId]:
    """``dead`` numbered 1-2 in the other's sight, 3-4 unseen; ``alive`` knows up to 2."""
    dead, alive = Counter(1), Counter(2)
    register = opened(dead)
    number_lot(dead, register, 2)
    alive.exchange(dead)
    dead.clock += 1
    number_lot(dead, register, 2)
    alive.clock += MINUTE
    return dead, alive, register


@pytest.mark.parametrize(
    ("known", "paper", "waiting", "largest", "least"),
    [(100, 0, 0, 0, 101), (100, 120, 0, 0, 121), (100, 90, 7, 20, 128), (0, 0, 0, 0, 1)],
)
def test_the_least_number_to_go_on_with(
    known: int, paper: int, waiting: int, largest: int, least: int
) -> None:
    assert least_resume_at(known, paper, waiting, largest) == least


def test_numbers_of_the_dead_pc_are_unknown_and_the_new_holder_goes_on_above() -> None:
    _, alive, register = _dead_and_alive()
    _recover(alive, register)
    state = alive.state(register)
    assert (state.unknown, state.next_number, state.term) == (((3, 9),), 10, 2)
    assert number_lot(alive, register, 1) == 10


def test_persons_raise_the_number_but_never_lower_it() -> None:
    _, alive, register = _dead_and_alive()
    with pytest.raises(DomainError) as refused:
        _decided(alive, register, 5, 0, resume_at=9)
    assert refused.value.code == "recovery.resume_at"
    _recover(alive, register, resume_at=50)
    assert alive.state(register).next_number == 50


def test_recovery_needs_two_persons_with_the_right() -> None:
    dead, alive, register = _dead_and_alive()
    state = alive.state(register)
    given = {"highest_on_paper": 0, "waiting_there": 0, "ground": "x"}
    for author, other, code in (
        (CLERK, second(DIRECTOR, 2), "role.not_allowed"),
        (REGISTRAR, second(REGISTRAR, 1), "second.same_person"),
        (REGISTRAR, second(CLERK, 3), "role.not_allowed"),
        (REGISTRAR, second(DIRECTOR, 1), "second.not_signed"),
    ):
        with pytest.raises(DomainError) as refused:
            recover_pen(state, alive.journal, author, other, **given)  # type: ignore[arg-type]
        assert refused.value.code == code
    with pytest.raises(DomainError, match="chính máy này"):
        _decided(dead, register, 0, 0)


def test_the_returned_pc_settles_its_numbers_by_itself() -> None:
    dead, alive, register = _dead_and_alive()
    _recover(alive, register)
    alive.append(settle_rebuilt(alive.state(register), REGISTRAR, _rebuilt(4)))
    assert alive.state(register).rebuilt == 1
    alive.exchange(dead)
    for counter in (dead, alive):
        state = counter.state(register)
        assert state.unknown == ((5, 9),)
        assert (state.rebuilt, state.lines, state.next_number) == (0, 4, 10)
        assert counter.folds[register].open_conflicts == ()


def test_the_return_settles_also_when_its_clock_ran_ahead() -> None:
    dead, alive = Counter(1), Counter(2)
    register = opened(dead)
    number_lot(dead, register, 2)
    alive.exchange(dead)
    dead.clock += 60 * MINUTE
    number_lot(dead, register, 2)
    alive.clock += MINUTE
    _recover(alive, register)
    number_lot(alive, register, 1)
    alive.exchange(dead)
    state = alive.state(register)
    assert (state.unknown, state.lines, state.numbered, state.next_number) == (((5, 9),), 5, 5, 11)
    assert alive.folds[register].open_conflicts == ()


def test_a_void_and_a_returned_line_wait_for_a_person() -> None:
    dead, alive, register = _dead_and_alive()
    _recover(alive, register)
    alive.append(settle_void(alive.state(register), REGISTRAR, 3, "biên bản 01"))
    alive.append(settle_void(alive.state(register), REGISTRAR, 9, "biên bản 01"))
    assert alive.state(register).voided == 2
    alive.exchange(dead)
    assert [found.code for found in alive.folds[register].open_conflicts] == ["number.voided_but_written"]
    assert alive.state(register).voided == 1


def test_a_late_line_over_a_void_stands_when_a_person_says_so() -> None:
    dead, alive = Counter(1), Counter(2)
    register = opened(dead)
    number_lot(dead, register, 1)
    alive.exchange(dead)
    dead.clock += 60 * MINUTE
    number_lot(dead, register, 1)
    _recover(alive, register)
    alive.append(settle_void(alive.state(register), REGISTRAR, 2, "biên bản 01"))
    alive.exchange(dead)
    (line,) = line_numbers(alive, register)[2]
    assert [found.entry for found in alive.folds[register].open_conflicts] == [line]
    alive.clock += 120 * MINUTE
    alive.append(settle_rebuilt(alive.state(register), REGISTRAR, _rebuilt(2, line)))
    assert alive.folds[register].open_conflicts == ()
    assert (alive.state(register).voided, alive.state(register).lines) == (0, 2)


def test_a_number_is_settled_once_and_only_when_unknown() -> None:
    _, alive, register = _dead_and_alive()
    _recover(alive, register)
    alive.append(settle_void(alive.state(register), REGISTRAR, 5, "biên bản 01"))
    for number in (2, 5, 10):
        with pytest.raises(DomainError) as refused:
            settle_void(alive.state(register), REGISTRAR, number, "biên bản 01")
        assert refused.value.code == "number.not_unknown"
    with pytest.raises(DomainError) as refused:
        settle_void(alive.state(register), REGISTRAR, 6, " ")
    assert refused.value.code == "number.evidence"
    with pytest.raises(DomainError) as refused:
        settle_rebuilt(alive.state(register), REGISTRAR, NumberSettled(6, REBUILT, "phiếu"))
    assert refused.value.code == "number.columns"
    with pytest.raises(DomainError) as refused:
        settle_void(alive.state(register), CLERK, 6, "biên bản 01")
    assert refused.value.code == "role.not_allowed"


def test_a_dead_pc_that_numbers_on_beyond_its_range_makes_doubles_for_a_person() -> None:
    dead, alive, register = _dead_and_alive()
    _recover(alive, register, waiting=0)  # resumes at 5
    dead.clock += 2 * MINUTE
    number_lot(dead, register, 4)  # 5-8, not knowing that it was declared dead
    alive.clock += 3 * MINUTE
    number_lot(alive, register, 2)  # 5-6
    alive.exchange(dead)
    assert alive.folds[register] == dead.folds[register]
    state = alive.state(register)
    assert state.open_doubles == ((5, 8),)
    doubles = {number: held for number, held in line_numbers(alive, register).items() if len(held) > 1}
    assert sorted(doubles) == [5, 6]
    keep, strike = doubles[5][1], doubles[5][0]
    alive.append(rule_double(state, REGISTRAR, 5, keep, strike, "tập huấn"))
    assert alive.state(register).open_doubles == ((6, 8),)
    with pytest.raises(DomainError) as refused:
        rule_double(alive.state(register), REGISTRAR, 5, keep, strike, "tập huấn")
    assert refused.value.code == "double.not_open"


def test_of_two_entries_with_one_term_the_recovery_counts() -> None:
    dead, alive, third = Counter(1), Counter(2), Counter(3)
    register = opened(dead)
    for other in (alive, third):
        other.exchange(dead)
    dead.append(pass_pen_into_file(dead.state(register), dead.journal, third.journal))
    third.exchange(dead)
    alive.clock += MINUTE
    _recover(alive, register, waiting=3)
    alive.exchange(third)
    state = alive.state(register)
    assert (state.holder, state.term, state.next_number) == (alive.journal, 2, 4)
    assert [found.code for found in alive.folds[register].conflicts] == ["pen.two_terms"]
    third.clock += 2 * MINUTE
    number_lot(third, register, 1, first=1, term=2)
    alive.exchange(third)
    assert alive.folds[register].open_conflicts[-1].code == "pen.not_holder"


def test_a_pile_cut_between_its_lines_leaves_the_rest_unknown() -> None:
    dead, alive = Counter(1), Counter(2)
    register = opened(dead)
    number_lot(dead, register, 5)
    cut = sorted(dead.facts.values(), key=lambda fact: fact.id)[:4]  # opening, lot, lines 1 and 2
    alive.take(cut)
    assert alive.state(register).missing_lines == 3
    alive.clock += MINUTE
    _recover(alive, register, waiting=0)
    state = alive.state(register)
    assert (state.unknown, state.missing_lines, state.next_number) == (((3, 10),), 0, 11)
    alive.exchange(dead)
    assert (alive.state(register).unknown, alive.state(register).lines) == (((6, 10),), 5)


def test_of_two_recoveries_the_first_in_order_counts_and_the_other_lines_can_stand() -> None:
    """Two offices without contact take over the same pen: what the second one wrote is ruled by a person."""
    dead, alive, third = Counter(1), Counter(2), Counter(3)
    register = opened(dead)
    for other in (alive, third):
        other.exchange(dead)
    _recover(alive, register, waiting=6)  # 1-6 unknown
    third.clock += MINUTE
    _recover(third, register, waiting=2)  # resumes at 3
    number_lot(third, register, 1)
    third.exchange(alive)
    state = alive.state(register)
    assert (state.holder, state.open_doubles, state.unknown) == (alive.journal, ((3, 3),), ((1, 6),))
    with pytest.raises(DomainError) as refused:
        settle_void(state, REGISTRAR, 3, "biên bản")
    assert refused.value.code == "number.written"
    (line,) = line_numbers(alive, register)[3]
    alive.clock += 2 * MINUTE
    alive.append(settle_rebuilt(state, REGISTRAR, _rebuilt(3, line)))
    state = alive.state(register)
    assert (state.open_doubles, state.unknown, state.lines) == ((), ((1, 2), (4, 6)), 1)
    assert [found.code for found in alive.folds[register].open_conflicts] == ["pen.term_taken"]
