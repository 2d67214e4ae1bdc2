"""One lost request that two counters out of touch wrote anew: on the desk, one kept, the other sent back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from counter_app.services.ports.contradictions import ContradictionView
from counter_app.storage.queries import strays as queries
from sync.protocol.naming.ids import EntryId
from tests.support.counter import CLERK, Counter, give, make_counter, person, take_in
from tests.unit.services.contradictions.test_the_desk import desk, settle, waiting
from tests.unit.services.dossiers.test_two_counters import meet
from tests.unit.services.strays.test_strays import branch, cases, copied
from tests.unit.services.strays.test_strays import settle as write_anew
from tests.unit.services.test_handover import signed


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[tuple[Counter, Counter]]:
    """Two counters that hold one lost branch of a third: each wrote it anew. The first has the pen."""
    one = make_counter(tmp_path)
    copy_of = make_counter(tmp_path, 2, founder=one)
    four = make_counter(tmp_path, 4, founder=one)
    copy_of.store.close()
    twin = copied(copy_of, tmp_path / "twin")
    copy_of.reopen()
    for counter in (copy_of, twin):
        counter.sign_in(CLERK)
    take_in(copy_of)
    take_in(twin, who=person("LÒ VĂN TẬP HUẤN", "012086000001"))
    for counter in (one, four):
        before = counter.port().vector()
        give(copy_of, counter)
        branch(twin, counter, before)
        counter.clock.at += counter.number * 60_000
        write_anew(counter, next(case.key for case in cases(counter) if case.acts))
    yield one, four
    for counter in (one, twin, copy_of, four):
        counter.close()


def shown(*counters: Counter) -> ContradictionView:
    """The pair, as every counter shows it."""
    (found,) = (view for view in waiting(*counters) if view.matter == "same_request")
    return found


def both(counter: Counter) -> tuple[EntryId, EntryId]:
    """The one requests, that of counter 1 first."""
    with counter.store.read() as connection:
        pairs = queries.written_twice(connection)
    requests = [pair for pair in pairs if hasattr(counter.state(pair[0]), "requester")]
    (found,) = requests
    return found


def test_both_counters_show_the_pair_and_the_one_not_kept_gets_no_number(
    pair: tuple[Counter, Counter],
) -> None:
    one, four = pair
    assert desk(one).waiting() == desk(four).waiting() == ()
    meet(one, four)
    view = shown(one, four)
    assert [side.counter for side in view.sides] == ["QUẦY-01", "QUẦY-04"]
    assert [side.note for side in view.sides] == ["Chưa cấp số", "Chưa cấp số"]
    assert [code for code, _ in view.choices] == ["0", "1", "both"]
    assert len({words for _, words in view.choices}) == 3
    assert (view.page, view.subject, view.proposed) == ("handover", both(one)[0], "0")
    assert "LÒ VĂN TẬP HUẤN" in view.about
    settle(four, view, "1", "Phiếu ở quầy 4 có chữ ký")
    meet(one, four)
    assert waiting(one, four) == ()
    lost, kept = (one.state(request) for request in both(one))
    assert (lost.is_returned, kept.is_returned) == (True, False)
    assert lost.returned_words == "Nhập lại hai lần; giữ phiếu kia. Phiếu ở quầy 4 có chữ ký"
    assert kept.waits_for_number


def test_the_one_with_numbers_is_proposed_and_never_sent_back(pair: tuple[Counter, Counter]) -> None:
    one, four = pair
    meet(one, four)
    signed(one, both(one)[1])
    meet(one, four)
    view = shown(one, four)
    assert (view.proposed, view.why) == ("1", "Phiếu này đã cấp số.")
    assert [side.note for side in view.sides] == ["Chưa cấp số", "Đã cấp số 1776"]
    assert "gạch số" in view.todo
    settle(one, view, "0", "Theo phiếu người dân giữ")
    assert not any(one.state(request).is_returned for request in both(one))
    assert all(view.matter != "same_request" for view in desk(one).waiting())
