"""How entries about officials, posts, delegations and the unit change their states."""

from __future__ import annotations

import msgspec

from counter_app.domain.folding.aggregate import Aggregate, Conflict
from counter_app.domain.folding.fact import Fact
from counter_app.domain.organisation import entries as kinds
from counter_app.domain.organisation.presence import with_presence
from counter_app.domain.organisation.state import (
    DelegationState,
    OfficialState,
    Permit,
    PolicyChange,
    PostState,
    UnitState,
)


def start_official(fact: Fact) -> OfficialState:
    """An official begins with his first key."""
    body: kinds.OfficialRecorded = fact.body
    return OfficialState(
        fact.id,
        body.name,
        body.title_line,
        body.roles,
        body.public_key,
        body.login,
        keys=((fact.id, body.public_key),),
    )


PERMIT_USED = "recovery.used"
"""A key that one witness brought under an act of the province that is not held, or served before."""


def evolve_official(state: OfficialState, fact: Fact) -> OfficialState | Conflict:
    """Title, roles, standing or key change; anything else leaves him as he is."""
    match fact.body:
        case kinds.OfficialChanged() as body:
            fields = state.fields if body.fields is None else body.fields
            return msgspec.structs.replace(
                state, title_line=body.title_line, roles=body.roles, active=body.active, fields=fields,
                id_number=state.id_number if body.id_number is None else body.id_number,
                address=state.address if body.address is None else body.address,
            )  # fmt: skip
        case kinds.OfficialKeySet() as body:
            keys = (*state.keys, (fact.id, body.public_key))
            return msgspec.structs.replace(state, public_key=body.public_key, keys=keys)
        case kinds.KeyRecovered() as body:
            if body.second is None and all(permit.entry != body.allowed for permit in state.allowed):
                return Conflict(PERMIT_USED)
            keys = (*state.keys, (fact.id, body.public_key))
            unused = tuple(permit for permit in state.allowed if permit.entry != body.allowed)
            return msgspec.structs.replace(state, public_key=body.public_key, keys=keys, allowed=unused)
        case kinds.RecoveryAllowed() as body:
            return msgspec.structs.replace(state, allowed=(*state.allowed, Permit(fact.id, body.until)))
        case _:
            return state


def start_post(fact: Fact) -> PostState:
    """A post begins."""
    return PostState(fact.id, fact.body.name, fact.body.code)


def start_delegation(fact: Fact) -> DelegationState:
    """A delegation begins; its second subject is the official who may sign."""
    body: kinds.DelegationRecorded = fact.body
    subjects = fact.facts.subjects
    return DelegationState(
        fact.id,
        subjects[1] if len(subjects) > 1 else None,
        body.act_number,
        body.act_date,
        body.basis,
        body.prefix,
        body.scope,
        body.valid_from,
        body.valid_to,
        body.signs_as,
        body.delegated_under,
        scan=body.scan or b"",
    )


def evolve_delegation(state: DelegationState, fact: Fact) -> DelegationState:
    """A delegation ends early; of two ends the earlier day counts."""
    match fact.body:
        case kinds.DelegationEnded() as body:
            ended = min(state.ended_on, body.on) if state.ended_on else body.on
            return msgspec.structs.replace(state, ended_on=ended)
        case _:
            return state


def start_unit(fact: Fact) -> UnitState:
    """The unit begins with its first setting."""
    return evolve_unit(UnitState(fact.facts.subjects[0]), fact)


def evolve_unit(state: UnitState, fact: Fact) -> UnitState:
    """A setting of the unit is put, or somebody's presence is said."""
    match fact.body:
        case kinds.UnitPolicySet() as body:
            policies = {**dict(state.policies), body.key: body.value}
            last = PolicyChange(body.key, fact.at, fact.facts.actor, body.ground or "")
            changes = {**{one.key: one for one in state.changes}, body.key: last}
            return msgspec.structs.replace(
                state,
                policies=tuple(sorted(policies.items())),
                changes=tuple(changes[key] for key in sorted(changes)),
            )
        case kinds.PresenceSaid():
            return with_presence(state, fact)
        case _:
            return state


AGGREGATES = (
    Aggregate("official", OfficialState, start_official, evolve_official),
    Aggregate("post", PostState, start_post, lambda state, fact: state),
    Aggregate("delegation", DelegationState, start_delegation, evolve_delegation),
    Aggregate("unit", UnitState, start_unit, evolve_unit, rootless=True),
)
