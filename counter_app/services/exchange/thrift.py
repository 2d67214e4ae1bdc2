"""What the line to the province may cost: bytes a day, hours that are paid for, a phone's network.

Records always leave, within the day's bytes; where bytes are paid for, files wait and the province is asked
six times less often. What was spent today is kept: a restart does not begin the day anew.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection

from counter_app.domain.dates import vn_datetime
from counter_app.services.workplace import Workplace
from counter_app.storage.this_pc import device
from sync.client.pacing import ByteBudget

DAY_MB, HOURS, PAID, SPENT = "line.day_mb", "line.hours", "line.paid", "line.spent"
PROXY = "line.proxy"
"""Address that the technician set in place of the provisioned one; ``NO_PROXY``: none at all."""
NO_PROXY = "-"
PROXY_SECRET = "line-proxy"
"""Name in the secret store: user, a line break, password."""
MEGABYTE = 1_000_000
MOST_MB = 100_000
_SPAN = re.compile(r"(\d{1,2})(?::([0-5]\d))?\s*[-–]\s*(\d{1,2})(?::([0-5]\d))?")
_DAY_MINUTES = 24 * 60

Spans = tuple[tuple[int, int], ...]


def parse_hours(text: str) -> Spans | None:
    """``8-11:30, 13-17`` as minutes of the day, from and up to; None for what is no list of hours.

    A span that ends before it begins goes over midnight.
    """
    spans = []
    for part in filter(None, (one.strip() for one in re.split(r"[,;]", text))):
        found = _SPAN.fullmatch(part)
        if found is None:
            return None
        begin, end = (int(found[i]) * 60 + int(found[i + 1] or 0) for i in (1, 3))
        if max(begin, end) > _DAY_MINUTES or begin == end:
            return None
        spans.append((begin, end))
    return tuple(spans)


def within(spans: Spans, minute: int) -> bool:
    """Whether ``minute`` of the day lies in one of ``spans``."""
    return any(
        begin <= minute < end if begin < end else minute >= begin or minute < end for begin, end in spans
    )


@dataclass(frozen=True, slots=True)
class Rules:
    """As set on this PC: megabytes a day (0: no limit), paid hours as typed, always paid for."""

    day_mb: int = 0
    hours: str = ""
    paid: bool = False


def rules_of(connection: Connection) -> Rules:
    """What is set; what cannot be read counts as not set."""
    size, hours = device.setting(connection, DAY_MB, "0"), device.setting(connection, HOURS, "")
    return Rules(
        int(size) if size.isascii() and size.isdigit() else 0,
        "" if parse_hours(hours) is None else hours,
        device.setting(connection, PAID, "") == "1",
    )


class Thrift:
    """Watches what the line costs. ``hint`` is what the system says of its network, a hint and no more."""

    def __init__(self, work: Workplace, budget: ByteBudget, hint: Callable[[], bool] = lambda: False) -> None:
        self._work = work
        self._budget = budget
        self.hint = hint
        self._rules = Rules()
        self._spans: Spans = ()
        self._written = ""
        self.refresh()

    @property
    def saving(self) -> bool:
        """True where bytes are paid for now: files wait, idle questions are rare."""
        now = vn_datetime(self._work.now())
        return self._rules.paid or self.hint() or within(self._spans, now.hour * 60 + now.minute)

    def may_load(self, *, asked: bool) -> bool:
        """Whether a version or a list may come now. A quarter of the day's bytes is left for records,
        nothing comes by itself where bytes are paid for; a person may ask as long as there are any."""
        if asked:
            return not self._budget.exhausted
        limit = self._budget.limit
        return not self.saving and (limit is None or self._budget.spent * 4 < limit * 3)

    def spend(self, size: int) -> None:
        """``size`` bytes passed beside the exchange."""
        self._budget.spend(size)

    def refresh(self) -> None:
        """The settings were changed, or the program starts."""
        with self._work.store.read() as connection:
            self._rules = rules_of(connection)
            kept = device.setting(connection, SPENT, "")
        self._spans = parse_hours(self._rules.hours) or ()
        self._budget.limit = self._rules.day_mb * MEGABYTE or None
        day, _, size = kept.partition(":")
        if day == self._today() and size.isdigit() and int(size) > self._budget.spent:
            self._budget.spend(int(size) - self._budget.spent)

    def round_over(self) -> None:
        """Keep what was spent today, where it is limited and has grown."""
        told = f"{self._today()}:{self._budget.spent}"
        if self._budget.limit is not None and told != self._written:
            with self._work.store.write() as connection:
                device.put_setting(connection, SPENT, told)
            self._written = told

    def _today(self) -> str:
        return str(day_number(self._work.now()))


def day_number(at: int) -> int:
    """The day (yyyymmdd, Vietnam) of a moment in ms: when the day's bytes begin anew."""
    day = vn_datetime(at)
    return day.year * 10_000 + day.month * 100 + day.day
