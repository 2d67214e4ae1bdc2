"""What the province asks of this PC: done when nobody is at work, answered by an entry, never twice.

A closed list: run the self-test, send a bundle, read the catalogue again. Another wish is answered "not
understood" and nothing is done. The answer is written in one transaction that looks again whether the request
still waits, so a kill before it means the work is done once more and a kill behind it that it is done.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from counter_app.domain.certification.taking_in.intake import day_of
from counter_app.domain.tickets import decisions
from counter_app.domain.tickets import entries as kinds
from counter_app.domain.tickets.entries import BundleNamed, Standing
from counter_app.domain.tickets.state import AfarState
from counter_app.services.exchange.line import tick_ms
from counter_app.services.technician.tickets.port import AREA, TicketsArea
from counter_app.services.technician.tickets.standing import standing_of
from counter_app.services.workplace import Workplace
from counter_app.storage.journals.appending import Act
from counter_app.storage.queries import tickets as queries
from counter_app.storage.queries import unit as unit_queries
from counter_app.storage.store import Acting
from counter_app.storage.store_errors import StoreError
from counter_app.storage.this_pc import device
from sync.protocol.journals.entry import Draft
from sync.protocol.naming.ids import EntryId, device_of

QUIET_MS: Final = 60_000
"""Nobody acted for so long: the PC is idle (own figure)."""
TOLD_ON: Final = "standing.day"
_QUIET_AREAS = frozenset({"sync", "received", "lan", "relayed", "files", "backups", AREA})
"""Changes that no person at this PC made."""
_DATA_SETS = ("fees", "calendar", "texts", "paper_kinds")
_log = logging.getLogger(__name__)


@dataclass
class AfarDesk:
    """Does what was asked, one request a turn; ``ticks`` counts ms of this run."""

    tickets: TicketsArea
    ticks: Callable[[], int] = tick_ms
    _acted: int = 0
    _look: bool = field(default=True)

    def __post_init__(self) -> None:
        """The first turn that does something comes a quiet minute after the start."""
        self._acted = self.ticks()
        self.work.on_change(self._changed)

    @property
    def work(self) -> Workplace:
        """The open store."""
        return self.tickets.work

    def _changed(self, areas: frozenset[str]) -> None:
        if areas - _QUIET_AREAS:
            self._acted = self.ticks()
        if "received" in areas:
            self._look = True

    def turn(self) -> bool:
        """One request, or the day's standing; True when something was written.

        Called every now and then from a thread beside the screens. A store that refuses is asked again later.
        """
        if self.ticks() - self._acted < QUIET_MS or not self.work.store.is_enrolled:
            return False
        try:
            return (self._look and self._one()) or self._say_standing()
        except StoreError:
            return False
        except Exception:  # a bug here must not end the store's upkeep; it is in the log
            _log.exception("a request from afar failed")
            self._acted = self.ticks()
            return False

    def _one(self) -> bool:
        with self.work.store.read() as connection:
            rows = queries.waiting(connection, device_of(self.work.journal))
            states = [self.work.state(connection, row.id, required=False) for row in rows]
        request = next((one for one in states if isinstance(one, AfarState)), None)
        if request is None or not decisions.is_for(request, self.work.journal):
            self._look = False
            return False
        self._answer(request.id, self._do(request))
        return True

    def _do(self, request: AfarState) -> Callable[[AfarState], tuple[Draft, ...]]:
        """Carries it out; gives what is answered once it is known that nobody answered meanwhile."""
        outcome = decisions.settled_without_doing(request, self.work.now())
        if outcome:
            return lambda state: decisions.answer_from_afar(state, outcome)
        try:
            items, standing, bundle = self._done(request.wish)
        except StoreError:
            raise
        except Exception as error:  # a bug in one check must not be asked for again and again
            _log.exception("a request from afar failed")
            code = type(error).__name__
            return lambda state: decisions.answer_from_afar(state, kinds.FAILED, code)
        if request.wish == kinds.BUNDLE and not bundle.digest:
            return lambda state: decisions.answer_from_afar(state, kinds.FAILED, "disk", 0, standing)
        return lambda state: decisions.answer_from_afar(state, kinds.DONE, "", items, standing, bundle)

    def _done(self, wish: str) -> tuple[int, Standing | None, BundleNamed]:
        if wish == kinds.CATALOGUE:
            return self._read_catalogue(), None, BundleNamed()
        rows = self.tickets.doctor()
        standing = standing_of(self.work, self.tickets.saved.rows(), rows, self.work.now())
        bundle = self.tickets.keep_bundle(rows) if wish == kinds.BUNDLE else BundleNamed()
        return len(rows), standing, bundle

    def _read_catalogue(self) -> int:
        """The tables in force are made again of what the journal holds; how many versions those are."""
        self.work.forget_rules()
        with self.work.store.read() as connection:
            found = sum(len(unit_queries.data_sets(connection, name)) for name in _DATA_SETS)
            self.work.rules(connection)
        self.work.changed("received")
        return found

    def _answer(self, request: EntryId, answer: Callable[[AfarState], tuple[Draft, ...]]) -> None:
        def decide(acting: Acting) -> tuple[Draft, ...]:
            state = self.work.state(acting.connection, request, required=False)
            return answer(state) if isinstance(state, AfarState) else ()

        self.work.store.act(decide, Act(self.work.now()))
        self.work.changed(AREA)

    def _say_standing(self) -> bool:
        """Once a day, not on the first: how the PC stands, for the fleet's page."""
        today = str(day_of(self.work.now()))
        with self.work.store.read() as connection:
            told = device.setting(connection, TOLD_ON)
        if told == today:
            return False
        if told:
            rows = self.tickets.doctor()
            standing = standing_of(self.work, self.tickets.saved.rows(), rows, self.work.now())
            self.work.store.act(
                lambda _: decisions.say_standing(standing), Act(self.work.now()),
                lambda connection, _: device.put_setting(connection, TOLD_ON, today),
            )  # fmt: skip
            self.work.changed(AREA)
            return True
        with self.work.store.write() as connection:
            device.put_setting(connection, TOLD_ON, today)
        return False
