"""Two units, five counters, one hub, Monday to Friday: one unit never has a line, and all ends equal."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from counter_app.domain.dossiers.state import Stage
from tests.journeys.week.story import Week
from tests.journeys.week.units import HERE


@pytest.fixture
def week(tmp_path: Path) -> Iterator[Week]:
    made = Week(tmp_path)
    yield made
    made.close()


def test_a_week_of_faults_ends_equal(week: Week) -> None:
    week.run()
    assert week.wrong() == []
    assert len(set(week.faults)) == 5
    assert all(pc.line.calls == 0 for pc in week.here), "that unit never has a line"
    assert week.dossier is not None
    for pc in (*week.in_service(HERE), *week.there):
        assert pc.dossier(week.dossier).stage is Stage.RETURNED
    heads = [pc.proof()[0] for pc in week.in_service(HERE)]
    assert len(set(heads)) == 1
