"""Two PCs, out of touch, both said that the same printed sheets came back to them (decision 039).

The program refuses it since the sheets come back only to the PC that printed them; programs of before did
not, and their entries are held like any other. The first in order has the pen; what the other gave is taken
number by number: a number nobody else gave stands, one that both gave waits for a person, and the register
goes on above all of them, so that no third paper can bear the number.
"""

from __future__ import annotations

import msgspec

from counter_app.domain.certification.entries import LotNumbered
from counter_app.domain.folding.aggregate import Conflict
from counter_app.domain.folding.fact import Fact
from counter_app.domain.registers.entries import PenReturnedFromPaper
from counter_app.domain.registers.spans import Spans, joined, overlap, span, without
from counter_app.domain.registers.state import PaperStay, RegisterState, SaidBack
from sync.protocol.naming.ids import EntryId

RETURNED_TWICE = "paper.returned_twice"


def said_back_again(state: RegisterState, fact: Fact) -> Conflict:
    """A return whose term is taken: a second one of the same sheets is kept with what it read on them.

    Its numbers that nobody gave since are still to be entered from paper; the register goes on above them.
    """
    body: PenReturnedFromPaper = fact.body
    stay = next((one for one in state.papers if one.term == body.term - 1 and one.back), None)
    if (
        stay is None
        or body.last_used > stay.sheets_to
        or any(said.journal == body.holder for said in stay.back)
    ):
        return Conflict("pen.term_taken")
    unseen = span(max(stay.first, state.next_number), body.last_used)
    both = msgspec.structs.replace(
        stay,
        last_used=max(stay.last_used or 0, body.last_used),
        to_enter=joined((*stay.to_enter, *unseen)),
        back=(*stay.back, SaidBack(body.holder, body.last_used, fact.id)),
    )
    papers = tuple(both if one.term == stay.term else one for one in state.papers)
    above = max(state.next_number, body.last_used + 1)
    return Conflict(RETURNED_TWICE, msgspec.structs.replace(state, papers=papers, next_number=above))


def later_returns(state: RegisterState) -> tuple[EntryId, ...]:
    """Entries of returns that came second: settled with the last number that both gave."""
    return tuple(said.entry for stay in state.papers for said in stay.back[1:])


def is_after_clash(state: RegisterState, body: LotNumbered) -> bool:
    """True for a lot given after sheets that two PCs took back."""
    return any(len(stay.back) > 1 and body.term > stay.term for stay in state.papers)


def free_of(state: RegisterState, first: int, last: int) -> Spans:
    """Which of ``first .. last`` nobody has given: used on paper and not entered, or next in the register.

    Empty beyond the next number: a lot must not leave a hole behind it.
    """
    if first > state.next_number:
        return ()
    entered = overlap(state.to_enter_from_paper, first, last)
    return joined((*entered, *span(max(first, state.next_number), last)))


def with_free_taken(state: RegisterState, free: Spans) -> RegisterState:
    """``state`` in which the numbers of ``free`` are given."""
    papers = tuple(_entered(stay, free) for stay in state.papers)
    above = max([state.next_number, *(part.last + 1 for part in free)])
    return msgspec.structs.replace(state, papers=papers, next_number=above)


def _entered(stay: PaperStay, free: Spans) -> PaperStay:
    left = stay.to_enter
    for part in free:
        left = without(left, part.first, part.last)
    return msgspec.structs.replace(stay, to_enter=left)
