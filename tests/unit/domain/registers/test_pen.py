"""The pen: one holder numbers, it moves only in the ways of the design, clocks are asked before numbers."""

from __future__ import annotations

import pytest

from counter_app.domain.errors import DomainError
from counter_app.domain.registers.decisions import (
    PenRequest,
    open_book,
    paper_numbers,
    pass_pen,
    pass_pen_into_file,
    pass_to_paper,
    recover_pen,
    request_pen,
    return_from_paper,
    take_numbers,
)
from counter_app.domain.registers.pen import DATE_PROVED_FOR, MAX_LOT, REQUEST_LIVES
from sync.protocol.naming.ids import EntryId
from tests.unit.domain.folding.writing import MINUTE, NOON, Counter, second
from tests.unit.domain.registers.counters import (
    CLERK,
    DIRECTOR,
    REGISTRAR,
    line_numbers,
    number_lot,
    opened,
)

NONCE = b"n" * 16


def _two() -> tuple[Counter, Counter, EntryId]:
    first, other = Counter(1), Counter(2)
    register = opened(first)
    other.exchange(first)
    return first, other, register


def _code(call: object, *args: object, **named: object) -> str:
    with pytest.raises(DomainError) as refused:
        call(*args, **named)  # type: ignore[operator]
    assert refused.value.title
    assert refused.value.words("en").title != refused.value.title
    return refused.value.code


def test_numbers_are_continuous_and_only_the_holder_gives_them() -> None:
    first, other, register = _two()
    assert [number_lot(first, register, count) for count in (3, 1, 2)] == [1, 4, 5]
    other.exchange(first)
    assert _code(
        take_numbers, other.state(register), other.journal, 1, NOON, last_contact=NOON, holder_name="QUẦY-01"
    ) == "pen.elsewhere"  # fmt: skip
    assert other.state(register).next_number == 7
    assert other.state(register).lines == other.state(register).numbered == 6


@pytest.mark.parametrize(("count", "refused"), [(0, True), (1, False), (MAX_LOT, False), (MAX_LOT + 1, True)])
def test_a_lot_has_bounds(count: int, refused: bool) -> None:
    first, _, register = _two()
    state = first.state(register)
    if refused:
        assert _code(take_numbers, state, first.journal, count, NOON, last_contact=NOON) == "lot.size"
    else:
        assert take_numbers(state, first.journal, count, NOON, last_contact=NOON) == 1


@pytest.mark.parametrize(
    ("at", "contact", "code"),
    [
        (NOON, NOON, ""),
        (NOON - 1, NOON - 1, "clock.behind"),
        (NOON + DATE_PROVED_FOR, NOON, ""),
        (NOON + DATE_PROVED_FOR + 1, NOON, "clock.unproved"),
    ],
)
def test_numbering_asks_for_a_proved_time(at: int, contact: int, code: str) -> None:
    first, _, register = _two()
    number_lot(first, register, 1)
    state = first.state(register)
    if code:
        assert _code(take_numbers, state, first.journal, 1, at, last_contact=contact) == code
        assert take_numbers(state, first.journal, 1, at, last_contact=contact, date_confirmed=True) == 2
    else:
        assert take_numbers(state, first.journal, 1, at, last_contact=contact) == 2


def test_a_confirmed_date_lowers_the_guard_of_a_wild_clock() -> None:
    first, _, register = _two()
    first.clock = NOON + 30 * 24 * 60 * MINUTE  # still this year, a month ahead
    number_lot(first, register, 1)
    first.clock = NOON
    state = first.state(register)
    assert _code(take_numbers, state, first.journal, 1, NOON, last_contact=NOON) == "clock.behind"
    number_lot(first, register, 1, first=2)  # the signatory confirmed the date
    assert first.state(register).last_numbered_at == NOON
    assert take_numbers(first.state(register), first.journal, 1, NOON, last_contact=NOON) == 3


def test_another_year_needs_another_register() -> None:
    first, _, register = _two()
    next_year = NOON + 60 * 24 * 60 * MINUTE
    state = first.state(register)
    assert (
        _code(take_numbers, state, first.journal, 1, next_year, last_contact=next_year)
        == "register.other_year"
    )


