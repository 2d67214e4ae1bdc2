"""What a line to the province's list for the check of copies is, whatever carries it."""

from __future__ import annotations

from typing import NamedTuple, Protocol


class Fetched(NamedTuple):
    """The list's bytes, none when it says what the asker holds; ``cost`` are bytes that passed, about."""

    data: bytes
    cost: int


class ListLine(Protocol):
    """The hub's list."""

    def newer(self, mark: str) -> Fetched:
        """The list, unless its mark (``mark_of``) is the one named; "" names none. Raises LineFault."""
        ...
