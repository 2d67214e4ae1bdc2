"""A portal that listens, and a sender before it: started once, forgetful between tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.portal.bench import Bench
from tests.support.portal.simulator import Portal


@pytest.fixture(scope="package")
def benches(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Bench]]:
    with Portal("legacy") as legacy, Portal("2026") as newer:
        made = {one.generation: Bench(tmp_path_factory.mktemp("cong"), one) for one in (legacy, newer)}
        yield made
        for one in made.values():
            one.close()


@pytest.fixture
def bench(benches: dict[str, Bench]) -> Iterator[Bench]:
    """Before a portal of the legacy generation."""
    yield from _fresh(benches["legacy"])


@pytest.fixture(params=["legacy", "2026"])
def either_bench(request: pytest.FixtureRequest, benches: dict[str, Bench]) -> Iterator[Bench]:
    """Before either generation."""
    yield from _fresh(benches[request.param])


@pytest.fixture
def portal(bench: Bench) -> Portal:
    """The legacy portal by itself."""
    return bench.portal


def _fresh(bench: Bench) -> Iterator[Bench]:
    bench.fresh()
    yield bench
    assert bench.portal.wrong == [], "what was sent is not what the portal knows"
