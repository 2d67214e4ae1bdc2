"""The panel of one question and its exits, each one transaction."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from counter_app.domain.certification.lines.line_state import LineState
from counter_app.domain.questions import decisions
from counter_app.domain.questions.state import QuestionState
from counter_app.services.ports.exchange import QuestionView
from counter_app.services.ports.saying import say
from counter_app.services.questions import corrections, words
from counter_app.services.session.desk import Desk
from counter_app.services.workplace import Workplace
from counter_app.storage.store import Acting
from sync.protocol.journals.entry import Draft
from sync.protocol.naming.ids import EntryId


class Questions:
    """Questions of the province at this PC."""

    def __init__(self, work: Workplace, desk: Desk) -> None:
        self._work = work
        self._desk = desk

    def view(self, question: EntryId) -> QuestionView:
        """One question in words. Raises DomainError ``subject.unknown``."""
        with self._work.store.read() as connection:
            state: QuestionState = self._work.state(connection, question)
            subject = self._subject(connection, state)
        value = corrections.value_of(state, subject)
        fields = ((words.field_label(state.field), value.ours, state.theirs),) if state.field else ()
        stays = words.STAYS_TRUE_NUMBER if isinstance(subject, LineState) else words.STAYS_TRUE
        known = state.code in words.WHY
        return QuestionView(
            question, say(*words.WHAT), state.words if known else words.why(state.code),
            words.why(state.code) if known else "", fields, say(*stays), state.code,
            corrections.can_correct(state, subject), state.status,
        )  # fmt: skip

    def explain(self, question: EntryId, text: str) -> str:
        """*Giải trình*: the entry stands, with a reason. Raises ``question.words``, ``question.settled``."""
        self._answer(question, lambda state, _: decisions.explain(state, text))
        return say("Đã lưu giải trình, gửi tỉnh.", "Explanation saved; it goes to the province.")

    def ask_back(self, question: EntryId, text: str) -> str:
        """*Hỏi lại tỉnh*: record and code go back as a question."""
        self._answer(question, lambda state, _: decisions.ask_back(state, text))
        return say("Đã gửi câu hỏi lại tỉnh.", "The question goes back to the province.")

    def correct(self, question: EntryId, value: str) -> str:
        """*Lưu đính chính, gửi*: the correcting act and the answer that names it, together."""

        def decide(state: QuestionState, acting: Acting) -> tuple[Draft, ...]:
            rules = self._work.rules(acting.connection)
            made = corrections.correction(state, self._subject(acting.connection, state), value, rules)
            return (*made, *decisions.correct(state, acting.next_id()))

        self._answer(question, decide)
        return say("Đã lưu đính chính, gửi tỉnh.", "Correction saved; it goes to the province.")

    def _answer(self, question: EntryId, decide: Any) -> None:
        act = self._desk.act()

        def decided(acting: Acting) -> tuple[Draft, ...]:
            drafts: tuple[Draft, ...] = decide(self._work.state(acting.connection, question), acting)
            return drafts

        self._work.store.act(decided, act)
        self._work.changed("sync", "questions", "requests")

    def _subject(self, connection: Connection, state: QuestionState) -> Any:
        """The thing in question as it stands: the register line an entry began, else its main subject."""
        begun = self._work.store.readings.state(connection, state.entry).state
        if begun is not None:
            return begun
        return None if state.subject is None else self._work.state(connection, state.subject, required=False)
