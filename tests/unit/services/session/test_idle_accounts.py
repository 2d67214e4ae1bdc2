"""Forty-five idle days close an account on a shared PC; a wild clock closes none; the supervisor opens."""

from __future__ import annotations

from pathlib import Path

import pytest

from counter_app.clock import FixedClock
from counter_app.domain.errors import DomainError
from counter_app.domain.organisation.idleness import IDLE_DAYS
from counter_app.services.ports.session import LOCKED, PersonChoice
from counter_app.services.session import uses
from counter_app.storage.journals.journal import entry_at
from counter_app.storage.journals.verdicts import REVOKED, set_entries_aside
from counter_app.storage.this_pc.read_log import read_log_intact
from tests.support.counter import (
    CHAIRMAN,
    CLERK,
    PASSWORD,
    REGISTRAR,
    SIGNER,
    TECHNICIAN,
    Counter,
    give,
    make_counter,
    take_in,
)

DAY = 24
YEARS_73 = DAY * 365 * 73


def choice(counter: Counter, login: str) -> PersonChoice:
    official = counter.officials[login]
    return next(one for one in counter.areas.session.people() if one.official == official)


def refused(code: str, act, *values) -> DomainError:
    with pytest.raises(DomainError) as caught:
        act(*values)
    assert caught.value.code == code
    return caught.value


