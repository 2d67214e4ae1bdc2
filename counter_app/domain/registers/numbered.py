"""What lots and lines do to a register-year: the next number, the month's tally, late and double numbers.

The lot carries the numbers, its lines only confirm them one by one: so the highest number is known even
where a bundle was cut between the lines of a pile.
"""

from __future__ import annotations

import msgspec

from counter_app.domain.certification.entries import LineNumbered, LotNumbered
from counter_app.domain.folding.aggregate import Conflict
from counter_app.domain.folding.fact import Fact
from counter_app.domain.registers.spans import Span, Spans, holds, joined, overlap, size, span, without
from counter_app.domain.registers.state import DoubleSpan, LotSeen, MonthTally, Recovery, RegisterState
from counter_app.domain.registers.two_returns import free_of, is_after_clash, with_free_taken
from sync.protocol.naming.ids import EntryId

Outcome = RegisterState | Conflict


def lot_numbered(state: RegisterState, fact: Fact) -> Outcome:
    """Numbers are born by the holder of the pen; anything else is late, from paper, or a double."""
    body: LotNumbered = fact.body
    first, last = body.first_number, body.first_number + body.count - 1
    state = with_given(state, fact.id.journal, last)
    if _is_holders(state, fact) and first == state.next_number:
        moved = msgspec.structs.replace(state, next_number=last + 1)
        born = _lot_counted(moved, fact, body)
        return Conflict("register.closed", born) if state.closed else born
    if _from_paper(state, first, last):
        return _lot_counted(_entered_from_paper(state, first, last), fact, body)
    recovery = recovery_of(state, body.term, fact.id.journal)
    if recovery is not None:
        return _of_lost_pc(state, recovery, fact, first, last)
    if is_after_clash(state, body) and (free := free_of(state, first, last)):
        return _by_numbers(state, fact, body, free)
    return _double(state, fact, first, last)


def line_numbered(state: RegisterState, fact: Fact) -> Outcome:
    """One number of a lot gets its line; a line of a lost PC settles its unknown number by itself."""
    body: LineNumbered = fact.body
    lot = fact.facts.subjects[3] if len(fact.facts.subjects) > 3 else None
    seen = state.last_lot
    if seen is not None and lot == seen.lot and body.number == seen.next < seen.end:
        counted = msgspec.structs.replace(state, last_lot=seen._replace(seen=seen.seen + 1))
        if _given_twice(state, lot, body.number):
            return counted
        return with_tally(counted, body.day, body.number, body.number, lines=1)
    if _given_twice(state, lot, body.number):
        return state
    recovery = recovery_of(state, body.term, fact.id.journal)
    if recovery is not None and recovery.first <= body.number <= recovery.last:
        return _returned(state, recovery, body)
    return Conflict("number.unexpected")


def recovery_of(state: RegisterState, term: int, journal: int) -> Recovery | None:
    """The recovery that took the pen from ``journal``, whose numbers of ``term`` were under it.

    Sheets may have come back to their PC under the very term of the recovery, which counts.
    """
    return next(
        (
            found
            for found in state.recoveries
            if found.lost == journal and (term < found.term or (found.from_paper and term == found.term))
        ),
        None,
    )


def with_recovery(state: RegisterState, changed: Recovery) -> RegisterState:
    """``state`` with the recovery of that term replaced."""
    recoveries = tuple(changed if held.term == changed.term else held for held in state.recoveries)
    return msgspec.structs.replace(state, recoveries=recoveries)


def with_tally(
    state: RegisterState, day: int, first: int, last: int, numbered: int = 0, lines: int = 0
) -> RegisterState:
    """``state`` with numbers ``first .. last`` counted in the month of ``day`` (yyyymmdd)."""
    month = day // 100 % 100
    held = state.month(month) or MonthTally(month, first, last, 0, 0)
    tally = MonthTally(
        month, min(held.first, first), max(held.last, last), held.numbered + numbered, held.lines + lines
    )
    others = (other for other in state.months if other.month != month)
    return msgspec.structs.replace(state, months=tuple(sorted((*others, tally))))


