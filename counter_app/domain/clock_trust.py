"""Whose clock is believed when the province's and this PC's differ: neither alone, where both could be right.

The province is met with every exchange and flat batteries are common, so the program's time follows the
province (``sync.md`` 6). But a server's clock can be wrong too, and all its communes would print and number
in 2009 or in 2099 at once. What was written last, here and by everybody else, says what is possible; where
both are, a person decides.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from statistics import median_low
from typing import Final

DAY_MS: Final = 24 * 3_600_000
FLOOR: Final = round(datetime(2026, 7, 1, tzinfo=UTC).timestamp() * 1000)
"""No counter of this program was at work before (ms)."""
NEAR_MS: Final = DAY_MS
"""Clocks nearer than this tell the same day, or a day that turns: no person needs to be asked."""
REST_MS: Final = 400 * DAY_MS
"""As long as a unit's PCs, or the province, may have written nothing."""
WORKING_MS: Final = 45 * DAY_MS
"""So long after its last entry a PC's own clock is believed without anybody's word."""
_LIFETIME_MS: Final = 30 * 365 * DAY_MS


def era(written: Sequence[int]) -> int:
    """The time (ms) around which the journals held were written last: their median, 0 for none.

    One wild clock among three, or the province's alone, does not move it.
    """
    return median_low(written) if written else 0


def is_possible(moment: int, seen: int, reach: int = REST_MS) -> bool:
    """Whether ``moment`` (ms) can be now, when something was written at ``seen`` (0 for nothing).

    What bears a time before ``FLOOR`` was itself written under a wrong clock: then any later moment can be,
    up to thirty years.
    """
    if seen < FLOOR:
        return FLOOR <= moment <= FLOOR + _LIFETIME_MS
    return seen - NEAR_MS <= moment <= seen + reach


def follows(province: int, now: int, own: int, all_written: int) -> bool:
    """Whether the program's time, ``now``, gives way to the ``province``'s without a person's word.

    ``own``: this PC's last entry; ``all_written``: the ``era`` of everything held. All ms.
    """
    if abs(province - now) <= NEAR_MS:
        return True
    could_be_right = own >= FLOOR and is_possible(now, own, WORKING_MS) and is_possible(now, all_written)
    return is_possible(province, all_written) and not could_be_right
