"""What a command found, as lines for people: moments as local date and time, yes and no as words.

Programs read ``--json``, which keeps every value as it is.
"""

from __future__ import annotations

from typing import Any

from counter_app.domain.dates import vn_datetime

MOMENTS = frozenset({"at", "taken", "since", "newest", "last_ack", "offline_since"})
"""Names of values that are moments, ms since 1970 UTC; 0 means that there was none."""
NOTHING = "none"


def lines_of(result: Any) -> tuple[str, ...]:
    """One line for a result, one for each of a list: ``name: value  name: value``."""
    rows = result if isinstance(result, list) else [result]
    return tuple("  ".join(f"{name}: {_text(name, value)}" for name, value in row.items()) for row in rows)


def _text(name: str, value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{inner} {_text(inner, one)}" for inner, one in value.items())
    if isinstance(value, (list, tuple)):
        return "; ".join(_text(name, one) for one in value) or NOTHING
    if isinstance(value, bool):
        return "yes" if value else "no"
    if name in MOMENTS and isinstance(value, int):
        return f"{vn_datetime(value):%d/%m/%Y %H:%M}" if value else NOTHING
    return str(value) if value != "" else NOTHING
