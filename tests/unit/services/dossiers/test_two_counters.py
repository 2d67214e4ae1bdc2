"""Two counters without a line take in one online dossier: both slips are on paper, both lead to it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from counter_app.services.ports.dossiers import ActForm
from counter_app.storage.queries import dossiers as queries
from sync.hub.dossiers import OnlineDossier, OnlinePaper, arrival
from sync.protocol.naming.ids import EntryId
from tests.support.counter import Counter, give, make_counter

UNMARRIED = "1.004873"


@pytest.fixture
def counters(tmp_path: Path) -> Iterator[tuple[Counter, Counter]]:
    """The founder and a second counter that knows all of it."""
    one = make_counter(tmp_path)
    two = make_counter(tmp_path, 2, founder=one)
    yield one, two
    one.close()
    two.close()


def filed_online(one: Counter, two: Counter) -> EntryId:
    """A dossier that both counters have fetched."""
    online = OnlineDossier(
        "000.00.00.H35-26-0000001", UNMARRIED, "PHÀN TẬP HUẤN ẰNG", "012064101628",
        one.clock.at - 600_000, papers=(OnlinePaper(2), OnlinePaper(3), OnlinePaper(4)),
    )  # fmt: skip
    drafts = (arrival(online, b"salt"),)
    dossier = one.store.append(drafts, one.areas.desk.act()).entries[0].id
    give(one, two)
    return dossier


def test_the_slip_of_the_acceptance_that_did_not_count_is_found_everywhere(
    counters: tuple[Counter, Counter],
) -> None:
    one, two = counters
    dossier = filed_online(one, two)
    slips = []
    for counter in counters:
        counter.areas.dossiers.act(ActForm(dossier, "accept"))
        slips.append(counter.state(dossier).code)
    give(one, two)
    give(two, one)
    assert len(set(slips)) == 2
    assert one.state(dossier) == two.state(dossier)
    for counter in counters:
        for slip in slips:
            assert [row.dossier for row in counter.areas.dossiers.find_results(slip).rows] == [dossier]


def test_no_code_and_an_unknown_one_find_nothing(counters: tuple[Counter, Counter]) -> None:
    """Most forms carry no code: an empty one must not lead to their dossiers."""
    one, two = counters
    dossier = filed_online(one, two)
    ground = one.areas.intake.refusal_grounds()[0][0]
    one.areas.dossiers.act(ActForm(dossier, "refuse", {"ground": ground, "reason": "Sai nơi nộp"}))
    with one.store.read() as connection:
        assert queries.by_code(connection, "") is None
        assert queries.by_code(connection, "0" * 20) is None