def test_the_pen_passes_to_a_live_request_of_who_holds_all() -> None:
    first, other, register = _two()
    number_lot(first, register, 2)
    other.exchange(first)
    request = request_pen(other.state(register), other.journal, NONCE)
    first.append(pass_pen(first.state(register), first.journal, request, NOON, NOON + 1))
    other.exchange(first)
    assert number_lot(other, register, 1) == 3
    assert (
        _code(take_numbers, first.state(register), first.journal, 1, NOON, last_contact=NOON)
        == "pen.elsewhere"
    )
    assert other.state(register).term == 2


def test_the_pen_does_not_pass_to_who_lacks_lines_or_asked_long_ago() -> None:
    first, other, register = _two()
    behind = request_pen(other.state(register), other.journal, NONCE)
    number_lot(first, register, 2)
    state = first.state(register)
    assert _code(pass_pen, state, first.journal, behind, NOON, NOON) == "pen.not_passed"
    good = request_pen(state, other.journal, NONCE)
    assert _code(pass_pen, state, first.journal, good, NOON, NOON + REQUEST_LIVES + 1) == "pen.not_passed"
    assert _code(pass_pen, state, first.journal, good, NOON, NOON - 1) == "pen.not_passed"
    cut = PenRequest(register, other.journal, NONCE, state.term, state.next_number, missing_lines=1)
    assert _code(pass_pen, state, first.journal, cut, NOON, NOON) == "pen.not_passed"
    own = request_pen(state, first.journal, NONCE)
    assert _code(pass_pen, state, first.journal, own, NOON, NOON) == "pen.not_passed"
    short = request_pen(state, other.journal, b"n")
    assert _code(pass_pen, state, first.journal, short, NOON, NOON) == "pen.not_passed"
    assert _code(pass_pen, other.state(register), other.journal, good, NOON, NOON) == "pen.elsewhere"


def test_the_pen_travels_in_a_file() -> None:
    first, other, register = _two()
    number_lot(first, register, 2)
    assert _code(pass_pen_into_file, first.state(register), first.journal, first.journal) == "pen.not_passed"
    first.append(pass_pen_into_file(first.state(register), first.journal, other.journal))
    assert first.state(register).holder == other.journal
    assert other.state(register).holder == first.journal  # the file has not arrived
    other.exchange(first)
    assert number_lot(other, register, 2) == 3


def test_a_restored_life_holds_no_pen() -> None:
    first, _, register = _two()
    number_lot(first, register, 1)
    restored = Counter(1, life=2)
    restored.take(first.facts.values())
    assert (
        _code(take_numbers, restored.state(register), restored.journal, 1, NOON, last_contact=NOON)
        == "pen.elsewhere"
    )


def test_numbers_of_a_restored_life_without_the_pen_are_a_conflict() -> None:
    """Planted fault of a PC: it forgets that it is a new life and numbers on."""
    first, _, register = _two()
    number_lot(first, register, 2)
    restored = Counter(1, life=2)
    restored.take(first.facts.values())
    restored.clock += 1
    number_lot(restored, register, 2, first=3)
    assert [found.code for found in restored.folds[register].open_conflicts] == ["pen.not_holder"]
    assert restored.state(register).next_number == 3


def test_the_pen_goes_to_paper_and_comes_back() -> None:
    first, other, register = _two()
    number_lot(first, register, 3)
    first.append(
        pass_to_paper(first.state(register), first.journal, 20, REGISTRAR, second(DIRECTOR, 2)), REGISTRAR
    )
    state = first.state(register)
    assert state.is_on_paper
    assert _code(take_numbers, state, first.journal, 1, NOON, last_contact=NOON) == "pen.on_paper"
    assert _code(pass_pen_into_file, state, first.journal, other.journal) == "pen.on_paper"
    other.exchange(first)
    for wrong in (2, 21):
        assert _code(
            return_from_paper, state, first.journal, wrong, REGISTRAR, second(DIRECTOR, 2)
        ) == "paper.last_used"  # fmt: skip
    first.append(
        return_from_paper(first.state(register), first.journal, 5, REGISTRAR, second(DIRECTOR, 2)), REGISTRAR
    )
    back = first.state(register)
    assert (back.holder, back.next_number, back.term, back.to_enter_from_paper) == (
        first.journal,
        6,
        3,
        ((4, 5),),
    )
    assert number_lot(first, register, 1) == 6
    assert _code(paper_numbers, back, 5, 2) == "paper.not_used"
    number_lot(first, register, 2, first=paper_numbers(back, 4, 2))
    done = first.state(register)
    assert (done.to_enter_from_paper, done.next_number, done.lines) == ((), 7, 6)
    assert first.folds[register].conflicts == ()
    assert sorted(line_numbers(first, register)) == [1, 2, 3, 4, 5, 6]


