"""Accounts and what the province says of them travel by line, office LAN and stick alike."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from counter_app.domain.errors import DomainError
from counter_app.domain.organisation.recovering import allow_recovery
from counter_app.services.ports.officials import ENDED, ChangeForm, EndActForm
from counter_app.services.ports.session import RecoveryForm
from sync.client.files import export_files, import_files
from sync.hub import recovery_commands
from sync.protocol.meeting.parcel import Giver, ParcelKeys
from tests.support.counter import (
    CHAIRMAN,
    CLERK,
    PASSWORD,
    REGISTRAR,
    SIGNER,
    TECHNICIAN,
    UNIT,
    Counter,
    give,
    take_in,
)
from tests.support.invariants import rows, stale
from tests.support.lan import UNIT_KEY, equal, node_of, running, until
from tests.sync.scenarios.office import Office

NEW = "mot cau moi 2026"
Carry = Callable[[Counter, Counter], None]


@pytest.fixture(params=["line", "lan", "file"])
def carry(request: pytest.FixtureRequest, office: Office, tmp_path: Path) -> Carry:
    """Brings everything that the first holds to the second."""

    def by_line(one: Counter, two: Counter) -> None:
        office.settle(one, two)

    def by_lan(one: Counter, two: Counter) -> None:
        one.port().hand_over()  # signed, so that it may leave
        first = node_of(one)
        first.start()
        second = node_of(two, knows=(first,))
        second.start()
        with running(first, second):
            assert until(lambda: equal(one, two))

    def by_file(one: Counter, two: Counter) -> None:
        source = one.port()
        source.hand_over()
        giver = Giver(one.author.key, UNIT_KEY)  # type: ignore[attr-defined]
        out = export_files(source, giver, tmp_path / "usb", "00000-QUAY-01", one.clock.now())
        import_files(two.port(), ParcelKeys({1: UNIT_KEY}, one.province.hub_keys), out.paths)

    (tmp_path / "usb").mkdir()
    ways: dict[str, Carry] = {"line": by_line, "lan": by_lan, "file": by_file}
    return ways[request.param]


def code_of(act: Callable[..., object], *values: object) -> str:
    with pytest.raises(DomainError) as refused:
        act(*values)
    return refused.value.code


def two_counters(office: Office) -> tuple[Counter, Counter]:
    one, two = office.pc(1), office.pc(2)
    office.settle()
    return one, two


def test_an_account_and_an_authority_ended_at_one_counter_serve_at_no_other(
    office: Office, carry: Carry
) -> None:
    one, two = two_counters(office)
    assert one.delegation is not None
    one.sign_in(CHAIRMAN)
    one.areas.officials.end_act(EndActForm(one.delegation, 20261120, "thu hồi"))
    mai = one.officials[CLERK]
    one.areas.officials.change(ChangeForm(mai, "Công chức một cửa", ("intake",), ENDED, "chuyển công tác"))
    two.areas.session.lock()
    assert two.areas.session.sign_in(mai, PASSWORD), "nothing was heard yet"
    carry(one, two)
    two.areas.session.lock()
    assert code_of(two.areas.session.sign_in, mai, PASSWORD) == "account.ended"
    two.sign_in(SIGNER)
    assert [act.standing for act in two.areas.officials.acts()] == ["over"]


def test_a_pc_the_province_revoked_is_not_read_from_whatever_brings_the_word(
    office: Office, carry: Carry
) -> None:
    """Counter 1 has the line and hears of it; counter 2 hears it from counter 1 alone."""
    one, two = two_counters(office)
    three = office.pc(3)
    office.settle()
    office.hub.revoke(three.work.journal, reason="mất máy")
    office.settle(one)
    three.sign_in(CLERK)
    late = take_in(three).request
    give(three, two)
    assert rows(two.store, f"SELECT count(*) FROM requests WHERE id = {late.key}") == [(1,)]
    carry(one, two)
    assert rows(two.store, f"SELECT count(*) FROM requests WHERE id = {late.key}") == [(0,)]
    assert stale(two.store) == []


def form(counter: Counter) -> RecoveryForm:
    who = counter.officials
    return RecoveryForm(who[CHAIRMAN], NEW, NEW, "Quên mật khẩu", who[REGISTRAR], PASSWORD)


def test_one_witness_and_the_provinces_act_recover_the_head(office: Office, carry: Carry) -> None:
    """The act is written at the province for the unit; counter 2 gets it from counter 1, and uses it once."""
    one, two = two_counters(office)
    allow(office, 20261130)
    office.settle(one)
    two.areas.session.sign_out()
    assert code_of(two.areas.session.recover, form(two)) == "recovery.alone"
    carry(one, two)
    two.areas.session.recover(form(two))
    assert two.areas.session.sign_in(two.officials[CHAIRMAN], NEW)
    two.areas.session.sign_out()
    assert code_of(two.areas.session.recover, form(two)) == "recovery.alone"
    office.settle()
    assert office.faults() == []
    assert office.hub.questions(UNIT) == (), "what the province allowed is not asked about"


def allow(office: Office, last_day: int) -> None:
    found = {one.login: one for one in recovery_commands.heads_of_unit(office.hub, UNIT)}
    office.hub.append(UNIT, *allow_recovery(found[CHAIRMAN], "Công văn 12/SNV", last_day))


def test_an_act_whose_day_is_over_serves_nobody(office: Office) -> None:
    one, _ = two_counters(office)
    allow(office, 20261119)
    office.settle(one)
    one.areas.session.sign_out()
    assert code_of(one.areas.session.recover, form(one)) == "recovery.alone"


def test_two_witnesses_alone_are_asked_about_by_the_province(office: Office) -> None:
    one, _ = two_counters(office)
    who = one.officials
    one.areas.session.sign_out()
    two_witnesses = RecoveryForm(
        who[CHAIRMAN], NEW, NEW, "Quên mật khẩu", who[REGISTRAR], PASSWORD, who[TECHNICIAN], PASSWORD
    )
    one.areas.session.recover(two_witnesses)
    office.settle()
    (asked,) = office.hub.questions(UNIT)
    assert asked.code == "account.recovered"
    assert "Lò Thị Hoa" in asked.words
    assert office.faults() == []


def test_a_permit_written_by_a_counter_is_kept_and_not_read(office: Office) -> None:
    """Whoever holds a PC cannot speak for the province."""
    one, two = two_counters(office)
    one.sign_in(SIGNER)
    drafts = allow_recovery(one.state(one.officials[CHAIRMAN]), "tự viết", 20261130)
    one.store.append(drafts, one.areas.desk.act())
    give(one, two)
    two.areas.session.sign_out()
    assert code_of(two.areas.session.recover, form(two)) == "recovery.alone"
    assert rows(two.store, "SELECT DISTINCT reason FROM set_aside") == [("not-theirs",)]
