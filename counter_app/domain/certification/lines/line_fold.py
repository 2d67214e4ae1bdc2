"""How a register line changes: signed or struck once, annulled by decision, noted any time."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from counter_app.domain.arrival.entries import OldLineWritten
from counter_app.domain.certification.electronic_entries import ORGANISATION, FileExtended, FileSigned
from counter_app.domain.certification.entries import (
    LineAnnulled,
    LineCorrected,
    LineNoted,
    LineNumbered,
    LineSigned,
    LineStruck,
    Printed,
)
from counter_app.domain.certification.lines import codes
from counter_app.domain.certification.lines.line_state import OLD_BOOK, Change, LineState, Note, SignedFile
from counter_app.domain.certification.state import ANNULLED, NUMBERED, SIGNED, STRUCK
from counter_app.domain.dates import noon_of
from counter_app.domain.folding.aggregate import Conflict, Settled
from counter_app.domain.folding.fact import Fact
from counter_app.domain.prints import add_print
from sync.protocol.naming.ids import EntryId

Outcome = LineState | Conflict | Settled
_NOBODY = EntryId(0, 0)


def start(fact: Fact) -> LineState:
    """A line is born numbered; its subjects are request, itself, register-year, lot."""
    if isinstance(fact.body, OldLineWritten):
        return _from_old_book(fact.body, fact)
    body: LineNumbered = fact.body
    subjects = (*fact.facts.subjects, _NOBODY, _NOBODY, _NOBODY)
    return LineState(
        id=fact.id,
        request=subjects[0],
        register=subjects[2],
        lot=subjects[3],
        number=body.number,
        book=body.book,
        year=body.year,
        term=body.term,
        original=body.original,
        day=body.day,
        requester_name=body.requester_name,
        original_name=body.original_name,
        signatory_line=body.signatory_line,
        copies=body.copies,
        fee=body.fee,
        numbered_at=fact.at,
        numbered_by=fact.facts.actor,
        parties=body.parties,
        born_remarks=body.remarks,
    )


def _from_old_book(body: OldLineWritten, fact: Fact) -> LineState:
    """A line as paper has it, signed or struck there; no request, lot or term of the pen belongs to it."""
    subjects = (*fact.facts.subjects, _NOBODY, _NOBODY)
    at = noon_of(body.day)
    return LineState(
        id=fact.id, request=_NOBODY, register=subjects[1], lot=_NOBODY, number=body.number, book=body.book,
        year=body.year, term=0, original=0, day=body.day, requester_name=body.requester_name,
        original_name=body.original_name, signatory_line=body.signatory_line, copies=body.copies,
        fee=body.fee, numbered_at=at, numbered_by=fact.facts.actor,
        state=STRUCK if body.struck else SIGNED, signed_at=0 if body.struck else at,
        struck_at=at if body.struck else 0, words=body.remarks if body.struck else "",
        settled_by=fact.id, settled_at=fact.at,
        born_remarks=OLD_BOOK if body.struck or not body.remarks else f"{OLD_BOOK}; {body.remarks}",
    )  # fmt: skip


def evolve(state: LineState, fact: Fact) -> Outcome:
    """``state`` after one entry; what does not concern a line leaves it as it is."""
    handler = _HANDLERS.get(type(fact.body))
    if handler is None:
        return state
    outcome = handler(state, fact)
    return _changed(state, outcome, fact) if type(fact.body) in _CHANGES else outcome


def _changed(before: LineState, outcome: Outcome, fact: Fact) -> Outcome:
    """``outcome`` with what the book now says otherwise, when it does."""
    after = outcome if isinstance(outcome, LineState) else outcome.state
    if not isinstance(after, LineState) or (after.state, after.remarks) == (before.state, before.remarks):
        return outcome
    change = Change(fact.id, fact.at, _new_words(before.remarks, after.remarks))
    marked = replace(after, changes=(*after.changes, change))
    return marked if isinstance(outcome, LineState) else replace(outcome, state=marked)


def _new_words(before: str, after: str) -> str:
    """What Ghi chú says more than before."""
    known = set(before.split("; "))
    return "; ".join(part for part in after.split("; ") if part not in known) or after


def _settled(state: LineState) -> Outcome:
    """A person decided: nothing is contested any more."""
    if not state.contested:
        return state
    return Settled(replace(state, contested=()), state.contested)


def _contest(state: LineState, fact: Fact, code: str) -> Conflict:
    return Conflict(code, replace(state, contested=(*state.contested, fact.id)))


def _first(state: LineState, fact: Fact) -> bool:
    """True when ``fact`` lies before the act that settled the line; the same in every subject's fold."""
    return (fact.at, fact.id) < (state.settled_at, state.settled_by or _NOBODY)


