"""A newer version of readings is read in pieces while the program runs: nothing waits, nothing is lost."""

from __future__ import annotations

import pytest

from counter_app.domain.certification.entries import Printed
from counter_app.domain.drafting import draft
from counter_app.domain.people import entries as p
from counter_app.storage.journals import journal
from counter_app.storage.readings import anew, upkeep
from counter_app.storage.store import Store
from counter_app.storage.store_errors import StoreError
from sync.protocol.carrying.run import Run, RunCheckpoint
from sync.protocol.journals.chain import first_head, short
from sync.protocol.naming.ids import SELF
from tests.unit.storage.world import SALT, Counter


@pytest.fixture
def stale(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> Counter:
    """A counter with a day's work, closed, and a program whose readings are one version newer."""
    counter.busy_day()
    counter.act([draft(Printed("strip", 1, 2, "Kẹt giấy"), counter.request())])
    counter.store.close()
    monkeypatch.setitem(upkeep.VERSIONS, "requests", upkeep.VERSIONS["requests"] + 1)
    monkeypatch.setattr(anew, "SUBJECTS_AT_ONCE", 3)
    monkeypatch.setattr(anew.piece, "__defaults__", (3,))
    return counter


def opened(counter: Counter) -> Store:
    """The store as the program opens it: nothing is waited for."""
    author = counter.store.author
    counter.store = Store.open(counter.store.path, counter.store.key, wait=False)
    counter.store.enrolled(author)
    return counter.store


def rows(store: Store, sql: str) -> list[tuple[object, ...]]:
    with store.read() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(sql)]


def give(giver: Counter, taker: Counter) -> None:
    """Everything ``giver`` wrote, as one run."""
    giver.store.cover()
    journal_of = giver.store.author.journal
    with giver.store.read() as connection:
        held = tuple(journal.entries_between(connection, journal_of, 1, 10_000))
        points = journal.checkpoints_between(connection, journal_of, 1, 10_000)
        signed = tuple(RunCheckpoint(point.seq, point.signature) for point in points)
        run = Run(journal_of, 1, short(first_head(journal_of)), held, signed)
    taker.store.take(run.journal, [run], taker.province.hub_keys, taker.at)


def differs(store: Store) -> tuple[str, ...]:
    """Readings that a rebuild would change; asked on a copy of the moment."""
    with store.engine.connect() as plain:
        connection = plain.execution_options(tx="write")
        try:
            return upkeep.compare_with_rebuilt(connection)
        finally:
            connection.rollback()


def test_people_are_there_at_once_and_requests_piece_by_piece(stale: Counter) -> None:
    before = len(rows(stale.store, "SELECT id FROM requests"))
    store = opened(stale)
    assert store.reading_anew
    assert len(rows(store, "SELECT id FROM officials")) == 1
    assert rows(store, "SELECT id FROM requests") == []
    told = [store.percent_read()]
    while store.read_more():
        told.append(store.percent_read())
    assert told == sorted(told)
    assert told[0] < 20
    assert 50 < told[-1] < 100
    assert store.percent_read() == 100
    assert len(rows(store, "SELECT id FROM requests")) == before > 0
    assert differs(store) == ()


def test_no_act_rests_on_half_a_list(stale: Counter) -> None:
    store = opened(stale)
    store.read_more()
    held = rows(store, "SELECT count(*) FROM entries")
    with pytest.raises(StoreError) as refused:
        stale.request("Vàng Thị Mẩy")
    assert refused.value.code == "store.anew"
    assert refused.value.detail.endswith("%")
    assert rows(store, "SELECT count(*) FROM entries") == held
    while store.read_more():
        pass
    stale.request("Vàng Thị Mẩy")
    assert differs(store) == ()


def test_a_power_cut_between_pieces_costs_nothing(stale: Counter) -> None:
    store = opened(stale)
    store.read_more()
    read = store.percent_read()
    store.engine.dispose()  # no goodbye
    again = opened(stale)
    assert again.reading_anew
    assert again.percent_read() == read
    while again.read_more():
        again.engine.dispose()
    assert differs(again) == ()
    last = Store.open(stale.store.path, stale.store.key, wait=False)
    assert not last.reading_anew
    last.close()


def test_a_program_that_waits_makes_them_whole(stale: Counter) -> None:
    store = opened(stale)
    store.read_more()
    author = store.author
    store.close()
    stale.store = Store.open(store.path, store.key)
    stale.store.enrolled(author)
    assert stale.store.percent_read() == 100
    stale.request("Vàng Thị Mẩy")
    assert differs(stale.store) == ()


def test_what_arrives_meanwhile_is_read(stale: Counter, counters) -> None:  # type: ignore[no-untyped-def]
    """Entries of others come in at any time; a subject read now and again later is the same."""
    other = counters(2)
    body = p.PersonRecorded(
        "Phàn Thị Tập Huấn", "cccd", "000000000018", "", 19980902, "nữ", "Bản Nà", 0, "", "qr", SALT
    )
    person = other.act([draft(body, SELF)]).entries[0].id
    store = opened(stale)
    store.read_more()
    give(other, stale)
    assert rows(store, f"SELECT name FROM people WHERE id = {person.key}") == [("Phàn Thị Tập Huấn",)]
    while store.read_more():
        pass
    assert differs(store) == ()


def test_a_store_of_today_is_left_alone(counter: Counter) -> None:
    counter.busy_day()
    counter.store.close()
    store = opened(counter)
    assert not store.reading_anew
    assert store.percent_read() == 100
    assert not store.read_more()
