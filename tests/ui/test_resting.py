"""Memory goes back while nobody works: pages of who left are collected, free pieces are returned."""

from __future__ import annotations

import gc
import sys
import weakref
from collections.abc import Callable
from typing import Any

import pytest

from counter_app.ui import resting
from counter_app.ui.background import Background


class Page:
    """Something that only a full collection frees: it holds itself."""

    def __init__(self) -> None:
        self.model = self


class Told(Background):
    """Notes what was asked for instead of doing it."""

    def __init__(self) -> None:
        super().__init__(lambda _error: None)
        self.asked: list[Callable[[], Any]] = []

    def run_query(self, work: Callable[[], Any], *_rest: object, **_named: object) -> None:
        self.asked.append(work)


@pytest.mark.usefixtures("qapp")
def test_what_is_covered_is_collected_and_given_back_elsewhere() -> None:
    gone = weakref.ref(Page())
    gc.disable()
    try:
        rest = resting.Rest(told := Told())
        rest.covered()
    finally:
        gc.enable()
    assert gone() is None
    assert told.asked == [resting.give_back]


@pytest.mark.usefixtures("qapp")
def test_a_long_day_at_one_desk_gives_back_now_and_then() -> None:
    rest = resting.Rest(told := Told())
    for _ in range(resting.TURNS - 1):
        rest.ticked()
    assert told.asked == []
    for _ in range(resting.TURNS + 1):
        rest.ticked()
    assert told.asked == [resting.give_back] * 2


def test_a_system_without_that_call_gives_nothing_back(monkeypatch: pytest.MonkeyPatch) -> None:
    called: list[int] = []
    monkeypatch.setattr(resting, "_trim", lambda: called.append)
    resting.give_back()
    assert called == [0]
    monkeypatch.setattr(resting, "_trim", lambda: None)
    resting.give_back()


def test_only_linux_is_asked_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    assert resting._trim.__wrapped__() is None
