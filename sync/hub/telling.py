"""What a command found, as lines for people: ``name=value``; moments as local date and time.

Programs read ``--json``, which keeps every value as it is.
"""

from __future__ import annotations

from typing import Any

from counter_app.domain.value_text import NOTHING, ValueText, are_rows

MOMENTS = frozenset({"issued", "expires", "last_at", "withdrawn", "at"})
"""Names of values that are moments, ms since 1970 UTC; 0 means that there was none."""
_TEXT = ValueText(MOMENTS)


def lines_of(result: Any) -> tuple[str, ...]:
    """A line for a result and for each of a list; rows within one stand below it, set in."""
    lines: list[str] = []
    for one in result if isinstance(result, (list, tuple)) else [result]:
        lines += _lines(one) if isinstance(one, dict) else [str(one)]
    return tuple(lines) or (NOTHING,)


def _lines(row: dict[str, Any]) -> list[str]:
    below = {name: value for name, value in row.items() if are_rows(value)}
    beside = {name: value for name, value in row.items() if name not in below}
    lines = ["  ".join(f"{name}={_TEXT.of(name, value)}" for name, value in beside.items())]
    for name, rows in below.items():
        lines += [f"{name}:", *(f"  {line}" for one in rows for line in _lines(one))]
    return [line for line in lines if line]
