"""The one line to the province: exchanges by turns, and what is known about how it stands."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

from counter_app.services.exchange.clock_seen import note_offset
from counter_app.services.exchange.pill import LineFacts
from counter_app.services.workplace import Workplace
from counter_app.storage.queries import exchange as counts
from sync.client.engine import DONE, Outcome
from sync.client.pacing import Pace
from sync.client.transport import NoLine, NotTheHub


class Exchanging(Protocol):
    """What the line needs of ``sync.client.engine.Engine``."""

    pace: Pace

    def until_idle(self, most: int = 10_000) -> list[Outcome]:
        """Exchanges until nothing is left or something fails."""
        ...

    def ask(self, message: bytes) -> bytes:
        """One message that is no exchange, and its answer. Raises LineFault."""
        ...

    def end(self) -> None:
        """Nothing more leaves; what is under way lands."""
        ...

    def close(self) -> None:
        """Drops the connections."""
        ...


class Line:
    """Exchanges of this program; any thread may ask, one exchange runs at a time.

    ``engine`` is made at the first use (its libraries take a tenth of a second). ``follows_hub`` lets the
    province's clock correct the PC's.
    """

    def __init__(
        self, work: Workplace, engine: Callable[[], Exchanging], *, follows_hub: bool = True
    ) -> None:
        self._work = work
        self._make = engine
        self._follows_hub = follows_hub
        self._engine: Exchanging | None = None
        self._turn = threading.Lock()
        self._facts = LineFacts()
        self._closed = False

    @property
    def facts(self) -> LineFacts:
        """How the line stands now."""
        return self._facts

    def next_try(self, at: int) -> None:
        """The loop will ask again at ``at`` (ms)."""
        self._facts = replace(self._facts, next_try=at)

    def lacks_at_hub(self) -> bool:
        """True while entries are held here that the hub, by its newest signed word, does not have."""
        with self._work.store.read() as connection:
            return counts.sync_counts(connection).waiting > 0

    def exchange(self, most: int = 10_000) -> list[Outcome]:
        """Exchange until nothing is left on either side, something fails, or ``most`` were made.

        Never raises for the line; a disk that is full or damaged passes as ``StoreError``.
        """
        outcomes = self._round(most)
        if self._tell(outcomes):
            outcomes += self._round(most)
            self._work.changed("sync")
        return outcomes

    def _round(self, most: int) -> list[Outcome]:
        with self._turn:
            if self._closed:
                return [Outcome("line")]
            if self._engine is None:
                self._engine = self._make()
            with self._work.store.read() as connection:
                waiting = counts.sync_counts(connection).waiting
            self._facts = replace(self._facts, busy=True, to_send=waiting)
            try:
                outcomes = self._engine.until_idle(most)
            except BaseException:  # a full disk, or a fault of ours: either way nothing runs now
                self._facts = replace(self._facts, busy=False)
                raise
            self._note(outcomes)
        return outcomes

    def ask(self, message: bytes) -> bytes:
        """One message that is no exchange (the equality proof), between two of them. Raises LineFault."""
        with self._turn:
            if self._closed:
                raise NoLine("the program ends")
            if self._engine is None:
                self._engine = self._make()
            return self._engine.ask(message)

    def _note(self, outcomes: list[Outcome]) -> None:
        last = outcomes[-1]
        since = 0 if last.code == DONE else self._facts.failing_since or self._work.now()
        assert self._engine is not None
        self._facts = replace(
            self._facts, asked=True, code=last.code, refusal=last.refusal, failing_since=since, busy=False,
            speed=self._engine.pace.bytes_per_second,
        )  # fmt: skip
        if last.code == NotTheHub.code:  # the province's next authority may have been announced meanwhile
            self._engine.close()
            self._engine = None

    def _tell(self, outcomes: list[Outcome]) -> bool:
        """Tell what came; True when the province's clock was worth an entry, which then waits too."""
        noted = False
        answered = [one for one in outcomes if one.code == DONE]
        if answered:
            self._work.heard = True
            noted = note_offset(
                self._work, answered[-1].offset_ms, answered[-1].error_ms, follow=self._follows_hub
            )
        came = any(one.ingested.applied for one in outcomes)
        self._work.changed(*(("sync", "received") if came else ("sync",)))
        return noted

    def renew(self) -> None:
        """The way to the province was set anew: the next exchange takes it. Waits for the one under way."""
        with self._turn:
            if self._engine is not None:
                self._engine.close()
                self._engine = None

    def close(self) -> None:
        """No more exchanges; one that runs ends with the request that is under way."""
        if (running := self._engine) is not None:
            running.end()
        with self._turn:
            self._closed = True
            if self._engine is not None:
                self._engine.close()
                self._engine = None


def tick_ms() -> int:
    """A clock that never jumps, ms."""
    return time.monotonic_ns() // 1_000_000
