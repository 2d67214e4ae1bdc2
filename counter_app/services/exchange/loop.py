"""The exchange in the background: soon after each act, now and then when idle, patiently while it fails.

Files leave between exchanges, a part at a time: what is committed meanwhile leaves after one part at most.
"""

from __future__ import annotations

import logging
import random
import threading
from collections.abc import Callable

from counter_app.services.attachments.turns import FileTurns
from counter_app.services.exchange.line import Line
from counter_app.services.workplace import Workplace
from counter_app.storage.store_errors import StoreError
from sync.client.attachments import MORE, NOTHING
from sync.client.engine import BUDGET_SPENT, DONE
from sync.client.pacing import Backoff

_log = logging.getLogger(__name__)
AFTER_ACT_S = 0.5
AFTER_RELAY_S = 3.0
"""A sibling that has a line brings the hub's word for what it wrote within this: nobody sends it twice."""
IDLE_MS = 60_000
SAVING_MS = 360_000
"""Where bytes are paid for, an idle PC asks less often; an act leaves as soon as ever."""
MOST_PARTS = 32
"""Parts of files between two exchanges: what siblings wrote comes in about each minute on a slow line too."""
RELAYED = "relayed"
"""The area that changed when entries came from a sibling: they may have no other way to the province."""
_OWN_AREAS = frozenset({"sync", "received", "session", "files", "lan", RELAYED})


class ExchangeLoop:
    """A thread that asks the province: soon after an act, each minute or so when idle, by backoff on failure.

    After an act it waits ``pause_s`` for the acts that follow it; what a sibling brought is passed on after
    ``relay_s`` unless the hub's word, which the sibling brings too, covers it by then. ``chance`` gives
    numbers in [0, 1): jitter keeps a province's counters from asking all at once.
    """

    def __init__(
        self,
        work: Workplace,
        line: Line,
        chance: Callable[[], float] = random.random,
        pause_s: float = AFTER_ACT_S,
        files: FileTurns | None = None,
        relay_s: float = AFTER_RELAY_S,
    ) -> None:
        self._work = work
        self._line = line
        self._chance = chance
        self._pause_s = pause_s
        self._files = files
        self.nightly: Callable[[], None] = lambda: None
        self._relay_s = relay_s
        self._backoff = Backoff(chance)
        self.saving: Callable[[], bool] = lambda: False
        self.round_over: Callable[[], None] = lambda: None
        self._bell = threading.Event()
        self._acted = threading.Event()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, name="exchange", daemon=True)

    def start(self) -> None:
        """Begin; the first exchange leaves at once."""
        self._work.on_change(self._on_change)
        self._thread.start()

    def ask_now(self) -> None:
        """A person asked, or the line came up: short waits again."""
        self._backoff.reset()
        self._acted.set()
        self._bell.set()

    def end(self) -> None:
        """No further exchange; waits for the one under way, 15 s at the most."""
        self._over.set()
        self._acted.set()
        self._bell.set()
        if self._thread.is_alive():
            self._thread.join(15)

    def wait_ms(self, code: str) -> int:
        """How long to rest after an exchange that ended with ``code``."""
        if code == DONE:
            self._backoff.reset()
            rest = SAVING_MS if self.saving() else IDLE_MS
            return round(rest * (0.75 + self._chance() / 2))
        return max(500, self._backoff.next_wait_ms())

    def _on_change(self, areas: frozenset[str]) -> None:
        if not self._line.facts.works:
            return
        acted = bool(areas - _OWN_AREAS)
        if acted:
            self._acted.set()
        if acted or RELAYED in areas:
            self._bell.set()

    def _run(self) -> None:
        while not self._over.is_set():
            code, more = self._round()
            rest = 0 if more else self.wait_ms(code)
            self._line.next_try(self._work.now() + rest)
            while self._bell.wait(rest / 1000) and not self._worth_asking():
                pass

    def _worth_asking(self) -> bool:
        """Somebody rang: waits for what follows; False when a sibling's entries reached the hub meanwhile."""
        self._bell.clear()
        if not self._acted.wait(self._relay_s) and not self._line.lacks_at_hub():
            return False
        self._acted.clear()
        # An act seldom comes alone: the strip's print and the receipt follow within moments.
        self._over.wait(self._pause_s)
        return True

    def _round(self) -> tuple[str, bool]:
        """Records, then parts of files; the code that decides how long to rest, and whether parts remain."""
        try:
            code = self._line.exchange()[-1].code
            self.round_over()
            if code != DONE:
                return code, False
            done = self._parts()
            if done == (DONE, False) and not self._over.is_set():
                self.nightly()
            return done
        except StoreError:  # told where a person acts; here we only try again later
            return "store", False
        except Exception:  # a bug must not end the exchange for the day; it is in the log
            _log.exception("the exchange failed")
            return "bug", False

    def _parts(self) -> tuple[str, bool]:
        """Parts of files until nothing waits, the line fails, or a record does."""
        for _ in range(MOST_PARTS):
            if self._files is None or self.saving() or self._bell.is_set() or self._over.is_set():
                return DONE, False
            code = self._files.step()
            if code in (NOTHING, BUDGET_SPENT):
                return DONE, False
            if code != MORE:
                return code, False
        return DONE, True
