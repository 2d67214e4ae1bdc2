"""What a correction of a questioned entry is: a new act, never a change of the first one."""

from __future__ import annotations

from typing import Any, NamedTuple

import msgspec

from counter_app.domain.certification.entries import Requester
from counter_app.domain.certification.lines.line_state import LineState
from counter_app.domain.certification.piles import signing
from counter_app.domain.certification.state import RequestState
from counter_app.domain.certification.taking_in import amend
from counter_app.domain.dates import vn_date
from counter_app.domain.errors import DomainError
from counter_app.domain.questions.state import QuestionState
from counter_app.services.rules import Rules
from counter_app.services.workplace import salt
from sync.protocol.journals.entry import Draft

_GROUND = "Đính chính theo câu hỏi của tỉnh"
_REQUESTER_FIELDS = ("name", "address", "phone", "id_number")


class Value(NamedTuple):
    """The field in question: its label's key, and what stands here."""

    field: str
    ours: str


def value_of(question: QuestionState, state: Any) -> Value:
    """The questioned field as this PC holds it, "" where it holds none."""
    parts = question.field.split(".")
    held: Any = state
    for part in parts if question.field else ():
        held = _step(held, part)
    return Value(question.field, "" if held is None or held is state else str(held))


def _step(held: Any, part: str) -> Any:
    if isinstance(held, tuple):
        return held[int(part)] if part.isdigit() and int(part) < len(held) else None
    found = getattr(held, part, None)
    return getattr(getattr(held, "taken", None), part, None) if found is None else found


def can_correct(question: QuestionState, state: Any) -> bool:
    """True when a correcting act exists for what is asked."""
    return isinstance(state, LineState) or (
        isinstance(state, RequestState)
        and (_requester_field(question) is not None or _row(question) is not None)
    )


def correction(question: QuestionState, state: Any, value: str, rules: Rules) -> tuple[Draft, ...]:
    """The correcting act with ``value`` in the questioned field.

    A line of the register keeps its text and gets a note (column 8); a request is corrected or, before its
    number, mended. Raises DomainError ``correction.none``, ``correction.value`` or what the act refuses.
    """
    if isinstance(state, LineState):
        return signing.note_line(state, value)
    if isinstance(state, RequestState):
        field, row = _requester_field(question), _row(question)
        if field is not None:
            requester: Requester = msgspec.structs.replace(state.requester, **{field: value.strip()})
            return amend.correct_requester(state, requester, _GROUND, salt())
        if row is not None and row < len(state.originals):
            return _mended(state, row, value, rules)
    raise DomainError(
        "Mục này không đính chính được ở đây.", "Việc đã ký hoặc đã in chỉ sửa bằng một việc mới.",
        "Giải trình (Ctrl+T) hoặc hỏi lại tỉnh (Ctrl+H).", code="correction.none",
        title_en="This cannot be corrected here.", meaning_en="What is signed or printed needs a new act.",
        remedy_en="Explain (Ctrl+T) or ask back (Ctrl+H).",
    )  # fmt: skip


def _mended(state: RequestState, row: int, value: str, rules: Rules) -> tuple[Draft, ...]:
    digits = value.replace(".", "").replace("đ", "").strip()
    if not (digits.isascii() and digits.isdigit()) or len(digits) > 9:
        raise DomainError(
            "Nhập số tiền bằng chữ số.", field="value", code="correction.value",
            title_en="Type the amount in digits.",
        )  # fmt: skip
    originals = [original.taken for original in state.originals]
    originals[row] = msgspec.structs.replace(originals[row], fee=int(digits))
    intake = rules.intake(state.register, vn_date(state.taken_at))
    return amend.resubmit_request(state, tuple(originals), intake, ground=_GROUND, salt=salt())


def _requester_field(question: QuestionState) -> str | None:
    head, _, field = question.field.partition(".")
    return field if head == "requester" and field in _REQUESTER_FIELDS else None


def _row(question: QuestionState) -> int | None:
    parts = question.field.split(".")
    fits = len(parts) == 3 and parts[0] == "originals" and parts[1].isdigit() and parts[2] == "fee"
    return int(parts[1]) if fits else None
