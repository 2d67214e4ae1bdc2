"""Copies are handed over: found by any code, paid, once, to somebody named."""

from __future__ import annotations

import pytest

from counter_app.domain.errors import DomainError
from counter_app.services.ports.handover import ReturnForm
from tests.support.counter import CLERK, PIN, SIGNER, TECHNICIAN, give, person, take_in

CARD = "012086006812|123456789|Hoàng Văn Sơn|14031986|Nam|Bản Nà Khan|01012021"


def refused(code, act, *values) -> DomainError:
    with pytest.raises(DomainError) as caught:
        act(*values)
    assert caught.value.code == code
    return caught.value


def signed(counter, *requests, confirm=True):
    counter.sign_in(SIGNER)
    pen = counter.areas.signing.pen()
    if pen.paper_witness_needed:
        counter.areas.signing.confirm_witness(pen.last_number, PIN)
    lot = counter.areas.signing.number(requests, PIN).lot
    if confirm:
        counter.areas.signing.confirm(lot, None)
    counter.sign_in(CLERK)
    return lot


def test_signed_copies_are_given_by_slip_and_only_once(counter):
    request = take_in(counter, "gks 1x2", "hb 3x1").request
    signed(counter, request)
    code = counter.state(request).code
    found = counter.areas.handover.find(code)[0]
    assert [(line.number, line.ready) for line in found.lines] == [("1776/2026", True), ("1777/2026", True)]
    assert counter.areas.handover.hand_over(ReturnForm(request)) == "Đã trả 01-0001."
    again = counter.areas.handover.find(code)[0]
    assert again.message == "Đã trả lúc 07:30 cho HOÀNG VĂN SƠN. Xem lại?"
    assert (
        refused("handover.done", counter.areas.handover.hand_over, ReturnForm(request)).title == again.message
    )


@pytest.mark.parametrize("how", ["receipt", "short", "card", "number", "grouped", "name"])
def test_it_is_found_by_anything_a_person_may_bring(counter, how):
    from counter_app.domain.codes import parse_provisional

    request = take_in(counter).request
    text = {
        "receipt": parse_provisional(counter.state(request).code).receipt_digits, "short": "01-0001",
        "card": CARD, "number": "012086006812", "grouped": "012 086 006 812", "name": "hoang son",
    }[how]  # fmt: skip
    assert [view.request for view in counter.areas.handover.find(text)] == [request]


def test_what_is_not_here_is_said_with_the_way_out(counter, counters):
    assert refused("return.none", counter.areas.handover.find, "khong ai ca").remedy
    other = counters(2, founder=counter)
    code = other.state(take_in(other).request).code
    assert "quầy khác" in refused("return.none", counter.areas.handover.find, code).meaning
    give(other, counter)
    assert len(counter.areas.handover.find(code)) == 1
    refused("card.length", counter.areas.handover.find, "012086006812|" + "x" * 4_000)


def test_a_request_without_result_says_when_it_was_promised(counter):
    request = take_in(counter).request
    assert counter.areas.handover.find("01-0001")[0].message == "Hồ sơ này chưa có kết quả. Hẹn 20/11."
    refused("handover.not_ready", counter.areas.handover.hand_over, ReturnForm(request))


def test_ink_must_be_confirmed_first(counter):
    request = take_in(counter).request
    signed(counter, request, confirm=False)
    assert counter.areas.handover.find("01-0001")[0].message == "Số 1776 chưa xác nhận đã ký, đóng dấu."
    refused("handover.unsigned", counter.areas.handover.hand_over, ReturnForm(request))


def test_what_is_still_to_pay_is_taken_in_the_same_transaction(counter):
    request = take_in(counter, "hb 24x2p", pay="return").request
    signed(counter, request)
    view = counter.areas.handover.waiting()[0]
    assert view.message.replace("\xa0", " ") == "Còn thu 76.000 đ trước khi trả."
    refused("money.short", counter.areas.handover.hand_over, ReturnForm(request, given="50"))
    assert counter.state(request).paid == 0
    assert counter.areas.handover.waiting()[0].to_pay == 76_000
    said = counter.areas.handover.hand_over(ReturnForm(request, given="100"))
    assert said.replace("\xa0", " ") == "Đã trả 01-0001, đã thu 76.000 đ."
    state = counter.state(request)
    assert (state.paid, state.to_pay, state.stage) == (76_000, 0, "handed_over")
    assert any(path.name.startswith("slip") for path in counter.papers())


def test_a_transfer_at_return_is_exactly_the_sum_and_not_in_the_drawer(counter):
    request = take_in(counter, "gks 1x2", pay="return").request
    signed(counter, request)
    before, owed = counter.areas.cash.day(), counter.state(request).to_pay
    counter.areas.handover.hand_over(ReturnForm(request, given="1", method="transfer"))
    day = counter.areas.cash.day()
    assert (day.transfer - before.transfer, day.cash - before.cash) == (owed, 0)
    assert owed > 0


def test_no_money_is_taken_for_copies_that_are_not_ready(counter):
    request = take_in(counter, pay="return").request
    refused("handover.not_ready", counter.areas.handover.hand_over, ReturnForm(request, given="100"))
    assert counter.state(request).paid == 0


def test_struck_originals_are_not_paid_and_not_given(counter):
    request = take_in(counter, "gks 1x2", "hb 24x1", pay="return").request
    lot = signed(counter, request, confirm=False)
    line = counter.areas.signing.lot_lines(lot)[1].line
    counter.areas.signing.strike(line, "ground", "")
    counter.areas.signing.confirm(lot, None)
    view = counter.areas.handover.waiting()[0]
    assert view.to_pay == 4_000
    assert [one.ready for one in view.lines] == [True, False]
    assert view.lines[1].words.startswith("Số 1777 đã gạch")
    counter.areas.handover.hand_over(ReturnForm(request))
    assert counter.state(request).originals[0].state == "handed_over"


def test_another_receiver_gives_his_number(counter):
    request = take_in(counter).request
    signed(counter, request)
    form = ReturnForm(request, receiver="LÝ A VẢNG (TẬP HUẤN)", slip_lost=True)
    refused("handover.receiver", counter.areas.handover.hand_over, form)
    refused("handover.how", counter.areas.handover.hand_over, ReturnForm(request, how_signed="telepathy"))
    counter.areas.handover.hand_over(
        ReturnForm(request, "LÝ A VẢNG (TẬP HUẤN)", "012190000123", "fingerprint", True)
    )
    state = counter.state(request)
    assert (state.receiver, state.slip_lost) == ("LÝ A VẢNG (TẬP HUẤN)", True)
    assert "LÝ A VẢNG" in counter.areas.handover.find("01-0001")[0].message


def test_open_requests_of_a_person_come_before_those_given_back(counter):
    first = take_in(counter, who=person()).request
    signed(counter, first)
    counter.areas.handover.hand_over(ReturnForm(first))
    second = take_in(counter, "hb 1x1", who=person()).request
    assert [view.request for view in counter.areas.handover.find(CARD)] == [second, first]


def test_who_has_no_right_gives_nothing(counter):
    request = take_in(counter).request
    signed(counter, request)
    counter.sign_in(TECHNICIAN)
    refused("role.not_allowed", counter.areas.handover.hand_over, ReturnForm(request))


def test_the_wrong_thing_gets_words_not_a_traceback(counter):
    register = counter.register
    with pytest.raises(DomainError) as caught:
        counter.areas.handover.hand_over(ReturnForm(register._replace(seq=99_999)))
    assert caught.value.code == "subject.unknown"
