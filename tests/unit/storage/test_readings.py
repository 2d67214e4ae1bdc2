"""What is read live equals what a rebuild makes of the entries, and says what the entries say."""

from __future__ import annotations

import gc

import pytest

from counter_app.domain.certification.entries import LineStruck, Printed
from counter_app.domain.drafting import draft
from counter_app.storage.readings import requests, subjects, upkeep
from counter_app.storage.readings.upkeep import compare_with_rebuilt, digests


def rebuilt_differs(store) -> tuple[str, ...]:
    """Names of readings that a rebuild would change; leaves the store as it was."""
    with store.engine.connect() as plain:
        connection = plain.execution_options(tx="write")
        transaction = connection.begin()
        try:
            return compare_with_rebuilt(connection)
        finally:
            transaction.rollback()


def rows(store, sql: str) -> list[tuple]:
    with store.read() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(sql)]


def test_a_busy_day_reads_live_as_it_rebuilds(counter):
    counter.busy_day()
    assert rebuilt_differs(counter.store) == ()


def test_rebuild_notices_a_row_that_was_changed_behind_its_back(counter):
    counter.busy_day()
    with counter.store.write() as connection:
        connection.exec_driver_sql("UPDATE lines SET copies = copies + 1 WHERE number = 2")
        connection.exec_driver_sql("DELETE FROM document_words WHERE rowid = (SELECT min(id) FROM documents)")
    assert rebuilt_differs(counter.store) == ("lines", "document_words")


def test_lines_follow_their_lot_from_number_to_ink(counter):
    counter.busy_day(6)
    assert rows(counter.store, "SELECT number, state FROM lines ORDER BY number") == [
        (1, "signed"),
        (2, "signed"),
        (3, "signed"),
        (4, "numbered"),
        (5, "numbered"),
        (6, "numbered"),
    ]
    assert rows(counter.store, "SELECT first_number, signed, unconfirmed FROM lots ORDER BY id") == [
        (1, 3, 0),
        (4, 0, 3),
    ]
    assert rows(counter.store, "SELECT next_number, missing_lines FROM registers") == [(7, 0)]


def test_a_struck_line_keeps_its_number_and_says_why(counter):
    register, delegation, request = counter.register(), counter.delegation(), counter.request()
    lot, line = counter.number(register, delegation, [request]).entries
    counter.act([draft(LineStruck("wrong_pages", "Sai số trang"), line.id, request, lot.id)])
    assert rows(counter.store, "SELECT number, state, remarks FROM lines") == [
        (1, "struck", "Số gạch: Sai số trang")
    ]
    assert rebuilt_differs(counter.store) == ()


def test_a_print_is_one_row_with_its_subject(counter):
    request = counter.request()
    counter.act([draft(Printed("strip", 1, 2, "Kẹt giấy"), request)])
    assert rows(counter.store, "SELECT subject, form, copy_no, reason FROM prints") == [
        (request.key, "strip", 2, "Kẹt giấy")
    ]


def test_a_new_version_rebuilds_at_the_next_start(counter, monkeypatch):
    counter.busy_day()
    with counter.store.read() as connection:
        before = digests(connection)
    with counter.store.write() as connection:
        connection.exec_driver_sql("UPDATE requests SET name = ''")
    counter.store.close()
    monkeypatch.setitem(upkeep.VERSIONS, "requests", requests.READINGS[0].version + 1)
    counter.store = type(counter.store).open(counter.path, counter.key)
    with counter.store.read() as connection:
        assert digests(connection) == before


def test_an_act_that_fails_half_way_leaves_neither_entry_nor_row(counter, monkeypatch):
    counter.request()
    before = rows(counter.store, "SELECT count(*), max(key) FROM entries")

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("reading broke")

    monkeypatch.setattr("counter_app.storage.readings.found.write_documents", broken)
    with pytest.raises(RuntimeError, match="reading broke"):
        counter.request()
    assert rows(counter.store, "SELECT count(*), max(key) FROM entries") == before
    assert rows(counter.store, "SELECT count(*) FROM requests") == [(1,)]


def test_the_register_state_comes_from_its_snapshot_and_equals_a_whole_fold(counter):
    register = counter.busy_day()
    with counter.store.write() as connection:
        kept = counter.store.readings.state(connection, register)
        connection.exec_driver_sql("DELETE FROM snapshots")
        assert counter.store.readings.state(connection, register) == kept
        assert kept.state.next_number == 7


def test_a_rebuild_that_keeps_few_facts_reads_the_same(counter, monkeypatch):
    """Subjects that share entries beyond the window are decoded again, never missed."""
    counter.busy_day(8)
    monkeypatch.setattr(subjects, "FACTS_KEPT", 4)
    monkeypatch.setattr(subjects, "KEYS_AT_ONCE", 3)
    assert rebuilt_differs(counter.store) == ()


def test_a_rebuild_makes_the_indexes_a_new_store_has(counter):
    sql = "SELECT name, tbl_name, sql FROM sqlite_master WHERE type IN ('index', 'table') ORDER BY name"
    before = rows(counter.store, sql)
    with counter.store.write() as connection:
        counter.store.readings.rebuild(connection)
    assert rows(counter.store, sql) == before
    assert any(name == "ix_lines_number" for name, *_ in before)


def test_the_collector_works_again_after_a_rebuild_that_broke(counter, monkeypatch):
    def broken(*_: object, **__: object) -> None:
        assert not gc.isenabled()
        raise RuntimeError("reading broke")

    monkeypatch.setattr(upkeep, "write", broken)
    with pytest.raises(RuntimeError, match="reading broke"), counter.store.write() as connection:
        counter.store.readings.rebuild(connection)
    assert gc.isenabled()
