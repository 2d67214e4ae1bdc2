"""The read log: cheap, chained, kept two years, written beside others' writes and never lost by a refusal."""

from __future__ import annotations

import threading

import pytest

from counter_app.storage.store import Store
from counter_app.storage.store_errors import StoreError
from counter_app.storage.this_pc import local, read_log
from counter_app.storage.this_pc.read_log import DAY_MS, KEEP_MS, Read, logged_reads, read_log_intact, rotate
from sync.protocol.naming.ids import EntryId

WHO = EntryId(257, 3)
SEEN = tuple(EntryId(257, seq) for seq in range(9, 12))


def rows(store: Store) -> list[read_log.LoggedRead]:
    with store.read() as connection:
        assert read_log_intact(connection)
        return logged_reads(connection, 0, 2**62, 1_000)


def test_a_row_says_who_when_what_and_whose_data(counter):
    counter.store.log_read(Read(5, WHO, "search", SEEN, 30, "tìm hộ"))
    counter.store.log_read(Read(6, None, "bundle_out", (), 212))
    later, first = rows(counter.store)
    assert (first.at, first.official, first.what, first.subjects) == (5, WHO, "search", SEEN)
    assert (first.shown, first.reason) == (30, "tìm hộ")
    assert (later.official, later.subjects, later.shown) == (None, (), 212)


def test_a_row_names_at_most_so_many_and_counts_all(counter):
    many = tuple(EntryId(257, seq) for seq in range(1, 201))
    counter.store.log_read(Read(5, WHO, "month", many, len(many)))
    (row,) = rows(counter.store)
    assert row.subjects == many[: read_log.MOST_NAMED]
    assert row.shown == 200


@pytest.mark.parametrize(
    "change",
    [
        "DELETE FROM read_log WHERE id = 2",
        "DELETE FROM read_log WHERE id = 1",
        "UPDATE read_log SET at = 99 WHERE id = 2",
        "UPDATE read_log SET official = 1 WHERE id = 2",
        "UPDATE read_log SET reason = 'khác' WHERE id = 2",
        "UPDATE read_log SET shown = 1 WHERE id = 2",
        "UPDATE read_log SET more = x'' WHERE id = 2",
    ],
)
def test_a_row_changed_or_taken_out_is_seen(counter, change):
    for at in range(3):
        counter.store.log_read(Read(at, WHO, "search", SEEN, 3, "vì"))
    with counter.store.write() as connection:
        connection.exec_driver_sql(change)
        assert not read_log_intact(connection)


def test_what_waits_goes_with_the_next_local_write(counter):
    counter.store.log_read(Read(5, WHO, "search", SEEN, 3), at_once=False)
    assert rows(counter.store) == []
    with counter.store.write() as connection:
        local.measure(connection, 6, "start", 1)
    assert [row.at for row in rows(counter.store)] == [5]


def test_what_waits_is_written_before_the_store_closes(counter):
    counter.store.log_read(Read(5, WHO, "search", SEEN, 3), at_once=False)
    counter.store.close()
    counter.store = Store.open(counter.path, counter.key)
    assert [row.at for row in rows(counter.store)] == [5]


def test_a_read_never_waits_for_a_writer_and_is_not_lost(counter):
    """Another thread holds the store's turn: the read goes on at once, its row comes with the next write."""
    holding, go = threading.Event(), threading.Event()

    def write() -> None:
        with counter.store.write() as connection:
            local.measure(connection, 1, "long", 1)
            holding.set()
            assert go.wait(20)

    writer = threading.Thread(target=write)
    writer.start()
    assert holding.wait(20)
    counter.store.log_read(Read(5, WHO, "request", SEEN[:1], 1))  # returns although the writer is not done
    assert rows(counter.store) == []
    go.set()
    writer.join()
    assert [row.at for row in rows(counter.store)] == [5]


def test_a_read_inside_an_act_goes_with_the_act(counter):
    with counter.store.write():
        counter.store.log_read(Read(5, WHO, "request", SEEN[:1], 1))
    assert [row.at for row in rows(counter.store)] == [5]


def test_an_act_that_fails_loses_no_read(counter):
    counter.store.log_read(Read(5, WHO, "search", SEEN, 3), at_once=False)
    with pytest.raises(RuntimeError), counter.store.write():
        raise RuntimeError("no")
    assert rows(counter.store) == []
    counter.store.settle_reads()
    assert [row.at for row in rows(counter.store)] == [5]


def test_a_disk_that_refuses_keeps_the_reader_reading(counter, monkeypatch, caplog):
    def full(connection, reads):
        raise StoreError("store.full", "Giàng A Páo 012086006812")

    with monkeypatch.context() as patched:
        patched.setattr(read_log, "_append", full)
        counter.store.log_read(Read(5, WHO, "request", SEEN[:1], 1))
    assert "store.full" in caplog.text
    assert "Páo" not in caplog.text
    counter.store.log_read(Read(6, WHO, "request", SEEN[:1], 1))
    assert [row.at for row in rows(counter.store)] == [6, 5]


def test_one_transaction_for_what_waited(counter, monkeypatch):
    for at in range(40):
        counter.store.log_read(Read(at, WHO, "search", SEEN, 3), at_once=False)
    begun = []
    inside = Store.write

    def counted(self):
        begun.append(1)
        return inside(self)

    monkeypatch.setattr(Store, "write", counted)
    counter.store.settle_reads()
    counter.store.settle_reads()
    assert len(begun) == 1
    assert len(rows(counter.store)) == 40


def test_old_rows_go_and_the_chain_goes_on(counter):
    for day in range(10):
        counter.store.log_read(Read(day * DAY_MS, WHO, "month", SEEN, 3))
    with counter.store.write() as connection:
        gone = rotate(connection, KEEP_MS + 6 * DAY_MS, keep_rows=2)
    assert gone == 6
    assert [row.at // DAY_MS for row in rows(counter.store)] == [9, 8, 7, 6]
    counter.store.log_read(Read(99 * DAY_MS, WHO, "month", SEEN, 3))
    assert len(rows(counter.store)) == 5
    with counter.store.write() as connection:
        connection.exec_driver_sql("DELETE FROM read_log WHERE id = (SELECT min(id) FROM read_log)")
        assert not read_log_intact(connection)


def test_all_old_rows_may_go(counter):
    for day in range(4):
        counter.store.log_read(Read(day, WHO, "month", SEEN, 3))
    with counter.store.write() as connection:
        assert rotate(connection, KEEP_MS * 2, keep_rows=0) == 4
    assert rows(counter.store) == []
    counter.store.log_read(Read(KEEP_MS * 2, WHO, "month", SEEN, 3))
    assert len(rows(counter.store)) == 1


def test_a_wild_clock_forgets_nothing_of_late(counter):
    for at in range(5):
        counter.store.log_read(Read(at, WHO, "search", SEEN, 3))
    counter.store.log_read(Read(2**41, WHO, "search", SEEN, 3))  # 2039
    assert len(rows(counter.store)) == 6


def test_the_log_turns_over_by_itself_once_a_day(counter, monkeypatch):
    monkeypatch.setattr(read_log, "KEEP_ROWS", 0)
    monkeypatch.setattr(read_log.rotate, "__defaults__", (0,))
    counter.store.log_read(Read(1, WHO, "search", SEEN, 3))
    counter.store.log_read(Read(KEEP_MS + 2 * DAY_MS, WHO, "search", SEEN, 3))
    assert [row.at for row in rows(counter.store)] == [KEEP_MS + 2 * DAY_MS]
