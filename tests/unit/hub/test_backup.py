"""Backups that are opened and checked, and a hub that comes back from one: nothing lost, no number twice."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from sync.client.engine import DONE
from sync.hub import province
from sync.hub.backup import BackupBad, back_up, restore
from sync.hub.hub import DATABASE_NAME, Hub, WrongHub
from sync.hub.keys import FILE_NAME, read_keys
from sync.hub.tables import journals, schema
from sync.hub.tables.engine import Database, open_sqlite
from sync.hub.verify import problems
from sync.protocol.journals.codec import decode_body
from sync.protocol.naming.grants import JournalOpened
from sync.protocol.naming.ids import EntryId, common_journal, unit_journal
from sync.protocol.refusals import Malformed
from tests.unit.hub.test_reading import lot_of_a_wrong_day, questioned

UNIT = "00000"


def found(hub: Hub) -> list[str]:
    with hub.database.read() as connection:
        return problems(connection, {hub.keys.signing.key_id: hub.public_key})


def damage(hub: Hub, sql: str) -> None:
    """Change the database behind the program's back, guards off."""
    with hub.database.write() as connection:
        if not hub.database.is_sqlite:
            connection.exec_driver_sql("SET session_replication_role = replica")
            connection.exec_driver_sql(as_postgresql_says(sql))
            connection.exec_driver_sql("SET session_replication_role = DEFAULT")
            return
        for (name,) in connection.exec_driver_sql(
            "SELECT name FROM sqlite_master WHERE type='trigger'"
        ).all():
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
        connection.exec_driver_sql(sql)


def as_postgresql_says(sql: str) -> str:
    """Bytes as PostgreSQL writes them."""
    for size in (32, 64):
        sql = sql.replace(f"zeroblob({size})", f"'\\x{'00' * size}'::bytea")
    return sql.replace("x'90'", "'\\x90'::bytea")


def test_the_second_mark_follows_a_checked_backup_and_no_other(hub, counter, tmp_path):
    counter.busy_day()
    counter.sync()
    made = back_up(hub, tmp_path / "b" / "hub.db")
    assert (made.journals, made.size > 10_000) == (3, True)
    counter.sync()
    safe = counter.port().last_word()
    assert safe.backed_up == safe.received
    counter.request("Sau bản sao lưu")
    counter.sync()
    later = counter.port().last_word()
    assert later.backed_up.positions[counter.journal] == safe.received.positions[counter.journal]
    assert later.received.positions[counter.journal] == safe.received.positions[counter.journal] + 1


def test_a_backup_that_does_not_hold_is_no_backup(hub, counter, tmp_path):
    counter.request()
    counter.sync()
    damage(hub, f"UPDATE entries SET body = x'90' WHERE journal = {counter.journal} AND seq = 2")
    with pytest.raises(BackupBad, match="was changed"):
        back_up(hub, tmp_path / "b" / "hub.db")
    assert list((tmp_path / "b").iterdir()) == []
    assert hub.word(UNIT).backed_up.positions == {}


@pytest.mark.parametrize(
    ("sql", "words"),
    [
        ("DELETE FROM entries WHERE journal = {j} AND seq = 2", "missing"),
        ("UPDATE entries SET digest = zeroblob(32) WHERE journal = {j} AND seq = 2", "another head"),
        ("UPDATE checkpoints SET signature = zeroblob(64) WHERE journal = {j}", "does not verify"),
        ("UPDATE journal_heads SET seq = seq + 1 WHERE journal = {j}", "ends at"),
        ("UPDATE entries SET body = x'90' WHERE journal = {j} AND seq = 1", "opening"),
    ],
)  # fmt: skip
def test_verify_sees_every_kind_of_damage(hub, counter, sql, words):
    counter.busy_day()
    counter.sync()
    assert found(hub) == []
    damage(hub, sql.format(j=counter.journal))
    assert any(words in line for line in found(hub)), found(hub)


def test_entries_are_guarded_against_a_slip_of_ours(hub, counter):
    counter.sync()
    for sql in (
        "DELETE FROM entries", "UPDATE entries SET digest = zeroblob(32)", "UPDATE entries SET body = x'90'",
        "UPDATE checkpoints SET seq = seq + 1",
    ):  # fmt: skip
        with pytest.raises(Exception, match="kept as it was written"), hub.database.write() as connection:
            connection.exec_driver_sql(sql if hub.database.is_sqlite else as_postgresql_says(sql))
    assert found(hub) == []


