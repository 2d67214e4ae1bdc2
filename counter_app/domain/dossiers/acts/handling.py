"""From hand to hand: giao, nhận, opinion, draft, result, and what is owed on the way (form 06)."""

from __future__ import annotations

from dataclasses import dataclass

from counter_app.domain.calendar.working_days import WorkingCalendar
from counter_app.domain.dates import vn_datetime, vn_instant
from counter_app.domain.dossiers.acts import words
from counter_app.domain.dossiers.clock import refusals, running
from counter_app.domain.dossiers.entries import (
    DossierForwarded,
    DossierTaken,
    DraftPrepared,
    DraftSentBack,
    FeesSet,
    FeeUsed,
    FinancialDutyAsked,
    FinancialDutyMet,
    OpinionGiven,
    PaperLookedUp,
    ResultRecorded,
)
from counter_app.domain.dossiers.fold import rule_of
from counter_app.domain.dossiers.state import AT_WORK, DossierState, Stage
from counter_app.domain.drafting import draft
from sync.protocol.journals.entry import Draft
from sync.protocol.naming.ids import EntryId

LOOK_UPS = ("looked_up", "differs", "queued")


@dataclass(frozen=True, slots=True)
class ResultGiven:
    """A result as typed or read; ``date`` is ``yyyymmdd``; ``granted`` False: a written refusal."""

    kind: str
    title: str
    number: str
    date: int
    signer: str
    medium: str = "paper"
    granted: bool = True
    digest: bytes | None = None


def forward(
    state: DossierState, *, to_post: EntryId | None = None, to_unit: str = "", to_name: str, note: str = ""
) -> tuple[Draft, ...]:
    """Giao: handed on to a post or to another body. Raises ``dossier.not_now``, ``dossier.to_whom``."""
    _at_work(state, "chuyển", "hand it on")
    if to_post is None and not to_unit:
        raise words.needed(
            "Chọn nơi nhận hồ sơ.", "Choose who receives the dossier.", "to", "dossier.to_whom"
        )
    return (draft(DossierForwarded(to_post, to_unit, to_name, note.strip()), state.id),)


def take(state: DossierState, by_post: EntryId | None, note: str = "") -> tuple[Draft, ...]:
    """Nhận: who holds it now. Raises ``dossier.not_now``."""
    _at_work(state, "nhận", "take it")
    return (draft(DossierTaken(by_post, note.strip()), state.id),)


def give_opinion(state: DossierState, text: str, proposes: str = "") -> tuple[Draft, ...]:
    """An opinion for the file. Raises ``dossier.not_now``, ``dossier.opinion``."""
    _at_work(state, "ghi ý kiến", "write an opinion")
    if not text.strip():
        raise words.needed("Ghi ý kiến.", "Write the opinion.", "opinion", "dossier.opinion")
    return (draft(OpinionGiven(text.strip(), proposes), state.id),)


def prepare(
    state: DossierState, title: str, text: str = "", to_official: EntryId | None = None
) -> tuple[Draft, ...]:
    """A draft of the result goes to who decides. Raises ``dossier.not_now``, ``dossier.draft``."""
    _at_work(state, "trình", "submit a draft")
    if not title.strip():
        raise words.needed("Ghi tên dự thảo.", "Name the draft.", "draft", "dossier.draft")
    return (draft(DraftPrepared(title.strip(), text.strip(), to_official), state.id),)


def send_back(state: DossierState, reason: str) -> tuple[Draft, ...]:
    """Who decides sends the draft back. Raises ``dossier.not_now``, ``dossier.reason``."""
    if state.stage is not Stage.AWAITING_DECISION:
        raise words.not_now(state, "trả lại dự thảo", "send the draft back")
    if not reason.strip():
        raise words.needed("Ghi lý do trả lại.", "Write why it is sent back.", "reason", "dossier.reason")
    return (draft(DraftSentBack(reason.strip()), state.id),)


