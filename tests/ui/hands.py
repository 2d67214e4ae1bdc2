"""View models without a window: a background that answers at once, or only when the test says so."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from PySide6.QtCore import QObject, SignalInstance

from counter_app.ui.background import Background


class Waiting:
    """One piece of work that was asked for."""

    def __init__(self, work: Callable[[], Any], done: Callable[[Any], None], failed: Any, key: str) -> None:
        self.work, self.done, self.failed, self.key = work, done, failed, key

    def answer(self) -> None:
        """Runs the work and hands its result over, as the workers do."""
        try:
            result = self.work()
        except Exception as error:
            self.failed(error)
            return
        self.done(result)


class Hands:
    """Stands for ``Background``. ``held`` keeps the work back until ``let_go``; else it is done at once."""

    def __init__(self, *, held: bool = False) -> None:
        self.held = held
        self.waiting: list[Waiting] = []
        self.queries = self.changes = 0

    def run_query(
        self, work: Any, on_done: Any, on_error: Any = None, *, owner: QObject | None = None, key: str = ""
    ) -> None:
        """A question."""
        self.queries += 1
        self._take(Waiting(work, on_done, on_error, key))

    def run_change(
        self,
        work: Any,
        on_done: Any,
        on_error: Any = None,
        *,
        owner: QObject | None = None,
        act: bool = True,
    ) -> None:
        """A change."""
        self.changes += 1
        self._take(Waiting(work, on_done, on_error, ""))

    def let_go(self) -> None:
        """Answers everything that waits, in the order asked; of a key only the last."""
        waiting, self.waiting = self.waiting, []
        last = {one.key: one for one in waiting if one.key}
        for one in waiting:
            if not one.key or last[one.key] is one:
                one.answer()

    def background(self) -> Background:
        """As the view models take it."""
        return cast(Background, self)

    def _take(self, one: Waiting) -> None:
        if self.held:
            self.waiting.append(one)
        else:
            one.answer()


def heard(signal: SignalInstance) -> list[tuple[Any, ...]]:
    """Every time the signal fires, what it carried."""
    caught: list[tuple[Any, ...]] = []
    signal.connect(lambda *values: caught.append(values))
    return caught