def go_back(hub: Hub, copy: Path, folder: Path, clock) -> Hub:
    return restore(copy, folder, keys=hub.keys, now=clock, durable=False)


def test_a_restored_hub_opens_its_next_life_and_is_completed_by_the_devices(hub, counters, tmp_path, clock):
    one, two = counters(), counters()
    one.busy_day()
    one.sync()
    back_up(hub, tmp_path / "hub.bak")
    lot = lot_of_a_wrong_day(two)
    one.request("Sau bản sao lưu")
    for counter in (one, two, one):
        counter.sync()
    asked, word = questioned(hub), hub.word(UNIT)
    assert (lot, "lot.day", "open") in asked
    clock.at += 1000
    with go_back(hub, tmp_path / "hub.bak", tmp_path / "restored", clock) as again:
        life = again.life
        assert life > hub.life
        assert again.word(UNIT).received.positions[one.journal] < word.received.positions[one.journal]
        for counter in (one, two, one, two):
            counter.hub = counter.line.hub = again
            assert {o.code for o in counter.sync()} == {DONE}
        assert again.word(UNIT).received == one.port().vector() == two.port().vector()
        for journal, seq in word.received.positions.items():
            assert again.word(UNIT).received.covers(journal, seq)
        assert questioned(again) == asked
        assert one.port().last_word().life == life
        assert {unit_journal(UNIT, life), common_journal(life)} <= set(one.port().vector().positions)
        assert found(again) == []


def test_one_backup_restored_again_begins_a_life_that_the_first_restore_did_not(hub, tmp_path, clock):
    """Same moment, same file: the note beside the backup parts them. Even a damaged note stops nobody."""
    back_up(hub, tmp_path / "hub.bak")
    lives = []
    for name in ("a", "b", "c"):
        with go_back(hub, tmp_path / "hub.bak", tmp_path / name, clock) as again:
            lives.append(again.life)
            assert found(again) == []
    assert lives == sorted(set(lives))
    note = tmp_path / "hub.bak.restored"
    assert [int(line) for line in note.read_text().split()] == lives
    note.write_bytes(b"\xff life 3\n")
    with go_back(hub, tmp_path / "hub.bak", tmp_path / "d", clock) as again:
        assert again.life > hub.life


def test_without_the_note_the_moment_parts_two_restores_of_one_backup(hub, tmp_path, clock):
    """Two copies of the file on two servers: of 60 moments no two neighbours may often agree."""
    back_up(hub, tmp_path / "hub.bak")
    lives = []
    for number in range(12):
        copy = tmp_path / f"{number}.bak"
        shutil.copyfile(tmp_path / "hub.bak", copy)
        clock.at += 1
        with go_back(hub, copy, tmp_path / f"hub-{number}", clock) as again:
            lives.append(again.life)
    assert len(set(lives)) >= 8, lives
    assert min(lives) > 1
    assert max(lives) <= 1 + 31


def test_lives_last_for_dozens_of_restores_and_then_end_in_words(hub):
    with hub.database.write() as connection:
        lives = [1]
        while lives[-1] < 255:
            lives.append(province.begin_next_life(connection, hub.keys, len(lives)))
        with pytest.raises(ValueError, match="255 lives"):
            province.begin_next_life(connection, hub.keys, 300)
    assert lives == sorted(set(lives))
    assert len(lives) >= 25


def test_the_opening_of_a_later_life_tells_where_the_one_before_it_ended(hub, tmp_path, clock):
    back_up(hub, tmp_path / "hub.bak")
    with go_back(hub, tmp_path / "hub.bak", tmp_path / "again", clock) as again:
        with again.database.read() as connection:
            ended = journals.position(connection, unit_journal(UNIT, 1))
            opening = journals.entry_at(connection, EntryId(unit_journal(UNIT, again.life), 1))
        opened = decode_body(JournalOpened, opening.body)
        assert (opened.life, opened.previous_seq) == (again.life, ended.seq)


def test_numbers_granted_after_the_backup_are_not_granted_again(hub, counters, tmp_path, clock):
    back_up(hub, tmp_path / "hub.bak")
    late = counters()
    with go_back(hub, tmp_path / "hub.bak", tmp_path / "restored", clock) as again:
        fresh = again.add_grant(UNIT, "QUẦY-MỚI")
        assert fresh.device > late.granted.device
        assert fresh.counter > late.granted.counter
        late.hub = late.line.hub = again
        assert late.sync()[0].code == DONE
        assert late.granted.device in [device.device for device in again.devices(UNIT)]


