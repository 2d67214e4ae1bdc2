"""How long the province keeps what came from the portal and nobody could read: it holds citizens' data.

The law names no number of days for it that we read [U]; a province sets its own. A question to a national
system that was called back goes on the day it would have lapsed (``lookups.keeping``).
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection

from sync.hub import clock, province

SETTING: Final = "days-parked"
DEFAULT: Final = 30
MOST: Final = 365
DAY_MS: Final = 86_400_000


def days_parked(connection: Connection) -> int:
    """The province's number of days; what cannot be read counts as not set."""
    kept = province.setting(connection, SETTING) or ""
    days = int(kept) if kept.isascii() and kept.isdigit() else DEFAULT
    return days if 1 <= days <= MOST else DEFAULT


def set_days_parked(connection: Connection, days: int) -> None:
    """Keep another number. Raises ValueError outside 1 to 365."""
    if not 1 <= days <= MOST:
        raise ValueError(f"days: 1 to {MOST}")
    province.set_setting(connection, SETTING, str(days))


def kept_since(connection: Connection, now: int) -> int:
    """The moment (ms) before which what is parked goes; ``now`` is the hub's clock, if it is believed."""
    return clock.believed(connection, now) - days_parked(connection) * DAY_MS
