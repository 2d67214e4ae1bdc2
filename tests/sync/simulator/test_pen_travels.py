"""The pen on paper, in a laptop, over the year's end: green as it is, red for each planted fault."""

from __future__ import annotations

import os
from collections import Counter as Tally
from typing import Any

import pytest
from msgspec.structs import replace

from counter_app.domain.registers import decisions, evolve, opening, pen
from counter_app.domain.registers import entries as r
from tests.sync.simulator.pen_travels import Travels

WORLDS = int(os.environ.get("PEN_WORLDS", "16"))
STEPS = 110
pytestmark = pytest.mark.slow


def worlds(count: int) -> tuple[list[str], Tally[str]]:
    """Faults of so many worlds, and what was done in them."""
    faults: list[str] = []
    done: Tally[str] = Tally()
    for seed in range(1, count + 1):
        world = Travels(seed)
        world.run(STEPS)
        faults += [f"seed {seed}: {fault}" for fault in world.faults()]
        done.update(world.done)
    return faults, done


def test_no_journey_of_the_pen_gives_a_number_twice_or_loses_one() -> None:
    faults, done = worlds(WORLDS)
    assert faults == []
    happened = (
        "lot",
        "send",
        "arrive",
        "laptop home",
        "to paper",
        "by hand",
        "from paper",
        "entered",
        "new year",
    )
    assert [name for name in happened if not done[name]] == []
    assert not done["claimed"]
    said_no = (
        "paper.back",
        "paper.elsewhere",
        "pen.elsewhere",
        "pen.on_paper",
        "register.other_year",
        "register.too_early",
    )
    assert [code for code in said_no if not done[code]] == []


def number_everywhere(patch: pytest.MonkeyPatch) -> None:
    """A laptop in the village numbers without the pen, and so does who sent it away."""
    patch.setattr(decisions, "take_numbers", lambda state, *_, **__: state.next_number)


def forget_what_paper_used(patch: pytest.MonkeyPatch) -> None:
    """The pen comes back from paper as if nothing had been written there."""
    table: dict[Any, Any] = evolve._EVOLVE
    real = table[r.PenReturnedFromPaper]

    def forgetting(state: Any, fact: Any) -> Any:
        found = real(state, fact)
        return found if not hasattr(found, "next_number") else replace(found, next_number=state.next_number)

    patch.setitem(table, r.PenReturnedFromPaper, forgetting)


def number_while_on_paper(patch: pytest.MonkeyPatch) -> None:
    """The PC that printed the sheets goes on numbering beside them."""
    real = pen.take_numbers

    def going_on(state: Any, journal: int, *given: Any, **more: Any) -> int:
        own = replace(state, holder=state.previous_holder) if state.is_on_paper else state
        return real(own, journal, *given, **more)

    patch.setattr(decisions, "take_numbers", going_on)


def enter_twice(patch: pytest.MonkeyPatch) -> None:
    """What is entered from paper stays to be entered."""
    from counter_app.domain.registers import numbered

    patch.setattr(numbered, "_entered_from_paper", lambda state, first, last: state)


def ignore_the_year(patch: pytest.MonkeyPatch) -> None:
    """In January numbers of the old year are still given."""

    class Same:
        def __init__(self, state: Any) -> None:
            self.year, self.month = state.year, 12

    real = pen.take_numbers

    def any_year(state: Any, journal: int, count: int, at: int, **more: Any) -> int:
        with pytest.MonkeyPatch.context() as inside:
            inside.setattr(pen, "vn_date", lambda _: Same(state))
            return real(state, journal, count, at, **more)

    patch.setattr(decisions, "take_numbers", any_year)


def anybody_opens_the_year(patch: pytest.MonkeyPatch) -> None:
    """Whoever thinks of it opens next year's register, not only the last holder."""
    real = opening.open_new_year

    def anybody(author: Any, previous: Any, symbol: str, journal: int, at: int, held: Any) -> Any:
        return real(author, replace(previous, holder=journal), symbol, journal, at, held)

    patch.setattr(decisions, "open_new_year", anybody)


def sheets_come_back_anywhere(patch: pytest.MonkeyPatch) -> None:
    """Any PC takes sheets back that it believes out, not only the one that printed them."""
    real = pen.return_from_paper

    def anywhere(state: Any, journal: int, *given: Any, **more: Any) -> Any:
        return real(replace(state, previous_holder=journal), journal, *given, **more)

    patch.setattr(decisions, "return_from_paper", anywhere)


def sheets_come_back_again(patch: pytest.MonkeyPatch) -> None:
    """The PC that took them back forgets that it did."""
    real, table = pen.return_from_paper, evolve._EVOLVE
    told = table[r.PenReturnedFromPaper]

    def again(state: Any, journal: int, *given: Any, **more: Any) -> Any:
        out = replace(state, holder=0, previous_holder=journal) if state.papers else state
        return real(out, journal, *given, **more)

    def believing(state: Any, fact: Any) -> Any:
        return told(
            replace(state, term=fact.body.term - 1, holder=0, next_number=state.papers[-1].first), fact
        )

    patch.setattr(decisions, "return_from_paper", again)
    patch.setitem(table, r.PenReturnedFromPaper, believing)


PLANTS = (
    sheets_come_back_anywhere, sheets_come_back_again,
    number_everywhere, forget_what_paper_used, number_while_on_paper, enter_twice, ignore_the_year,
    anybody_opens_the_year,
)  # fmt: skip


@pytest.mark.parametrize("plant", PLANTS, ids=lambda plant: plant.__name__)
def test_a_planted_fault_turns_it_red(plant: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    plant(monkeypatch)
    for seed in range(1, 41):
        world = Travels(seed)
        world.run(STEPS)
        if world.faults():
            return
    pytest.fail(f"{plant.__name__} stayed unseen")


def test_the_same_seed_travels_the_same_way() -> None:
    one, other, third = Travels(3), Travels(3), Travels(4)
    for world in (one, other, third):
        world.run(60)
    assert (one.stamped, one.done) == (other.stamped, other.done)
    assert one.done != third.done
