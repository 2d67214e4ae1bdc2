"""Files leave between exchanges: a record committed meanwhile leaves after one part at most."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable

import pytest

from counter_app.services.attachments.turns import FileTurns
from counter_app.services.exchange import loop as module
from counter_app.services.exchange.loop import ExchangeLoop
from counter_app.storage.store_errors import StoreError
from sync.client.attachments import MORE, NOTHING, REFUSED, Stepped
from sync.client.engine import BUDGET_SPENT, DONE
from tests.unit.services.exchange.test_loop import PATIENCE, ScriptedLine, Work


class Parts:
    """So many parts wait; tells of each, and may do something while one is under way."""

    def __init__(
        self, waiting: int, during: Callable[[int], None] = lambda _: None, code: str = MORE
    ) -> None:
        self.waiting = waiting
        self.during = during
        self.code = code
        self.sent = 0
        self.closed = False

    def step(self) -> Stepped:
        if self.sent == self.waiting:
            return Stepped(NOTHING)
        self.sent += 1
        self.during(self.sent)
        return Stepped(self.code)

    def close(self) -> None:
        self.closed = True


def loop_with(parts: Parts, line: ScriptedLine, work: Work) -> ExchangeLoop:
    return ExchangeLoop(work, line, lambda: 0.999, pause_s=0, files=FileTurns(lambda: parts))  # type: ignore[arg-type]


@pytest.mark.parametrize("at", [1, 2, 7, 20])
def test_a_record_committed_during_any_part_leaves_before_the_next(at: int) -> None:
    line, work = ScriptedLine(), Work()
    order: list[str] = []
    through = threading.Event()

    def during(number: int) -> None:
        order.append(f"part {number}")
        if number == at:
            work.changed("requests")
        if number == 25:
            through.set()

    parts = Parts(25, during)
    exchange = line.exchange

    def told() -> list:
        order.append("records")
        return exchange()

    line.exchange = told  # type: ignore[method-assign]
    loop = loop_with(parts, line, work)
    loop.start()
    assert through.wait(PATIENCE)
    loop.end()
    assert order[order.index(f"part {at}") + 1] == "records"
    assert [one for one in order if one != "records"] == [f"part {number}" for number in range(1, 26)]


def test_no_part_leaves_while_records_do_not_get_through() -> None:
    line, work, parts = ScriptedLine("no-line", "cut-off"), Work(), Parts(3)
    loop = loop_with(parts, line, work)
    assert loop._round() == ("no-line", False)
    assert loop._round() == ("cut-off", False)
    assert parts.sent == 0
    assert loop._round() == (DONE, False)
    assert parts.sent == 3


def test_after_some_parts_records_are_asked_for_again_without_a_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_PARTS", 4)
    loop = loop_with(Parts(6), ScriptedLine(), Work())
    assert loop._round() == (DONE, True)
    assert loop._round() == (DONE, False)


@pytest.mark.parametrize(
    ("code", "rest"), [("cut-off", "cut-off"), (REFUSED, REFUSED), (BUDGET_SPENT, DONE), (NOTHING, DONE)]
)
def test_how_a_part_ended_decides_how_long_to_rest(code: str, rest: str) -> None:
    parts = Parts(9, code=code)
    assert loop_with(parts, ScriptedLine(), Work())._round() == (rest, False)
    assert parts.sent == 1


def test_a_disk_that_is_full_ends_no_thread() -> None:
    def full(_: int) -> None:
        raise StoreError("store.full")

    assert loop_with(Parts(2, full), ScriptedLine(), Work())._round() == ("store", False)


def test_it_is_made_at_the_first_turn_and_closed_once() -> None:
    made: queue.SimpleQueue[Parts] = queue.SimpleQueue()

    def make() -> Parts:
        made.put(Parts(1))
        return parts

    parts = Parts(1)
    turns = FileTurns(make)
    assert made.empty()
    assert [turns.step(), turns.step()] == [MORE, NOTHING]
    assert made.qsize() == 1
    turns.close()
    assert parts.closed
    assert turns.step() == NOTHING
    FileTurns(make).close()
    assert made.qsize() == 1


def test_who_is_not_the_hub_is_met_by_a_new_line_next_time() -> None:
    """The province's next authority may have been announced meanwhile: only a new line believes it."""
    first, second = Parts(1, code="not-the-hub"), Parts(1)
    lines = [first, second]
    turns = FileTurns(lambda: lines.pop(0))
    assert [turns.step(), turns.step()] == ["not-the-hub", MORE]
    assert first.closed
    assert not second.closed


def test_a_new_way_to_the_province_is_taken_by_the_next_part() -> None:
    old, new = Parts(2), Parts(2)
    lines = [old, new]
    turns = FileTurns(lambda: lines.pop(0))
    turns.step()
    turns.renew()
    assert not old.closed  # a part may be under way
    assert turns.step() == MORE
    assert (old.closed, new.closed, lines) == (True, False, [])
