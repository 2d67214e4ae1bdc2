"""A slip that came back to the clerk: opened, mended, submitted again, under its own code and promise."""

from __future__ import annotations

from dataclasses import replace

import pytest

from counter_app.domain.errors import DomainError
from counter_app.services.ports.copies import RowForm
from tests.support.counter import CLERK, MORNING, PIN, SIGNER, form, person, take_in


def at_the_desk(counter):
    counter.sign_in(SIGNER)
    pen = counter.areas.signing.pen()
    if pen.paper_witness_needed:
        counter.areas.signing.confirm_witness(pen.last_number, PIN)


def sent_back(counter, *rows):
    request = take_in(counter, *rows).request
    at_the_desk(counter)
    counter.areas.signing.return_to_clerk(request, "pages", "học bạ có 24 trang")
    counter.sign_in(CLERK)
    return request


def test_a_returned_slip_opens_as_it_was_typed(counter):
    request = sent_back(counter, "hb 12x2p", "gks 1x1")
    opened = counter.areas.copies.reopen(request)
    assert [row.text for row in opened.rows] == ["hb 12x2p", "gks 1x1"]
    assert all(row.compared_at == MORNING for row in opened.rows)
    assert (opened.request, opened.person.name) == (request, "HOÀNG VĂN SƠN")


def test_mended_it_goes_to_the_pile_again_under_its_own_code(counter):
    request = sent_back(counter, "hb 12x2", "gks 1x1")
    before = counter.state(request)
    opened = counter.areas.copies.reopen(request)
    mended = replace(opened, rows=(RowForm("hb 24x2", compared_at=MORNING), opened.rows[1]))
    done = counter.areas.copies.commit(mended)
    assert done.sentence == "Đã sửa 01-0001, đã trình lại."
    after = counter.state(request)
    assert (after.code, after.due_at, after.is_returned) == (before.code, before.due_at, False)
    assert [one.taken.pages for one in after.originals] == [24, 1]
    assert after.to_pay == 52_000 - 28_000
    at_the_desk(counter)
    assert [row.request for row in counter.areas.signing.pile()] == [request]


def test_the_fee_stays_that_of_the_day_of_intake_and_faults_still_stop(counter):
    request = sent_back(counter, "hb 12x2")
    opened = counter.areas.copies.reopen(request)
    with pytest.raises(DomainError) as caught:
        counter.areas.copies.commit(replace(opened, rows=(RowForm("hb 24x2"),)))
    assert caught.value.code == "original.not_compared"
    assert counter.state(request).is_returned


def test_a_struck_number_is_submitted_again_and_the_valid_one_stays(counter):
    request = take_in(counter, "gks 1x2", "hb 3x1").request
    at_the_desk(counter)
    lot = counter.areas.signing.number((request,), PIN).lot
    counter.areas.signing.strike(counter.areas.signing.lot_lines(lot)[1].line, "differs", "")
    counter.areas.signing.confirm(lot, None)
    counter.sign_in(CLERK)
    opened = counter.areas.copies.reopen(request)
    assert [row.text for row in opened.rows] == ["hb 3x1"]
    counter.areas.copies.commit(opened)
    states = [(one.state, one.number) for one in counter.state(request).originals]
    assert states[0] == ("signed", 1776)
    assert states[1][0] == "submitted"
    at_the_desk(counter)
    assert counter.areas.signing.number((request,), PIN).first == 1778


def test_a_slip_with_nothing_open_is_not_mended(counter):
    request = take_in(counter).request
    at_the_desk(counter)
    counter.areas.signing.number((request,), PIN)
    counter.sign_in(CLERK)
    with pytest.raises(DomainError) as caught:
        counter.areas.copies.commit(replace(form("gks 1x2", who=person()), request=request))
    assert caught.value.code in ("request.closed", "request.nothing")


def test_short_cash_over_copies_and_signatures_is_said_over_the_whole_sum(counter):
    with pytest.raises(DomainError) as caught:
        counter.areas.copies.commit(form("gks 1x4", "ck syll 1", given="10"))
    assert caught.value.title.replace("\xa0", " ") == "Tiền nhận 10.000 đ, còn thiếu 8.000 đ."
