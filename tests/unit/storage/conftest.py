"""Counters on real encrypted files, closed at the end of each test."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.unit.storage.world import Counter, Province


@pytest.fixture
def province() -> Province:
    return Province()


@pytest.fixture
def counters(tmp_path, province) -> Iterator[Callable[..., Counter]]:
    """Makes counters by device number."""
    made: list[Counter] = []

    def make(device: int = 1, official: bool = True) -> Counter:
        folder = tmp_path / f"pc-{len(made)}"
        folder.mkdir()
        made.append(Counter(province, folder, device, official))
        return made[-1]

    yield make
    for counter in made:
        counter.close()


@pytest.fixture
def counter(counters) -> Counter:
    return counters(1)
