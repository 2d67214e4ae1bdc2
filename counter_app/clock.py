"""The program's clocks: the PC's own, and one that stands where a test or a scripted day puts it."""

from __future__ import annotations

import time
from typing import Protocol


class Clock(Protocol):
    """A wall clock in ms since 1970-01-01 UTC; it may jump, be wrong and run backwards."""

    def now(self) -> int:
        """What the clock shows."""
        ...


class SystemClock:
    """The PC's clock."""

    def now(self) -> int:
        """Milliseconds since 1970-01-01 UTC, as the PC believes."""
        return time.time_ns() // 1_000_000


class FixedClock:
    """A clock that shows ``at`` until it is told otherwise; ``step`` ms pass at each look."""

    def __init__(self, at: int, step: int = 0) -> None:
        self.at = at
        self.step = step

    def now(self) -> int:
        """What was set, then one step on."""
        shown = self.at
        self.at += self.step
        return shown

    def forward(self, *, hours: float = 0, minutes: float = 0, seconds: float = 0) -> None:
        """Let time pass; negative values turn the clock back."""
        self.at += round((hours * 3600 + minutes * 60 + seconds) * 1000)
