"""The unit's three exits of a question, and the province's asking and last word (``ux.md`` 3.3).

What happened at a counter stands: a question never changes the questioned entry.
"""

from __future__ import annotations

from counter_app.domain.drafting import draft
from counter_app.domain.errors import DomainError
from counter_app.domain.questions.entries import ASKED_BACK, CORRECTED, EXPLAINED, QuestionAnswered
from counter_app.domain.questions.state import SETTLED, QuestionState
from sync.protocol.journals.codec import encode_body
from sync.protocol.journals.entry import MUST_UNDERSTAND, Draft
from sync.protocol.journals.system_kinds import EntryQuestioned, QuestionSettled, Settlement, SystemKind
from sync.protocol.naming.ids import SELF, EntryId


def correct(question: QuestionState, by: EntryId, words: str = "") -> tuple[Draft, ...]:
    """*Lưu đính chính, gửi*: ``by`` is the correcting entry, already appended; the first text stays."""
    _check_open(question)
    return (_answer(question, QuestionAnswered(question.id, CORRECTED, words.strip(), by)),)


def explain(question: QuestionState, words: str) -> tuple[Draft, ...]:
    """*Giải trình*: the entry stands as it is, with the reason. Raises ``question.words``."""
    _check_open(question)
    return (_answer(question, QuestionAnswered(question.id, EXPLAINED, _needed(words))),)


def ask_back(question: QuestionState, words: str) -> tuple[Draft, ...]:
    """*Hỏi lại tỉnh*: the record and the code go back as a question. Raises ``question.words``."""
    _check_open(question)
    return (_answer(question, QuestionAnswered(question.id, ASKED_BACK, _needed(words))),)


def ask(entry: EntryId, subject: EntryId, code: str, field: str, words: str, theirs: str = "") -> Draft:
    """The province asks about ``entry``, whose main subject is ``subject``; once for ``(entry, code)``."""
    body = EntryQuestioned(entry, code, field, words, theirs)
    return Draft(int(SystemKind.ENTRY_QUESTIONED), (SELF, subject), encode_body(body), 1, MUST_UNDERSTAND)


def settle(question: QuestionState, how: Settlement, words: str = "") -> Draft:
    """The province's last word; ASKED_BACK puts the question to the unit again."""
    body = QuestionSettled(question.id, int(how), words, question.corrected_by)
    return Draft(int(SystemKind.QUESTION_SETTLED), _subjects(question), encode_body(body), 1, MUST_UNDERSTAND)


def _answer(question: QuestionState, body: QuestionAnswered) -> Draft:
    return draft(body, *_subjects(question))


def _subjects(question: QuestionState) -> tuple[EntryId, ...]:
    return (question.id,) if question.subject is None else (question.id, question.subject)


def _check_open(question: QuestionState) -> None:
    if question.status == SETTLED:
        raise DomainError(
            "Tỉnh đã khép câu hỏi này.",
            "",
            "Không cần làm gì thêm.",
            code="question.settled",
            title_en="The province has closed this question.",
            remedy_en="Nothing is left to do.",
        )


def _needed(words: str) -> str:
    if not words.strip():
        raise DomainError(
            "Chưa ghi nội dung trả lời.",
            "",
            "Ghi vài lời để tỉnh hiểu.",
            "words",
            code="question.words",
            title_en="The answer is empty.",
            remedy_en="Write a few words for the province.",
        )
    return words.strip()
