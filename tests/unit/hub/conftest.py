"""Fixtures: one hub, counters of one or more units, everything on real encrypted files.

With ``COMMUNE_TEST_POSTGRES`` set the hubs are on that PostgreSQL server instead (``tests/system`` does so);
what is about the file itself carries the marker ``hub_file`` and is left out then.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sync.hub.hub import Hub
from tests.support.postgres import VARIABLE, new_hubs_on, server
from tests.unit.hub.commune import Clock, Commune

NewCommune = Callable[..., Commune]


@pytest.fixture(autouse=True)
def tables_of_the_hub(request: pytest.FixtureRequest) -> Iterator[None]:
    """Where the hubs of these tests keep their tables."""
    if not server():
        yield
        return
    if request.node.get_closest_marker("hub_file"):
        pytest.skip(f"about a hub's file; {VARIABLE} is set")
    with new_hubs_on(server()):
        yield


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def hub(tmp_path: Path, clock: Clock) -> Iterator[Hub]:
    with Hub.open(tmp_path / "hub", practice=True, now=clock, durable=False) as opened:
        opened.add_unit("00000", "Xã Bình Lư (tập huấn)")
        yield opened


@pytest.fixture
def counters(hub: Hub, tmp_path: Path, clock: Clock) -> Iterator[NewCommune]:
    made: list[Commune] = []

    def new(unit: str = "00000", at: Hub = hub, **options: object) -> Commune:
        made.append(Commune(at, tmp_path, unit, clock, len(made) + 1, **options))
        return made[-1]

    yield new
    for counter in made:
        counter.close()


@pytest.fixture
def counter(counters: NewCommune) -> Commune:
    return counters()


@pytest.fixture
def real(tmp_path: Path, clock: Clock) -> Iterator[Hub]:
    """A real hub with two communes."""
    with Hub.open(tmp_path / "real", practice=False, now=clock, durable=False) as opened:
        opened.add_unit("03390", "Xã Bình Lư")
        opened.add_unit("03388", "Phường Đoàn Kết")
        yield opened
