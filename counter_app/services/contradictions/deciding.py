"""From a reviewer's choice to what is written: the decision, sealed, and the act that carries it out."""

from __future__ import annotations

import msgspec

from counter_app.domain.certification import handover
from counter_app.domain.certification.piles import signing
from counter_app.domain.certification.taking_in import amend
from counter_app.domain.certification.taking_in.reasons import OTHER
from counter_app.domain.contradictions.crossing import COMPANIONS, Side
from counter_app.domain.contradictions.entries import (
    DOSSIER,
    LINE,
    PARTY,
    REQUEST,
    REQUESTER,
    SAME_REQUEST,
    ContradictionSettled,
)
from counter_app.domain.dossiers.acts import ending
from counter_app.domain.drafting import draft
from counter_app.domain.errors import DomainError
from counter_app.services.contradictions import words
from counter_app.services.contradictions.finding import Found
from counter_app.services.workplace import salt
from sync.protocol.journals.entry import Draft

_MOST_SUBJECTS = 2


def decided(found: Found, choice: str, reason: str) -> tuple[Draft, ...]:
    """The drafts of a decision: what changes first, then who chose what.

    Raises DomainError ``contradiction.choice``, ``contradiction.words``, and what the act itself refuses.
    """
    if choice not in dict(words.choices(found)):
        raise DomainError(
            "Chọn bản đúng.", field="choice", code="contradiction.choice", title_en="Choose what is right."
        )
    if not reason.strip():
        raise DomainError(
            "Ghi căn cứ quyết định.", field="words", code="contradiction.words",
            title_en="Write what the decision rests on.",
        )  # fmt: skip
    side = _side(found, choice)
    body = ContradictionSettled(
        found.matter,
        found.field,
        found.entries,
        None if side is None else side.entry,
        found.sides[found.proposed].entry,
        reason.strip(),
        salt(),
    )
    return (*_carried_out(found, choice, reason.strip()), draft(body, *found.subjects[:_MOST_SUBJECTS]))


def _side(found: Found, choice: str) -> Side | None:
    """The act whose word holds; of a dossier's clash the one that counts, whatever the requester got."""
    if found.matter == DOSSIER:
        return found.sides[found.stands]
    return None if choice == words.BOTH else found.sides[int(choice)]


def _carried_out(found: Found, choice: str, reason: str) -> tuple[Draft, ...]:
    """What the choice changes; nothing where the chosen value holds already."""
    if found.matter == DOSSIER:
        return ending.settle_clash(found.state, (found.sides[-1].entry,), choice, reason)
    side = _side(found, choice)
    if side is None:
        return ()
    if found.matter == REQUEST:
        given = side.value
        return handover.settle_handover(found.state, given.receiver, given.receiver_id, salt())
    if found.matter == SAME_REQUEST:
        return _sent_back(found, side, reason)
    if found.matter == LINE:
        return signing.note_line(found.state, _note(found, side, reason))
    if found.matter in (PARTY, REQUESTER) and side.value != found.sides[found.stands].value:
        return _corrected(found, side, reason)
    return ()


def _sent_back(found: Found, kept: Side, reason: str) -> tuple[Draft, ...]:
    """The other request must get no number by oversight: it lies with the clerk, and says why."""
    other = next(side.value for side in found.sides if side is not kept)
    if not other.waits_for_number:
        return ()
    said = f"Nhập lại hai lần; giữ phiếu kia. {reason}"
    return amend.return_request(other, OTHER, said[:600])


def _corrected(found: Found, side: Side, reason: str) -> tuple[Draft, ...]:
    """A correction of the one field, by somebody who has both before him."""
    state = found.state
    if found.matter == REQUESTER:
        requester = msgspec.structs.replace(state.requester, **{found.field: side.value})
        return amend.correct_requester(state, requester, reason, salt())
    if found.field == COMPANIONS:
        return ending.correct(state, state.party, side.value, reason, salt())
    party = msgspec.structs.replace(state.party, **{found.field: side.value})
    return ending.correct(state, party, state.companions, reason, salt())


def _note(found: Found, side: Side, reason: str) -> str:
    """What goes to Ghi chú, in the book's language."""
    column = found.field.removeprefix("column.")
    return f"Hai đính chính cột ({column}): đúng là “{side.value}”. {reason}"[:600]
