"""One scan of the group's slip opens all its persons; they leave together, in part, or one by one."""

from __future__ import annotations

import pytest

from counter_app.domain.errors import DomainError
from counter_app.services.ports.handover import ReturnForm
from tests.support.counter import CLERK, PIN, SIGNER, Counter
from tests.unit.services.groups.school import a_group, write_all


def signed(counter: Counter, form):
    """A group whose papers are numbered, signed and ready; its state."""
    done = write_all(counter, form)
    requests = tuple(member.request for member in counter.areas.groups.members(done.group))
    counter.sign_in(SIGNER)
    counter.areas.signing.confirm_witness(1_775, PIN)
    lot = counter.areas.signing.number(requests, PIN)
    counter.areas.signing.confirm(lot.lot, None)
    counter.sign_in(CLERK)
    return counter.state(done.group)


def forms(views) -> tuple[ReturnForm, ...]:
    """Everything that was found."""
    return tuple(ReturnForm(view.request) for view in views)


def test_one_scan_of_the_slip_finds_everybody_in_the_order_of_the_list(counter) -> None:
    form = a_group(4)
    group = signed(counter, form)
    found = counter.areas.handover.find(group.code)
    assert [view.name for view in found] == [person.name.upper() for person in form.people]
    assert {view.group for view in found} == {form.name}
    assert all(line.ready for view in found for line in view.lines)
    assert [view.name for view in counter.areas.handover.find("01-0001")] == [view.name for view in found]


def test_all_leave_in_one_act_and_the_bearer_is_the_receiver(counter) -> None:
    group = signed(counter, a_group(4))
    found = counter.areas.handover.find(group.code)
    counter.areas.handover.hand_over_all(forms(found), None)
    states = [counter.state(view.request) for view in found]
    assert {state.stage for state in states} == {"handed_over"}
    assert {(state.receiver, state.receiver_id) for state in states} == {(group.bearer, group.bearer_id)}


def test_a_part_may_leave_and_the_rest_later(counter) -> None:
    group = signed(counter, a_group(4))
    found = counter.areas.handover.find(group.code)
    counter.areas.handover.hand_over_all(forms(found[:3]), None)
    after = counter.areas.handover.find(group.code)
    assert [any(line.ready for line in view.lines) for view in after] == [False, False, False, True]
    counter.areas.handover.hand_over(ReturnForm(found[3].request))
    assert counter.state(found[3].request).receiver == ""  # came for himself


def test_somebody_named_at_the_desk_is_the_receiver(counter) -> None:
    group = signed(counter, a_group(2))
    found = counter.areas.handover.find(group.code)
    named = tuple(ReturnForm(view.request, "LÒ THỊ CHỊ", "012190000009") for view in found)
    counter.areas.handover.hand_over_all(named, None)
    assert {counter.state(view.request).receiver for view in found} == {"LÒ THỊ CHỊ"}


def test_a_group_that_pays_at_return_pays_before_anybody_of_it_leaves(counter) -> None:
    group = signed(counter, a_group(2, pay="return"))
    found = counter.areas.handover.find(group.code)
    with pytest.raises(DomainError) as caught:
        counter.areas.handover.hand_over_all(forms(found[:1]), None)
    assert caught.value.code == "handover.group_unpaid"
    assert "52.000" in caught.value.title
    counter.areas.groups.take_money(group.id, "")
    counter.areas.handover.hand_over_all(forms(found), None)
    assert counter.state(found[0].request).stage == "handed_over"


def test_the_register_bears_each_persons_name(counter) -> None:
    form = a_group(3)
    signed(counter, form)
    with counter.store.read() as connection:
        rows = connection.exec_driver_sql("SELECT requester_name FROM lines ORDER BY number").all()
    assert [row[0] for row in rows] == [person.name.upper() for person in form.people]


def test_a_scan_from_anywhere_says_it_is_a_groups_slip(counter) -> None:
    done = write_all(counter, a_group(2))
    result = counter.areas.home.scan(counter.state(done.group).code)
    assert (result.kind, result.subject) == ("request", done.group)
    assert "Trường PTDTBT" in result.words


def test_at_the_signing_desk_the_slip_is_everybody_of_the_group(counter) -> None:
    done = write_all(counter, a_group(3))
    requests = tuple(member.request for member in counter.areas.groups.members(done.group))
    assert counter.areas.signing.group_of_code(counter.state(done.group).code) == requests
    assert counter.areas.signing.group_of_code(counter.state(requests[1]).code) == ()
    labels = [row.second_line for row in counter.areas.signing.pile()]
    assert [label.split(" · ")[1] for label in labels] == ["6A", "7A", "8A"]
