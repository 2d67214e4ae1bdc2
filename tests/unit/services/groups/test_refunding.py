"""A group's money goes back in one act with one second person: all receipts, or none."""

from __future__ import annotations

from dataclasses import replace

import pytest

from counter_app.domain.errors import DomainError
from counter_app.domain.money.entries import Refunded
from counter_app.services.ports.groups import GroupRefundForm
from sync.protocol.journals.codec import decode_body
from tests.support.counter import CHAIRMAN, CLERK, PASSWORD, PIN, REGISTRAR, SIGNER, Counter
from tests.unit.services.groups.school import a_group, write_all

COPY = 26_000
"""``hb 24x1``"""


def given_back(counter: Counter) -> list[int]:
    with counter.store.read() as connection:
        return list(connection.exec_driver_sql("SELECT amount FROM refunds ORDER BY receipt").scalars())


def form(counter: Counter, group, *, whole: bool = True, secret: str = PASSWORD, **more) -> GroupRefundForm:
    offered = counter.areas.groups.refundable(group)
    amount = offered.paid if whole else offered.owed
    made = GroupRefundForm(group, whole, amount, "Trường đổi ý", counter.officials[CHAIRMAN], secret)
    return replace(made, **more)


def refused(counter: Counter, wanted: GroupRefundForm) -> str:
    before = given_back(counter)
    with pytest.raises(DomainError) as error:
        counter.areas.groups.refund(wanted)
    assert given_back(counter) == before, "all or none"
    return error.value.code


@pytest.fixture
def each(counter: Counter):
    """Four pupils, a receipt each, paid now."""
    return write_all(counter, a_group(4, receipt="each")).group


def test_every_receipt_of_a_group_goes_back_at_once(counter, each) -> None:
    offered = counter.areas.groups.refundable(each)
    assert (offered.paid, offered.receipts, offered.owed, offered.owing) == (4 * COPY, 4, 0, 0)
    sentence = counter.areas.groups.refund(form(counter, each))
    assert sentence.replace("\u00a0", " ") == "Đã hoàn 104.000 đ của 4 biên lai, trừ vào quỹ hôm nay."
    assert given_back(counter) == [COPY] * 4
    assert counter.areas.groups.refundable(each).paid == 0
    assert counter.areas.cash.day().refunded == 4 * COPY


def test_each_refund_bears_the_second_persons_own_seal(counter, each) -> None:
    counter.areas.groups.refund(form(counter, each))
    with counter.store.read() as connection:
        bodies = connection.exec_driver_sql("SELECT body FROM entries WHERE kind = 305").scalars().all()
    refunds = [decode_body(Refunded, body) for body in bodies]
    assert [one.second for one in refunds] == [counter.officials[CHAIRMAN]] * 4
    assert len({one.second_seal for one in refunds}) == 4, "over its own receipt, never one for all"


def test_one_receipt_for_all_goes_back_likewise(counter) -> None:
    group = write_all(counter, a_group(3, receipt="one", given="100")).group
    offered = counter.areas.groups.refundable(group)
    assert (offered.paid, offered.receipts) == (3 * COPY, 1)
    counter.areas.groups.refund(form(counter, group))
    assert given_back(counter) == [3 * COPY]


def strike_one(counter: Counter, group) -> None:
    """One pupil's number is struck after it was paid."""
    requests = tuple(member.request for member in counter.areas.groups.members(group))
    counter.sign_in(SIGNER)
    signing = counter.areas.signing
    signing.confirm_witness(1_775, PIN)
    lot = signing.number(requests, PIN).lot
    signing.strike(signing.lot_lines(lot)[1].line, "pages", "")
    counter.sign_in(CLERK)


@pytest.mark.parametrize(("receipt", "left"), [("each", 3 * COPY), ("one", 3 * COPY)])
def test_what_is_owed_for_a_struck_line_alone(counter, receipt, left) -> None:
    group = write_all(counter, a_group(4, receipt=receipt, given="200")).group
    strike_one(counter, group)
    offered = counter.areas.groups.refundable(group)
    assert (offered.owed, offered.owing) == (COPY, 1)
    counter.areas.groups.refund(form(counter, group, whole=False))
    assert given_back(counter) == [COPY]
    after = counter.areas.groups.refundable(group)
    assert (after.paid, after.owed) == (left, 0)


def test_a_sum_that_has_changed_since_it_was_shown_is_refused(counter, each) -> None:
    shown = form(counter, each)
    counter.areas.groups.refund(shown)
    assert refused(counter, shown) == "refund.nothing"
    assert refused(counter, replace(shown, amount=1)) == "refund.nothing"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"secret": "nhầm mật khẩu"}, "password.wrong"),
        ({"ground": " "}, "void.ground"),
        ({"amount": 1}, "refund.changed"),
    ],
)
def test_what_is_wrong_gives_nothing_back(counter, each, change, code) -> None:
    assert refused(counter, form(counter, each, **change)) == code


def test_the_two_are_two_and_each_may(counter, each) -> None:
    me = counter.officials[CLERK]
    assert refused(counter, form(counter, each, second=me)).startswith("second.")
    assert refused(counter, form(counter, each, second=counter.officials[REGISTRAR])) == "role.not_allowed"
    counter.sign_in(REGISTRAR)
    assert refused(counter, form(counter, each, secret="nhầm mật khẩu")) == "role.not_allowed"


def test_after_the_days_closing_money_goes_back_another_day(counter, each, monkeypatch) -> None:
    from counter_app.services.groups import refunding

    asked = refunding.money_queries.open_items
    monkeypatch.setattr(
        refunding.money_queries, "open_items", lambda *given: replace(asked(*given), closed=True)
    )
    assert refused(counter, form(counter, each)) == "refund.day_closed"
