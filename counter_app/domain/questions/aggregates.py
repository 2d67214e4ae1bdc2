"""How a question of the province is opened and answered."""

from __future__ import annotations

import msgspec

from counter_app.domain.folding.aggregate import Aggregate
from counter_app.domain.folding.fact import Fact
from counter_app.domain.questions import entries as kinds
from counter_app.domain.questions.state import ANSWERED, OPEN, SETTLED, QuestionState
from sync.protocol.journals.system_kinds import EntryQuestioned, QuestionSettled, Settlement
from sync.protocol.naming.ids import is_province


def start_question(fact: Fact) -> QuestionState:
    """The province asks; subjects: the question itself, the main subject of the questioned entry."""
    body: EntryQuestioned = fact.body
    others = tuple(subject for subject in fact.facts.subjects if subject != fact.id)
    return QuestionState(
        fact.id, body.entry, body.code, body.field, body.words, others[0] if others else None, body.theirs
    )


def evolve_question(state: QuestionState, fact: Fact) -> QuestionState:
    """The unit answers, or the province has the last word; its question back opens the question again."""
    match fact.body:
        case kinds.QuestionAnswered() as body:
            return msgspec.structs.replace(
                state,
                status=SETTLED if state.status == SETTLED else ANSWERED,
                how=body.how,
                answers=(*state.answers, fact.id),
                corrected_by=body.by or state.corrected_by,
            )
        case QuestionSettled() as body if is_province(fact.id.journal):
            return msgspec.structs.replace(
                state, status=OPEN if body.how == Settlement.ASKED_BACK else SETTLED, last_words=body.words
            )
        case _:
            return state


AGGREGATES = (Aggregate("question", QuestionState, start_question, evolve_question),)
