"""Accounts nobody used for 45 days, told by days that a PC has lived through and not by its clock.

The number is that of the third level of protection (``law.md`` 7.1 [S], unverified). A clock can run wild:
its word alone lets a stay away count for at most ``STEP_DAYS``, beyond that for one day on each day it shows.
The province's can too: far ahead, it counts only where the PC's clock says the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from counter_app.domain.dates import vn_date
from sync.protocol.naming.ids import EntryId

IDLE_DAYS = 45
"""An account not used for so many days is closed [S]."""
STEP_DAYS = 20
"""As long as a PC may rest without a proof of the date: the longest holidays with leave on both sides."""
DAY_MS = 24 * 3_600_000


class Lived(NamedTuple):
    """How far the days of a PC have come: ``at`` the moment believed, ``clock`` what was shown then; ms."""

    at: int
    clock: int


def lived(before: Lived | None, clock: int, proved: int = 0) -> Lived:
    """The next look at the clock. ``proved``: the last moment that the province or a signatory's key proved.

    A clock that agrees with a proof is right, whatever was believed before; one that ran backwards takes
    nothing away; one that jumped is not believed until something proves it. A proof from far ahead with which
    this PC's clock does not agree proves nothing: the province's own clock may stand in 2099, and would close
    the accounts of all its communes at once.
    """
    if before is None and not proved:
        return Lived(clock, clock)
    if proved and abs(clock - proved) <= STEP_DAYS * DAY_MS:
        return Lived(clock, clock)
    base = min(clock, proved) if before is None else before.at
    if proved - base <= STEP_DAYS * DAY_MS:
        base = max(base, proved)
    if clock - base <= STEP_DAYS * DAY_MS:
        return Lived(max(base, clock), clock)
    shown_before = before.clock if before is not None else 0
    another_day = before is None or vn_date(clock) != vn_date(shown_before)
    return Lived(base + DAY_MS if another_day else base, clock)


def idle_days(used: int, at: int) -> int:
    """Whole days between the last use and the moment believed, never negative."""
    return max(0, at - used) // DAY_MS


def closed_accounts(
    used: Mapping[EntryId, int], supervisors: Iterable[EntryId], at: int
) -> frozenset[EntryId]:
    """Whose account is closed for idleness; ``used``: of each account of a PC when it was used last, ms.

    Among ``supervisors`` - those who may open others - one always stays: the one who was here last. Else a PC
    that stood in a cupboard could be opened by nobody.
    """
    idle = {one for one, moment in used.items() if idle_days(moment, at) >= IDLE_DAYS}
    able = [one for one in supervisors if one in used]
    if able and idle.issuperset(able):
        latest = max(used[one] for one in able)
        idle -= {one for one in able if used[one] == latest}
    return frozenset(idle)
