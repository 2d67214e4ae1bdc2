"""Accounts after their first day, on a real store: changed, stopped, resumed, a new password, ended acts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from counter_app.domain.errors import DomainError
from counter_app.domain.folding.fact import read_fact
from counter_app.domain.organisation.entries import OfficialChanged, OfficialKeySet
from counter_app.services.founding.port import FoundingArea
from counter_app.services.ports.founding import DelegationForm
from counter_app.services.ports.officials import (
    ENDED,
    IN_FORCE,
    LATER,
    OVER,
    SUSPENDED,
    WORKING,
    ChangeForm,
    EndActForm,
    NewPasswordForm,
)
from counter_app.services.session import secrets
from counter_app.storage.journals.journal import entry_at
from counter_app.storage.journals.journal_tables import set_aside
from sync.protocol.naming.ids import EntryId
from sync.protocol.naming.unit_keys import UnitKey
from tests.support.counter import (
    CHAIRMAN,
    CLERK,
    PASSWORD,
    PIN,
    REGISTRAR,
    SIGNER,
    give,
)

NEW = "mot cau moi 2026"
TODAY = 20261120


def refused(code: str, act, *values) -> DomainError:
    with pytest.raises(DomainError) as caught:
        act(*values)
    assert caught.value.code == code
    assert caught.value.words("en").title
    return caught.value


@pytest.fixture
def head(counter):
    """The Chairman is at the counter."""
    return seat(counter, CHAIRMAN)


def seat(counter, login: str, secret: str = PASSWORD):
    if counter.areas.desk.person is not None:
        counter.areas.session.lock()
    counter.areas.session.sign_in(counter.officials[login], secret)
    return counter


def view(counter, login: str):
    official = counter.officials[login]
    return next(one for one in counter.areas.officials.officials() if one.official == official)


def change(counter, login: str, **fields: object) -> ChangeForm:
    now = view(counter, login)
    form = ChangeForm(now.official, now.title_line, now.roles, WORKING, "QĐ 15/QĐ-UBND")
    return replace(form, **fields)


def last_entry(counter):
    journal = counter.areas.work.journal
    with counter.store.read() as connection:
        seq = connection.exec_driver_sql(
            "SELECT max(seq) FROM entries WHERE journal = ?", (journal,)
        ).scalar_one()
        return entry_at(connection, EntryId(journal, seq))


def aside(counter) -> int:
    with counter.store.read() as connection:
        return connection.exec_driver_sql(f"SELECT count(*) FROM {set_aside.name}").scalar_one()


def test_title_and_roles_change_with_a_ground_under_the_heads_seal(head):
    form = change(head, CLERK, title_line=" Công chức tư pháp ", roles=("registrar",))
    head.areas.officials.change(form)
    now = view(head, CLERK)
    assert (now.title_line, now.roles, now.active) == ("Công chức tư pháp", ("registrar",), True)
    entry = last_entry(head)
    assert read_fact(entry).body == OfficialChanged(
        "Công chức tư pháp", ("registrar",), True, "QĐ 15/QĐ-UBND"
    )
    assert entry.facts.actor == head.officials[CHAIRMAN]
    assert entry.seal
    seat(head, CLERK)
    assert "manage_people" not in head.areas.session.sign_in(head.officials[CLERK], PASSWORD).permissions


@pytest.mark.parametrize(
    ("fields", "code", "field"),
    [
        ({"ground": "  "}, "ground.missing", "ground"),
        ({"title_line": " "}, "official.title_line", "title_line"),
        ({"roles": ()}, "official.roles", "roles"),
    ],
)
def test_what_is_missing_is_said_at_its_field(head, fields, code, field):
    before = last_entry(head).id
    assert refused(code, head.areas.officials.change, change(head, CLERK, **fields)).field == field
    assert last_entry(head).id == before


@pytest.mark.parametrize("standing", [SUSPENDED, ENDED])
def test_the_last_head_ends_nobody_into_a_unit_without_head(head, standing):
    """He cannot stop himself; and whoever stops a head is one himself and stays."""
    refused("official.own_roles", head.areas.officials.change, change(head, CHAIRMAN, standing=standing))
    refused("official.own_roles", head.areas.officials.change, change(head, CHAIRMAN, roles=("intake",)))
    head.areas.officials.change(change(head, SIGNER, standing=standing))
    refused("official.own_roles", head.areas.officials.change, change(head, CHAIRMAN, standing=standing))


def test_a_clerk_changes_nobody(counter):
    seat(counter, CLERK)
    refused("role.not_allowed", counter.areas.officials.change, change(counter, REGISTRAR, standing=ENDED))
    form = NewPasswordForm(counter.officials[REGISTRAR], NEW, NEW, "Quên", PIN)
    refused("role.not_allowed", counter.areas.officials.replace_password, form)


def test_a_suspended_account_opens_nothing_until_it_is_resumed(head):
    mai = head.officials[CLERK]
    head.areas.officials.change(change(head, CLERK, standing=SUSPENDED, ground="Nghỉ thai sản"))
    assert read_fact(last_entry(head)).body.ground == "Tạm dừng: Nghỉ thai sản"
    assert mai not in {one.official for one in head.areas.session.people()}
    refused("account.ended", head.areas.session.sign_in, mai, PASSWORD)
    now = view(head, CLERK)
    assert (now.active, now.here) == (False, True)
    assert head.areas.officials.officials()[-1].official == mai, "stopped accounts stand last"
    head.areas.officials.change(change(head, CLERK, ground="Đi làm lại"))
    head.areas.session.lock()
    assert head.areas.session.sign_in(mai, PASSWORD).official == mai


def test_an_ended_account_is_gone_from_this_pc_and_an_open_key_closed(head):
    mai = head.officials[CLERK]
    assert head.areas.desk.opened(mai) is not None
    head.areas.officials.change(change(head, CLERK, standing=ENDED, ground="Chuyển công tác"))
    assert head.areas.desk.opened(mai) is None
    with head.store.read() as connection:
        assert not secrets.has_key(connection, mai)
        assert not secrets.has_pin(connection, mai)
    assert not view(head, CLERK).here


def forgotten(counter, **fields: str) -> NewPasswordForm:
    return replace(NewPasswordForm(counter.officials[CLERK], NEW, NEW, "Quên mật khẩu", PIN), **fields)


@pytest.mark.parametrize("secret", [PIN, PASSWORD])
def test_a_forgotten_password_is_replaced_by_the_head_without_any_line(head, secret):
    mai = head.officials[CLERK]
    before = view(head, CLERK)
    head.areas.officials.replace_password(forgotten(head, secret=secret))
    entry = last_entry(head)
    body = read_fact(entry).body
    assert isinstance(body, OfficialKeySet)
    assert (body.ground, body.second, entry.facts.actor) == ("Quên mật khẩu", head.officials[CHAIRMAN], mai)
    assert aside(head) == 0, "every reader takes the entry"
    assert view(head, CLERK) == before
    head.areas.session.lock()
    refused("password.wrong", head.areas.session.sign_in, mai, PASSWORD)
    session = head.areas.session.sign_in(mai, NEW)
    assert (session.official, session.has_pin, session.offers_pin) == (mai, False, True)
    assert head.areas.desk.act(sealed=True).official is not None


def test_a_locked_account_is_open_after_its_password_was_replaced(head):
    mai = head.officials[CLERK]
    head.areas.session.sign_out()
    head.clock.forward(hours=24)
    for _ in range(5):
        with pytest.raises(DomainError):
            head.areas.session.sign_in(mai, "sai mat khau")
    refused("password.locked", head.areas.session.sign_in, mai, PASSWORD)
    seat(head, CHAIRMAN)
    head.areas.officials.replace_password(forgotten(head, secret=PASSWORD))
    head.areas.session.lock()
    assert head.areas.session.sign_in(mai, NEW).official == mai


@pytest.mark.parametrize(
    ("fields", "code", "field"),
    [
        ({"password": "ngan", "repeated": "ngan"}, "password.short", "new"),
        ({"repeated": NEW + "x"}, "password.differs", "repeated"),
        ({"ground": " "}, "ground.missing", "ground"),
        ({"secret": "135791"}, "pin.wrong", "pin"),
        ({"secret": "sai mat khau"}, "password.wrong", "password"),
    ],
)
def test_a_refused_new_password_leaves_the_old_one(head, fields, code, field):
    before = last_entry(head).id
    assert refused(code, head.areas.officials.replace_password, forgotten(head, **fields)).field == field
    assert last_entry(head).id == before
    head.areas.session.lock()
    assert head.areas.session.sign_in(head.officials[CLERK], PASSWORD)


def test_nobody_stands_for_his_own_new_password(head):
    form = forgotten(head, official=head.officials[CHAIRMAN])
    refused("second.same_person", head.areas.officials.replace_password, form)


def test_a_stopped_account_gets_no_new_password(head):
    head.areas.officials.change(change(head, CLERK, standing=SUSPENDED))
    refused("official.stopped", head.areas.officials.replace_password, forgotten(head))


def test_the_old_account_elsewhere_ends_and_the_new_one_is_admitted_by_file(counters, counter, tmp_path):
    other = counters(2, founder=counter)
    mai = counter.officials[CLERK]
    seat(counter, CHAIRMAN)
    counter.areas.officials.replace_password(forgotten(counter))
    stale = other.areas.officials
    give(counter, other)
    seen = next(one for one in stale.officials() if one.official == mai)
    assert (seen.here, seen.current) == (True, False)
    refused("account.replaced", other.areas.session.sign_in, mai, PASSWORD)
    refused("account.replaced", other.areas.session.sign_in, mai, NEW)
    carried = founding(counter).write_accounts(str(tmp_path))
    taken = founding(other).read_accounts(carried.path)
    assert taken.count == 1, "the four others are here already"
    assert next(one for one in stale.officials() if one.official == mai).current
    assert other.areas.session.sign_in(mai, NEW).offers_pin


def test_an_older_file_brings_the_old_password_to_nobody(counters, counter, tmp_path):
    other = counters(2, founder=counter)
    mai = counter.officials[CLERK]
    old = founding(other).write_accounts(str(tmp_path / "old"))
    seat(counter, CHAIRMAN)
    counter.areas.officials.replace_password(forgotten(counter))
    assert founding(counter).read_accounts(old.path).count == 0
    counter.areas.session.lock()
    assert counter.areas.session.sign_in(mai, NEW)
    give(counter, other)
    assert founding(other).write_accounts(str(tmp_path / "new")).count == len(counter.officials) - 1


def test_an_ended_account_does_not_come_back_by_file(counter, tmp_path):
    file = founding(counter).write_accounts(str(tmp_path)).path
    seat(counter, CHAIRMAN)
    counter.areas.officials.change(change(counter, CLERK, standing=ENDED))
    assert founding(counter).read_accounts(file).count == 0
    assert not view(counter, CLERK).here


def founding(counter) -> FoundingArea:
    key = UnitKey("00000", 1, bytes(32))
    return FoundingArea(counter.areas.work, counter.areas.accounts, lambda: {1: key}, ())


def act_form(counter, number: str, first: int, last: int) -> DelegationForm:
    return DelegationForm(
        counter.officials[REGISTRAR], number, first, "uy_quyen", "TUQ.", "Công chức", ("copy",), first, last,
    )  # fmt: skip


def test_acts_are_listed_in_force_first_and_end_by_a_ground(head):
    area = founding(head)
    area.delegate(act_form(head, "60/QĐ-UBND", 20270101, 20271231))
    area.delegate(act_form(head, "20/QĐ-UBND", 20260101, 20260630))
    area.delegate(act_form(head, "61/QĐ-UBND", 20260901, 0))
    acts = head.areas.officials.acts()
    assert [(one.act_number, one.standing) for one in acts if one.act_number[:2] in ("60", "61", "20")] == [
        ("61/QĐ-UBND", IN_FORCE), ("60/QĐ-UBND", LATER), ("20/QĐ-UBND", OVER),
    ]  # fmt: skip
    endless = next(one for one in acts if one.act_number.startswith("61"))
    assert (endless.last_day, endless.official_name) == (0, "Lò Thị Hoa (tập huấn)")
    refused("ground.missing", head.areas.officials.end_act, EndActForm(endless.delegation, TODAY, " "))
    head.areas.officials.end_act(EndActForm(endless.delegation, TODAY, "Thu hồi theo QĐ 70"))
    ended = next(one for one in head.areas.officials.acts() if one.act_number.startswith("61"))
    assert (ended.standing, ended.last_day) == (OVER, 20261119)
    assert last_entry(head).seal
    refused(
        "delegation.ended_before", head.areas.officials.end_act, EndActForm(endless.delegation, TODAY, "x")
    )


def test_an_act_that_ends_tomorrow_is_in_force_today(head):
    area = founding(head)
    area.delegate(act_form(head, "62/QĐ-UBND", 20260901, 0))
    (act,) = [one for one in head.areas.officials.acts() if one.act_number.startswith("62")]
    head.areas.officials.end_act(EndActForm(act.delegation, 20261121, "Thu hồi"))
    (act,) = [one for one in head.areas.officials.acts() if one.act_number.startswith("62")]
    assert (act.standing, act.last_day) == (IN_FORCE, TODAY)


def test_from_december_on_acts_that_end_with_the_year_are_marked(head):
    area = founding(head)
    area.delegate(act_form(head, "63/QĐ-UBND", 20260901, 20261231))
    assert not any(one.with_year for one in head.areas.officials.acts())
    head.clock.forward(hours=24 * 12)
    marked = {one.act_number for one in head.areas.officials.acts() if one.with_year}
    assert "63/QĐ-UBND" in marked


def test_a_week_before_its_end_an_act_is_warned_of_until_another_follows(head):
    area = founding(head)
    area.delegate(act_form(head, "64/QĐ-UBND", 20260901, TODAY + 8))

    def seen():
        return next(one for one in head.areas.officials.acts() if one.act_number.startswith("64"))

    def told():
        return [words for _, words in head.areas.home.home().reminders if "64/QĐ" in words]

    assert (seen().days_left, told()) == (-1, [])
    head.clock.forward(hours=24)
    head.sign_in(CHAIRMAN)
    assert (seen().days_left, seen().renew_from, seen().renew_to) == (7, 20261129, 20261231)
    assert told() == ["Văn bản 64/QĐ-UBND còn 7 ngày"]
    area.delegate(act_form(head, "65/QĐ-UBND", seen().renew_from, seen().renew_to))
    assert seen().followed
    assert told() == []
