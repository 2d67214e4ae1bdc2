"""How a request changes with each entry about it.

Acts at two counters at the same time are told apart here: the first in order counts, the other is kept
and reported, and a person settles it. A number that was born is never ignored.
"""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from counter_app.domain.certification import codes
from counter_app.domain.certification.entries import (
    AppointmentExtended,
    CopiesHandedOver,
    CopiesRequested,
    LineAnnulled,
    LineNumbered,
    LineSigned,
    LineStruck,
    OriginalRefused,
    OriginalTaken,
    Printed,
    RequesterCorrected,
    RequestResubmitted,
    RequestReturned,
)
from counter_app.domain.certification.request_money_fold import MONEY_HANDLERS
from counter_app.domain.certification.state import (
    ANNULLED,
    HANDED_OVER,
    NUMBERED,
    SIGNED,
    STRUCK,
    SUBMITTED,
    TAKEN_IN,
    DoubleLine,
    OriginalState,
    RequestState,
)
from counter_app.domain.folding.aggregate import Conflict, Settled
from counter_app.domain.folding.fact import Fact
from counter_app.domain.prints import add_print
from sync.protocol.ids import EntryId

Outcome = RequestState | Conflict | Settled


def start(fact: Fact) -> RequestState:
    """A request as it is taken in: every original submitted, nothing numbered."""
    body: CopiesRequested = fact.body
    subjects = fact.facts.subjects
    return RequestState(
        id=fact.id,
        code=body.code,
        daily=body.daily,
        day=body.day,
        taken_at=fact.at,
        taken_by=fact.facts.actor,
        requester=body.requester,
        originals=tuple(OriginalState(taken, SUBMITTED) for taken in body.originals),
        due_at=body.due_at,
        pay=body.pay,
        channel=body.channel,
        signatory=body.signatory,
        register=body.register,
        person=subjects[1] if len(subjects) > 1 else body.requester.person,
    )


def evolve(state: RequestState, fact: Fact) -> Outcome:
    """``state`` after one entry; what does not concern a request leaves it as it is."""
    handler = _HANDLERS.get(type(fact.body))
    return state if handler is None else handler(state, fact)


def _with(state: RequestState, index: int, original: OriginalState) -> RequestState:
    return replace(state, originals=(*state.originals[:index], original, *state.originals[index + 1 :]))


def _contest(state: RequestState, fact: Fact, code: str) -> Conflict:
    """The act is kept beside ``state`` and waits for a person."""
    return Conflict(code, replace(state, contested=(*state.contested, fact.id)))


def _index_of(state: RequestState, line: EntryId) -> int | None:
    return next((i for i, original in enumerate(state.originals) if original.line == line), None)


def _place(at: int, entry: EntryId | None) -> tuple[int, EntryId]:
    return at, entry or EntryId(0, 0)


# --- before the number ---------------------------------------------------------------------------------


def _returned(state: RequestState, fact: Fact) -> Outcome:
    body: RequestReturned = fact.body
    if not any(original.state == SUBMITTED for original in state.originals):
        return _contest(state, fact, codes.RETURNED_AND_NUMBERED)
    originals = tuple(
        replace(original, state=TAKEN_IN) if original.state == SUBMITTED else original
        for original in state.originals
    )
    return replace(
        state,
        originals=originals,
        returned_reason=body.reason,
        returned_words=body.words,
        returned_at=fact.at,
    )


def _submitted(taken: OriginalTaken) -> OriginalState:
    return OriginalState(taken, SUBMITTED)


