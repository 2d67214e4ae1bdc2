"""The background exchange: when it asks, how it waits, how it ends; events and a scripted line."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable

import pytest

from counter_app.services.exchange.loop import IDLE_MS, RELAYED, ExchangeLoop
from counter_app.services.exchange.pill import LineFacts
from counter_app.storage.store_errors import StoreError
from sync.client.engine import DONE, Outcome
from sync.client.pacing import LONGEST_WAIT_MS

PATIENCE = 20.0


class ScriptedLine:
    """Gives prepared outcomes and tells each time it was asked."""

    def __init__(self, *codes: str) -> None:
        self.codes = list(codes)
        self.asked: queue.SimpleQueue[str] = queue.SimpleQueue()
        self.tries: list[int] = []
        self.facts = LineFacts(asked=True, code=DONE)
        self.lacks = True
        self.looked: queue.SimpleQueue[bool] = queue.SimpleQueue()

    def exchange(self) -> list[Outcome]:
        code = self.codes.pop(0) if self.codes else DONE
        self.asked.put(code)
        if code == "bug":
            raise ZeroDivisionError
        if code == "store":
            raise StoreError("store.full")
        return [Outcome(code)]

    def next_try(self, at: int) -> None:
        self.tries.append(at)

    def lacks_at_hub(self) -> bool:
        self.looked.put(self.lacks)
        return self.lacks


class Work:
    """Listeners only."""

    def __init__(self) -> None:
        self.listeners: list[Callable[[frozenset[str]], None]] = []

    def on_change(self, listener: Callable[[frozenset[str]], None]) -> None:
        self.listeners.append(listener)

    def now(self) -> int:
        return 1_000_000

    def changed(self, *areas: str) -> None:
        for listener in self.listeners:
            listener(frozenset(areas))


def loop_of(
    line: ScriptedLine, work: Work | None = None, chance: float = 0.999, relay_s: float = 0.0
) -> ExchangeLoop:
    return ExchangeLoop(work or Work(), line, lambda: chance, pause_s=0, relay_s=relay_s)  # type: ignore[arg-type]


def test_it_asks_at_once_and_after_an_act_and_ends() -> None:
    line, work = ScriptedLine(), Work()
    loop = loop_of(line, work)
    loop.start()
    assert line.asked.get(timeout=PATIENCE) == DONE
    work.changed("requests")
    assert line.asked.get(timeout=PATIENCE) == DONE
    loop.end()
    assert [thread.name for thread in threading.enumerate() if thread.name == "exchange"] == []


def test_its_own_news_do_not_wake_it() -> None:
    line, work = ScriptedLine(), Work()
    loop = loop_of(line, work)
    loop.start()
    line.asked.get(timeout=PATIENCE)
    for area in ("sync", "received", "session", "lan"):
        work.changed(area)
    with pytest.raises(queue.Empty):
        line.asked.get(timeout=0.2)
    loop.end()


def test_what_a_sibling_brought_goes_to_the_hub_at_once() -> None:
    line, work = ScriptedLine(), Work()
    loop = loop_of(line, work)
    loop.start()
    line.asked.get(timeout=PATIENCE)
    work.changed("sync", "received", RELAYED)
    assert line.asked.get(timeout=PATIENCE) == DONE
    loop.end()


def test_what_the_hub_has_by_then_is_not_sent_by_two() -> None:
    line, work = ScriptedLine(), Work()
    line.lacks = False
    loop = loop_of(line, work)
    loop.start()
    line.asked.get(timeout=PATIENCE)
    work.changed("sync", "received", RELAYED)
    assert line.looked.get(timeout=PATIENCE) is False
    with pytest.raises(queue.Empty):
        line.asked.get(timeout=0.2)
    work.changed("requests")
    assert line.asked.get(timeout=PATIENCE) == DONE
    loop.end()


def test_an_act_or_the_end_does_not_wait_for_the_siblings_word() -> None:
    line, work = ScriptedLine(), Work()
    line.lacks = False
    loop = loop_of(line, work, relay_s=10 * PATIENCE)
    loop.start()
    line.asked.get(timeout=PATIENCE)
    work.changed("sync", "received", RELAYED)
    work.changed("requests")
    assert line.asked.get(timeout=PATIENCE) == DONE
    work.changed("sync", "received", RELAYED)
    loop.end()
    assert [thread.name for thread in threading.enumerate() if thread.name == "exchange"] == []


def test_what_a_sibling_brought_does_not_hammer_a_line_that_is_down() -> None:
    line, work = ScriptedLine(), Work()
    loop = loop_of(line, work)
    loop.start()
    line.asked.get(timeout=PATIENCE)
    line.facts = LineFacts(asked=True, code="no-line")
    work.changed("sync", "received", RELAYED)
    with pytest.raises(queue.Empty):
        line.asked.get(timeout=0.2)
    loop.end()


def test_an_act_does_not_hammer_a_line_that_is_down() -> None:
    line, work = ScriptedLine(), Work()
    line.facts = LineFacts(asked=True, code="no-line")
    loop = loop_of(line, work)
    loop.start()
    line.asked.get(timeout=PATIENCE)
    work.changed("requests")
    with pytest.raises(queue.Empty):
        line.asked.get(timeout=0.2)
    loop.ask_now()  # a person does
    assert line.asked.get(timeout=PATIENCE) == DONE
    loop.end()


@pytest.mark.parametrize("trouble", ["store", "bug"])
def test_neither_a_full_disk_nor_a_bug_ends_it(trouble: str) -> None:
    line = ScriptedLine(trouble, DONE)
    loop = loop_of(line)
    loop.start()
    assert line.asked.get(timeout=PATIENCE) == trouble
    loop.ask_now()
    assert line.asked.get(timeout=PATIENCE) == DONE
    loop.end()


def test_waits_grow_with_failures_and_are_forgiven_by_success() -> None:
    loop = loop_of(ScriptedLine())
    waits = [loop.wait_ms("no-line") for _ in range(12)]
    assert waits == sorted(waits)
    assert waits[0] < 2_001
    assert LONGEST_WAIT_MS * 0.9 < waits[-1] <= LONGEST_WAIT_MS
    assert 0.7 * IDLE_MS < loop.wait_ms(DONE) < 1.3 * IDLE_MS
    assert loop.wait_ms("no-line") < 2_001


def test_jitter_spreads_the_counters_of_a_province() -> None:
    idle = {loop_of(ScriptedLine(), chance=chance).wait_ms(DONE) for chance in (0.0, 0.25, 0.5, 0.75)}
    assert len(idle) == 4
    assert loop_of(ScriptedLine(), chance=0.0).wait_ms("no-line") == 500