def _signed(state: LineState, fact: Fact) -> Outcome:
    body: LineSigned = fact.body
    signed = replace(
        state,
        state=SIGNED,
        signed_at=fact.at,
        signed_how=body.how,
        settled_by=fact.id,
        settled_at=fact.at,
        struck_at=0,
        reason="",
        words="",
    )
    if state.state == NUMBERED:
        return signed
    if body.how == codes.SETTLED and state.state in (SIGNED, STRUCK):
        return _settled(signed)
    if state.state != STRUCK:
        return state
    return _contest(signed if _first(state, fact) else state, fact, codes.SIGNED_AND_STRUCK)


def _file_signed(state: LineState, fact: Fact) -> Outcome:
    """Signed as by ink; the file is kept beside a striking too, until a person has settled the two."""
    body: FileSigned = fact.body
    file = SignedFile(
        body.digest, body.size, body.certificate, body.serial, body.signer, body.organisation, body.stamped
    )
    outcome = _signed(state, fact)
    if isinstance(outcome, Conflict):
        return Conflict(outcome.code, replace(outcome.state, file=file))
    if isinstance(outcome, LineState) and outcome.settled_by == fact.id:
        return replace(outcome, file=file)
    return outcome


def _file_extended(state: LineState, fact: Fact) -> LineState:
    """Only what grew from the file the line has; another that grew beside it changes nothing."""
    body: FileExtended = fact.body
    if state.file is None or state.file.digest != body.before:
        return state
    grown = replace(state.file, digest=body.digest, size=body.size)
    if body.ground == ORGANISATION:
        return replace(state, file=replace(grown, organisation=body.certificate))
    return replace(state, file=replace(grown, stamped=True))


def _struck(state: LineState, fact: Fact) -> Outcome:
    body: LineStruck = fact.body
    struck = replace(
        state,
        state=STRUCK,
        struck_at=fact.at,
        reason=body.reason,
        words=body.words,
        settled_by=fact.id,
        settled_at=fact.at,
        signed_at=0,
        signed_how="",
    )
    if state.state == NUMBERED:
        return struck
    if body.reason in (codes.SETTLED, codes.DOUBLE) and state.state in (SIGNED, STRUCK):
        return _settled(struck)
    if state.state != SIGNED:
        return state
    return _contest(struck if _first(state, fact) else state, fact, codes.SIGNED_AND_STRUCK)


def _annulled(state: LineState, fact: Fact) -> Outcome:
    body: LineAnnulled = fact.body
    if state.state == STRUCK:
        return _contest(state, fact, codes.ANNULLED_AND_STRUCK)
    if state.state == ANNULLED:
        return state
    return replace(
        state,
        state=ANNULLED,
        annulled_at=fact.at,
        act_number=body.act_number,
        act_date=body.act_date,
        words=body.words,
    )


def _noted(state: LineState, fact: Fact) -> LineState:
    body: LineNoted = fact.body
    return replace(state, notes=(*state.notes, Note(fact.at, fact.facts.actor, body.words)))


def _corrected(state: LineState, fact: Fact) -> LineState:
    body: LineCorrected = fact.body
    words = f"Đính chính cột ({body.column}): “{body.now}” thay cho “{body.was}”: {body.words}"
    return replace(state, notes=(*state.notes, Note(fact.at, fact.facts.actor, words)))


def _printed(state: LineState, fact: Fact) -> LineState:
    """A paper came out; the slip to paste covers every change its printer knew, which are those before it."""
    body: Printed = fact.body
    printed = replace(state, printed=add_print(state.printed, body))
    if body.form != codes.BOUND_NOTE:
        return printed
    return replace(printed, changes=tuple(replace(change, pasted=True) for change in state.changes))


_HANDLERS: dict[type, Callable[[LineState, Fact], Outcome]] = {
    LineSigned: _signed,
    FileSigned: _file_signed,
    FileExtended: _file_extended,
    LineStruck: _struck,
    LineAnnulled: _annulled,
    LineNoted: _noted,
    LineCorrected: _corrected,
    Printed: _printed,
}

_CHANGES = frozenset({LineStruck, LineAnnulled, LineNoted, LineCorrected})
"""Kinds after which a bound page may say less than the book."""
