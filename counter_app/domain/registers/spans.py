"""Sets of numbers kept as a few spans, so that a state never grows with its lines."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Span(NamedTuple):
    """Numbers ``first`` to ``last``, both included; never empty."""

    first: int
    last: int

    @property
    def size(self) -> int:
        """How many numbers."""
        return self.last - self.first + 1

    @property
    def text(self) -> str:
        """``1780`` or ``1780-1795``, for sentences."""
        return str(self.first) if self.first == self.last else f"{self.first}-{self.last}"


Spans = tuple[Span, ...]


def span(first: int, last: int) -> Spans:
    """One span, or none when ``last < first``."""
    return (Span(first, last),) if first <= last else ()


def holds(spans: Spans, number: int) -> bool:
    """True when ``number`` lies in one of ``spans``."""
    return any(part.first <= number <= part.last for part in spans)


def overlap(spans: Spans, first: int, last: int) -> Spans:
    """What ``spans`` and ``first .. last`` have in common."""
    return tuple(
        Span(max(part.first, first), min(part.last, last))
        for part in spans
        if max(part.first, first) <= min(part.last, last)
    )


def without(spans: Spans, first: int, last: int) -> Spans:
    """``spans`` less ``first .. last``."""
    left: list[Span] = []
    for part in spans:
        left.extend(span(part.first, min(part.last, first - 1)))
        left.extend(span(max(part.first, last + 1), part.last))
    return tuple(left)


def joined(spans: Iterable[Span]) -> Spans:
    """The same numbers in as few ascending spans as possible."""
    merged: list[Span] = []
    for part in sorted(spans):
        if merged and part.first <= merged[-1].last + 1:
            merged[-1] = Span(merged[-1].first, max(merged[-1].last, part.last))
        else:
            merged.append(part)
    return tuple(merged)


def size(spans: Spans) -> int:
    """How many numbers ``spans`` hold."""
    return sum(part.size for part in spans)


def spans_text(spans: Spans) -> str:
    """``1780-1795, 1801`` for sentences."""
    return ", ".join(part.text for part in spans)
