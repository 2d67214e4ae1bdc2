"""The province's list comes by itself, once a day: from a sibling that has a newer one, else from the hub.

It is public and signed, so it counts from anybody. One that says the same is not fetched again before it is
a week old: its last moment is what a check without a line goes by. Days and hours are own figures.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Final

from counter_app.domain.errors import DomainError
from counter_app.errors import OutsideError
from counter_app.services.check.kept_list import KeptList
from counter_app.services.exchange.thrift import Thrift
from counter_app.services.workplace import Workplace
from counter_app.storage.this_pc import device
from sync.client.lan import shelf
from sync.client.lan.siblings import Siblings
from sync.client.list_line import ListLine
from sync.client.transport import LineFault
from sync.protocol.journals.check_list import MAX_BYTES, CheckList, mark_of

ASKED: Final = "check.asked"
"""When the province's word on the list was last heard here, ms: from itself, or in a sibling's newer list."""
EVERY_MS: Final = 20 * 3_600_000
ANEW_MS: Final = 7 * 86_400_000
SPREAD_S: Final = 3_600.0
"""Within so long the PCs of a unit ask, each at a moment of its own: the first serves the others."""


@dataclass
class ListFetching:
    """Asks when it is time. ``line`` opens the way to the hub, on use."""

    work: Workplace
    kept: KeptList
    line: Callable[[], AbstractContextManager[ListLine]]
    thrift: Thrift | None = None
    siblings: Siblings | None = None
    ticks: Callable[[], float] = time.monotonic
    chance: Callable[[], float] = random.random
    _from: float | None = None

    def by_itself(self) -> None:
        """Take a newer list of a sibling; ask the hub when a day has passed. Raises nothing for a line."""
        try:
            self._from_siblings()
            if self._is_due():
                self._from_hub()
        except (LineFault, DomainError, OutsideError):
            return  # again at the next call; of which day the list is stands on the page

    def _is_due(self) -> bool:
        if 0 <= self.work.now() - self._asked() < EVERY_MS:
            return False
        if self._from is None:
            self._from = self.ticks() + (self.chance() * SPREAD_S if self.kept.current() else 0.0)
        return self.ticks() >= self._from and (self.thrift is None or self.thrift.may_load(asked=False))

    def _from_hub(self) -> None:
        held = self.kept.current()
        fresh = held is not None and self.work.now() - held.issued < ANEW_MS
        with self.line() as line:
            came = line.newer(mark_of(held) if held is not None and fresh else "")
        if self.thrift is not None:
            self.thrift.spend(came.cost)
        if came.data:
            self._take(came.data)
        self._note(self.work.now())

    def _from_siblings(self) -> None:
        """The newest list that a sibling in contact has, if it is newer than any seen here."""
        if self.siblings is None:
            return
        seen = self.kept.newest
        found = [
            one for one in self.siblings.look()
            if one.item.kind == shelf.CHECK_LIST and one.item.number > seen
        ]  # fmt: skip
        for offer in sorted(found, key=lambda one: -one.item.number):
            data = self.siblings.whole(offer, MAX_BYTES)
            try:
                taken = self._take(data) if data else None
            except DomainError:
                continue  # not the province's, or not what it was said to be: the next has perhaps a good one
            if taken is not None:
                self._note(min(taken.issued, self.work.now()))
                return

    def _take(self, data: bytes) -> CheckList:
        taken = self.kept.take_bytes(data)
        self.work.changed("sync")
        return taken

    def _asked(self) -> int:
        with self.work.store.read() as connection:
            kept = device.setting(connection, ASKED, "0")
        return int(kept) if kept.isascii() and kept.isdigit() else 0

    def _note(self, at: int) -> None:
        self._from = None
        with self.work.store.write() as connection:
            device.put_setting(connection, ASKED, str(max(at, 0)))