def with_given(state: RegisterState, journal: int, last: int) -> RegisterState:
    """``state`` that knows of number ``last`` in a lot of ``journal``, applied or not."""
    if last <= state.highest_given(journal):
        return state
    others = (pair for pair in state.given if pair[0] != journal)
    return msgspec.structs.replace(state, given=tuple(sorted((*others, (journal, last)))))


def doubled(state: RegisterState, lot: EntryId, first: int, last: int) -> RegisterState:
    """``state`` with numbers ``first .. last`` of ``lot`` marked as given twice, for a person to rule."""
    double = DoubleSpan(lot, first, last, span(first, last))
    return msgspec.structs.replace(state, doubles=(*state.doubles, double))


def _is_holders(state: RegisterState, fact: Fact) -> bool:
    return fact.body.term == state.term and fact.id.journal == state.holder


def _from_paper(state: RegisterState, first: int, last: int) -> bool:
    return any(Span(first, last) in overlap(stay.to_enter, first, last) for stay in state.papers)


def _entered_from_paper(state: RegisterState, first: int, last: int) -> RegisterState:
    papers = tuple(
        msgspec.structs.replace(stay, to_enter=without(stay.to_enter, first, last)) for stay in state.papers
    )
    return msgspec.structs.replace(state, papers=papers)


def _lot_counted(
    state: RegisterState, fact: Fact, body: LotNumbered, numbers: int | None = None
) -> RegisterState:
    """``numbers`` of the lot are counted, None: all of them."""
    last = body.first_number + body.count - 1
    count = body.count if numbers is None else numbers
    counted = with_tally(state, body.day, body.first_number, last, numbered=count)
    return msgspec.structs.replace(
        counted,
        last_numbered_at=fact.at,
        last_lot=LotSeen(fact.id, body.first_number, body.count),
        largest_lot=max(state.largest_lot, body.count),
    )


def _given_twice(state: RegisterState, lot: EntryId | None, number: int) -> bool:
    return any(double.lot == lot and double.first <= number <= double.last for double in state.doubles)


def _by_numbers(state: RegisterState, fact: Fact, body: LotNumbered, free: Spans) -> Outcome:
    """A lot after sheets that two PCs took back: what is free stands, the rest waits for a person."""
    first, last = body.first_number, body.first_number + body.count - 1
    taken = span(first, last)
    for part in free:
        taken = without(taken, part.first, part.last)
    state = _lot_counted(with_free_taken(state, free), fact, body, size(free))
    for part in taken:
        state = doubled(state, fact.id, part.first, part.last)
    return Conflict("number.double", state) if taken else state


def _of_lost_pc(state: RegisterState, recovery: Recovery, fact: Fact, first: int, last: int) -> Outcome:
    """A lot of the lost PC read after the recovery: its lines settle; outside the range or again: double."""
    outside = without(span(first, last), recovery.first, recovery.last)
    again = overlap(recovery.returned, first, last)
    for part in (*outside, *again):
        state = doubled(state, fact.id, part.first, part.last)
    if outside:
        return Conflict("pen.late_term", state)
    return Conflict("number.double", state) if again else state


def _double(state: RegisterState, fact: Fact, first: int, last: int) -> Conflict:
    """Why the lot cannot stand: it names an older pen, is not the holder's, or repeats or skips numbers."""
    if fact.body.term < state.term:
        code = "pen.late_term"
    elif fact.id.journal != state.holder:
        code = "pen.not_holder"
    else:
        code = "number.double" if first < state.next_number else "number.gap"
    return Conflict(code, doubled(state, fact.id, first, last))


def _returned(state: RegisterState, recovery: Recovery, body: LineNumbered) -> Outcome:
    """A line of the lost PC: its unknown number is settled; one rebuilt by hand now has its own line."""
    number = body.number
    if holds(recovery.returned, number):
        return Conflict("number.double")
    if holds(recovery.voided, number):
        return Conflict("number.voided_but_written")
    changed = msgspec.structs.replace(
        recovery,
        unknown=without(recovery.unknown, number, number),
        rebuilt=without(recovery.rebuilt, number, number),
        returned=joined((*recovery.returned, Span(number, number))),
    )
    return with_tally(with_recovery(state, changed), body.day, number, number, numbered=1, lines=1)
