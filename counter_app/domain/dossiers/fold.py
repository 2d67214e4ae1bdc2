"""How a dossier changes with each entry about it.

An entry that is written is never undone by a rule here: what was legal where it was decided stands. Only two
acts that cannot both stand (two results, two returns, an act on an ended dossier) are told apart: the first
in order counts, the other is kept and shown, and a person settles it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from msgspec.structs import replace

from counter_app.domain.arrival.entries import OldDossierTaken
from counter_app.domain.catalogue.checklist import MISSING
from counter_app.domain.certification.entries import Printed
from counter_app.domain.dates import vn_datetime, vn_instant
from counter_app.domain.dossiers import entries as kinds
from counter_app.domain.dossiers.clock.rule import LimitRule, Unit, known_unit, read_settings
from counter_app.domain.dossiers.clock.running import Phase
from counter_app.domain.dossiers.state import (
    AT_WORK,
    DossierState,
    Form,
    Place,
    Result,
    Stage,
)
from counter_app.domain.folding.aggregate import Conflict, Settled
from counter_app.domain.folding.fact import Fact
from counter_app.domain.money.payments import MONEY_BODIES, payments_after
from counter_app.domain.prints import add_print

ENDED = "dossier.ended"
ACCEPTED_TWICE = "dossier.accepted_twice"
RESULT_TWICE = "dossier.result_twice"
RETURNED_TWICE = "dossier.returned_twice"
EXTENDED_TWICE = "dossier.extended_twice"
NOT_WAITING = "dossier.not_waiting"
NOT_RUNNING = "dossier.not_running"

FORM_01, FORM_02, FORM_03, FORM_04, FORM_05 = "01", "02", "03", "04", "05"

Outcome = DossierState | Conflict | Settled
Handler = Callable[[DossierState, Fact], Outcome]

_LAST = vn_instant(datetime(9999, 1, 1))  # noqa: DTZ001 - local times are naive here
_BEFORE_ACCEPTANCE = frozenset({Stage.ONLINE, Stage.HANDED_IN})


def start(fact: Fact) -> DossierState:
    """A dossier as it was handed in at a counter, or as it came from the portal."""
    body = fact.body
    if isinstance(body, kinds.OnlineDossierArrived):
        return _arrived(body, fact)
    return _submitted(body, fact)


def evolve(state: DossierState, fact: Fact) -> Outcome:
    """``state`` after one entry; what does not concern a dossier leaves it as it is."""
    handler = _HANDLERS.get(type(fact.body))
    return state if handler is None else handler(state, fact)


def rule_of(state: DossierState) -> LimitRule:
    """The clock's rule of the limit that the dossier relied on; an unit of a newer program gives no limit."""
    return read_settings(state.limit.value, known_unit(state.limit.unit), state.limit.settings)


def was_accepted(state: DossierState) -> bool:
    """True once form 01 was given."""
    return state.clock.since is not None


def _submitted(body: kinds.DossierSubmitted, fact: Fact) -> DossierState:
    subjects = fact.facts.subjects
    return DossierState(
        id=fact.id, stage=Stage.HANDED_IN, channel=body.channel, procedure=body.procedure, party=body.party,
        companions=body.companions, cases=body.cases, papers=body.papers, fees=body.fees, limit=body.limit,
        deliver=body.deliver, competent=body.competent, pay=body.pay, cannot_sign=body.cannot_sign,
        note=body.note, code=body.code, daily=body.daily, day=body.day, submitted_at=fact.at,
        submitted_by=fact.facts.actor, received_at=body.arrived_at,
        person=subjects[1] if len(subjects) > 1 else body.party.person,
    )  # fmt: skip


def _arrived(body: kinds.OnlineDossierArrived, fact: Fact) -> DossierState:
    return DossierState(
        id=fact.id, stage=Stage.ONLINE, channel=kinds.ONLINE, procedure=body.procedure, party=body.party,
        companions=body.companions, cases=body.cases, papers=body.papers, fees=body.fees, limit=body.limit,
        deliver=body.deliver, portal_code=body.portal_code, submitted_at=body.submitted_at,
        accept_by=body.accept_by, paid_online=body.paid,
    )  # fmt: skip


