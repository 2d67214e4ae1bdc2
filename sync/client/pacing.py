"""How much to send at once, and how long to wait after a failure (``sync.md`` 7)."""

from __future__ import annotations

from collections.abc import Callable

START_BYTES = 4 * 1024
SLOW_CAP_BYTES = 12 * 1024
FAST_CAP_BYTES = 256 * 1024
FAST_MS = 2_000
SLOW_MS = 5_000
SLOW_LINE_BYTES_PER_S = 64 * 1024
FIRST_WAIT_MS = 2_000
LONGEST_WAIT_MS = 5 * 60_000


class Pace:
    """Batch size: starts at 4 KB, doubles under 2 s, halves over 5 s or on failure; capped by the speed."""

    def __init__(self) -> None:
        self.batch_bytes = START_BYTES
        self.bytes_per_second = 0.0

    @property
    def cap_bytes(self) -> int:
        """12 KB while the line measures slow, so that a cut costs little; 256 KB on a quick one."""
        quick = self.bytes_per_second >= SLOW_LINE_BYTES_PER_S
        return FAST_CAP_BYTES if quick else SLOW_CAP_BYTES

    def succeeded(self, sent_bytes: int, took_ms: int) -> None:
        """Learn from an exchange that came back after ``took_ms``."""
        if sent_bytes >= START_BYTES // 2:
            speed = sent_bytes * 1000 / max(took_ms, 1)
            self.bytes_per_second = (
                speed if not self.bytes_per_second else (self.bytes_per_second + speed) / 2
            )
        if took_ms < FAST_MS:
            self.batch_bytes = min(self.batch_bytes * 2, self.cap_bytes)
        elif took_ms > SLOW_MS:
            self._halve()

    def failed(self) -> None:
        """Learn from an exchange that did not come back."""
        self._halve()

    def seconds_for(self, waiting_bytes: int) -> int:
        """Time to send ``waiting_bytes`` at the last measured speed; 0 while none was measured."""
        return round(waiting_bytes / self.bytes_per_second) if self.bytes_per_second else 0

    def _halve(self) -> None:
        self.batch_bytes = max(self.batch_bytes // 2, START_BYTES // 4)


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
