"""The province asks, the unit answers in one of three ways, the province has the last word."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from counter_app.domain.errors import DomainError
from counter_app.domain.questions.decisions import ask, ask_back, correct, explain, settle
from counter_app.domain.questions.entries import ASKED_BACK, CORRECTED, EXPLAINED
from counter_app.domain.questions.state import ANSWERED, OPEN, SETTLED, QuestionState
from sync.protocol.journals.entry import Draft
from sync.protocol.journals.system_kinds import Settlement
from sync.protocol.naming.ids import EntryId, device_of, life_of, unit_journal
from tests.unit.domain.folding.writing import Counter

PROVINCE = unit_journal("00000")
ENTRY, SUBJECT = EntryId(257, 4), EntryId(257, 1)


def _asked() -> tuple[Counter, Counter, EntryId]:
    hub = Counter(device_of(PROVINCE), life_of(PROVINCE))
    asked = hub.append([ask(ENTRY, SUBJECT, "fee.differs", "fee", "Phí khác biểu phí.", "2000")])[0]
    unit = Counter(1)
    unit.exchange(hub)
    return hub, unit, asked


def test_a_question_reaches_the_unit_open_with_what_the_province_holds() -> None:
    _, unit, asked = _asked()
    state = unit.state(asked)
    assert (state.status, state.entry, state.subject, state.code, state.theirs) == (
        OPEN, ENTRY, SUBJECT, "fee.differs", "2000"
    )  # fmt: skip
    assert not unit.folds[asked].frozen


def test_three_exits() -> None:
    exits: tuple[tuple[Callable[[QuestionState], tuple[Draft, ...]], str], ...] = (
        (lambda state: correct(state, EntryId(257, 9)), CORRECTED),
        (lambda state: explain(state, "giấy tờ quá dài"), EXPLAINED),
        (lambda state: ask_back(state, "mã này nghĩa là gì?"), ASKED_BACK),
    )
    for exit_taken, how in exits:
        _, unit, asked = _asked()
        unit.append(exit_taken(unit.state(asked)))
        state = unit.state(asked)
        assert (state.status, state.how, len(state.answers)) == (ANSWERED, how, 1)
        assert state.corrected_by == (EntryId(257, 9) if how == CORRECTED else None)


@pytest.mark.parametrize("exit_taken", [explain, ask_back])
def test_an_empty_answer_is_refused(exit_taken: object) -> None:
    _, unit, asked = _asked()
    with pytest.raises(DomainError) as refused:
        exit_taken(unit.state(asked), "  ")  # type: ignore[operator]
    assert refused.value.code == "question.words"


def test_the_province_settles_or_asks_again() -> None:
    hub, unit, asked = _asked()
    unit.append(ask_back(unit.state(asked), "mã này nghĩa là gì?"))
    hub.exchange(unit)
    hub.append([settle(hub.state(asked), Settlement.ASKED_BACK, "phí của dòng 2")])
    unit.exchange(hub)
    assert (unit.state(asked).status, unit.state(asked).last_words) == (OPEN, "phí của dòng 2")
    unit.append(explain(unit.state(asked), "đã thỏa thuận"))
    hub.exchange(unit)
    hub.append([settle(hub.state(asked), Settlement.EXPLAINED)])
    unit.exchange(hub)
    assert unit.state(asked).status == SETTLED
    with pytest.raises(DomainError) as refused:
        explain(unit.state(asked), "thêm")
    assert refused.value.code == "question.settled"


def test_only_the_province_settles() -> None:
    _, unit, asked = _asked()
    unit.append([settle(unit.state(asked), Settlement.WITHDRAWN)])
    assert unit.state(asked).status == OPEN


def test_an_answer_on_its_way_does_not_open_a_settled_question() -> None:
    hub, unit, asked = _asked()
    unit.clock += 1_000
    unit.append(explain(unit.state(asked), "đã thỏa thuận"))
    hub.append([settle(hub.state(asked), Settlement.WITHDRAWN)])
    hub.exchange(unit)
    assert hub.state(asked).status == SETTLED
    assert hub.folds[asked] == unit.folds[asked]
