"""How the entries of a register-year change its state: pen, recovery, settling, closing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from counter_app.domain.arrival.entries import OldLineWritten
from counter_app.domain.certification.entries import LineNumbered, LotNumbered
from counter_app.domain.folding.aggregate import Conflict, Settled
from counter_app.domain.folding.fact import Fact
from counter_app.domain.registers import entries as kinds
from counter_app.domain.registers.numbered import (
    doubled,
    line_numbered,
    lot_numbered,
    with_recovery,
    with_tally,
)
from counter_app.domain.registers.spans import Span, holds, joined, span, without
from counter_app.domain.registers.state import (
    ON_PAPER,
    PAPER,
    PASSED,
    RECOVERED,
    ClosedMonth,
    PaperStay,
    Recovery,
    RegisterState,
    SaidBack,
)
from counter_app.domain.registers.two_returns import later_returns, said_back_again
from sync.protocol.naming.ids import EntryId

Outcome = RegisterState | Conflict | Settled


def start_register(fact: Fact) -> RegisterState:
    """A register-year begins: term 1, its holder, its first number (in mid-year from the paper book)."""
    body: kinds.RegisterOpened = fact.body
    return RegisterState(
        fact.id,
        body.register,
        body.symbol,
        body.year,
        body.ground,
        first_number=body.next_number,
        next_number=body.next_number,
        book=body.book,
        term=1,
        holder=body.holder,
        books=((body.book, body.next_number),),
    )


def evolve_register(state: RegisterState, fact: Fact) -> Outcome:
    """The state after one more entry; kinds that do not concern the register leave it as it is."""
    evolve = _EVOLVE.get(type(fact.body))
    return state if evolve is None else evolve(state, fact)


def _book_opened(state: RegisterState, fact: Fact) -> Outcome:
    body: kinds.BookOpened = fact.body
    if body.book <= state.book:
        return Conflict("book.opened_twice")
    books = (*state.books, (body.book, body.from_number))
    return msgspec.structs.replace(state, book=body.book, books=books)


def _takes_term(state: RegisterState, fact: Fact) -> Conflict | None:
    """Why the entry cannot begin its term: two entries claim one term, or a stranger passes the pen."""
    if fact.body.term != state.term + 1:
        return Conflict("pen.term_taken")
    if fact.id.journal != state.holder:
        return Conflict("pen.not_holder")
    return None


def _pen_passed(state: RegisterState, fact: Fact) -> Outcome:
    body: kinds.PenPassed = fact.body
    if refused := _takes_term(state, fact):
        return refused
    passed = msgspec.structs.replace(state, term=body.term, holder=body.to, term_by=PASSED)
    # The holder's own lots come before its pass, so another `next` is a bug of the writer: keep ours, say so.
    return passed if body.next_number == state.next_number else Conflict("pen.next_differs", passed)


def _passed_to_paper(state: RegisterState, fact: Fact) -> Outcome:
    body: kinds.PenPassedToPaper = fact.body
    if refused := _takes_term(state, fact):
        return refused
    stay = PaperStay(body.term, state.next_number, body.sheets_to)
    return msgspec.structs.replace(
        state,
        term=body.term,
        holder=ON_PAPER,
        previous_holder=state.holder,
        term_by=PAPER,
        papers=(*state.papers, stay),
    )


def _returned_from_paper(state: RegisterState, fact: Fact) -> Outcome:
    body: kinds.PenReturnedFromPaper = fact.body
    if body.term != state.term + 1:
        return said_back_again(state, fact)
    if not state.is_on_paper or body.last_used < state.last_number:
        return Conflict("paper.not_out")
    stay = state.papers[-1]
    back = msgspec.structs.replace(
        stay,
        last_used=body.last_used,
        to_enter=span(stay.first, body.last_used),
        back=(SaidBack(body.holder, body.last_used, fact.id),),
    )
    return msgspec.structs.replace(
        state,
        term=body.term,
        holder=body.holder,
        term_by=PASSED,
        next_number=body.last_used + 1,
        papers=(*state.papers[:-1], back),
    )


def _recovered(state: RegisterState, fact: Fact) -> Outcome:
    """Of two entries with one term the recovery counts; of two recoveries the first in order.

    A recovery may skip terms: whoever decided on it had heard of them without holding how they began.
    """
    body: kinds.PenRecovered = fact.body
    same_term = body.term == state.term and state.term_by != RECOVERED
    if body.term <= state.term and not same_term:
        return Conflict("pen.term_taken")
    held = _without_missing_tail(state)
    recovery = Recovery(
        body.term,
        body.lost or (state.previous_holder if state.previous_holder != body.holder else ON_PAPER),
        first=min(body.last_known + 1, held.next_number),
        last=body.resume_at - 1,
        unknown=span(held.next_number, body.resume_at - 1),
        returned=span(body.last_known + 1, min(held.next_number, body.resume_at) - 1),
        from_paper=body.lost == ON_PAPER,
    )
    taken = msgspec.structs.replace(
        held,
        term=body.term,
        holder=body.holder,
        term_by=RECOVERED,
        next_number=body.resume_at,
        recoveries=(*state.recoveries, recovery),
        papers=_papers_given_up(state),
    )
    if held.next_number > body.resume_at and state.last_lot is not None:
        # The lost PC numbered on beyond the range: whatever the new holder gives there is a second one.
        beyond = doubled(taken, state.last_lot.lot, body.resume_at, held.next_number - 1)
        return Conflict("number.beyond_recovery", beyond)
    return Conflict("pen.two_terms", taken) if same_term else taken


def _without_missing_tail(state: RegisterState) -> RegisterState:
    """``state`` whose last lot ends at its last held line: a cut bundle left the rest unknown."""
    lot = state.last_lot
    if lot is None or lot.seen == lot.size or lot.first + lot.size != state.next_number:
        return state
    missing = lot.size - lot.seen
    months = tuple(
        tally._replace(numbered=tally.numbered - missing) if tally.last == state.last_number else tally
        for tally in state.months
    )
    return msgspec.structs.replace(
        state, next_number=lot.first + lot.seen, months=months, last_lot=lot._replace(size=lot.seen)
    )


def _papers_given_up(state: RegisterState) -> tuple[PaperStay, ...]:
    """Sheets that never came back: their numbers are in the recovery's range."""
    if not state.is_on_paper or not state.papers:
        return state.papers
    lost = msgspec.structs.replace(state.papers[-1], last_used=state.last_number)
    return (*state.papers[:-1], lost)


