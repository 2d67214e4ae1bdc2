"""Counters on real encrypted files, closed at the end of each test."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.support.counter import Counter, make_counter


@pytest.fixture
def counters(tmp_path) -> Iterator[Callable[..., Counter]]:
    """Makes counters by number."""
    made: list[Counter] = []

    def make(number: int = 1, **more) -> Counter:
        made.append(make_counter(tmp_path / f"made-{len(made)}", number, **more))
        return made[-1]

    yield make
    for counter in made:
        counter.close()


@pytest.fixture
def counter(counters) -> Counter:
    """The founding counter with the clerk at it."""
    return counters(1)
