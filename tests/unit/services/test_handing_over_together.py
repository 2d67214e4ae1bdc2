"""Results and copies of one person leave in one transaction: all of it, or nothing."""

from __future__ import annotations

import pytest

from counter_app.domain.dossiers.state import Stage
from counter_app.services.ports.dossiers import GivingForm
from counter_app.services.ports.handover import ReturnForm
from tests.support.counter import CLERK, SIGNER, take_in
from tests.unit.services.dossiers import pages
from tests.unit.services.dossiers.test_dossiers import FIVE, done
from tests.unit.services.test_handover import refused, signed


@pytest.fixture
def counter(counters):
    return counters(1, receipt_book=True)


@pytest.fixture
def waiting(counter):
    """Signed copies, paid at return, and a result that is ready, of one person."""
    request = take_in(counter, "gks 1x2", pay="return").request
    signed(counter, request)
    dossier = pages.take_in(counter, FIVE, pay="return").dossier
    done(counter, dossier)
    return request, dossier


def saved(counter) -> int:
    with counter.store.read() as connection:
        return connection.exec_driver_sql("SELECT count(*) FROM entries").scalar_one()


def receipts(counter) -> list[int]:
    with counter.store.read() as connection:
        return connection.exec_driver_sql("SELECT number FROM receipts ORDER BY number").scalars().all()


def both(counter, waiting) -> str:
    request, dossier = waiting
    return counter.areas.handover.hand_over_all((ReturnForm(request),), GivingForm((dossier,)))


def test_copies_and_results_leave_together_with_a_receipt_each(counter, waiting):
    request, dossier = waiting
    said = both(counter, waiting)
    assert said.startswith("Đã trả 01-0001, đã thu ")
    assert " Đã trả 1 kết quả, đã thu " in said
    assert counter.state(dossier).stage is Stage.RETURNED
    assert (counter.state(request).to_pay, counter.state(dossier).to_pay) == (0, 0)
    assert not any(line.ready for line in counter.areas.handover.find("01-0001")[0].lines)
    assert receipts(counter) == [1, 2]


def test_both_are_paid_by_one_transfer(counter, waiting):
    request, dossier = waiting
    owed = counter.state(request).to_pay + counter.state(dossier).to_pay
    counter.areas.handover.hand_over_all(
        (ReturnForm(request, method="transfer"),), GivingForm((dossier,), given="1", method="transfer")
    )
    day = counter.areas.cash.day()
    assert (day.transfer, day.cash, owed > 0) == (owed, 0, True)


def test_a_result_that_cannot_leave_keeps_the_copies_too(counter, waiting):
    request, _ = waiting
    unfinished = pages.take_in(counter, FIVE, pay="return", party=pages.other(7)).dossier
    before = saved(counter)
    refused("clock.no_result", both, counter, (request, unfinished))
    assert saved(counter) == before
    assert counter.areas.handover.find("01-0001")[0].lines[0].ready


def test_nothing_is_left_when_it_breaks_between_the_two(counter, waiting, monkeypatch):
    """The copies' receipt is queued, the result's is not yet: the power goes."""
    from counter_app.services.dossiers import giving

    def cut(*_values):
        raise SystemExit("power")

    monkeypatch.setattr(giving, "queue_receipt", cut)
    before = saved(counter)
    with pytest.raises(SystemExit):
        both(counter, waiting)
    assert (saved(counter), receipts(counter)) == (before, [])
    monkeypatch.undo()
    both(counter, waiting)
    assert receipts(counter) == [1, 2]


def test_results_alone_and_copies_alone_go_the_same_way(counter, waiting):
    request, dossier = waiting
    area = counter.areas.handover
    assert area.hand_over_all((), GivingForm((dossier,))).startswith("Đã trả 1 kết quả")
    assert area.hand_over_all((ReturnForm(request),), None).startswith("Đã trả 01-0001")
    refused("handover.done", area.hand_over_all, (ReturnForm(request),), None)


def test_it_needs_the_role_of_the_counter(counter, waiting):
    counter.sign_in(SIGNER)
    refused("role.not_allowed", both, counter, waiting)
    counter.sign_in(CLERK)
    assert both(counter, waiting)