def _local(at: int) -> datetime:
    """Local naive time of a moment in ms; a clock beyond the calendar counts as its last year."""
    return vn_datetime(min(at, _LAST))


def _due(at: int) -> datetime | None:
    return _local(at) if at else None


def _with_form(state: DossierState, form: str, fact: Fact) -> tuple[Form, ...]:
    """The newest paper of each form: older ones are found in the entries, so the state stays bounded."""
    issued = Form(form, fact.body.form_book, fact.body.form_number, fact.id, fact.at)
    return tuple(sorted((*(f for f in state.forms if f.form != form), issued), key=lambda f: f.form))


def _clash(state: DossierState) -> Conflict:
    """Why an act of a handler cannot stand: the dossier has its end, or it waits for somebody."""
    return Conflict(NOT_RUNNING if state.is_open and state.stage is not Stage.DONE else ENDED)


def _accepted(state: DossierState, fact: Fact) -> Outcome:
    body: kinds.DossierAccepted = fact.body
    subjects = fact.facts.subjects
    waits_at_desk = state.stage is Stage.WAITING_CITIZEN and not was_accepted(state)
    if state.stage not in _BEFORE_ACCEPTANCE and not waits_at_desk:
        return Conflict(ACCEPTED_TWICE if state.is_open else ENDED)
    return replace(
        state, stage=Stage.ACCEPTED, papers=body.papers, limit=body.limit, received_at=body.received_at,
        clock=state.clock.started(_local(body.received_at), _due(body.due_at)), asked=(), asked_reason="",
        forms=_with_form(state, FORM_01, fact), code=state.code or body.code, daily=state.daily or body.daily,
        day=state.day or body.day, person=subjects[1] if len(subjects) > 1 else state.person,
    )  # fmt: skip


def _asked(state: DossierState, fact: Fact) -> Outcome:
    body: kinds.SupplementRequested = fact.body
    if not (state.stage in AT_WORK or state.stage in _BEFORE_ACCEPTANCE):
        return _clash(state)
    if body.stage == kinds.DESK and state.stage not in _BEFORE_ACCEPTANCE:
        return Conflict(ACCEPTED_TWICE)  # another counter had accepted it: its date runs on
    return replace(
        state, stage=Stage.WAITING_CITIZEN, before_wait=state.stage, asked_reason=body.reason,
        clock=state.clock.asking(_local(fact.at), vetting=body.stage == kinds.VETTING),
        asked=tuple(row.row for row in body.asked), forms=_with_form(state, FORM_02, fact),
    )  # fmt: skip


def _brought(state: DossierState, fact: Fact) -> Outcome:
    body: kinds.SupplementBrought = fact.body
    if state.stage is not Stage.WAITING_CITIZEN:
        return Conflict(NOT_WAITING if state.is_open else ENDED)
    if not body.complete:
        there = {paper.row for paper in body.papers if paper.state != MISSING}
        return replace(state, papers=body.papers, asked=tuple(r for r in state.asked if r not in there))
    if not was_accepted(state):  # form 01 of the same batch takes it in; until then it waits (5 to 2)
        return replace(state, papers=body.papers, asked=(), asked_reason="")
    if not body.due_at and rule_of(state).unit is not Unit.NONE:
        # Brought to a desk that did not know of the acceptance: it restarts no clock, else no date would run.
        return Conflict(NOT_WAITING)
    clock = state.clock.started(_local(fact.at), _due(body.due_at))
    return replace(state, papers=body.papers, stage=state.before_wait, clock=clock, asked=(), asked_reason="")


