"""How often one address may ask what needs no sign-in; kept in memory, per process."""

from __future__ import annotations

import threading
from collections import OrderedDict

MOST_ADDRESSES = 10_000


class Limiter:
    """``most`` requests an address at once, refilled evenly over ``within_ms``. Safe from all threads."""

    def __init__(self, most: int, within_ms: int) -> None:
        self._most = most
        self._step = within_ms / most
        self._lock = threading.Lock()
        self._left: OrderedDict[str, tuple[float, int]] = OrderedDict()

    def allows(self, address: str, at: int) -> bool:
        """Count one request of ``address`` at ``at`` (ms); False when it comes too soon."""
        with self._lock:
            left, before = self._left.pop(address, (float(self._most), at))
            left = min(float(self._most), left + max(0, at - before) / self._step)
            granted = left >= 1
            self._left[address] = (left - 1 if granted else left, at)
            while len(self._left) > MOST_ADDRESSES:
                self._left.popitem(last=False)
        return granted

    def wait_seconds(self) -> int:
        """After how long one more is allowed, at least 1."""
        return max(1, round(self._step / 1000))
