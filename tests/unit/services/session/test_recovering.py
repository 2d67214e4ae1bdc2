"""The only head lost the password: two named officials, or one and the province's act, by any carrier."""

from __future__ import annotations

from dataclasses import replace

import pytest

from counter_app.domain.errors import DomainError
from counter_app.services.ports.session import RecoveryForm
from tests.support.counter import CHAIRMAN, CLERK, PASSWORD, PIN, REGISTRAR, SIGNER, TECHNICIAN, Counter, give

NEW = "mot cau moi 2026"


def refused(code: str, act, *values) -> DomainError:
    with pytest.raises(DomainError) as caught:
        act(*values)
    assert caught.value.code == code
    assert caught.value.words("en").title
    return caught.value


def form(counter: Counter, **changed) -> RecoveryForm:
    who = counter.officials
    given = RecoveryForm(
        who[CHAIRMAN], NEW, NEW, "Quên mật khẩu", who[REGISTRAR], PASSWORD, who[TECHNICIAN], PASSWORD
    )
    return replace(given, **changed)


@pytest.fixture
def covered(counter):
    """Nobody is at the counter; the Chairman has tried until it locked."""
    counter.areas.session.sign_out()
    for _ in range(5):
        with pytest.raises(DomainError):
            counter.areas.session.sign_in(counter.officials[CHAIRMAN], "sai mat khau")
    return counter


def test_two_named_officials_open_the_heads_account_without_any_line(covered):
    session, head = covered.areas.session, covered.officials[CHAIRMAN]
    session.recover(form(covered))
    refused("password.wrong", session.sign_in, head, PASSWORD)
    came = session.sign_in(head, NEW)
    assert (came.official, came.has_pin) == (head, False)
    assert covered.areas.desk.act(sealed=True).official is not None
    with covered.store.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM set_aside").scalar() == 0
        rows = connection.exec_driver_sql("SELECT official, reason FROM read_log").all()
    assert (covered.officials[REGISTRAR].key, "Quên mật khẩu") in rows


def test_another_counter_reads_it_and_takes_no_old_password(covered, counters):
    other = counters(2, founder=covered)
    covered.areas.session.recover(form(covered))
    give(covered, other)
    refused("account.replaced", other.areas.session.sign_in, other.officials[CHAIRMAN], PASSWORD)
    states = [one.state(covered.officials[CHAIRMAN]) for one in (covered, other)]
    assert states[0] == states[1]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"second": None}, "recovery.alone"),
        ({"second": REGISTRAR}, "second.same_person"),
        ({"first": CHAIRMAN, "first_secret": PASSWORD}, "password.locked"),
        ({"first": CLERK}, "recovery.witness"),
        ({"first": SIGNER, "first_secret": "sai mat khau"}, "password.wrong"),
        ({"official": CLERK}, "recovery.head"),
        ({"ground": "  "}, "ground.missing"),
        ({"password": "ngan", "repeated": "ngan"}, "password.short"),
        ({"repeated": "khac han"}, "password.differs"),
    ],
)
def test_what_is_refused_changes_nothing(covered, changed, code):
    before = covered.state(covered.officials[CHAIRMAN])
    named = {
        field: covered.officials.get(value, value) if isinstance(value, str) else value
        for field, value in changed.items()
    }
    refused(code, covered.areas.session.recover, form(covered, **named))
    assert covered.state(covered.officials[CHAIRMAN]) == before


def test_a_slip_in_the_new_password_costs_no_witness_a_try(covered):
    wrong = form(covered, repeated="khac han", first_secret="sai mat khau")
    refused("password.differs", covered.areas.session.recover, wrong)
    covered.areas.session.sign_in(covered.officials[REGISTRAR], PASSWORD)
    assert "nhập sai" not in covered.areas.session.sign_in(covered.officials[REGISTRAR], PIN).before
