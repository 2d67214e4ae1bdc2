"""The one line: who is not the hub is met by a new engine next time, any other trouble keeps the engine."""

from __future__ import annotations

from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

import pytest

from counter_app.services.exchange import line as module
from counter_app.services.exchange.line import Line
from sync.client.engine import DONE, Outcome
from sync.client.pacing import Pace


class Scripted:
    """An engine that ends with a code."""

    def __init__(self, code: str) -> None:
        self.pace = Pace()
        self.code = code
        self.closed = False

    def until_idle(self, most: int = 10_000) -> list[Outcome]:
        return [Outcome(self.code)]

    def end(self) -> None:
        """Nothing is under way."""

    def ask(self, message: bytes) -> bytes:
        return message

    def close(self) -> None:
        self.closed = True


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> Any:
    @contextmanager
    def read() -> Any:
        yield None

    monkeypatch.setattr(module.counts, "sync_counts", lambda _: SimpleNamespace(waiting=0))
    monkeypatch.setattr(module, "note_offset", lambda *_, **__: False)
    return SimpleNamespace(
        store=SimpleNamespace(read=read), now=lambda: 1_000, changed=lambda *_: None, heard=False
    )


def test_a_stranger_s_answer_makes_a_new_engine_with_the_newest_authorities(work: Any) -> None:
    engines = [Scripted("not-the-hub"), Scripted(DONE)]
    made = list(engines)
    line = Line(work, lambda: made.pop(0))
    assert line.exchange()[-1].code == "not-the-hub"
    assert engines[0].closed
    assert not line.facts.works
    assert line.exchange()[-1].code == DONE
    assert line.facts.works


@pytest.mark.parametrize("code", ["no-line", "timed-out", "cut-off", "hub-failed", "garbled", DONE])
def test_any_other_end_keeps_the_engine_and_what_it_learned(work: Any, code: str) -> None:
    made = [Scripted(code)]
    line = Line(work, lambda: made.pop(0))
    line.exchange()
    line.exchange()
    assert made == []
