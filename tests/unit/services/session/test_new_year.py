"""From 31 December to 2 January over a restart: nobody does anything for it, and all is the new year's."""

from __future__ import annotations

from datetime import datetime

import pytest

from counter_app.domain.dates import vn_datetime, vn_instant
from tests.support.counter import (
    CHAIRMAN,
    CLERK,
    PIN,
    REGISTRAR,
    SIGNER,
    Counter,
    person,
    take_in,
)


def at(counter: Counter, text: str) -> None:
    counter.clock.at = vn_instant(datetime.fromisoformat(text))


def registers(counter: Counter) -> list[tuple[int, ...]]:
    with counter.store.read() as connection:
        return [tuple(row) for row in connection.exec_driver_sql("SELECT year FROM registers ORDER BY year")]


def weeks_pass(counter: Counter) -> None:
    """People come to work, as at any counter: its days are believed."""
    for day in ("2026-12-04 08:00", "2026-12-18 08:00"):
        at(counter, day)
        for login in (CHAIRMAN, SIGNER):
            counter.areas.session.lock()
            counter.sign_in(login)


@pytest.fixture
def year_end(counter):
    """31 December, a quarter past four: work as on any day, then the PC is shut down."""
    weeks_pass(counter)
    at(counter, "2026-12-31 16:15")
    counter.sign_in(CLERK)
    counter.last = take_in(counter).request
    counter.areas.session.sign_out()
    at(counter, "2027-01-02 07:31")
    return counter.reopen()


def test_dossiers_registers_and_days_are_those_of_the_new_year(year_end):
    counter = year_end
    counter.sign_in(CLERK)
    first = take_in(counter, who=person("TẬP HUẤN B", "012086006813")).request
    old, new = counter.state(counter.last), counter.state(first)
    assert (old.day, new.day) == (20261231, 20270102)
    assert (new.daily, new.code[8:15]) == (1, "1270102"), "codes are those of the new year's day"
    due = vn_datetime(new.due_at)
    assert due.date().isoformat() == "2027-01-04", "2 January is a Saturday: the calendar of 2027 counts"
    assert registers(counter) == [(2026,)], "a clerk opens no register"
    counter.areas.session.lock()
    came = counter.areas.session.sign_in(counter.officials[REGISTRAR], "tap huan 2026")
    assert "Đã mở sổ SCT/BS năm 2027, bắt đầu từ số 01." in came.before
    assert registers(counter) == [(2026,), (2027,)]
    with counter.store.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM set_aside").scalar() == 0


def test_it_is_opened_once_by_whoever_comes_first(year_end):
    counter = year_end
    for login in (SIGNER, REGISTRAR, CHAIRMAN, SIGNER):
        counter.areas.session.lock()
        counter.sign_in(login)
    assert registers(counter) == [(2026,), (2027,)]
    pen = counter.areas.signing.pen("copy")
    assert pen.here, "numbers of the new year are given here"
    assert pen.last_number == 0


def test_numbers_begin_at_one_and_the_old_years_request_gets_one_of_the_new(year_end):
    counter = year_end
    at(counter, "2027-01-04 08:00")
    counter.sign_in(CHAIRMAN)
    from counter_app.domain.organisation import entries as o

    act = o.DelegationRecorded(
        "01/QĐ-UBND", 20270104, o.ASSIGNED, "KT.", ("copy",), 20270104, 20271231, "Phó Chủ tịch"
    )
    counter.areas.accounts.delegate(counter.officials[SIGNER], act)
    counter.sign_in(SIGNER)
    signing = counter.areas.signing
    pen = signing.pen("copy")
    if pen.paper_witness_needed or pen.date_confirmation_needed:
        signing.confirm_witness(pen.last_number, PIN)
    lot = signing.number((counter.last,), PIN)
    assert (lot.first, lot.last) == (1, 1)


def test_a_clock_a_year_ahead_opens_nothing(counter):
    at(counter, "2027-11-20 08:00")
    counter.reopen()
    counter.sign_in(REGISTRAR)
    assert registers(counter) == [(2026,)]


def test_only_the_last_holder_opens(counter, counters):
    other = counters(2, founder=counter)
    weeks_pass(other)
    at(other, "2027-01-02 07:31")
    other.reopen()
    other.sign_in(REGISTRAR)
    assert registers(other) == [(2026,)]
