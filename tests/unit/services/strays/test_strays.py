"""A copied PC's branch at the counter that held the other one first: written anew once, by two persons."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from counter_app.domain.errors import DomainError
from counter_app.domain.strays.entries import LEFT, TAKEN
from counter_app.services.areas import open_areas
from counter_app.services.ports.strays import StrayCaseView, StrayForm
from counter_app.storage.queries import strays as queries
from counter_app.storage.store import Store
from sync.protocol.carrying.bundle import Bundle
from sync.protocol.carrying.vector import Vector, lacking
from sync.protocol.naming.ids import EntryId
from tests.support.counter import (
    CHAIRMAN,
    CLERK,
    PASSWORD,
    PIN,
    REGISTRAR,
    UNIT,
    Counter,
    give,
    make_counter,
    person,
    take_in,
)
from tests.unit.services.test_handover import signed


@pytest.fixture
def three(tmp_path: Path) -> Iterator[tuple[Counter, Counter, Counter]]:
    """A counter, the copy of its disk that runs too, and the counter that meets both."""
    one = make_counter(tmp_path)
    two = make_counter(tmp_path, 2, founder=one)
    one.store.close()
    twin = copied(one, tmp_path / "twin")
    one.reopen()
    for counter in (one, twin):
        counter.sign_in(CLERK)
    yield one, twin, two
    for counter in (one, twin, two):
        counter.close()


def copied(one: Counter, folder: Path) -> Counter:
    """The same store started a second time elsewhere."""
    shutil.copytree(one.folder, folder)
    store = Store.open(folder / "counter.db", one.store_key)
    store.enrolled(one.author)  # type: ignore[arg-type]
    work = replace(one.work, store=store, papers_folder=folder / "papers", _listeners=[], _rules=None)
    return replace(one, folder=folder, store=store, areas=open_areas(work))


def met(one: Counter, twin: Counter, two: Counter) -> None:
    """The other counter holds the branch of ``one`` first; the twin's goes aside, whole."""
    before = two.port().vector()
    give(one, two)
    branch(twin, two, before)


def branch(twin: Counter, taker: Counter, since: Vector) -> None:
    """What the twin wrote after ``since``, as a counter of before would be given it."""
    source = twin.port()
    source.hand_over()
    pieces = source.pieces_from(lacking(source.vector(), since), 2**24)
    taker.port().ingest(Bundle(UNIT, twin.work.journal, tuple(pieces)))


def cases(counter: Counter) -> tuple[StrayCaseView, ...]:
    counter.sign_in(REGISTRAR)
    return counter.areas.strays.cases()


def settle(counter: Counter, key: str, outcome: str = TAKEN, **more: str) -> str:
    counter.sign_in(REGISTRAR)
    given = {"words": "Theo phiếu người dân giữ", "pin": PIN, "second_secret": PASSWORD, **more}
    form = StrayForm(key, outcome, given["words"], given["pin"], counter.officials[CHAIRMAN],
                     given["second_secret"])  # fmt: skip
    return counter.areas.strays.settle(form)


def names(counter: Counter) -> list[str]:
    with counter.store.read() as connection:
        rows = connection.exec_driver_sql("SELECT name FROM requests ORDER BY name")
        return [row[0] for row in rows]


def entries(counter: Counter, kind: int) -> int:
    with counter.store.read() as connection:
        sql = "SELECT count(*) FROM entries WHERE kind = ?"
        return int(connection.exec_driver_sql(sql, (kind,)).scalar() or 0)


def test_a_request_of_the_copy_is_listed_in_words_and_written_anew_with_its_person(
    three: tuple[Counter, Counter, Counter],
) -> None:
    one, twin, two = three
    take_in(one, who=person("HOÀNG VĂN SƠN"))
    lost = take_in(twin, "gks 1x2", "hb 3x1", who=person("LÒ VĂN TẬP HUẤN", "012086000001")).request
    met(one, twin, two)
    assert names(two) == ["HOÀNG VĂN SƠN"]
    (case,) = cases(two)
    assert case.title.endswith("LÒ VĂN TẬP HUẤN")
    assert case.counter == "QUẦY-01"
    assert case.second == "2 bản chính, 3 bản sao"
    assert any("Thông tin người dân" in act for act in case.acts)
    assert settle(two, case.key).startswith("Đã nhập lại ")
    assert names(two) == ["HOÀNG VĂN SƠN", "LÒ VĂN TẬP HUẤN"]
    (money,) = cases(two)  # what was taken for it is told, and not given a second number
    assert money.acts == ()
    assert money.left == ("Phiếu thu tạm · 9.000 đ",)
    state = anew(two, lost)
    assert state.code == twin.state(lost).code  # what stands on the citizen's slip finds it
    assert state.person is not None
    assert state.person.journal == two.work.journal  # the person was recorded on that branch too
    assert len(state.originals) == 2
    with two.store.read() as connection:
        done = queries.origins(connection)
        assert queries.left_count(connection) == 1
        origin = next(o for o in done.values() if o.entry == lost)
    assert origin.written is not None
    assert origin.written.journal == two.work.journal
    assert origin.actor == twin.officials[CLERK]