def record_result(state: DossierState, given: ResultGiven) -> tuple[Draft, ...]:
    """The result exists (state 9); the clock ends at this act's own time.

    Raises DomainError ``clock.ended``, ``dossier.not_now``, ``result.number``, ``result.date``,
    ``result.signer``.
    """
    running.check_open(state.clock)
    _at_work(state, "ghi kết quả", "record the result")
    if not given.number.strip():
        raise words.needed(
            "Nhập số của kết quả.", "Type the number of the result.", "number", "result.number"
        )
    if not given.date:
        raise words.needed("Nhập ngày của kết quả.", "Type the date of the result.", "date", "result.date")
    if not given.signer.strip():
        raise words.needed("Nhập người ký.", "Type who signed.", "signer", "result.signer")
    body = ResultRecorded(
        given.kind, given.title.strip(), given.number.strip(), given.date, given.signer.strip(), given.medium,
        given.granted, given.digest,
    )  # fmt: skip
    return (draft(body, state.id),)


def look_up(state: DossierState, row: int, outcome: str, source: str, note: str = "") -> tuple[Draft, ...]:
    """A paper's data was asked of a database (NQ 66.7): ``looked_up``, ``differs`` or ``queued``.

    Raises ``dossier.not_now``, ``look_up.outcome``, ``look_up.row``.
    """
    if not state.is_open:
        raise words.not_now(state, "tra cứu", "look it up")
    if outcome not in LOOK_UPS:
        raise words.needed(
            "Chọn kết quả tra cứu.", "Choose what the look-up gave.", "papers", "look_up.outcome"
        )
    if all(paper.row != row for paper in state.papers):
        raise words.needed("Không có giấy tờ này trong hồ sơ.", "The dossier has no such paper.", "papers",
                           "look_up.row")  # fmt: skip
    return (draft(PaperLookedUp(row, outcome, source, note), state.id),)


def ask_duty(state: DossierState, fees: tuple[FeeUsed, ...], note: str = "") -> tuple[Draft, ...]:
    """A financial duty is asked (state 6). Raises ``dossier.not_now``, ``duty.nothing``."""
    _at_work(state, "yêu cầu nộp tiền", "ask for a payment")
    if not fees:
        raise words.needed("Nhập khoản phải nộp.", "Type what must be paid.", "fee", "duty.nothing")
    return (draft(FinancialDutyAsked(fees, note.strip()), state.id),)


def meet_duty(
    state: DossierState, proof: str, at: int, calendar: WorkingCalendar, paid_here: int = 0
) -> tuple[Draft, ...]:
    """The duty is met: paid here in the same batch, or shown. Raises ``dossier.not_now``, ``duty.proof``."""
    if state.stage is not Stage.WAITING_FEE:
        raise words.not_now(state, "ghi đã nộp tiền", "record the payment")
    if state.to_pay > paid_here and not proof.strip():
        raise words.needed("Ghi chứng từ đã nộp tiền.", "Name the proof of payment.", "proof", "duty.proof")
    due = running.due_after_duty(state.clock, rule_of(state), vn_datetime(at), calendar)
    return (draft(FinancialDutyMet(proof.strip(), 0 if due is None else vn_instant(due)), state.id),)


def set_fees(state: DossierState, fees: tuple[FeeUsed, ...], ground: str) -> tuple[Draft, ...]:
    """Fee lines are set anew. Raises ``dossier.not_now``, ``fee.ground``."""
    if not state.is_open:
        raise words.not_now(state, "sửa mức thu", "change the fees")
    if not ground.strip():
        raise words.needed("Ghi căn cứ của mức thu.", "Write the ground of the fee.", "fee", "fee.ground")
    return (draft(FeesSet(fees, ground.strip()), state.id),)


def _at_work(state: DossierState, act_vi: str, act_en: str) -> None:
    if state.stage in AT_WORK:
        return
    if state.stage is Stage.WAITING_CITIZEN:
        raise refusals.waiting()
    raise words.not_now(state, act_vi, act_en)
