"""How a request changes with each entry about it.

Acts at two counters at the same time are told apart here: the first in order counts, the other is kept
and reported, and a person settles it. A number that was born is never ignored.
"""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from counter_app.domain.certification.electronic_entries import FileSigned
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
from counter_app.domain.certification.lines import codes
from counter_app.domain.certification.state import (
    ANNULLED,
    HANDED_OVER,
    NUMBERED,
    SIGNED,
    STRUCK,
    SUBMITTED,
    TAKEN_IN,
    Contest,
    DoubleLine,
    OriginalState,
    RequestState,
)
from counter_app.domain.folding.aggregate import Conflict, Settled
from counter_app.domain.folding.fact import Fact
from counter_app.domain.groups.entries import MemberTaken
from counter_app.domain.money.payments import MONEY_BODIES, payments_after
from counter_app.domain.prints import add_print
from sync.protocol.naming.ids import EntryId

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


def _contest(state: RequestState, fact: Fact, code: str, original: int = -1) -> Conflict:
    """The act is kept beside ``state`` and waits for a person."""
    contest = Contest(fact.id, code, original)
    return Conflict(code, replace(state, contested=(*state.contested, contest)))


def _settle(state: RequestState, settles: Callable[[Contest], bool]) -> RequestState | Settled:
    """``state`` with the contests that a person has just decided taken off, and reported as settled."""
    settled = tuple(contest.entry for contest in state.contested if settles(contest))
    if not settled:
        return state
    left = tuple(contest for contest in state.contested if not settles(contest))
    return Settled(replace(state, contested=left), settled)


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
        return _contest(replace(state, doubles=(*state.doubles, double)), fact, codes.ORIGINAL_DOUBLE, index)
    was = state.originals[index]
    numbered = OriginalState(
        was.taken, NUMBERED, fact.id, body.number, body.book, body.year, lot, numbered_at=fact.at
    )
    after = _with(state, index, numbered)
    if was.state != TAKEN_IN:
        return after
    if not any(original.state == TAKEN_IN for original in after.originals):
        after = replace(after, returned_reason="", returned_words="", returned_at=0)
    return _contest(after, fact, codes.RETURNED_AND_NUMBERED, index)


def _signed(state: RequestState, fact: Fact) -> Outcome:
    body: LineSigned = fact.body
    line = fact.facts.subjects[0]
    index = _index_of(state, line)
    if index is None:
        return replace(state, doubles=tuple(_double_signed(d, line, fact) for d in state.doubles))
    was = state.originals[index]
    settles = body.how == codes.SETTLED
    signed = replace(was, state=SIGNED, signed_at=fact.at, settled_by=fact.id, settled_at=fact.at, reason="")
    if was.state == NUMBERED or (settles and was.state in (SIGNED, STRUCK)):
        return _decided(_with(state, index, signed), index, settles)
    if was.state != STRUCK:
        return _decided(state, index, settles)
    first = _place(fact.at, fact.id) < _place(was.settled_at, was.settled_by)
    counts = _with(state, index, signed) if first else state
    return _contest(counts, fact, codes.SIGNED_AND_STRUCK, index)


def _double_signed(double: DoubleLine, line: EntryId, fact: Fact) -> DoubleLine:
    if double.line != line or double.signed_at:
        return double
    return replace(double, signed_at=fact.at, signed_by=fact.id)


def _struck(state: RequestState, fact: Fact) -> Outcome:
    body: LineStruck = fact.body
    line = fact.facts.subjects[0]
    index = _index_of(state, line)
    if index is None:
        return _double_gone(state, line)
    was = state.originals[index]
    settles = body.reason in (codes.SETTLED, codes.DOUBLE)
    struck = replace(
        was, state=STRUCK, signed_at=0, settled_by=fact.id, settled_at=fact.at, reason=body.reason
    )
    if was.state == NUMBERED or (settles and was.state in (SIGNED, STRUCK)):
        return _struck_stands(_with(state, index, struck), index, settles)
    if was.state == STRUCK:
        return state
    first = was.state == SIGNED and _place(fact.at, fact.id) < _place(was.settled_at, was.settled_by)
    counts = _with(state, index, struck) if first else state
    return _contest(counts, fact, codes.SIGNED_AND_STRUCK, index)


def _struck_stands(state: RequestState, index: int, settles: bool) -> Outcome:
    """The line is struck; a second line of the original takes its place."""
    double = next((d for d in state.doubles if d.original == index), None)
    if double is None:
        return _decided(state, index, settles)
    return _double_gone(_promoted(state, index, double), double.line)


def _promoted(state: RequestState, index: int, double: DoubleLine) -> RequestState:
    """The double of a struck line becomes the line that counts."""
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
    return _with(state, index, original)


def _decided(state: RequestState, index: int, settled: bool) -> Outcome:
    """Who signs or strikes a line has seen the return or change that crossed its number.

    That it was signed *and* struck only an act meant to settle (``settled``) decides.
    """
    seen = (codes.RETURNED_AND_NUMBERED, codes.CHANGED_AND_NUMBERED)
    decides = (*seen, codes.SIGNED_AND_STRUCK) if settled else seen
    return _settle(state, lambda c: c.code in decides and c.original in (index, -1))


def _double_gone(state: RequestState, line: EntryId) -> Outcome:
    """A second line was struck or took the place of the first: its contest is settled."""
    doubles = tuple(double for double in state.doubles if double.line != line)
    return _settle(replace(state, doubles=doubles), lambda contest: contest.entry == line)


def _annulled(state: RequestState, fact: Fact) -> Outcome:
    index = _index_of(state, fact.facts.subjects[0])
    if index is None:
        return state
    if state.originals[index].state == STRUCK:
        return _contest(state, fact, codes.ANNULLED_AND_STRUCK, index)
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


def _handover_settled(state: RequestState, body: CopiesHandedOver) -> Outcome:
    """A person says who really received the copies."""
    decides = (codes.HANDED_OVER_TWICE, codes.HANDED_OVER_UNSIGNED)
    after = replace(state, receiver=body.receiver, receiver_id=body.receiver_id)
    return _settle(after, lambda contest: contest.code in decides)


def _printed(state: RequestState, fact: Fact) -> RequestState:
    return replace(state, printed=add_print(state.printed, fact.body))


def _joined_group(state: RequestState, fact: Fact) -> RequestState:
    body: MemberTaken = fact.body
    return replace(state, group=fact.facts.subjects[0], group_line=body.line, group_label=body.label)


def _paid(state: RequestState, fact: Fact) -> Outcome:
    return replace(state, payments=payments_after(state.payments, fact))


_HANDLERS: dict[type, Callable[[RequestState, Fact], Outcome]] = {
    RequestReturned: _returned,
    RequestResubmitted: _resubmitted,
    RequesterCorrected: _requester_corrected,
    AppointmentExtended: _extended,
    OriginalRefused: _refused,
    LineNumbered: _numbered,
    LineSigned: _signed,
    FileSigned: _signed,
    LineStruck: _struck,
    LineAnnulled: _annulled,
    CopiesHandedOver: _handed_over,
    MemberTaken: _joined_group,
    Printed: _printed,
    **dict.fromkeys(MONEY_BODIES, _paid),
}
