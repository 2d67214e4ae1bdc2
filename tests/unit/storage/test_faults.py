"""Disk full, wrong key, damaged pages, another program's lock: words, and nothing lost."""

from __future__ import annotations

import errno
import shutil

import pytest

from counter_app.storage import engine
from counter_app.storage.engine import (
    fresh_key,
    has_wal_reset_bug,
    open_engine,
    pragma,
    refuse_bad_sqlite,
    transaction,
)
from counter_app.storage.store import Store
from counter_app.storage.store_errors import CODES, StoreError, disk_words, store_error
from tests.unit.storage.test_readings import rebuilt_differs, rows


def code_of(call, *values) -> str:
    with pytest.raises(StoreError) as caught:
        call(*values)
    return caught.value.code


def test_every_fault_has_words_in_both_languages():
    for code in CODES:
        for language in ("vi", "en"):
            words = StoreError(code).words(language)
            assert words.title.endswith(".")
            assert words.meaning
            assert words.remedy
        assert StoreError(code).words("en") != StoreError(code).words("vi")


def test_a_wrong_key_says_so_and_changes_nothing(counter):
    counter.store.close()
    before = counter.path.read_bytes()
    assert code_of(Store.open, counter.path, fresh_key()) == "store.key"
    assert counter.path.read_bytes() == before
    counter.store = Store.open(counter.path, counter.key)


def test_the_file_tells_nothing_without_the_key(counter):
    counter.person("Nguyễn Thị Đào")
    counter.store.fold_wal()
    raw = counter.path.read_bytes()
    assert not raw.startswith(b"SQLite format 3")
    assert "Nguyễn".encode() not in raw
    assert b"entries" not in raw


def test_a_full_disk_loses_only_the_act_that_did_not_fit(counter):
    counter.busy_day()
    before = rows(counter.store, "SELECT count(*) FROM entries")
    with counter.store.write() as connection:
        pages = pragma(connection, "page_count")[0][0]
    counter.store.engine.dispose()
    limited = counter.store.engine
    from sqlalchemy import event

    limit = {"pages": pages}
    event.listen(
        limited, "connect", lambda dbapi, _: dbapi.execute(f"PRAGMA max_page_count = {limit['pages']}")
    )
    accepted = 0
    code = ""
    while accepted < 2_000 and not code:
        try:
            counter.request()
            accepted += 1
        except StoreError as full:
            code = full.code
    assert code == "store.full"
    assert rows(counter.store, "SELECT count(*) FROM entries") == [(before[0][0] + accepted,)]
    limit["pages"] = 1_000_000
    counter.store.engine.dispose()
    counter.request("Sau khi dọn đĩa")
    assert rebuilt_differs(counter.store) == ()


def test_a_damaged_page_is_told_and_not_read_over(counter):
    counter.busy_day(20)
    counter.store.close()
    raw = bytearray(counter.path.read_bytes())
    for place in range(4096 * 4, len(raw), 4096):
        raw[place + 100] ^= 0xFF
    counter.path.write_bytes(raw)
    assert code_of(Store.open, counter.path, counter.key) in ("store.damaged", "store.key")
    shutil.rmtree(counter.path.parent / "none", ignore_errors=True)


def test_anothers_lock_is_told_after_waiting(counter, monkeypatch):
    monkeypatch.setattr(engine, "BUSY_MS", 50)
    counter.store.engine.dispose()
    other = open_engine(counter.path, counter.key)
    with transaction(other, "write"):
        assert code_of(counter.request) == "store.locked"
    other.dispose()
    counter.request()


def test_readers_do_not_wait_for_the_writer(counter, monkeypatch):
    monkeypatch.setattr(engine, "BUSY_MS", 50)
    counter.store.engine.dispose()
    counter.request()
    with counter.store.write() as writing:
        writing.exec_driver_sql("INSERT INTO settings VALUES ('x', 'y')")
        assert rows(counter.store, "SELECT count(*) FROM requests") == [(1,)]
        assert rows(counter.store, "SELECT count(*) FROM settings WHERE name = 'x'") == [(0,)]