def anew(counter: Counter, lost: EntryId):
    with counter.store.read() as connection:
        written = next(o.written for o in queries.origins(connection).values() if o.entry == lost)
    assert written is not None
    return counter.state(written)


def test_it_is_never_written_twice_here_or_at_another_counter_that_heard_of_it(
    three: tuple[Counter, Counter, Counter], tmp_path: Path
) -> None:
    one, twin, two = three
    take_in(one)
    take_in(twin, who=person("LÒ VĂN TẬP HUẤN", "012086000001"))
    other = make_counter(tmp_path, 4, founder=two)
    before = other.port().vector()
    met(one, twin, two)
    give(one, other)
    branch(twin, other, before)
    (case,) = cases(two)
    settle(two, case.key)
    with pytest.raises(DomainError) as refused:
        settle(two, case.key)
    assert refused.value.code == "stray.gone"
    assert len(cases(other)) == 1
    give(two, other)
    assert [case.acts for case in cases(other)] == [()]
    assert names(other) == names(two)
    other.close()


def test_numbers_are_told_and_stay_until_somebody_says_what_became_of_them(
    three: tuple[Counter, Counter, Counter],
) -> None:
    one, twin, two = three
    take_in(one)
    lost = take_in(twin, who=person("LÒ VĂN TẬP HUẤN", "012086000001")).request
    signed(twin, lost)
    met(one, twin, two)
    before = entries(two, 231)
    case = next(one for one in cases(two) if "LÒ VĂN TẬP HUẤN" in one.title)
    assert any("1776/2026" in told for told in case.left)
    settle(two, case.key)
    assert entries(two, 231) == before
    assert all(original.line is None for original in anew(two, lost).originals)
    left = cases(two)
    assert left
    assert all(one.acts == () for one in left)
    with pytest.raises(DomainError) as refused:
        settle(two, left[0].key)
    assert refused.value.code == "stray.nothing"
    for one_left in left:
        assert settle(two, one_left.key, LEFT, words="Số 1776 đã làm rõ") == "Đã ghi: để nguyên."
    assert cases(two) == ()
    assert entries(two, 231) == before


def test_two_different_persons_with_their_secrets_and_a_ground(
    three: tuple[Counter, Counter, Counter],
) -> None:
    one, twin, two = three
    take_in(one)
    take_in(twin, who=person("LÒ VĂN TẬP HUẤN", "012086000001"))
    met(one, twin, two)
    (case,) = cases(two)
    for more, code in (
        ({"words": " "}, "stray.words"),
        ({"pin": "135791"}, "pin.wrong"),
        ({"second_secret": "khác"}, "password.wrong"),
    ):
        with pytest.raises(DomainError) as refused:
            settle(two, case.key, **more)
        assert refused.value.code == code
    own = StrayForm(case.key, TAKEN, "x", PIN, two.officials[REGISTRAR], PASSWORD)
    with pytest.raises(DomainError) as refused:
        two.areas.strays.settle(own)
    assert refused.value.code == "second.same_person"
    two.sign_in(CLERK)
    with pytest.raises(DomainError) as refused:
        two.areas.strays.cases()
    assert refused.value.code.startswith("role.")
    assert entries(two, 535) == 0
    assert len(cases(two)) == 1


def test_a_power_cut_leaves_all_or_nothing(
    three: tuple[Counter, Counter, Counter], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Cut after the acts and before the entry that names their origins: neither is there."""
    from counter_app.storage.journals import ingest

    one, twin, two = three
    take_in(one)
    take_in(twin, who=person("LÒ VĂN TẬP HUẤN", "012086000001"))
    met(one, twin, two)
    (case,) = cases(two)
    two.sign_in(REGISTRAR)

    def cut(*_: object) -> None:
        raise OSError("power")

    monkeypatch.setattr(ingest, "read_own", cut)
    with pytest.raises(OSError, match="power"):
        settle(two, case.key)
    monkeypatch.undo()
    two.reopen()
    assert entries(two, 535) == 0
    assert names(two) == ["HOÀNG VĂN SƠN"]
    (again,) = cases(two)
    assert again == case
    settle(two, again.key)
    assert names(two) == ["HOÀNG VĂN SƠN", "LÒ VĂN TẬP HUẤN"]
