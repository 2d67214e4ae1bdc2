"""How a lot and a refusal change."""

from __future__ import annotations

from msgspec.structs import replace

from counter_app.domain.certification.entries import (
    LineNumbered,
    LineSigned,
    LineStruck,
    LotNumbered,
    OriginalRefused,
    Printed,
)
from counter_app.domain.certification.state import MAX_LOT, LotState, RefusalState
from counter_app.domain.folding.fact import Fact
from counter_app.domain.prints import add_print
from sync.protocol.naming.ids import EntryId


def start_lot(fact: Fact) -> LotState:
    """A lot as it leaves for the signatory; its subjects are register-year, itself, delegation."""
    body: LotNumbered = fact.body
    return LotState(
        id=fact.id,
        register=fact.facts.subjects[0],
        delegation=body.delegation,
        signatory=body.signatory,
        signatory_line=body.signatory_line,
        signatory_name=body.signatory_name,
        prefix=body.prefix,
        term=body.term,
        book=body.book,
        first_number=body.first_number,
        count=body.count,
        day=body.day,
        lines_digest=body.lines_digest,
        under_own_key=body.under_own_key,
        numbered_at=fact.at,
        numbered_by=fact.facts.actor,
    )


def line_offset(lot: LotState, line: EntryId) -> int | None:
    """Place of a line in its lot from 0: lines follow their lot in its journal; None if it cannot be."""
    offset = line.seq - lot.id.seq - 1
    belongs = line.journal == lot.id.journal and 0 <= offset < min(lot.count, MAX_LOT)
    return offset if belongs else None


def evolve_lot(state: LotState, fact: Fact) -> LotState:
    """Counts what was seen, signed and struck; each line once."""
    if isinstance(fact.body, LineNumbered):
        return replace(state, seen=state.seen + 1)
    if isinstance(fact.body, LineSigned | LineStruck):
        return _settled(state, fact)
    return state


def _settled(state: LotState, fact: Fact) -> LotState:
    offset = line_offset(state, fact.facts.subjects[0])
    bits = int.from_bytes(state.settled, "little")
    if offset is None or bits >> offset & 1:
        return state
    bits |= 1 << offset
    settled = bits.to_bytes((bits.bit_length() + 7) // 8, "little")
    if isinstance(fact.body, LineSigned):
        return replace(state, settled=settled, signed=state.signed + 1)
    return replace(state, settled=settled, struck=state.struck + 1)


def start_refusal(fact: Fact) -> RefusalState:
    """A refusal as written; its subjects are itself and the request, if there is one."""
    body: OriginalRefused = fact.body
    subjects = fact.facts.subjects
    return RefusalState(
        id=fact.id,
        requester=body.requester,
        original_name=body.original_name,
        ground=body.ground,
        words=body.words,
        day=body.day,
        refused_at=fact.at,
        refused_by=fact.facts.actor,
        request=subjects[1] if len(subjects) > 1 else None,
        matter=body.matter,
    )


def evolve_refusal(state: RefusalState, fact: Fact) -> RefusalState:
    """Only its print changes it."""
    if isinstance(fact.body, Printed):
        return replace(state, printed=add_print(state.printed, fact.body))
    return state
