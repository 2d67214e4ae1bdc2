"""Two workers meet: the first is held before a named statement until the second waits or is done."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any, NamedTuple

from sqlalchemy import event

from sync.hub.hub import Hub

PATIENCE = 30.0
LOOK = 0.01
_WAITING = (
    "SELECT count(*) FROM pg_stat_activity"
    " WHERE datname = current_database() AND wait_event_type = 'Lock' AND pid <> pg_backend_pid()"
)


class Met(NamedTuple):
    """What became of the two calls, each a result or the error it raised; whether the second had to wait."""

    first: Any
    second: Any
    waited: bool

    def errors(self) -> list[str]:
        """The errors in words."""
        return [f"{type(one).__name__}: {one}" for one in self[:2] if isinstance(one, Exception)]


class Gate:
    """Holds the first statement of ``hub`` that contains ``words``."""

    def __init__(self, hub: Hub, words: str) -> None:
        self.reached, self.open = threading.Event(), threading.Event()
        self._words, self._engine = words, hub.database.engine
        event.listen(self._engine, "before_cursor_execute", self._before)

    def _before(self, _: Any, __: Any, statement: str, *rest: Any) -> None:
        if self._words in statement and not self.reached.is_set():
            self.reached.set()
            self.open.wait(PATIENCE)

    def close(self) -> None:
        """Stop listening; not while a statement of the first still runs."""
        event.remove(self._engine, "before_cursor_execute", self._before)


def meet(one: Hub, before: str, first: Callable[[], Any], second: Callable[[], Any]) -> Met:
    """``first`` runs on ``one`` and is held at ``before``; ``second`` then runs until it waits or ends."""
    gate = Gate(one, before)
    done: dict[str, Any] = {}
    a, b = _thread(done, "first", first), _thread(done, "second", second)
    a.start()
    assert gate.reached.wait(PATIENCE), f"the first never came to {before!r}: {done}"
    b.start()
    waited = _second_waits(one, b)
    gate.open.set()
    for thread in (a, b):
        thread.join(PATIENCE)
    gate.close()
    return Met(done.get("first"), done.get("second"), waited)


def _thread(done: dict[str, Any], name: str, call: Callable[[], Any]) -> threading.Thread:
    def run() -> None:
        try:
            done[name] = call()
        except Exception as error:
            done[name] = error

    return threading.Thread(target=run, daemon=True)


def _second_waits(hub: Hub, second: threading.Thread) -> bool:
    end = time.monotonic() + PATIENCE
    while second.is_alive() and time.monotonic() < end:
        with hub.database.engine.connect() as plain:
            if plain.exec_driver_sql(_WAITING).scalar_one():
                return True
        time.sleep(LOOK)
    return False
