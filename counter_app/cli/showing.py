"""What a command found, as lines for people: moments as local date and time, yes and no as words.

Programs read ``--json``, which keeps every value as it is.
"""

from __future__ import annotations

from typing import Any

from counter_app.domain.value_text import NOTHING, ValueText, are_rows, local_moment

MOMENTS = frozenset({"at", "taken", "since", "newest", "last_ack", "offline_since", "valid_until"})
"""Names of values that are moments, ms since 1970 UTC; 0 means that there was none."""
NO_END = 2**52
"""A moment beyond it is the province's way to say that something may be used without end."""


def lines_of(result: Any) -> tuple[str, ...]:
    """A line for each value of one result, ``name: value``; a line for each row of a list,
    ``none`` for an empty one.

    Rows within a result stand below their name, set in.
    """
    if isinstance(result, list):
        return tuple(_row(row) for row in result) or (NOTHING,)
    lines: list[str] = []
    for name, value in result.items():
        if are_rows(value):
            lines += [f"{name}:", *(f"  {_row(row)}" for row in value)]
        else:
            lines.append(f"{name}: {_TEXT.of(name, value)}")
    return tuple(lines)


def _row(row: dict[str, Any]) -> str:
    return "  ".join(f"{name}: {_TEXT.of(name, value)}" for name, value in row.items())


def _moment(value: int) -> str:
    if value > NO_END:
        return "no end"
    return local_moment(value)


_TEXT = ValueText(MOMENTS, _moment, NOTHING)
