"""How much to send at once, how long to wait after a failure, and how much a day may cost (``sync.md`` 7)."""

from __future__ import annotations

import threading
from collections.abc import Callable

START_BYTES = 4 * 1024
SLOW_CAP_BYTES = 12 * 1024
FAST_CAP_BYTES = 256 * 1024
FAST_MS = 2_000
SLOW_MS = 5_000
SLOW_LINE_BYTES_PER_S = 64 * 1024
FIRST_WAIT_MS = 2_000
LONGEST_WAIT_MS = 5 * 60_000
_TELLING_BYTES = 2 * 1024
_STEP_BYTES = 1024


class Pace:
    """Batch size: starts at 4 KB, doubles under 2 s, halves over 5 s or on failure; capped by the speed.

    On a line that broke it doubles only to half of what was lost, then grows by 1 KB: a line that breaks
    again and again loses less each time.
    """

    def __init__(self) -> None:
        self.batch_bytes = START_BYTES
        self._careful_from: int | None = None
        self.bytes_per_second = 0.0
        self._smaller: tuple[int, int] | None = None
        self._slope = 0.0

    @property
    def cap_bytes(self) -> int:
        """12 KB while the line measures slow, so that a cut costs little; 256 KB on a quick one."""
        quick = self.bytes_per_second >= SLOW_LINE_BYTES_PER_S
        return FAST_CAP_BYTES if quick else SLOW_CAP_BYTES

    @property
    def want_bytes(self) -> int:
        """How much to ask for: the answer to one request is all there is under way, so two batches."""
        return 2 * self.batch_bytes

    @property
    def line_speed(self) -> float:
        """Bytes a second that the line itself carries, round trips taken out; 0 while not known."""
        return self._slope

    def succeeded(self, sent_bytes: int, took_ms: int, got_bytes: int = 0, alone: bool = True) -> None:
        """Learn from an exchange that came back after ``took_ms``.

        ``alone`` is False when another was under way: its time then holds that of the other.
        """
        moved = sent_bytes + got_bytes
        if moved >= _TELLING_BYTES:
            speed = moved * 1000 / max(took_ms, 1)
            known = self.bytes_per_second
            self.bytes_per_second = (speed + known) / 2 if known else speed
            if alone:
                self._learn_slope(moved, took_ms)
        if took_ms < FAST_MS:
            self.batch_bytes = min(self._larger(), self.cap_bytes)
        elif took_ms > SLOW_MS:
            self._halve()

    def _learn_slope(self, moved: int, took_ms: int) -> None:
        """Two exchanges of unlike size differ by what the line needed for the difference."""
        if self._smaller is not None:
            less, quicker = self._smaller
            if moved > less * 3 // 2 and took_ms > quicker:
                self._slope = (moved - less) * 1000 / (took_ms - quicker)
            elif took_ms > quicker:
                return
        self._smaller = (moved, took_ms)

    def failed(self) -> None:
        """Learn from an exchange that did not come back."""
        self._smaller = None
        self._halve()
        self._careful_from = self.batch_bytes

    def ms_to_send(self, size: int) -> int | None:
        """How long the line is busy with ``size`` bytes; None while its speed is not known."""
        return round(size * 1000 / self._slope) if self._slope else None

    def seconds_for(self, waiting_bytes: int) -> int:
        """Time to send ``waiting_bytes`` at the last measured speed; 0 while none was measured."""
        return round(waiting_bytes / self.bytes_per_second) if self.bytes_per_second else 0

    def _larger(self) -> int:
        if self._careful_from is None or self.batch_bytes < self._careful_from:
            return self.batch_bytes * 2
        return self.batch_bytes + _STEP_BYTES

    def _halve(self) -> None:
        half = self.batch_bytes // 2
        self.batch_bytes = max(half - half % _STEP_BYTES, START_BYTES // 4)


class Backoff:
    """Full-jitter retry: a random wait up to 2 s, 4 s, 8 s ... 5 min; reset by link-up and "send now"."""

    def __init__(self, random: Callable[[], float]) -> None:
        self._random = random
        self._failures = 0

    def next_wait_ms(self) -> int:
        """The wait after one more failure, in ms."""
        ceiling = min(FIRST_WAIT_MS << self._failures, LONGEST_WAIT_MS)
        self._failures = min(self._failures + 1, 16)
        return round(self._random() * ceiling)

    def reset(self) -> None:
        """The line is up, or a person asked: begin with short waits again."""
        self._failures = 0


class ByteBudget:
    """How many bytes a day may pass, both ways; ``day`` names the current one (any number that changes).

    ``limit`` None is no limit. What is under way when the budget ends is not cut off.
    """

    def __init__(self, limit: int | None = None, day: Callable[[], int] = lambda: 0) -> None:
        self.limit = limit
        self._day = day
        self._today = day()
        self._spent = 0
        self._turn = threading.Lock()  # the exchange spends, versions and lists on their own threads too

    @property
    def spent(self) -> int:
        """Bytes that passed today."""
        if self._today != self._day():
            self._today, self._spent = self._day(), 0
        return self._spent

    @property
    def exhausted(self) -> bool:
        """True when nothing more may be begun today."""
        return self.limit is not None and self.spent >= self.limit

    def spend(self, size: int) -> None:
        """Note ``size`` bytes that passed; from any thread."""
        with self._turn:
            self._spent = self.spent + size