def _resubmitted(state: RequestState, fact: Fact) -> Outcome:
    """Originals with a line keep their place and, while the line counts, their particulars."""
    body: RequestResubmitted = fact.body
    held = {index: o for index, o in enumerate(state.originals) if o.has_valid_line or o.state == ANNULLED}
    overtaken = any(
        index >= len(body.originals) or body.originals[index] != original.taken
        for index, original in held.items()
    )
    originals = [_submitted(taken) for taken in body.originals]
    originals += [original for index, original in sorted(held.items()) if index >= len(originals)]
    for index, original in held.items():
        if index < len(body.originals):
            originals[index] = original
    for index in body.left_out:
        if index < len(state.originals) and state.originals[index].state == STRUCK:
            originals[index] = state.originals[index]
    changed = replace(
        state,
        originals=tuple(originals),
        due_at=body.due_at,
        signatory=body.signatory,
        returned_reason="",
        returned_words="",
        returned_at=0,
    )
    return _contest(changed, fact, codes.CHANGED_AND_NUMBERED) if overtaken else changed


def _requester_corrected(state: RequestState, fact: Fact) -> RequestState:
    body: RequesterCorrected = fact.body
    return replace(state, requester=body.requester, person=body.requester.person or state.person)


def _extended(state: RequestState, fact: Fact) -> RequestState:
    body: AppointmentExtended = fact.body
    return replace(state, due_at=body.due_at, extended=True, extension_ground=body.ground)


def _refused(state: RequestState, fact: Fact) -> RequestState:
    return replace(state, refusals=(*state.refusals, fact.id))


# --- the line ------------------------------------------------------------------------------------------


def _numbered(state: RequestState, fact: Fact) -> Outcome:
    """Numbering wins over a return at the same time; a second valid line of one original is a double."""
    body: LineNumbered = fact.body
    subjects = fact.facts.subjects
    lot = subjects[3] if len(subjects) > 3 else None
    index = body.original
    if index >= len(state.originals) or state.originals[index].state not in (SUBMITTED, TAKEN_IN, STRUCK):
        double = DoubleLine(index, fact.id, body.number, body.book, body.year, lot, fact.at)
        return _contest(replace(state, doubles=(*state.doubles, double)), fact, codes.ORIGINAL_DOUBLE)
    was = state.originals[index]
    numbered = OriginalState(
        was.taken, NUMBERED, fact.id, body.number, body.book, body.year, lot, numbered_at=fact.at
    )
    after = _with(state, index, numbered)
    if was.state != TAKEN_IN:
        return after
    if not any(original.state == TAKEN_IN for original in after.originals):
        after = replace(after, returned_reason="", returned_words="", returned_at=0)
    return _contest(after, fact, codes.RETURNED_AND_NUMBERED)


def _signed(state: RequestState, fact: Fact) -> Outcome:
    body: LineSigned = fact.body
    line = fact.facts.subjects[0]
    index = _index_of(state, line)
    if index is None:
        return replace(state, doubles=tuple(_double_signed(d, line, fact) for d in state.doubles))
    was = state.originals[index]
    signed = replace(was, state=SIGNED, signed_at=fact.at, settled_by=fact.id, settled_at=fact.at, reason="")
    if was.state == NUMBERED:
        return _decided(_with(state, index, signed), line)
    if was.state != STRUCK:
        return state
    if body.how == codes.SETTLED:
        return _decided(_with(state, index, signed), line)
    first = _place(fact.at, fact.id) < _place(was.settled_at, was.settled_by)
    return _contest(_with(state, index, signed) if first else state, fact, codes.SIGNED_AND_STRUCK)


def _double_signed(double: DoubleLine, line: EntryId, fact: Fact) -> DoubleLine:
    if double.line != line or double.signed_at:
        return double
    return replace(double, signed_at=fact.at, signed_by=fact.id)


def _struck(state: RequestState, fact: Fact) -> Outcome:
    body: LineStruck = fact.body
    line = fact.facts.subjects[0]
    index = _index_of(state, line)
    if index is None:
        return _decided(replace(state, doubles=tuple(d for d in state.doubles if d.line != line)), line)
    was = state.originals[index]
    struck = replace(
        was, state=STRUCK, signed_at=0, settled_by=fact.id, settled_at=fact.at, reason=body.reason
    )
    if was.state == NUMBERED or (was.state == SIGNED and body.reason in (codes.SETTLED, codes.DOUBLE)):
        return _decided(_promoted(_with(state, index, struck), index), line)
    if was.state == SIGNED:
        first = _place(fact.at, fact.id) < _place(was.settled_at, was.settled_by)
        return _contest(_with(state, index, struck) if first else state, fact, codes.SIGNED_AND_STRUCK)
    if was.state == HANDED_OVER:
        return _contest(state, fact, codes.SIGNED_AND_STRUCK)
    return state


