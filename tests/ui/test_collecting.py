"""Garbage goes on the main thread alone: what a worker allocates never destroys a widget there."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from counter_app.ui.collecting import FULL_EACH, Collector


class Cycle(QObject):
    """An object that only the collector frees."""

    def __init__(self) -> None:
        super().__init__()
        self.itself = self


@pytest.fixture
def collector(qapp: QApplication) -> Iterator[Collector]:
    worked = gc.isenabled()
    found = Collector(qapp)
    yield found
    found._timer.stop()
    found.deleteLater()
    if worked:
        gc.enable()


def allocate() -> None:
    """Much more than makes Python collect by itself."""
    kept = [[[]] for _ in range(200_000)]
    del kept


def test_a_busy_worker_destroys_nothing(collector: Collector) -> None:
    gone = weakref.ref(Cycle())
    worker = threading.Thread(target=allocate)
    worker.start()
    worker.join()
    assert gone() is not None, "a worker's collection would have found it"
    gc.collect(0)
    gc.collect(1)
    gc.collect()
    assert gone() is None


def test_what_is_due_goes_at_the_next_look(collector: Collector) -> None:
    gone = weakref.ref(Cycle())
    held = [[] for _ in range(gc.get_threshold()[0] + 100)]
    collector.look()
    assert gone() is None
    assert held


def test_everything_is_looked_through_now_and_then(
    collector: Collector, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    monkeypatch.setattr(gc, "collect", lambda generation=2: asked.append(generation))
    monkeypatch.setattr(gc, "get_count", lambda: (9_999, 99, 99))
    for _ in range(FULL_EACH):
        collector.look()
    assert asked == [1] * (FULL_EACH - 1) + [2]
