"""Two valid lines of one number: found by the reading's unique key and by the hub, over the lines."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from sync.protocol.naming.ids import EntryId


class Double(NamedTuple):
    """One number of a register-year with more than one valid line (ascending ids)."""

    number: int
    lines: tuple[EntryId, ...]


def find_doubles(lines: Iterable[tuple[int, EntryId]]) -> tuple[Double, ...]:
    """Numbers that more than one of ``lines`` (number, line) bears, ascending.

    Give the *valid* lines of one register-year: neither struck nor annulled. A line named twice counts once.
    """
    by_number: dict[int, set[EntryId]] = {}
    for number, line in lines:
        by_number.setdefault(number, set()).add(line)
    return tuple(
        Double(number, tuple(sorted(held))) for number, held in sorted(by_number.items()) if len(held) > 1
    )
