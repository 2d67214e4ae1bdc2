"""What a command found, as lines for people: moments as local date and time, yes and no as words.

Programs read ``--json``, which keeps every value as it is.
"""

from __future__ import annotations

from typing import Any

from counter_app.domain.dates import moment_text

MOMENTS = frozenset({"at", "taken", "since", "newest", "last_ack", "offline_since", "valid_until"})
"""Names of values that are moments, ms since 1970 UTC; 0 means that there was none."""
NO_END = 2**52
"""A moment beyond it is the province's way to say that something may be used without end."""
NOTHING = "none"


def lines_of(result: Any) -> tuple[str, ...]:
    """A line for each value of one result, ``name: value``; a line for each row of a list,
    ``none`` for an empty one.

    Rows within a result stand below their name, set in.
    """
    if isinstance(result, list):
        return tuple(_row(row) for row in result) or (NOTHING,)
    lines: list[str] = []
    for name, value in result.items():
        if _are_rows(value):
            lines += [f"{name}:", *(f"  {_row(row)}" for row in value)]
        else:
            lines.append(f"{name}: {_text(name, value)}")
    return tuple(lines)


def _row(row: dict[str, Any]) -> str:
    return "  ".join(f"{name}: {_text(name, value)}" for name, value in row.items())


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
        return _moment(value)
    return _plain(str(value)) if value != "" else NOTHING


def _plain(text: str) -> str:
    """``text`` without what would steer a terminal or begin a line: others wrote it."""
    return "".join(one if one.isprintable() else " " for one in text)


def _moment(value: int) -> str:
    if value > NO_END:
        return "no end"
    return moment_text(value, "%d/%m/%Y %H:%M", NOTHING)