@pytest.mark.hub_file
def test_a_hub_put_back_by_hand_finds_out_from_its_devices(hub, counter, tmp_path, clock):
    """Somebody copied an old file over the hub's: no command told it that it is in another life."""
    counter.sync()
    hub.read()
    folder = tmp_path / "old"
    folder.mkdir()
    with hub.database.engine.connect() as plain:
        plain.execution_options(tx="none").exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copyfile(tmp_path / "hub" / DATABASE_NAME, folder / DATABASE_NAME)
    lot_of_a_wrong_day(counter)
    counter.sync()
    asked = questioned(hub)
    assert asked
    with Hub.open(folder, keys=hub.keys, now=clock, durable=False) as again:
        counter.hub = counter.line.hub = again
        clock.at += 1000
        for _ in range(3):
            counter.sync()
        assert again.life > hub.life
        clock.at += 700_000
        counter.sync()
        assert questioned(again) == asked
        assert again.trouble(UNIT).stray == 0
        assert again.word(UNIT).received == counter.port().vector()


def test_a_lying_device_delays_questions_and_no_more(hub, counter, clock):
    from sync.protocol.carrying.vector import Vector
    from tests.unit.hub.test_exchange import ask

    lot = lot_of_a_wrong_day(counter)
    counter.engine.until_idle()
    mine = counter.port().vector()
    ask(counter, vector=Vector({**mine.positions, unit_journal(UNIT): 9_999}, mine.digest))
    hub.read()
    assert (questioned(hub), hub.life) == ([], 1)
    assert hub.kpi(UNIT, 20261120).requests == 1
    clock.at += 700_000
    hub.read()
    assert (lot, "lot.day", "open") in questioned(hub)


def test_a_restore_touches_nothing_that_is_there(hub, tmp_path, clock):
    back_up(hub, tmp_path / "hub.bak")
    with pytest.raises(FileExistsError):
        restore(tmp_path / "hub.bak", tmp_path / "hub", keys=hub.keys, now=clock)
    with pytest.raises(FileExistsError):
        back_up(hub, tmp_path / "hub.bak")


def test_a_wrong_key_or_half_a_file_restores_nothing(hub, tmp_path, clock):
    back_up(hub, tmp_path / "hub.bak")
    data = (tmp_path / "hub.bak").read_bytes()
    (tmp_path / "half.bak").write_bytes(data[: len(data) // 2 // 4096 * 4096])
    with pytest.raises(BackupBad):
        go_back(hub, tmp_path / "half.bak", tmp_path / "r1", clock)
    assert not (tmp_path / "r1" / DATABASE_NAME).exists()
    with (
        Hub.open(tmp_path / "stranger", practice=True, now=clock) as stranger,
        pytest.raises(BackupBad, match="open"),
    ):
        go_back(stranger, tmp_path / "hub.bak", tmp_path / "r2", clock)
    assert not (tmp_path / "r2" / DATABASE_NAME).exists()


def test_one_folder_is_one_kind_of_hub(tmp_path, clock):
    Hub.open(tmp_path / "h", practice=True, now=clock).close()
    assert (tmp_path / "h" / FILE_NAME).stat().st_mode & 0o077 == 0
    assert read_keys(tmp_path / "h" / FILE_NAME).practice
    with pytest.raises(WrongHub, match="practice"):
        Hub.open(tmp_path / "h", practice=False, now=clock)
    (tmp_path / "h" / FILE_NAME).write_bytes(b"{}")
    with pytest.raises(Malformed):
        Hub.open(tmp_path / "h", now=clock)


def test_the_database_of_a_backup_says_nothing_without_its_key(hub, counter, tmp_path):
    counter.person("Bí Mật")
    counter.sync()
    back_up(hub, tmp_path / "hub.bak")
    data = (tmp_path / "hub.bak").read_bytes()
    assert "Bí Mật".encode() not in data
    assert not data.startswith(b"SQLite")
    other = Database(open_sqlite(tmp_path / "hub.bak", bytes(32)))
    with pytest.raises(Exception, match="not a database"), other.read() as connection:
        connection.execute(schema.units.select()).all()
    other.close()