def _promoted(state: RequestState, index: int) -> RequestState:
    """The double of a struck line becomes the line that counts."""
    double = next((d for d in state.doubles if d.original == index), None)
    if double is None:
        return state
    original = OriginalState(
        state.originals[index].taken,
        SIGNED if double.signed_at else NUMBERED,
        double.line,
        double.number,
        double.book,
        double.year,
        double.lot,
        double.numbered_at,
        double.signed_at,
        double.signed_by,
        double.signed_at,
    )
    rest = tuple(d for d in state.doubles if d is not double)
    return replace(_with(state, index, original), doubles=rest)


def _decided(state: RequestState, line: EntryId) -> Outcome:
    """A person signed or struck: contested acts are settled, but doubles that are still there."""
    open_doubles = {double.line for double in state.doubles}
    settled = tuple(entry for entry in state.contested if entry not in open_doubles)
    if not settled:
        return state
    left = tuple(entry for entry in state.contested if entry in open_doubles)
    return Settled(replace(state, contested=left), settled)


def _annulled(state: RequestState, fact: Fact) -> Outcome:
    index = _index_of(state, fact.facts.subjects[0])
    if index is None:
        return state
    if state.originals[index].state == STRUCK:
        return _contest(state, fact, codes.ANNULLED_AND_STRUCK)
    return _with(state, index, replace(state.originals[index], state=ANNULLED))


# --- return of the copies ------------------------------------------------------------------------------


def _handed_over(state: RequestState, fact: Fact) -> Outcome:
    body: CopiesHandedOver = fact.body
    if body.how_signed == codes.SETTLED:
        return _handover_settled(state, body)
    known = [index for index in body.originals if index < len(state.originals)]
    states = [state.originals[index].state for index in known]
    after = state
    for index in known:
        original = state.originals[index]
        if original.state == SIGNED:
            after = _with(after, index, replace(original, state=HANDED_OVER, handed_over_at=fact.at))
    if HANDED_OVER in states:
        return _contest(after, fact, codes.HANDED_OVER_TWICE)
    after = replace(
        after,
        receiver=body.receiver,
        receiver_id=body.receiver_id,
        slip_lost=state.slip_lost or body.slip_lost,
        handed_over_at=fact.at,
    )
    if any(was != SIGNED for was in states):
        return _contest(after, fact, codes.HANDED_OVER_UNSIGNED)
    return after


def _handover_settled(state: RequestState, body: CopiesHandedOver) -> Settled:
    """A person says who really received the copies."""
    open_doubles = {double.line for double in state.doubles}
    settled = tuple(entry for entry in state.contested if entry not in open_doubles)
    left = tuple(entry for entry in state.contested if entry in open_doubles)
    after = replace(state, receiver=body.receiver, receiver_id=body.receiver_id, contested=left)
    return Settled(after, settled)


def _printed(state: RequestState, fact: Fact) -> RequestState:
    return replace(state, printed=add_print(state.printed, fact.body))


_HANDLERS: dict[type, Callable[[RequestState, Fact], Outcome]] = {
    RequestReturned: _returned,
    RequestResubmitted: _resubmitted,
    RequesterCorrected: _requester_corrected,
    AppointmentExtended: _extended,
    OriginalRefused: _refused,
    LineNumbered: _numbered,
    LineSigned: _signed,
    LineStruck: _struck,
    LineAnnulled: _annulled,
    CopiesHandedOver: _handed_over,
    Printed: _printed,
    **MONEY_HANDLERS,
}
