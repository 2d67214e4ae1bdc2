"""Forms 04 and 05 signed by a deputy: only under a written act for letters, which the entry names."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from counter_app.domain.dossiers.acts.ending import relied_on
from counter_app.domain.organisation import roles
from counter_app.domain.organisation.delegations import check_delegation, letter_line
from counter_app.domain.organisation.entries import ASSIGNED
from counter_app.domain.organisation.state import DelegationState
from sync.protocol.naming.ids import EntryId
from tests.unit.domain.dossiers.docket import refused_by
from tests.unit.domain.folding.writing import official

DAY = 20261120
HEAD = official(1, roles.DIRECTOR)
DEPUTY = official(2, roles.DEPUTY_DIRECTOR)
CLERK = official(3, roles.INTAKE)
ACT = DelegationState(
    EntryId(257, 7), DEPUTY.id, "9/QĐ-TTPVHCC", 20260701, ASSIGNED, "KT.", ("dossier",), 20260701, 20261231,
    "Phó Giám đốc",
)  # fmt: skip


def act(**changes: Any) -> DelegationState:
    return msgspec.structs.replace(ACT, **changes)


def test_the_head_needs_no_act_and_names_none() -> None:
    assert relied_on(HEAD, None, DAY) is None
    assert relied_on(HEAD, ACT, DAY) is None


def test_a_deputys_letter_names_the_act() -> None:
    assert relied_on(DEPUTY, ACT, DAY) == ACT.id


@pytest.mark.parametrize(
    ("person", "under", "code"),
    [
        (DEPUTY, None, "role.needs_act"),
        (DEPUTY, act(scope=("copy",)), "delegation.scope"),
        (DEPUTY, act(valid_to=20261119), "delegation.ended"),
        (DEPUTY, act(valid_from=20261121), "delegation.not_yet"),
        (DEPUTY, act(official=HEAD.id), "delegation.other_official"),
        (DEPUTY, act(delegated_under=EntryId(257, 1)), "delegation.redelegated"),
        (msgspec.structs.replace(DEPUTY, active=False), ACT, "role.not_active"),
        (CLERK, act(official=CLERK.id), "role.not_allowed"),
    ],
)
def test_nobody_else_signs_a_letter(person: Any, under: DelegationState | None, code: str) -> None:
    with refused_by(code):
        relied_on(person, under, DAY)


def test_a_letter_act_does_not_let_anyone_certify() -> None:
    refused = check_delegation(ACT, DEPUTY, "copy", DAY)
    assert refused is not None
    assert refused.code == "delegation.scope"


def test_the_refusal_of_a_letter_says_letter_and_not_certification() -> None:
    refused = check_delegation(act(scope=("copy",)), DEPUTY, "dossier", DAY)
    assert refused is not None
    assert refused.title == "Văn bản số 9/QĐ-TTPVHCC không giao ký văn bản gia hạn, dừng hồ sơ."
    assert "chứng thực" not in refused.title


@pytest.mark.parametrize(
    ("under", "line"),
    [
        (None, DEPUTY.title_line),
        (ACT, "KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC"),
        (act(prefix="TUQ."), "TUQ. CHỦ TỊCH\nPHÓ GIÁM ĐỐC"),
        (act(prefix="TL.", signs_as=""), f"TL. CHỦ TỊCH\n{DEPUTY.title_line.upper()}"),
        (act(prefix=""), "PHÓ GIÁM ĐỐC"),
    ],
)
def test_what_stands_above_the_signature(under: DelegationState | None, line: str) -> None:
    assert letter_line(under, DEPUTY) == line
