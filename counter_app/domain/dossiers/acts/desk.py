"""Acts on a dossier before and around acceptance: online dossiers, papers brought later, vetting."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from counter_app.domain.calendar.working_days import WorkingCalendar
from counter_app.domain.certification.taking_in.intake import day_of
from counter_app.domain.dates import vn_datetime, vn_instant
from counter_app.domain.dossiers.acts import words
from counter_app.domain.dossiers.acts.intake import FormNumber, limit_rule
from counter_app.domain.dossiers.clock import running
from counter_app.domain.dossiers.clock.due import due_of
from counter_app.domain.dossiers.entries import (
    DESK,
    VETTING,
    DossierAccepted,
    DossierRefused,
    LimitUsed,
    PaperAsked,
    PaperTaken,
    SupplementBrought,
    SupplementRequested,
)
from counter_app.domain.dossiers.fold import rule_of, was_accepted
from counter_app.domain.dossiers.state import AT_WORK, DossierState, Stage
from counter_app.domain.drafting import draft
from sync.protocol.journals.entry import Draft
from sync.protocol.naming.ids import EntryId


@dataclass(frozen=True, slots=True)
class CounterCode:
    """The provisional code an online dossier gets when a counter takes it in, and the person it is now of.

    ``person`` may be ``pending(i)`` of the same batch.
    """

    code: str
    daily: int
    person: EntryId | None = None


def accept_online(
    state: DossierState,
    papers: tuple[PaperTaken, ...],
    form: FormNumber,
    code: CounterCode,
    at: int,
    calendar: WorkingCalendar,
    limit: LimitUsed | None = None,
) -> tuple[Draft, ...]:
    """An online dossier is accepted, offline too: the clock starts when it was recorded full and valid.

    That is this acceptance [S: provincial portal record]. Raises DomainError ``dossier.not_now``.
    """
    if state.stage is not Stage.ONLINE:
        raise words.not_now(state, "tiếp nhận", "accept it")
    return (_acceptance(state, papers, form, at, calendar, limit or state.limit, code),)


def ask(
    state: DossierState,
    form: FormNumber,
    asked: Iterable[PaperAsked],
    reason: str,
    contact: str,
    at: int,
    calendar: WorkingCalendar,
) -> tuple[Draft, ...]:
    """Form 02 for a dossier that is here already: online before acceptance, or at vetting (three days).

    Raises DomainError ``dossier.nothing_asked``, ``dossier.not_now`` or those of ``running.check_ask``.
    """
    rows = tuple(asked)
    if not rows:
        raise words.nothing_asked()
    vetting = was_accepted(state)
    if vetting:
        running.check_ask(state.clock, rule_of(state), vn_datetime(at), calendar)
    allowed = AT_WORK if vetting else (Stage.ONLINE, Stage.HANDED_IN)
    if state.stage not in allowed:
        raise words.not_now(state, "yêu cầu bổ sung", "ask for papers")
    stage = VETTING if vetting else DESK
    body = SupplementRequested(
        form.book, form.number, stage, rows, reason.strip(), contact.strip(), day_of(at)
    )
    return (draft(body, state.id),)


def bring(
    state: DossierState,
    papers: tuple[PaperTaken, ...],
    complete: bool,
    at: int,
    calendar: WorkingCalendar,
    form: FormNumber | None = None,
    code: CounterCode | None = None,
) -> tuple[Draft, ...]:
    """Papers were brought. Complete before acceptance gives form 01 in the same batch, so ``form`` is needed;
    complete at vetting restarts the clock from zero (NĐ 61/2018 art. 19(4)).

    Raises DomainError ``dossier.not_now``, ``dossier.form_01``.
    """
    if state.stage is not Stage.WAITING_CITIZEN:
        raise words.not_now(state, "nhận giấy bổ sung", "take in papers")
    due = 0
    if complete and was_accepted(state):
        restarted = due_of(rule_of(state), vn_datetime(at), calendar).due
        due = 0 if restarted is None else vn_instant(restarted)
    brought = draft(SupplementBrought(papers, complete, due, day_of(at)), state.id)
    if not complete or was_accepted(state):
        return (brought,)
    if form is None:
        raise words.needed("Đủ giấy tờ thì in giấy tiếp nhận.", "A complete dossier gets form 01.", "papers",
                           "dossier.form_01")  # fmt: skip
    return (brought, _acceptance(state, papers, form, at, calendar, state.limit, code))


def refuse(state: DossierState, form: FormNumber, ground: str, reason: str, at: int) -> tuple[Draft, ...]:
    """Form 03 for an online dossier that may not be accepted.

    Raises DomainError ``dossier.not_now``, ``dossier.reason``.
    """
    if state.stage not in (Stage.ONLINE, Stage.HANDED_IN):
        raise words.not_now(state, "từ chối", "refuse it")
    if not reason.strip():
        raise words.needed("Ghi lý do từ chối.", "Write why it is refused.", "reason", "dossier.reason")
    return (draft(DossierRefused(form.book, form.number, ground, reason.strip(), day_of(at)), state.id),)


def _acceptance(
    state: DossierState,
    papers: tuple[PaperTaken, ...],
    form: FormNumber,
    at: int,
    calendar: WorkingCalendar,
    limit: LimitUsed,
    code: CounterCode | None,
) -> Draft:
    due = due_of(limit_rule(limit, routed=bool(state.competent)), vn_datetime(at), calendar).due
    body = DossierAccepted(
        form_book=form.book, form_number=form.number, received_at=at,
        due_at=0 if due is None else vn_instant(due), papers=papers, limit=limit, day=day_of(at),
        code="" if code is None else code.code, daily=0 if code is None else code.daily,
    )  # fmt: skip
    person = None if code is None else code.person
    return draft(body, state.id) if person is None else draft(body, state.id, person)
