"""The pen of a dead PC is taken over; the numbers nobody can vouch for are settled singly (``sync.md`` 4)."""

from __future__ import annotations

from counter_app.domain.drafting import draft
from counter_app.domain.errors import DomainError
from counter_app.domain.organisation import roles
from counter_app.domain.organisation.state import OfficialState
from counter_app.domain.registers import refusals
from counter_app.domain.registers.entries import (
    REBUILT,
    VOIDED,
    DoubleRuled,
    NumberSettled,
    PenRecovered,
)
from counter_app.domain.registers.spans import holds
from counter_app.domain.registers.state import RegisterState
from counter_app.domain.seconds import Second, countersign
from sync.protocol.journals.entry import Draft
from sync.protocol.naming.ids import EntryId


def least_resume_at(last_known: int, highest_on_paper: int, waiting_there: int, largest_lot: int) -> int:
    """Lowest number at which a new holder may go on.

    ``resume_at > max(highest held, highest seen on paper) + originals waiting at the lost PC + its largest
    lot``: whatever the dead PC can have numbered lies below.
    """
    return max(last_known, highest_on_paper) + waiting_there + largest_lot + 1


def recover_pen(
    state: RegisterState,
    journal: int,
    author: OfficialState,
    second: Second,
    *,
    highest_on_paper: int,
    waiting_there: int,
    ground: str,
    resume_at: int = 0,
) -> tuple[Draft, ...]:
    """``journal`` takes over the pen of a dead PC; ``resume_at`` 0 takes the least, persons may raise it.

    ``highest_on_paper``: highest number seen on any copy, slip or sheet. ``waiting_there``: originals that
    were waiting at the lost PC. The term lies above every one heard of. Raises ``recovery.not_lost``,
    ``recovery.resume_at``, ``ground.missing``, ``pen.incomplete``, ``register.closed``, ``role.*``,
    ``second.*``.
    """
    if state.closed:
        raise refusals.register_closed(state.year)
    roles.require(author, roles.TWO_PERSONS_FIRST)
    if state.holder == journal:
        raise refusals.wrong_field(
            "recovery.not_lost", "holder", "Quyền cấp số đang ở chính máy này.", "This very PC holds the pen."
        )
    if not ground.strip():
        raise refusals.wrong_field("ground.missing", "ground", "Chưa ghi lý do.", "The reason is missing.")
    if journal in state.waiting_authors:
        raise refusals.pen_incomplete()  # a recovery from here would wait as well
    least = least_resume_at(state.highest_heard, highest_on_paper, waiting_there, state.largest_lot)
    if resume_at and resume_at < least:
        raise _too_low(least)
    body = PenRecovered(
        max(state.term, state.claimed_term) + 1,
        state.holder,
        journal,
        state.highest_heard,
        highest_on_paper,
        waiting_there,
        state.largest_lot,
        resume_at or least,
        ground,
        second.official.id,
        b"",
    )
    return (draft(countersign(body, state.id, author, second), state.id),)


def settle_rebuilt(state: RegisterState, author: OfficialState, body: NumberSettled) -> tuple[Draft, ...]:
    """One unknown number is rebuilt from slip, receipt or copy, with every column of the register.

    ``body.line`` is set only to rule that a line stands which folding could not place: its number was voided,
    or its lot came from a PC without the pen. Raises ``number.not_unknown``, ``number.evidence``,
    ``number.columns``, ``role.*``.
    """
    roles.require(author, roles.TWO_PERSONS_FIRST)
    stands_after_all = body.line is not None and _was_voided(state, body.number)
    if not stands_after_all:
        _check_unknown(state, body.number)
    _check_evidence(body.evidence)
    if not body.requester_name or not body.original_name or not body.copies or not body.on:
        raise refusals.wrong_field(
            "number.columns",
            "original_name",
            "Chưa đủ các cột của sổ cho số này.",
            "Some columns of the register are missing for this number.",
        )
    if body.outcome != REBUILT:
        raise ValueError("use settle_void to void a number")
    return (draft(body, state.id),)


def settle_void(state: RegisterState, author: OfficialState, number: int, minutes: str) -> tuple[Draft, ...]:
    """One unknown number is voided, with the minutes (number and date) drawn up at the month's closing.

    A number that some lot has written all the same is not void: ``settle_rebuilt`` with that line. Raises
    ``number.not_unknown``, ``number.written``, ``number.evidence``, ``role.*``.
    """
    roles.require(author, roles.TWO_PERSONS_FIRST)
    _check_unknown(state, number)
    if holds(state.open_doubles, number):
        raise refusals.wrong_field(
            "number.written",
            "number",
            f"Số {number} đã có dòng chờ phân xử, không phải số trống.",
            f"Number {number} has a line that waits for a ruling; it is not empty.",
        )
    _check_evidence(minutes)
    return (draft(NumberSettled(number, VOIDED, minutes), state.id),)


def rule_double(
    state: RegisterState, author: OfficialState, number: int, keep: EntryId, strike: EntryId, ground: str
) -> tuple[Draft, ...]:
    """A person rules which of two lines of one number stands; both stay readable.

    The caller adds the ``LineStruck`` of the other one to the same batch. Raises ``double.not_open``,
    ``ground.missing``, ``role.*``.
    """
    roles.require(author, roles.TWO_PERSONS_FIRST)
    if not holds(state.open_doubles, number) or keep == strike:
        raise refusals.wrong_field(
            "double.not_open",
            "number",
            f"Số {number} không có hai dòng chờ phân xử.",
            f"Number {number} has no two lines to rule on.",
        )
    if not ground.strip():
        raise refusals.wrong_field("ground.missing", "ground", "Chưa ghi lý do.", "The reason is missing.")
    return (draft(DoubleRuled(number, keep, strike, ground), state.id),)


def _was_voided(state: RegisterState, number: int) -> bool:
    return any(holds(recovery.voided, number) for recovery in state.recoveries)


def _check_unknown(state: RegisterState, number: int) -> None:
    if not holds(state.unknown, number):
        raise refusals.wrong_field(
            "number.not_unknown",
            "number",
            f"Số {number} không thuộc phần chưa rõ.",
            f"Number {number} is not among the unknown ones.",
        )


def _check_evidence(evidence: str) -> None:
    if not evidence.strip():
        raise refusals.wrong_field(
            "number.evidence",
            "evidence",
            "Chưa ghi căn cứ: phiếu, biên lai, bản sao hoặc biên bản.",
            "Name the evidence: slip, receipt, copy or minutes.",
        )


def _too_low(least: int) -> DomainError:
    return refusals.refusal(
        "recovery.resume_at",
        (f"Số tiếp tục phải từ {least} trở lên.", "Máy mất có thể đã cấp các số nhỏ hơn.",
         f"Giữ {least} hoặc nâng lên."),
        (f"Go on at {least} or above.", "The lost PC may have given the numbers below.",
         f"Keep {least} or raise it."),
        "resume_at",
    )  # fmt: skip