def days_of_work(counter: Counter, days: int, *logins: str) -> None:
    """A PC that is used: every third day these people sign in; a rest of three days is a weekend."""
    for _ in range(days // 3):
        counter.clock.forward(hours=3 * DAY)
        for login in logins:
            counter.areas.session.lock()
            counter.sign_in(login)


def test_an_account_nobody_used_for_forty_five_days_is_closed_and_the_others_are_not(counter):
    days_of_work(counter, IDLE_DAYS - 3, CLERK, SIGNER)
    assert choice(counter, REGISTRAR).needs != LOCKED
    days_of_work(counter, 6, CLERK, SIGNER)
    lo_hoa = choice(counter, REGISTRAR)
    assert (lo_hoa.needs, lo_hoa.idle_days >= IDLE_DAYS) == (LOCKED, True)
    assert choice(counter, CLERK).needs != LOCKED
    words = refused("account.idle", counter.areas.session.sign_in, lo_hoa.official, PASSWORD)
    assert words.title == f"Tài khoản đã {lo_hoa.idle_days} ngày không dùng, nên đã khóa."
    assert words.remedy == "Lãnh đạo mở ngay tại máy này, có ghi lý do."


def test_a_closed_account_is_no_second_person_either(counter):
    days_of_work(counter, IDLE_DAYS + 3, CLERK, SIGNER)
    refused("account.idle", counter.areas.desk.second, counter.officials[CHAIRMAN], PASSWORD)


def test_the_supervisor_opens_it_with_a_reason_that_stays_and_it_survives_a_restart(counter):
    days_of_work(counter, IDLE_DAYS + 3, CLERK, SIGNER)
    hoa, head = counter.officials[REGISTRAR], counter.officials[SIGNER]
    counter.reopen()
    session = counter.areas.session
    assert choice(counter, REGISTRAR).needs == LOCKED
    refused("open.reason", session.open_locked, hoa, head, PASSWORD, "")
    refused("role.not_allowed", session.open_locked, hoa, counter.officials[CLERK], PASSWORD, "về làm lại")
    session.open_locked(hoa, head, PASSWORD, "nghỉ thai sản về")
    assert session.sign_in(hoa, PASSWORD).official == hoa
    with counter.store.read() as connection:
        assert read_log_intact(connection)
        rows = connection.exec_driver_sql("SELECT official, reason FROM read_log").all()
    assert (head.key, "nghỉ thai sản về") in rows


def test_a_clock_in_2099_closes_nobody_and_leaves_nothing_behind(counter):
    counter.sign_in(SIGNER)
    counter.clock.forward(hours=YEARS_73)
    for _ in range(3):
        counter.reopen()
        assert all(one.needs != LOCKED for one in counter.areas.session.people())
        counter.sign_in(CLERK)
    counter.clock.forward(hours=-YEARS_73)
    counter.reopen()
    assert all(one.needs != LOCKED for one in counter.areas.session.people())


def test_the_last_supervisor_who_was_here_is_never_closed(counter):
    """The clerk works alone for two months: the supervisor who signed in last may still open all others."""
    counter.sign_in(SIGNER)
    days_of_work(counter, 66, CLERK)
    session = counter.areas.session
    assert choice(counter, CHAIRMAN).needs == LOCKED
    assert choice(counter, SIGNER).needs != LOCKED
    session.open_locked(counter.officials[CHAIRMAN], counter.officials[SIGNER], PASSWORD, "đi học về")
    assert session.sign_in(counter.officials[CHAIRMAN], PASSWORD)


def test_a_head_who_resumes_somebody_opens_the_account_too(counter):
    from counter_app.services.ports.officials import SUSPENDED, WORKING, ChangeForm

    def standing(how: str, ground: str) -> None:
        counter.sign_in(CHAIRMAN)
        hoa = counter.officials[REGISTRAR]
        form = ChangeForm(hoa, "Công chức tư pháp - hộ tịch", ("registrar",), how, ground)
        counter.areas.officials.change(form)

    standing(SUSPENDED, "nghỉ dài ngày")
    days_of_work(counter, IDLE_DAYS + 3, CLERK, CHAIRMAN)
    standing(WORKING, "đi làm lại")
    assert counter.areas.session.sign_in(counter.officials[REGISTRAR], PASSWORD)


def test_the_list_of_officials_says_who_is_closed(counter):
    days_of_work(counter, IDLE_DAYS + 3, CLERK, SIGNER)
    told = {view.login: view.idle_days for view in counter.areas.officials.officials()}
    assert told[CLERK] == told[SIGNER] == 0
    assert told[REGISTRAR] == told[TECHNICIAN] >= IDLE_DAYS


def two_counters(tmp_path: Path) -> tuple[Counter, Counter]:
    """The registrar has an account at both, and one clock shows the time of both."""
    one = make_counter(tmp_path)
    two = make_counter(tmp_path, 2, founder=one, clock=one.clock)
    return one, two


def test_who_works_at_another_counter_is_not_closed_at_this_one(tmp_path):
    """The clerk of counter 2 exchanges; nobody but the signatory has come to counter 1 for two months."""
    one, two = two_counters(tmp_path)
    for _ in range(8):
        one.clock.forward(hours=6 * DAY)
        one.sign_in(SIGNER)
        two.sign_in(CLERK)
        take_in(two)
        give(two, one)
        one.areas.session.lock()
        two.areas.session.lock()
    assert choice(one, CLERK).needs != LOCKED
    assert choice(one, REGISTRAR).needs == LOCKED  # she acted nowhere
    assert choice(two, REGISTRAR).needs == LOCKED
    assert one.areas.session.sign_in(one.officials[CLERK], PASSWORD)
    one.close()
    two.close()


def test_the_day_on_which_an_act_arrives_counts_and_not_the_clock_of_its_author(tmp_path):
    one, two = two_counters(tmp_path)
    days_of_work(one, 6, SIGNER)
    two.clock = FixedClock(one.clock.at + YEARS_73 * 3_600_000, step=1)
    two.areas.work.clock = two.clock
    two.sign_in(CLERK)
    take_in(two)
    give(two, one)
    days_of_work(one, IDLE_DAYS - 3, SIGNER)
    assert choice(one, CLERK).needs != LOCKED
    days_of_work(one, 6, SIGNER)
    assert choice(one, CLERK).needs == LOCKED
    one.close()
    two.close()


def test_what_is_held_and_not_read_keeps_no_account_open(tmp_path):
    one, two = two_counters(tmp_path)
    days_of_work(one, IDLE_DAYS - 6, SIGNER)
    two.sign_in(CLERK)
    taken = take_in(two).request
    with two.store.read() as connection:
        entry = entry_at(connection, taken)
    with one.store.write() as connection:
        set_entries_aside(connection, [(entry, REVOKED)])
        uses.note_acts(connection, [entry], one.work.now())
    days_of_work(one, 9, SIGNER)
    assert choice(one, CLERK).needs == LOCKED
    with one.store.write() as connection:
        connection.exec_driver_sql("DELETE FROM set_aside")  # admitted again
        uses.note_acts(connection, [entry], one.work.now())
    assert choice(one, CLERK).needs != LOCKED
    one.close()
    two.close()
