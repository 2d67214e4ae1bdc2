"""The right to look up on the page of officials: its systems chosen, shown among the acts, ended."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from counter_app.domain.errors import DomainError
from counter_app.services.founding.port import FoundingArea
from counter_app.services.lookups.rights import systems_in
from counter_app.services.ports.founding import DelegationForm
from counter_app.services.ports.officials import IN_FORCE, OVER, ActView, EndActForm
from counter_app.services.ports.saying import speaking
from counter_app.storage.queries import unit as unit_queries
from tests.support.counter import CHAIRMAN, CLERK, PASSWORD, Counter

TODAY = 20261120


@pytest.fixture
def head(counter: Counter) -> Counter:
    """The Chairman is at the counter."""
    if counter.areas.desk.person is not None:
        counter.areas.session.lock()
    counter.areas.session.sign_in(counter.officials[CHAIRMAN], PASSWORD)
    return counter


def give(head: Counter, *scope: str, until: int = 20271231) -> None:
    areas = head.areas
    founding = FoundingArea(areas.work, areas.accounts, dict)
    founding.delegate(DelegationForm(
        head.officials[CLERK], "32/QĐ-UBND", TODAY, "assigned", "", "", scope, TODAY, until
    ))  # fmt: skip


def rights(head: Counter) -> list[ActView]:
    return [one for one in head.areas.officials.acts() if one.words]


def end(head: Counter, on: int = TODAY, ground: str = "chuyển việc") -> None:
    head.areas.officials.end_act(EndActForm(head.officials[CLERK], on, ground))


def refused(act: Callable[[], object]) -> tuple[str, str]:
    with pytest.raises(DomainError) as caught:
        act()
    assert caught.value.words("en").title != caught.value.words("vi").title
    return caught.value.code, caught.value.field


def test_systems_are_chosen_and_the_right_stands_among_the_acts(head: Counter) -> None:
    give(head, "look_up.population", "look_up.land")
    (act,) = rights(head)
    assert (act.act_number, act.valid_from, act.last_day) == ("32/QĐ-UBND", TODAY, 20271231)
    assert (act.standing, act.official) == (IN_FORCE, head.officials[CLERK])
    assert act.scope == ("look_up.population", "look_up.land")
    assert act.words == "tra cứu Dân cư, Đất đai"
    with speaking("en"):
        assert rights(head)[0].words == "look-ups: Population, Land"


def test_another_choice_replaces_the_first_and_no_act_of_signing_comes_of_it(head: Counter) -> None:
    with head.store.read() as connection:
        before = len(unit_queries.delegations(connection))
    give(head, "look_up.population", "look_up.land")
    give(head, "look_up.land", until=0)
    (act,) = rights(head)
    assert (act.scope, act.last_day) == (("look_up.land",), 0)
    with head.store.read() as connection:
        assert len(unit_queries.delegations(connection)) == before


def test_it_ends_at_once_with_a_ground_and_may_be_given_anew(head: Counter) -> None:
    give(head, "look_up.population")
    assert refused(lambda: end(head, ground=" ")) == ("ground.missing", "ground")
    assert refused(lambda: end(head, on=20261231)) == ("lookup.end_day", "on")
    assert len(rights(head)) == 1
    end(head)
    assert rights(head) == []
    (row,) = [one for one in head.areas.lookups.rights() if one.official == head.officials[CLERK]]
    assert row.systems == ()
    give(head, "look_up.land")
    assert len(rights(head)) == 1


def test_only_a_head_ends_it(head: Counter) -> None:
    give(head, "look_up.population")
    head.areas.session.lock()
    head.areas.session.sign_in(head.officials[CLERK], PASSWORD)
    assert refused(lambda: end(head))[0].startswith("role.")
    assert len(rights(head)) == 1


def test_a_right_that_ran_out_is_shown_as_over(head: Counter) -> None:
    give(head, "look_up.population", until=TODAY)
    assert rights(head)[0].standing == IN_FORCE
    head.clock.at += 86_400_000
    assert rights(head)[0].standing == OVER


def test_the_word_without_a_system_means_all_of_them() -> None:
    assert len(systems_in(("copy", "look_up"))) == 5
    assert systems_in(("copy", "look_up.land")) == ("land",)
    assert systems_in(("copy",)) == ()
