"""A dossier or a request of certifications as the portal is to know it: the steps, and its particulars.

The steps of a dossier are derived from its history every time (decision 028); what the portal was told is not
here but in the order. Certification dossiers (``LaHoSoChungThuc``) go out under the counter's own code: no
official one is given to them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection

from counter_app.domain.certification import state as copies
from counter_app.domain.certification.state import RequestState
from counter_app.domain.dates import vn_instant
from counter_app.domain.dossiers.entries import SupplementBrought, SupplementRequested
from counter_app.domain.dossiers.history import Step as PastStep
from counter_app.domain.dossiers.history import history
from counter_app.domain.dossiers.portal import PORTAL_WORDS, FeeAxis, fee_axis
from counter_app.domain.dossiers.state import DossierState, Stage
from counter_app.domain.folding.registry import fold_subject
from counter_app.domain.organisation.state import OfficialState
from sync.hub.reading.folded import facts_of, states_of
from sync.protocol.naming.ids import EntryId

Values = Mapping[str, Any]


class Step(msgspec.Struct, frozen=True):
    """One state to be told: which entry led there (its key), when (ms), by whom, what was done."""

    key: int
    state: int
    at: int
    by: str = ""
    title: str = ""


class Matter(msgspec.Struct, frozen=True):
    """What one order is about. ``steps`` is never empty; ``code`` is the counter's own."""

    subject: EntryId
    code: str
    steps: tuple[Step, ...]
    values: Values
    lists: Mapping[str, Sequence[Values]] = {}
    official: str = ""
    portal_code: str = ""
    certification: bool = False
    register: str = ""

    @property
    def best_code(self) -> str:
        """The code under which a portal that does not know it yet is told of it."""
        return self.official or self.portal_code or self.code


def read_matter(connection: Connection, subject: EntryId) -> Matter | None:
    """The dossier or request ``subject``; None while its first entry is not here, or it is neither."""
    facts = facts_of(connection, [subject])[subject]
    folded = fold_subject(subject, facts)
    state: Any = folded.state
    if isinstance(state, RequestState):
        return request_matter(state)
    if not isinstance(state, DossierState):
        return None
    past = history(subject, facts)
    return dossier_matter(past[-1].after, past, _names(connection, past)) if past else None


def _names(connection: Connection, past: Sequence[PastStep]) -> dict[EntryId, tuple[str, str]]:
    """Name and title of every official who acted."""
    actors = sorted({step.fact.facts.actor for step in past if step.fact.facts.actor is not None})
    found: dict[EntryId, tuple[str, str]] = {}
    for subject, folded in states_of(connection, actors).items():
        state: Any = folded.state
        if isinstance(state, OfficialState):
            found[subject] = (state.name, state.title_line)
    return found


def dossier_matter(
    state: DossierState, past: Sequence[PastStep], names: Mapping[EntryId, tuple[str, str]]
) -> Matter:
    """A dossier with its history; ``names``: name and title of officials."""
    steps = []
    for one in past:
        by, title = names.get(one.fact.facts.actor or state.id, ("", ""))
        steps += [Step(one.fact.id.key, told, one.fact.at, by, title) for told in one.told]
    lists: dict[str, Sequence[Values]] = {
        "papers": [
            {"name": p.name, "count": p.count, "made_as": p.made_as}
            for p in state.papers
            if p.state == "brought"
        ],
        "fees": [
            {"label": f.label, "kind": f.kind, "amount": f.amount, "collect": "intake"}
            for f in state.fees
            if f.known and not f.exemption
        ],
        "results": _results(state),
        "supplements": _supplements(past, names),
        "identities": _identity(state.party.id_kind, state.party.id_number),
    }
    return Matter(
        state.id, state.code, tuple(steps), _dossier_values(state), lists, state.official_code,
        state.portal_code,
    )  # fmt: skip


def _dossier_values(state: DossierState) -> dict[str, Any]:
    party = state.party
    result = state.result
    due = state.clock.promised if result is not None else state.clock.due  # waiting, it has none
    return {
        "procedure": state.procedure.code,
        "procedure_name": state.procedure.name,
        "field_name": state.procedure.field,
        "channel": state.channel,
        "id_number": party.id_number,
        "name": party.name,
        "party_kind": party.kind,
        "email": party.email,
        "phone": party.phone,
        "address": party.address,
        "summary": state.note or state.procedure.name,
        "note": state.note,
        "received_at": state.received_at,
        "due_at": 0 if due is None else vn_instant(due),
        "finished_at": 0 if result is None else result.at,
        "returned_at": state.returned_at,
        "deliver": state.deliver,
        "submitted_at": state.submitted_at,
        "refused_at": state.ended_at if state.stage is Stage.REFUSED else 0,
        "paid_online": int(bool(state.paid_online)),
        "fee_state": int(fee_axis(state) is FeeAxis.PAID),
        "certification": 0,
    }


