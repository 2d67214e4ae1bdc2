"""What a register-year notes of acts that are held and wait for their parents.

They are not applied: what came before them is not known. But two things can be told from them all the same:
whose own acts the state lacks, and that the pen went on without the holder that the state names. Either way
the holder by this state must not number (``pen.check_whole``).
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from counter_app.domain.certification.entries import LotNumbered
from counter_app.domain.folding.fact import Fact
from counter_app.domain.registers.entries import (
    PenPassed,
    PenPassedToPaper,
    PenRecovered,
    PenReturnedFromPaper,
)
from counter_app.domain.registers.numbered import with_given
from counter_app.domain.registers.state import RegisterState

_UNDER_A_TERM = (LotNumbered, PenPassed, PenPassedToPaper, PenReturnedFromPaper, PenRecovered)


def overhear(state: RegisterState, waiting: Sequence[Fact]) -> RegisterState:
    """``state`` with what ``waiting`` tell of the pen and of numbers given."""
    claimed = 0
    for fact in waiting:
        if isinstance(fact.body, LotNumbered):
            last = fact.body.first_number + fact.body.count - 1
            state = with_given(state, fact.id.journal, last)
        claimed = max(claimed, _claimed(state, fact))
    authors = tuple(sorted({fact.id.journal for fact in waiting}))
    return msgspec.structs.replace(state, waiting_authors=authors, claimed_term=claimed)


def _claimed(state: RegisterState, fact: Fact) -> int:
    """The term of an act that can only be if the pen moved on; 0 for any other.

    A passing of the state's own term is an echo of it; a recovery of that term counts before a passing, and
    which of two recoveries counts is not known while one waits.
    """
    body = fact.body
    if not isinstance(body, _UNDER_A_TERM):
        return 0
    beyond = body.term > state.term or (isinstance(body, PenRecovered) and body.term == state.term)
    return int(body.term) if beyond else 0
