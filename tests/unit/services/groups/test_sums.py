"""What a group owes or gets back follows its lines: struck ones cost nothing, refunds are no new debt."""

from __future__ import annotations

import pytest

from counter_app.domain.errors import DomainError
from counter_app.services.ports.handover import ReturnForm
from counter_app.services.ports.pen import UndoForm
from tests.support.counter import CHAIRMAN, CLERK, PIN, SIGNER, Counter
from tests.unit.services.groups.school import a_group, write_all

FEE = 26_000
"""24 pages, one copy: 2 x 2,000 + 22 x 1,000 (TT 226/2016 art. 4)."""


def struck(counter: Counter, form) -> tuple[object, str]:
    """A group one of whose lines came back unsigned: its state and what the desk said."""
    done = write_all(counter, form)
    requests = tuple(member.request for member in counter.areas.groups.members(done.group))
    counter.sign_in(SIGNER)
    signing = counter.areas.signing
    signing.confirm_witness(1_775, PIN)
    lot = signing.number(requests, PIN)
    said = signing.strike(signing.lot_lines(lot.lot)[0].line, "differs", "")
    signing.confirm(lot.lot, None)
    counter.sign_in(CLERK)
    return counter.state(done.group), said


def row(counter: Counter):
    """The group on the page's list."""
    (found,) = counter.areas.groups.recent()
    return found


def test_the_desk_says_what_goes_back_to_the_school(counter) -> None:
    group, said = struck(counter, a_group(3))
    assert "26.000" in said
    assert group.name in said
    assert (row(counter).to_pay, row(counter).to_refund) == (0, FEE)


def test_money_given_back_is_no_new_debt_and_the_copies_leave(counter) -> None:
    group, _ = struck(counter, a_group(3))
    (receipt,) = [payment.receipt for payment in group.payments]
    undo = UndoForm(receipt, "một số bị gạch", counter.officials[CHAIRMAN], PIN)
    counter.areas.pen.refund(undo, FEE)
    assert (row(counter).to_pay, row(counter).to_refund) == (0, 0)
    found = counter.areas.handover.find(group.code)
    leaving = tuple(ReturnForm(view.request) for view in found if any(line.ready for line in view.lines))
    counter.areas.handover.hand_over_all(leaving, None)
    assert [counter.state(form.request).stage for form in leaving] == ["handed_over"] * 2


def test_a_struck_line_is_not_paid_for_at_return(counter) -> None:
    group, said = struck(counter, a_group(3, pay="return"))
    assert "Hoàn" not in said
    assert row(counter).to_pay == 2 * FEE
    counter.areas.groups.take_money(group.id, "100")
    (payment,) = counter.state(group.id).payments
    assert payment.amount == 2 * FEE
    with pytest.raises(DomainError) as caught:
        counter.areas.groups.take_money(group.id, "")
    assert caught.value.code == "group.paid"


def test_where_each_pays_his_own_the_group_is_given_nothing_back(counter) -> None:
    _, said = struck(counter, a_group(3, receipt="each"))
    assert "Hoàn" not in said
    assert (row(counter).to_pay, row(counter).to_refund) == (0, 0)


@pytest.mark.parametrize("pay", ["now", "return"])
def test_a_transfer_is_exact_and_no_cash(counter, pay) -> None:
    done = write_all(counter, a_group(2, pay=pay, method="transfer", given="1000000"))
    if pay == "return":
        counter.areas.groups.take_money(done.group, "1000000", "transfer")
    with counter.store.read() as connection:
        (paid,) = connection.exec_driver_sql("SELECT method, amount, given, change FROM receipts").all()
    assert tuple(paid) == ("transfer", 2 * FEE, 2 * FEE, 0)
    assert counter.areas.cash.day().transfer == 2 * FEE


def test_slip_and_list_are_printed_again_with_a_reason_and_marked(counter) -> None:
    done = write_all(counter, a_group(2))
    counter.areas.groups.print_jobs(done.jobs)
    before = len(counter.papers())
    with pytest.raises(DomainError) as caught:
        counter.areas.groups.print_again(done.group, " ")
    assert caught.value.code == "reprint.reason"
    assert "in lại" in counter.areas.groups.print_again(done.group, "mất phiếu")
    assert len(counter.papers()) == before + 2
    with counter.store.read() as connection:
        jobs = connection.exec_driver_sql(
            "SELECT form, copy_no FROM print_jobs WHERE copy_no > 1 ORDER BY form"
        ).all()
    assert [tuple(job) for job in jobs] == [("group_list", 2), ("strip", 2)]


def test_what_is_half_written_has_no_slip_to_print_again(counter) -> None:
    piece = counter.areas.groups.write_piece(a_group(30))
    with pytest.raises(DomainError) as caught:
        counter.areas.groups.print_again(piece.group, "mất")
    assert caught.value.code == "group.open"