def _refused(state: DossierState, fact: Fact) -> Outcome:
    body: kinds.DossierRefused = fact.body
    if state.stage not in _BEFORE_ACCEPTANCE:
        return Conflict(ACCEPTED_TWICE if state.is_open else ENDED)
    ended = _ended(state, fact, Stage.REFUSED, body.words)
    return replace(ended, forms=_with_form(state, FORM_03, fact))


def _ended(state: DossierState, fact: Fact, stage: Stage, words: str) -> DossierState:
    return replace(
        state, stage=stage, clock=state.clock.ended(), ended_at=fact.at, ended_words=words, asked=()
    )


def _forwarded(state: DossierState, fact: Fact) -> Outcome:
    body: kinds.DossierForwarded = fact.body
    if state.stage not in AT_WORK:
        return _clash(state)
    return replace(state, place=Place(body.to_post, body.to_unit, body.to_name, fact.at, taken=False))


def _taken(state: DossierState, fact: Fact) -> Outcome:
    body: kinds.DossierTaken = fact.body
    if state.stage not in AT_WORK:
        return _clash(state)
    stage = Stage.PROCESSING if state.stage is Stage.ACCEPTED else state.stage
    place = Place(
        body.by_post or state.place.post, state.place.unit, state.place.name, fact.at, by=fact.facts.actor
    )
    return replace(state, stage=stage, place=place)


def _opinion(state: DossierState, fact: Fact) -> Outcome:
    moved = state.stage is Stage.ACCEPTED
    return replace(state, stage=Stage.PROCESSING) if moved else state


def _drafted(state: DossierState, fact: Fact) -> Outcome:
    return _clash(state) if state.stage not in AT_WORK else replace(state, stage=Stage.AWAITING_DECISION)


def _sent_back(state: DossierState, fact: Fact) -> Outcome:
    if state.stage not in AT_WORK:
        return _clash(state)
    return replace(state, stage=Stage.PROCESSING) if state.stage is Stage.AWAITING_DECISION else state


def _result(state: DossierState, fact: Fact) -> Outcome:
    body: kinds.ResultRecorded = fact.body
    if state.result is not None:
        return Conflict(RESULT_TWICE)
    if state.stage not in AT_WORK:
        return _clash(state)
    result = Result(
        body.kind, body.title, body.number, body.date, body.signer, body.medium, body.granted, fact.id,
        fact.at,
    )  # fmt: skip
    return replace(state, stage=Stage.DONE, clock=state.clock.ended(), result=result)


def _ready(state: DossierState, fact: Fact) -> Outcome:
    body: kinds.ResultReady = fact.body
    if state.stage is not Stage.DONE:
        return Conflict(ENDED)
    return replace(state, drawer=body.drawer, ready_at=state.ready_at or fact.at)


def _returned(state: DossierState, fact: Fact) -> Outcome:
    body: kinds.ResultReturned = fact.body
    if state.stage is not Stage.DONE:
        return Conflict(RETURNED_TWICE if state.stage is Stage.RETURNED else ENDED)
    receiver = "" if body.receiver is None else body.receiver.name
    return replace(
        state, stage=Stage.RETURNED, returned_at=fact.at, receiver=receiver, slip_lost=body.slip_lost,
        ready_at=state.ready_at or fact.at,
    )  # fmt: skip


def _contacted(state: DossierState, fact: Fact) -> Outcome:
    body: kinds.ContactTried = fact.body
    return replace(state, contacts=state.contacts + 1, last_contact=body.how)


def _extended(state: DossierState, fact: Fact) -> Outcome:
    body: kinds.DueExtended = fact.body
    if state.clock.phase is not Phase.RUNNING:
        return _clash(state)
    if state.clock.extended:
        return Conflict(EXTENDED_TWICE)
    clock = state.clock.extended_to(_local(body.due_at))
    return replace(state, clock=clock, forms=_with_form(state, FORM_04, fact))


def _stopped(state: DossierState, fact: Fact) -> Outcome:
    body: kinds.DossierStopped = fact.body
    if not state.is_open or state.stage is Stage.DONE:
        return Conflict(ENDED)
    return replace(_ended(state, fact, Stage.STOPPED, body.ground), forms=_with_form(state, FORM_05, fact))


