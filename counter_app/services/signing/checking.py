"""The machine's checks for every request of a pile, as the person at the desk would sign it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from counter_app.domain.certification.state import RequestState
from counter_app.domain.certification.taking_in.checks import CheckRules, RequestCheck, check_request
from counter_app.domain.organisation import roles
from counter_app.domain.organisation.decisions import RECEIVER_SIGNS, WHO_NUMBERS, policy
from counter_app.domain.organisation.delegations import check_delegation, choose_delegation
from counter_app.domain.organisation.state import DelegationState, OfficialState, UnitState
from counter_app.services.registers import held
from counter_app.services.rules import Rules
from counter_app.services.workplace import Workplace
from counter_app.storage.queries import requests as request_queries
from sync.protocol.naming.ids import EntryId

_SAME_PERSON = 20


@dataclass(frozen=True)
class Checker:
    """Checks of one look at the desk: ``acts`` in force on ``day``, the unit's settings, the tables."""

    work: Workplace
    connection: Connection
    me: OfficialState
    day: int
    acts: tuple[DelegationState, ...]
    unit: UnitState
    rules: Rules

    def signatory_of(self, request: RequestState, kind: str) -> OfficialState | None:
        """Who would sign papers of ``kind``: the person at the desk when he may, else whom the slip names if
        he may, else the first who may."""
        if choose_delegation(self.acts, self.me, kind, self.day) is not None:
            return self.me
        found = held.signers(self.connection, self.work, kind, self.day)
        if request.signatory is not None:
            named: OfficialState = self.work.state(self.connection, request.signatory)
            others = kind != request.register and choose_delegation(self.acts, named, kind, self.day) is None
            if not others:
                return named
        return next((signer.official for signer in found), None)

    def act_for(self, official: OfficialState, scope: str) -> DelegationState | None:
        """The act under which an official signs papers of ``scope`` today."""
        return choose_delegation(self.acts, official, scope, self.day)

    def check(self, request: RequestState, kind: str) -> RequestCheck:
        """The verdict on what of one request waits in the queue ``kind``."""
        signatory = self.signatory_of(request, kind)
        authority = None
        if signatory is not None:
            act = self.act_for(signatory, kind)
            authority = roles.may(signatory, roles.SIGN, with_act=True) or check_delegation(
                act, signatory, kind, self.day
            )
        rules = self.check_rules((request,), None if signatory is None else signatory.id)
        return check_request(request, replace(rules, authority=authority, register=kind))

    def check_rules(self, requests: Sequence[RequestState], signatory: EntryId | None) -> CheckRules:
        """What requests are checked against; other requests of their persons on the same day included."""
        recent = {request.id: request for request in requests}
        for number, day in dict.fromkeys((one.requester.id_number, one.day) for one in requests):
            for row in request_queries.requests_of_number(self.connection, number, _SAME_PERSON):
                if row.day == day and row.id not in recent:
                    recent[row.id] = self.work.state(self.connection, row.id)
        receiver = policy(self.unit, RECEIVER_SIGNS)
        takers = [request.taken_by for request in requests]
        office = held.certifiers(self.connection, self.work, signatory, *takers)
        return CheckRules(self.rules.fees, signatory, None, receiver, tuple(recent.values()), office=office)

    @property
    def registrar_may_number(self) -> bool:
        """True when the unit lets the registrar number under his own key."""
        return policy(self.unit, WHO_NUMBERS) == "registrar"


def checker(work: Workplace, connection: Connection, me: OfficialState, day: int) -> Checker:
    """Checks for the person at the desk on ``day`` (``yyyymmdd``)."""
    acts = tuple(held.delegations_on(connection, work, day))
    return Checker(work, connection, me, day, acts, work.policies(connection), work.rules(connection))
