"""Delegations in force at an instant, for one kind of paper, under a prefix; second persons; officials."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from counter_app.domain.errors import DomainError
from counter_app.domain.organisation import decisions as d
from counter_app.domain.organisation import roles
from counter_app.domain.organisation.delegations import (
    check_delegation,
    choose_delegation,
    default_prefix,
    delegation_notices,
    ending_with_year,
    signatory_line,
    valid_on,
)
from counter_app.domain.organisation.entries import (
    ASSIGNED,
    AUTHORISED,
    CHAIRMAN,
    DelegationRecorded,
    OfficialKeySet,
    OfficialRecorded,
)
from counter_app.domain.organisation.state import DelegationState, UnitState, unit_subject
from counter_app.domain.registers.entries import YearClosed
from counter_app.domain.seconds import check_second, countersign, second_message
from sync.protocol.naming.ids import EntryId
from tests.unit.domain.folding.writing import Counter, key_of, official, second

HEAD = official(1, roles.CHAIRMAN)
VICE = official(2, roles.DIRECTOR, roles.SIGNATORY)
STAFF = official(3, roles.REGISTRAR, roles.SIGNATORY)
ACT = DelegationState(
    EntryId(257, 7), STAFF.id, "12/QĐ-UBND", 20260105, AUTHORISED, "TUQ.", ("copy",), 20260110, 20261231,
    "Công chức tư pháp - hộ tịch",
)  # fmt: skip


def _with(**changes: Any) -> DelegationState:
    return msgspec.structs.replace(ACT, **changes)


@pytest.mark.parametrize(
    ("day", "ended", "valid"),
    [
        (20260109, 0, False), (20260110, 0, True), (20261231, 0, True), (20270101, 0, False),
        (20260615, 20260615, False), (20260614, 20260615, True),
    ],
)  # fmt: skip
def test_in_force_from_its_first_to_its_last_day(day: int, ended: int, valid: bool) -> None:
    assert valid_on(_with(ended_on=ended), day) is valid


def test_an_act_without_end_stays_in_force() -> None:
    assert valid_on(_with(valid_to=0), 20991231)


@pytest.mark.parametrize(
    ("act", "person", "scope", "day", "code"),
    [
        (ACT, STAFF, "copy", 20261121, None),
        (None, STAFF, "copy", 20261121, "delegation.missing"),
        (ACT, VICE, "copy", 20261121, "delegation.other_official"),
        (ACT, STAFF, "signature", 20261121, "delegation.scope"),
        (ACT, STAFF, "copy", 20260109, "delegation.not_yet"),
        (ACT, STAFF, "copy", 20270101, "delegation.ended"),
        (_with(delegated_under=EntryId(257, 3)), STAFF, "copy", 20261121, "delegation.redelegated"),
        (ACT, msgspec.structs.replace(STAFF, active=False), "copy", 20261121, "role.not_active"),
    ],
)
def test_who_may_sign_what_when(
    act: DelegationState | None, person: Any, scope: str, day: int, code: str | None
) -> None:
    refused = check_delegation(act, person, scope, day)
    assert (None if refused is None else refused.code) == code


def test_the_latest_act_in_force_is_chosen() -> None:
    newer = _with(id=EntryId(257, 9), valid_from=20260601)
    gone = _with(id=EntryId(257, 10), valid_from=20260701, ended_on=20260801)
    assert choose_delegation([newer, ACT, gone], STAFF, "copy", 20261121) == newer
    assert choose_delegation([newer, ACT, gone], STAFF, "transaction", 20261121) is None


@pytest.mark.parametrize(
    ("basis", "person", "prefix"),
    [
        (CHAIRMAN, HEAD, ""), (AUTHORISED, VICE, "KT."), (ASSIGNED, VICE, "KT."), (AUTHORISED, STAFF, "TUQ."),
    ],
)  # fmt: skip
def test_prefix_by_basis(basis: str, person: Any, prefix: str) -> None:
    assert default_prefix(basis, person) == prefix


def test_lines_above_the_signature() -> None:
    assert signatory_line(ACT, STAFF) == ("TUQ. CHỦ TỊCH", "CÔNG CHỨC TƯ PHÁP - HỘ TỊCH")
    assert signatory_line(_with(prefix="KT.", signs_as="Phó Chủ tịch"), VICE) == (
        "KT. CHỦ TỊCH",
        "PHÓ CHỦ TỊCH",
    )
    assert signatory_line(_with(prefix="", signs_as="Chủ tịch"), HEAD) == ("CHỦ TỊCH",)


@pytest.mark.parametrize(
    ("day", "warned"), [(20261223, False), (20261224, True), (20261231, True), (20270101, False)]
)
def test_warned_seven_days_before_the_end(day: int, warned: bool) -> None:
    assert bool(delegation_notices(ACT, STAFF, day)) is warned


def test_acts_ending_with_the_year_are_listed_from_december() -> None:
    other = _with(id=EntryId(257, 9), valid_to=20261130)
    open_end = _with(id=EntryId(257, 10), valid_to=0)
    assert ending_with_year([open_end, other, ACT], 20261130) == ()
    assert ending_with_year([open_end, other, ACT], 20261201) == (ACT,)


def _recorded(**changes: Any) -> DelegationRecorded:
    good = DelegationRecorded(
        "12/QĐ", 20260105, AUTHORISED, "TUQ.", ("copy",), 20260110, 20261231, "Công chức"
    )
    return msgspec.structs.replace(good, **changes)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"delegated_under": EntryId(257, 3)}, "delegation.redelegated"),
        ({"act_number": " "}, "delegation.act_number"),
        ({"valid_to": 20260101}, "delegation.days"),
        ({"scope": ()}, "delegation.empty_scope"),
        ({"scope": ("copy", "land")}, "delegation.empty_scope"),
        ({"prefix": "QT."}, "delegation.prefix"),
    ],
)
def test_a_bad_act_is_refused(changes: dict[str, Any], code: str) -> None:
    with pytest.raises(DomainError) as refused:
        d.record_delegation(HEAD, STAFF, _recorded(**changes))
    assert refused.value.code == code


def test_delegations_live_in_the_journal_and_end_early() -> None:
    counter = Counter(1)
    act = counter.append(d.record_delegation(HEAD, STAFF, _recorded()), HEAD)[0]
    assert check_delegation(counter.state(act), STAFF, "copy", 20261121) is None
    counter.append(d.end_delegation(HEAD, counter.state(act), 20260701, "thôi giao"), HEAD)
    refused = check_delegation(counter.state(act), STAFF, "copy", 20261121)
    assert refused is not None
    assert "30/06/2026" in refused.title
    with pytest.raises(DomainError) as late:
        d.end_delegation(HEAD, counter.state(act), 20260801, "thôi giao")
    assert late.value.code == "delegation.ended_before"
    with pytest.raises(DomainError):
        d.record_delegation(STAFF, STAFF, _recorded())


def test_officials_posts_and_policies() -> None:
    counter = Counter(1)
    head = counter.append(
        d.record_official(None, "Tập huấn A", "Chủ tịch", (roles.CHAIRMAN,), b"1" * 32, "a")
    )[0]
    boss = counter.state(head)
    staff = counter.append(
        d.record_official(boss, "Tập huấn B", "Công chức", (roles.INTAKE,), b"2" * 32, "b")
    )[0]
    counter.append(
        d.change_official(boss, counter.state(staff), "Công chức", (roles.REGISTRAR,), False, "nghỉ")
    )
    assert (counter.state(staff).roles, counter.state(staff).active) == ((roles.REGISTRAR,), False)
    post = counter.append(d.record_post(boss, "Quầy 1", "q1"))[0]
    assert counter.state(post).name == "Quầy 1"
    refusals: tuple[tuple[Callable[[], Any], str], ...] = (
        (lambda: d.change_official(boss, boss, "x", (roles.TECHNICIAN,), True, "y"), "official.own_roles"),
        (lambda: d.change_official(boss, counter.state(staff), "x", ("king",), True, "y"), "official.roles"),
        (
            lambda: d.change_official(boss, counter.state(staff), "x", (roles.INTAKE,), True, " "),
            "ground.missing",
        ),
        (lambda: d.record_official(boss, " ", "x", (roles.INTAKE,), b"3" * 32, "c"), "official.name"),
        (lambda: d.set_policy(boss, unit_subject("00000"), d.WHO_NUMBERS, "anyone"), "policy.value"),
    )
    for wrong, code in refusals:
        with pytest.raises(DomainError) as refused:
            wrong()
        assert refused.value.code == code


def test_policies_have_defaults() -> None:
    assert d.policy(None, d.RECEIVER_SIGNS) == "warn"
    unit = UnitState(unit_subject("00000"), ((d.RECEIVER_SIGNS, "forbid"), (d.WHO_NUMBERS, "nonsense")))
    assert (d.policy(unit, d.RECEIVER_SIGNS), d.policy(unit, d.WHO_NUMBERS)) == ("forbid", "signatory")


def test_a_forgotten_passphrase_takes_a_new_key_and_the_old_seals_still_count() -> None:
    counter = Counter(1)
    person = counter.append(d.record_official(None, "Tập huấn", "x", (roles.INTAKE,), key_of(3).public, "c"))[
        0
    ]
    state = counter.state(person)
    counter.append(d.set_key(state, state, key_of(8).public, "quên", second(HEAD, 1)), state)
    after = counter.state(person)
    assert after.public_key == key_of(8).public
    assert [key for _, key in after.keys] == [key_of(3).public, key_of(8).public]


def test_the_second_signature_covers_kind_subject_and_every_field() -> None:
    body = countersign(OfficialKeySet(b"9" * 32, "quên", HEAD.id, b""), STAFF.id, STAFF, second(HEAD, 1))
    assert check_second(body, STAFF.id, STAFF.id, HEAD) is None
    assert len(second_message(body, STAFF.id)) != 32
    for wrong in (
        check_second(body, VICE.id, STAFF.id, HEAD),
        check_second(msgspec.structs.replace(body, ground="khác"), STAFF.id, STAFF.id, HEAD),
        check_second(msgspec.structs.replace(body, public_key=b"8" * 32), STAFF.id, STAFF.id, HEAD),
        check_second(msgspec.structs.replace(body, second_seal=bytes(64)), STAFF.id, STAFF.id, HEAD),
        check_second(msgspec.structs.replace(body, second_seal=b""), STAFF.id, STAFF.id, HEAD),
    ):
        assert wrong is not None
        assert wrong.code == "second.not_signed"
    other_kind = YearClosed(1, 1, 0, 0, 0, HEAD.id, b"")
    assert second_message(other_kind, STAFF.id) != second_message(body, STAFF.id)


def test_the_second_person_is_another_one_with_the_right_and_known_here() -> None:
    body = countersign(OfficialKeySet(b"9" * 32, "quên", HEAD.id, b""), STAFF.id, STAFF, second(HEAD, 1))
    lapsed = msgspec.structs.replace(HEAD, roles=(roles.INTAKE,))
    got = [
        check_second(body, STAFF.id, HEAD.id, HEAD), check_second(body, STAFF.id, STAFF.id, None),
        check_second(body, STAFF.id, STAFF.id, lapsed),
        check_second(OfficialRecorded("x", "y", (), b"1" * 32, "z"), STAFF.id, STAFF.id, HEAD),
    ]  # fmt: skip
    assert [refused.code for refused in got if refused] == [
        "second.same_person", "second.unknown", "role.not_allowed", "second.missing"
    ]  # fmt: skip