def _withdrawn(state: DossierState, fact: Fact) -> Outcome:
    body: kinds.DossierWithdrawn = fact.body
    if not state.is_open or state.stage is Stage.DONE:
        return Conflict(ENDED)
    return _ended(state, fact, Stage.WITHDRAWN, body.words)


def _duty_asked(state: DossierState, fact: Fact) -> Outcome:
    body: kinds.FinancialDutyAsked = fact.body
    if state.stage not in AT_WORK:
        return _clash(state)
    clock = state.clock.duty_asked(_local(fact.at), rule_of(state))
    return replace(
        state, stage=Stage.WAITING_FEE, before_wait=state.stage, clock=clock, fees=(*state.fees, *body.fees)
    )


def _duty_met(state: DossierState, fact: Fact) -> Outcome:
    body: kinds.FinancialDutyMet = fact.body
    if state.stage is not Stage.WAITING_FEE:
        return Conflict(NOT_WAITING if state.is_open else ENDED)
    return replace(state, stage=Stage.PROCESSING, clock=state.clock.duty_met(_due(body.due_at)))


def _fees_set(state: DossierState, fact: Fact) -> Outcome:
    body: kinds.FeesSet = fact.body
    if not state.is_open:  # nothing can be owed for a result that is out
        return Conflict(ENDED)
    return replace(state, fees=body.fees)


def _looked_up(state: DossierState, fact: Fact) -> Outcome:
    body: kinds.PaperLookedUp = fact.body
    papers = tuple(
        replace(paper, state=body.outcome) if paper.row == body.row else paper for paper in state.papers
    )
    return replace(state, papers=papers)


def _corrected(state: DossierState, fact: Fact) -> Outcome:
    body: kinds.PartyCorrected = fact.body
    return replace(state, party=body.party, companions=body.companions)


def _clash_settled(state: DossierState, fact: Fact) -> Outcome:
    body: kinds.ClashSettled = fact.body
    return Settled(state, body.entries)


def _official_code(state: DossierState, fact: Fact) -> Outcome:
    body: kinds.OfficialCodeGiven = fact.body
    return replace(state, official_code=body.code)


def _from_old_book(state: DossierState, fact: Fact) -> Outcome:
    body: OldDossierTaken = fact.body
    return replace(state, old_code=state.old_code or body.code)


def _printed(state: DossierState, fact: Fact) -> Outcome:
    return replace(state, printed=add_print(state.printed, fact.body))


def _paid(state: DossierState, fact: Fact) -> Outcome:
    return replace(state, payments=payments_after(state.payments, fact))


_HANDLERS: dict[type, Handler] = {
    kinds.DossierAccepted: _accepted,
    kinds.SupplementRequested: _asked,
    kinds.SupplementBrought: _brought,
    kinds.DossierRefused: _refused,
    kinds.DossierForwarded: _forwarded,
    kinds.DossierTaken: _taken,
    kinds.OpinionGiven: _opinion,
    kinds.DraftPrepared: _drafted,
    kinds.DraftSentBack: _sent_back,
    kinds.ResultRecorded: _result,
    kinds.ResultReady: _ready,
    kinds.ResultReturned: _returned,
    kinds.ContactTried: _contacted,
    kinds.DueExtended: _extended,
    kinds.DossierStopped: _stopped,
    kinds.DossierWithdrawn: _withdrawn,
    kinds.FinancialDutyAsked: _duty_asked,
    kinds.FinancialDutyMet: _duty_met,
    kinds.FeesSet: _fees_set,
    kinds.PaperLookedUp: _looked_up,
    kinds.PartyCorrected: _corrected,
    kinds.OfficialCodeGiven: _official_code,
    kinds.ClashSettled: _clash_settled,
    OldDossierTaken: _from_old_book,
    Printed: _printed,
    **dict.fromkeys(MONEY_BODIES, _paid),
}