def _identity(kind: str, number: str) -> list[Values]:
    return [{"kind": kind, "number": number}] if number else []


def _results(state: DossierState) -> list[Values]:
    result = state.result
    return (
        [] if result is None else [{"title": result.title, "number": result.number, "id": result.entry.key}]
    )


def _supplements(past: Sequence[PastStep], names: Mapping[EntryId, tuple[str, str]]) -> Sequence[Values]:
    """Every form 02 with what became of it, in order."""
    found: list[dict[str, Any]] = []
    for step in past:
        body, actor = step.fact.body, step.fact.facts.actor or step.fact.id
        by = names.get(actor, ("", ""))[0]
        if isinstance(body, SupplementRequested):
            found.append(
                {
                    "id": step.fact.id.key,
                    "asked_by": by,
                    "asked_at": step.fact.at,
                    "words": _asked(body),
                    "done": 0,
                }
            )
        elif isinstance(body, SupplementBrought) and found and not found[-1]["done"]:
            found[-1] |= {
                "taken_by": by, "brought_at": step.fact.at, "done": int(body.complete),
                "new_due": body.due_at,
            }  # fmt: skip
    return found


def _asked(body: SupplementRequested) -> str:
    rows = "; ".join(" - ".join(filter(None, (row.name, row.words))) for row in body.asked)
    return ". ".join(filter(None, (rows, body.reason)))


_OF_STAGE = {
    copies.TAKEN_IN: 2,
    copies.SUBMITTED: 4,
    "returned": 4,
    copies.NUMBERED: 4,
    copies.SIGNED: 9,
    copies.HANDED_OVER: 10,
    copies.STRUCK: 8,
}
"""An annulled copy was handed out long ago: the portal keeps its 10."""
_WAYS = {2: (2,), 4: (2, 4), 8: (2, 8), 9: (2, 4, 9), 10: (2, 4, 9, 10)}


def request_matter(state: RequestState) -> Matter:
    """A request of certifications: accepted, handled, done, returned - or stopped where all was struck."""
    end = _OF_STAGE.get(state.stage, 10)
    signed = max((original.signed_at for original in state.originals), default=0)
    moments = {2: state.taken_at, 4: state.taken_at, 9: signed, 10: state.handed_over_at, 8: state.taken_at}
    steps = tuple(Step(state.id.key, code, moments[code] or state.taken_at) for code in _WAYS[end])
    asked = state.requester
    values = {
        "channel": state.channel, "id_number": asked.id_number, "name": asked.name, "party_kind": "citizen",
        "phone": asked.phone, "address": asked.address, "summary": _summary(state),
        "received_at": state.taken_at, "submitted_at": state.taken_at, "due_at": state.due_at,
        "finished_at": signed if end >= 9 else 0, "returned_at": state.handed_over_at, "deliver": "counter",
        "paid_online": 0, "fee_state": int(state.to_pay == 0), "certification": 1,
    }  # fmt: skip
    fee = sum(original.taken.fee for original in state.originals)
    lists: dict[str, Sequence[Values]] = {
        "papers": [
            {"name": o.taken.name, "count": o.taken.copies, "made_as": "certified"} for o in state.originals
        ],
        "fees": [{"label": "Phí chứng thực", "kind": "fee", "amount": fee, "collect": "intake"}]
        if fee
        else [],
        "identities": _identity(asked.id_kind, asked.id_number),
    }
    register = state.registers[0] if state.registers else state.register
    return Matter(state.id, state.code, steps, values, lists, certification=True, register=register)


def _summary(state: RequestState) -> str:
    return "; ".join(original.taken.name for original in state.originals)


def step_values(step: Step, code: str, office: str, due_at: int) -> dict[str, Any]:
    """The values of one step of progress for the mapping."""
    return {
        "code": code, "state": step.state, "at": step.at, "by": step.by, "title": step.title,
        "office_name": office, "words": PORTAL_WORDS[step.state][0], "started_at": step.at, "due_at": due_at,
    }  # fmt: skip
