"""What a command found, as lines for people: ``name=value``; moments as local date and time.

Programs read ``--json``, which keeps every value as it is.
"""

from __future__ import annotations

from typing import Any

from counter_app.domain.dates import moment_text

MOMENTS = frozenset({"issued", "expires", "last_at", "withdrawn", "at"})
"""Names of values that are moments, ms since 1970 UTC; 0 means that there was none."""
NOTHING = "none"


def lines_of(result: Any) -> tuple[str, ...]:
    """A line for a result and for each of a list; rows within one stand below it, set in."""
    lines: list[str] = []
    for one in result if isinstance(result, (list, tuple)) else [result]:
        lines += _lines(one) if isinstance(one, dict) else [str(one)]
    return tuple(lines) or (NOTHING,)


def _lines(row: dict[str, Any]) -> list[str]:
    below = {name: value for name, value in row.items() if _are_rows(value)}
    beside = {name: value for name, value in row.items() if name not in below}
    lines = ["  ".join(f"{name}={_text(name, value)}" for name, value in beside.items())]
    for name, rows in below.items():
        lines += [f"{name}:", *(f"  {line}" for one in rows for line in _lines(one))]
    return [line for line in lines if line]


def _are_rows(value: Any) -> bool:
    return isinstance(value, (list, tuple)) and bool(value) and all(isinstance(one, dict) for one in value)


def _text(name: str, value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{inner} {_text(inner, one)}" for inner, one in value.items())
    if isinstance(value, (list, tuple)):
        return "; ".join(_text(name, one) for one in value) or NOTHING
    if isinstance(value, bool):
        return "yes" if value else "no"
    if name in MOMENTS and isinstance(value, int):
        return moment_text(value, "%d/%m/%Y %H:%M", NOTHING)
    return _plain(str(value))


def _plain(text: str) -> str:
    """``text`` without what would steer a terminal or begin a line: others wrote it."""
    return "".join(one if one.isprintable() else " " for one in text)
