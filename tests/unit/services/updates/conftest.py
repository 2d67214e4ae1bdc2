"""A desk of updates for each test, on one store for all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from counter_app.paths import Paths
from counter_app.updates import trials
from tests.support.counter import Counter, make_counter
from tests.unit.services.updates.desk import KEY, NIGHT, Desk
from tests.unit.updates.publisher import Pc


@pytest.fixture(scope="module")
def counter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Counter]:
    made = make_counter(tmp_path_factory.mktemp("counter"))
    yield made
    made.close()


@pytest.fixture
def desk(counter: Counter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    made = Desk(counter, Pc(tmp_path / "pc"), Paths(tmp_path / "home"))
    made.at(NIGHT)

    def self_test(python: str, zip_: Path) -> None:
        made.tried.append(("self_test", zip_))

    def rehearse(python: str, zip_: Path, backup: Path, key: bytes, folder: Path) -> None:
        assert key == KEY
        assert backup.is_file()
        assert folder == made.paths.trials
        made.tried.append(("rehearsal", zip_))

    monkeypatch.setattr(trials, "self_test", self_test)
    monkeypatch.setattr(trials, "rehearse", rehearse)
    return made