def test_sheets_come_back_to_the_pc_that_printed_them_and_once() -> None:
    first, other, register = _two()
    first.append(pass_to_paper(first.state(register), first.journal, 9, REGISTRAR, second(DIRECTOR, 2)))
    other.exchange(first)
    beside = second(DIRECTOR, 2)
    with pytest.raises(DomainError) as refused:
        return_from_paper(other.state(register), other.journal, 3, REGISTRAR, beside, holder_name="QUẦY-01")
    assert refused.value.code == "paper.elsewhere"
    assert "QUẦY-01" in refused.value.title
    first.append(return_from_paper(first.state(register), first.journal, 3, REGISTRAR, beside))
    assert (
        _code(return_from_paper, first.state(register), first.journal, 3, REGISTRAR, beside) == "paper.back"
    )
    assert _code(return_from_paper, other.state(register), other.journal, 3, REGISTRAR, beside) == (
        "paper.elsewhere"
    )  # it has not heard of the first
    other.exchange(first)
    with pytest.raises(DomainError) as known:
        return_from_paper(other.state(register), other.journal, 4, REGISTRAR, beside, holder_name="QUẦY-01")
    assert (known.value.code, "số cuối cùng 3" in known.value.title) == ("paper.back", True)


def test_sheets_of_a_dead_pc_are_recovered_and_its_own_lines_settle_by_themselves() -> None:
    first, other, register = _two()
    first.append(pass_to_paper(first.state(register), first.journal, 9, REGISTRAR, second(DIRECTOR, 2)))
    other.exchange(first)
    first.append(return_from_paper(first.state(register), first.journal, 2, REGISTRAR, second(DIRECTOR, 2)))
    number_lot(first, register, 2, first=1)
    number_lot(first, register, 2)
    other.append(
        recover_pen(
            other.state(register), other.journal, REGISTRAR, second(DIRECTOR, 2),
            highest_on_paper=4, waiting_there=0, ground="máy hỏng",
        )
    )  # fmt: skip
    assert other.state(register).unknown == ((1, 4),)
    other.clock += 10
    assert number_lot(other, register, 1) == 5
    other.exchange(first)
    both = other.state(register)
    assert (both.unknown, both.open_doubles, both.lines, both.next_number) == ((), (), 5, 6)


def test_paper_needs_two_persons_and_the_next_number() -> None:
    first, _, register = _two()
    number_lot(first, register, 3)
    state = first.state(register)
    assert _code(pass_to_paper, state, first.journal, 3, REGISTRAR, second(DIRECTOR, 2)) == "paper.sheets"
    assert (
        _code(pass_to_paper, state, first.journal, 9, REGISTRAR, second(REGISTRAR, 1)) == "second.same_person"
    )
    assert _code(pass_to_paper, state, first.journal, 9, REGISTRAR, second(CLERK, 3)) == "role.not_allowed"
    assert (
        _code(pass_to_paper, state, first.journal, 9, REGISTRAR, second(DIRECTOR, 3)) == "second.not_signed"
    )
    assert (
        _code(return_from_paper, state, first.journal, 3, REGISTRAR, second(DIRECTOR, 2)) == "pen.not_passed"
    )


def test_nothing_used_on_paper_leaves_nothing_to_enter() -> None:
    first, _, register = _two()
    first.append(pass_to_paper(first.state(register), first.journal, 9, REGISTRAR, second(DIRECTOR, 2)))
    first.append(return_from_paper(first.state(register), first.journal, 0, REGISTRAR, second(DIRECTOR, 2)))
    assert (first.state(register).next_number, first.state(register).to_enter_from_paper) == (1, ())
    assert number_lot(first, register, 1) == 1


def test_the_next_book_goes_on_with_the_numbers() -> None:
    first, other, register = _two()
    number_lot(first, register, 4)
    first.append(open_book(REGISTRAR, first.state(register), first.journal))
    assert (first.state(register).book, first.state(register).books) == (2, ((1, 1), (2, 5)))
    assert number_lot(first, register, 1) == 5
    assert _code(open_book, REGISTRAR, first.state(register), other.journal) == "pen.elsewhere"
    assert _code(open_book, CLERK, first.state(register), first.journal) == "role.not_allowed"