def _number_settled(state: RegisterState, fact: Fact) -> Outcome:
    body: kinds.NumberSettled = fact.body
    number = body.number
    recovery = next((held for held in state.recoveries if held.first <= number <= held.last), None)
    if recovery is None:
        return Conflict("number.not_unknown")
    unsettled = holds(recovery.unknown, number)
    if (
        body.outcome == kinds.REBUILT
        and body.line is not None
        and (unsettled or holds(recovery.voided, number))
    ):
        return _line_stands(state, recovery, body, body.line)
    if unsettled:
        return with_recovery(state, _settled_by_hand(recovery, number, body.outcome))
    if holds(recovery.returned, number):
        # The lost PC's own line is here: what was rebuilt by hand agrees with it, a void does not.
        return Conflict("number.voided_but_written") if body.outcome == kinds.VOIDED else state
    return Conflict("number.settled_twice")


def _settled_by_hand(recovery: Recovery, number: int, outcome: str) -> Recovery:
    one, left = (Span(number, number),), without(recovery.unknown, number, number)
    if outcome == kinds.VOIDED:
        return msgspec.structs.replace(recovery, unknown=left, voided=joined((*recovery.voided, *one)))
    return msgspec.structs.replace(recovery, unknown=left, rebuilt=joined((*recovery.rebuilt, *one)))


def _line_stands(
    state: RegisterState, recovery: Recovery, body: kinds.NumberSettled, line: EntryId
) -> Outcome:
    """A person rules that a line which folding could not place stands for its number, and a void falls."""
    number = body.number
    changed = msgspec.structs.replace(
        recovery,
        unknown=without(recovery.unknown, number, number),
        voided=without(recovery.voided, number, number),
        returned=joined((*recovery.returned, Span(number, number))),
    )
    counted = with_tally(with_recovery(state, changed), body.on, number, number, numbered=1, lines=1)
    ruled, done = _without_double(counted, number)
    return Settled(ruled, (*done, line))


def _without_double(state: RegisterState, number: int) -> tuple[RegisterState, tuple[EntryId, ...]]:
    """``state`` with ``number`` ruled, and the lots of which no number is open any more."""
    doubles = tuple(
        msgspec.structs.replace(double, open=without(double.open, number, number)) for double in state.doubles
    )
    done = tuple(double.lot for double in doubles if not double.open)
    return msgspec.structs.replace(state, doubles=doubles), done


def _double_ruled(state: RegisterState, fact: Fact) -> Outcome:
    """A person rules on one number; a lot's conflict is settled with its last number."""
    body: kinds.DoubleRuled = fact.body
    ruled, done = _without_double(state, body.number)
    if not ruled.open_doubles:
        done = (*done, *later_returns(ruled))
    return Settled(ruled, (*done, body.keep, body.strike))


def _month_closed(state: RegisterState, fact: Fact) -> Outcome:
    body: kinds.MonthClosed = fact.body
    if any(closed.month == body.month for closed in state.closed_months):
        return Conflict("month.closed_twice")
    closed = ClosedMonth(body.month, body.first, body.last, fact.id, body.held)
    return msgspec.structs.replace(state, closed_months=tuple(sorted((*state.closed_months, closed))))


def _year_closed(state: RegisterState, fact: Fact) -> Outcome:
    if state.closed:
        return Conflict("year.closed_twice")
    return msgspec.structs.replace(state, closed=True, closed_by=fact.id)


def _old_line(state: RegisterState, fact: Fact) -> Outcome:
    """A line of the old book moves nothing; one whose number is born here, or is of another year, is none."""
    body: OldLineWritten = fact.body
    if body.year != state.year or body.number >= state.first_number:
        return Conflict("number.unexpected")
    return state


_EVOLVE: dict[type[Any], Callable[[RegisterState, Fact], Outcome]] = {
    LotNumbered: lot_numbered,
    LineNumbered: line_numbered,
    OldLineWritten: _old_line,
    kinds.BookOpened: _book_opened,
    kinds.PenPassed: _pen_passed,
    kinds.PenPassedToPaper: _passed_to_paper,
    kinds.PenReturnedFromPaper: _returned_from_paper,
    kinds.PenRecovered: _recovered,
    kinds.NumberSettled: _number_settled,
    kinds.DoubleRuled: _double_ruled,
    kinds.MonthClosed: _month_closed,
    kinds.YearClosed: _year_closed,
}
