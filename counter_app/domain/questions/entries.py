"""Answers of the unit to ``EntryQuestioned`` of the province's journal."""

from __future__ import annotations

from sync.protocol.naming.ids import EntryId

from ..field_types import Body, Code, Long

CORRECTED = "corrected"
EXPLAINED = "explained"
ASKED_BACK = "asked_back"


class QuestionAnswered(Body):
    """One exit of a question; subjects: the question, the main subject of the questioned entry.

    ``how`` is CORRECTED (``by`` names the correcting entry), EXPLAINED or ASKED_BACK.
    """

    question: EntryId
    how: Code
    words: Long
    by: EntryId | None = None
