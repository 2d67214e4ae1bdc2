"""What a person's roles let him see and do: act codes of ``domain.organisation.roles`` and screen names."""

from __future__ import annotations

from counter_app.domain.organisation import roles
from counter_app.domain.organisation.state import OfficialState

SCREENS: dict[str, tuple[str, ...]] = {
    "home": (roles.TAKE_IN, roles.CONFIRM_SIGNED, roles.TAKE_MONEY),
    "intake": (roles.TAKE_IN,),
    "copies": (roles.TAKE_IN,),
    "handover": (roles.TAKE_IN,),
    "online": (roles.TAKE_IN,),
    "dossiers": (roles.WORK_ON_DOSSIER,),
    "dossier": (roles.WORK_ON_DOSSIER, roles.TAKE_IN, roles.READ_REGISTERS),
    "signing": (roles.NUMBER, roles.SIGN, roles.CONFIRM_SIGNED),
    "search": (roles.READ_REGISTERS, roles.TAKE_IN),
    "registers": (roles.READ_REGISTERS,),
    "cash": (roles.CLOSE_DAY, roles.TAKE_MONEY),
    "sync": (roles.READ_REGISTERS, roles.READ_DEVICES, roles.TAKE_IN),
    "technician": (roles.MANAGE_DEVICES, roles.READ_DEVICES),
    "contradictions": (roles.REVIEW_CLASHES, roles.READ_REPORTS),
    "reads": (roles.READ_PEOPLE,),
    "settings": (),
}
"""Screen -> acts of which one is enough; without any it is everyone's."""

SIGNER_IDLE = 5
CLERK_IDLE = 10


def permissions_of(official: OfficialState) -> frozenset[str]:
    """Act codes that some role grants (also those that need a written act), and the screens they open."""
    acts = {act for act in roles.TABLE if roles.grade(official.roles, act)}
    if not official.active:
        acts -= roles.RESTRICTED_WHEN_LAPSED
    screens = {name for name, needed in SCREENS.items() if not needed or acts & set(needed)}
    return frozenset(acts | screens)


def idle_minutes(official: OfficialState, chosen: str) -> int:
    """Minutes until the screen locks: the setting (2-15), else 5 for signers and technicians, else 10."""
    if chosen.isdigit() and 2 <= int(chosen) <= 15:
        return int(chosen)
    strict = {roles.SIGNATORY, roles.TECHNICIAN, roles.CHAIRMAN, roles.DIRECTOR, roles.DEPUTY_DIRECTOR}
    return SIGNER_IDLE if strict & set(official.roles) else CLERK_IDLE
