"""At sign-in: when and where the last time was, and what failed since; the supervisor sees the same."""

from __future__ import annotations

import pytest

from counter_app.domain.drafting import draft
from counter_app.domain.errors import DomainError
from counter_app.domain.organisation.entries import PresenceSaid
from counter_app.domain.organisation.presence import HERE
from counter_app.domain.organisation.state import unit_subject
from counter_app.services.session.tries import MOST_TRIES
from counter_app.storage.this_pc import local
from tests.support.counter import CLERK, PASSWORD, PIN, SIGNER, TECHNICIAN, UNIT, Counter, give

WRONG = "sai mat khau"


def fail(counter: Counter, login: str, times: int) -> None:
    for _ in range(times):
        with pytest.raises(DomainError):
            counter.areas.session.sign_in(counter.officials[login], WRONG)


def told(counter: Counter, login: str, secret: str = PASSWORD) -> str:
    return counter.areas.session.sign_in(counter.officials[login], secret).before


def test_the_first_time_at_a_pc_is_said(counter):
    assert told(counter, TECHNICIAN) == "Lần đăng nhập đầu tiên tại máy này."


def test_when_and_where_the_last_time_was(counter):
    counter.areas.session.lock()
    counter.clock.forward(hours=24)
    assert told(counter, CLERK) == "Lần trước: 20/11/2026, 07:30, QUẦY-01."


def test_what_failed_since_is_told_once_also_after_a_kill(counter):
    counter.areas.session.sign_out()
    counter.clock.forward(hours=20)
    fail(counter, CLERK, 2)
    counter.reopen()
    words = told(counter, CLERK)
    assert words.startswith(
        "Lần trước: 20/11/2026, 07:30, QUẦY-01. Từ đó có 2 lần nhập sai, lần cuối 21/11/2026"
    )
    counter.areas.session.sign_out()
    assert "nhập sai" not in told(counter, CLERK)


def test_tries_that_a_supervisor_forgave_are_told_all_the_same(counter):
    counter.areas.session.sign_out()
    fail(counter, CLERK, MOST_TRIES)
    session = counter.areas.session
    session.open_locked(counter.officials[CLERK], counter.officials[SIGNER], PASSWORD, "quên mật khẩu")
    assert f"{MOST_TRIES} lần nhập sai" in told(counter, CLERK)


def test_unlocking_by_pin_says_nothing_unless_somebody_tried(counter):
    session = counter.areas.session
    session.lock()
    assert told(counter, CLERK, PIN) == ""
    session.lock()
    with pytest.raises(DomainError):
        session.sign_in(counter.officials[CLERK], "135791")
    assert "1 lần nhập sai" in told(counter, CLERK, PIN)


def test_a_signatory_hears_of_his_sign_in_at_another_counter(counter, counters):
    other = counters(2, founder=counter)
    counter.sign_in(SIGNER)
    other.clock.at = counter.clock.at + 3_600_000
    other.sign_in(SIGNER)
    give(other, counter)
    counter.clock.forward(hours=24)
    assert told(counter, SIGNER) == "Lần trước: 20/11/2026, 08:30, QUẦY-02."


@pytest.mark.parametrize("since", [10**15, 2**62])
def test_a_mad_clock_at_another_counter_keeps_nobody_from_his_seat(counter, counters, since):
    """Anybody's presence may be said by any counter of the unit."""
    other = counters(2, founder=counter)
    other.sign_in(CLERK)
    body = PresenceSaid(counter.officials[SIGNER], 20261121, HERE, since, 0)
    other.store.append((draft(body, unit_subject(UNIT)),), other.areas.desk.act())
    give(other, counter)
    counter.clock.forward(hours=24)
    assert told(counter, SIGNER) == "Lần trước: ?, QUẦY-02."


def test_the_supervisor_sees_it_in_the_list(counter):
    counter.areas.session.sign_out()
    fail(counter, CLERK, 2)
    counter.sign_in(SIGNER)
    words = {view.login: view.last_sign_in for view in counter.areas.officials.officials()}
    assert words[CLERK] == "vào lần cuối 20/11/2026, 07:30, QUẦY-01, 2 lần sai"
    assert words[TECHNICIAN] == "chưa vào lần nào"


def test_each_failure_is_in_the_store_before_its_answer(counter):
    counter.areas.session.sign_out()
    fail(counter, CLERK, 1)
    with counter.store.read() as connection:
        assert local.lockout(connection, f"{CLERK} since").failures == 1