def test_a_missing_store_is_not_made_by_opening_it(tmp_path):
    assert code_of(Store.open, tmp_path / "none.db", fresh_key()) == "store.absent"
    assert not (tmp_path / "none.db").exists()


@pytest.mark.parametrize(
    ("version", "bad"),
    [
        ((3, 44, 5), True), ((3, 44, 6), False), ((3, 45, 0), True), ((3, 50, 6), True), ((3, 50, 7), False),
        ((3, 51, 2), True), ((3, 51, 3), False), ((3, 53, 4), False), ((4, 0, 0), False),
    ],
)  # fmt: skip
def test_sqlites_that_lose_commits_are_refused(version, bad):
    assert has_wal_reset_bug(version) is bad
    if bad:
        assert code_of(refuse_bad_sqlite, version) == "store.sqlite"
    else:
        refuse_bad_sqlite(version)


def test_every_connection_flushes_each_commit(counter):
    """FULL keeps an acknowledged act through a power cut; NORMAL would pass every other test."""
    with counter.store.write() as connection:
        said = {name: pragma(connection, name)[0][0] for name in (
            "synchronous", "journal_mode", "foreign_keys", "recursive_triggers", "wal_autocheckpoint",
        )}  # fmt: skip
    assert said == {
        "synchronous": 2,
        "journal_mode": "wal",
        "foreign_keys": 1,
        "recursive_triggers": 1,
        "wal_autocheckpoint": 0,
    }


def test_a_planted_fault_in_flushing_is_seen(counter, monkeypatch):
    honest = engine._pragmas
    monkeypatch.setattr(
        engine,
        "_pragmas",
        lambda key, create: tuple(p.replace("FULL", "NORMAL") for p in honest(key, create)),
    )
    counter.store.engine.dispose()
    with pytest.raises(AssertionError):
        test_every_connection_flushes_each_commit(counter)


def test_what_the_table_does_not_know_stays_a_bug():
    assert store_error(ValueError("near SELEKT: syntax error")) is None


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE entries SET at = at + 1", "DELETE FROM entries", "UPDATE entries SET body = NULL",
        "INSERT OR REPLACE INTO entries SELECT * FROM entries LIMIT 1", "DELETE FROM checkpoints",
        "UPDATE checkpoints SET head = x''", "UPDATE journal_heads SET seq = seq - 1, covered = 0",
        "DELETE FROM journal_heads", "UPDATE entries SET seal = zeroblob(64)",
        (
            "INSERT INTO entries SELECT key + 5, journal, seq + 5, at, kind, version, flags, facts, body,"
            " digest, seal, header_hash, arrived FROM entries ORDER BY key DESC LIMIT 1"
        ),
    ],
)  # fmt: skip
def test_the_journal_cannot_be_changed_from_sql(counter, sql):
    counter.register()
    before = rows(counter.store, "SELECT * FROM entries")

    def run():
        with counter.store.write() as connection:
            connection.exec_driver_sql(sql)

    assert code_of(run) == "store.append_only"
    assert rows(counter.store, "SELECT * FROM entries") == before


@pytest.mark.parametrize(
    ("number", "code"),
    [(errno.ENOSPC, "store.full"), (errno.EROFS, "store.readonly"), (errno.EACCES, "store.readonly"),
     (errno.ENOENT, "store.absent"), (errno.EIO, "store.disk")],
)  # fmt: skip
def test_what_the_disk_refuses_beside_the_store_is_told_in_the_same_words(number, code):
    @disk_words()
    def refused():
        raise OSError(number, "no")

    assert code_of(refused) == code


def test_a_restore_onto_a_full_disk_is_told_and_leaves_the_store(counter, tmp_path, monkeypatch):
    from counter_app.storage.keeping import restore as restoring
    from counter_app.storage.keeping.backup import back_up

    counter.request()
    made = back_up(counter.store, tmp_path / "b", 1)
    counter.store.close()
    before = counter.path.read_bytes()

    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(restoring.shutil, "copyfile", full)
        assert code_of(restoring.restore, made.path, counter.key, counter.path, 2) == "store.full"
    assert counter.path.read_bytes() == before
    counter.store = Store.open(counter.path, counter.key)
