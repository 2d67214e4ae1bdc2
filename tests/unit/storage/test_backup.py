"""Backups prove themselves; a restore never goes on in the journal it had; a copy is noticed."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from counter_app.domain.dates import vn_instant
from counter_app.storage.keeping import backup, copy_guard, integrity
from counter_app.storage.keeping.backup import Series, back_up, backups_in, name_of, taken_at, verify
from counter_app.storage.keeping.copy_guard import Verdict, check_at_start
from counter_app.storage.keeping.lives import open_life
from counter_app.storage.keeping.restore import restore, try_restore
from counter_app.storage.keeping.rotation import Rotation
from counter_app.storage.store import Store
from counter_app.storage.store_errors import StoreError
from sync.protocol.naming.grants import OpenReason
from sync.protocol.naming.ids import journal_of
from sync.protocol.naming.keys import SigningKey
from sync.protocol.naming.unit_keys import ExchangeKey
from sync.protocol.refusals import GrantExpired, NotAuthentic
from tests.unit.storage.test_exchange_store import give
from tests.unit.storage.test_readings import rebuilt_differs, rows
from tests.unit.storage.world import NOON

TWO = Rotation(2, 0, 0)
MARKS = ("machine-1", "x86_64")


def test_a_backup_holds_everything_covered_and_opens_with_the_same_key(counter, tmp_path):
    counter.busy_day()
    made = back_up(counter.store, tmp_path / "b", NOON)
    assert made.path.parent == tmp_path / "b"
    assert made.size == made.path.stat().st_size
    assert made.positions == counter.port().vector().positions
    assert try_restore(made.path, counter.key, tmp_path / "trial") == made.positions
    assert list((tmp_path / "trial").iterdir()) == []
    with pytest.raises(StoreError) as wrong:
        verify(made.path, b"\x00" * 32)
    assert wrong.value.code == "backup.bad"


def test_a_backup_with_a_flipped_bit_does_not_count(counter, tmp_path):
    counter.busy_day()
    made = back_up(counter.store, tmp_path, NOON)
    raw = bytearray(made.path.read_bytes())
    raw[len(raw) // 2] ^= 1
    made.path.write_bytes(raw)
    with pytest.raises(StoreError) as bad:
        verify(made.path, counter.key)
    assert bad.value.code == "backup.bad"


def test_the_chain_is_checked_beyond_the_pages(counter, tmp_path):
    """A change made with the key, through SQLite, with the triggers dropped and put back: pages are fine."""
    counter.busy_day()
    counter.store.cover()
    from counter_app.storage.journals.guards import create_guards

    with counter.store.write() as connection:
        connection.exec_driver_sql("DROP TRIGGER entries_no_update")
        connection.exec_driver_sql("UPDATE entries SET body = x'90' WHERE seq = 5")
        create_guards(connection)
    with counter.store.read() as connection:
        assert integrity.check_pages(connection) == []
        assert [one.code for one in integrity.check_chains(connection)] == ["body"]
    with pytest.raises(StoreError, match="body"):
        back_up(counter.store, tmp_path, NOON)
    assert backups_in(tmp_path) == []


@pytest.mark.parametrize(
    ("change", "codes"),
    [
        ("UPDATE entries SET body = x'90' WHERE seq = 5", {"body"}),
        ("UPDATE entries SET facts = CAST(facts || x'00' AS BLOB) WHERE seq = 5", {"checkpoint", "head"}),
        ("DELETE FROM entries WHERE seq = 5", {"hole", "checkpoint", "head"}),
        ("UPDATE journal_heads SET seq = seq + 1", {"head"}),
        ("UPDATE checkpoints SET signature = zeroblob(64)", {"signature"}),
    ],
)
def test_every_part_of_a_file_is_looked_at_side_by_side(counter, change, codes):
    """Pages, structure, triggers and chains each on their own connection: what one of them sees is told."""
    counter.busy_day()
    counter.store.cover()
    assert integrity.check_file(counter.store.engine) == []
    with counter.store.write() as connection:
        guards = [
            name
            for (name,) in connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        ]
        for name in guards:
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
        connection.exec_driver_sql(change)
    found = integrity.check_file(counter.store.engine)
    assert {one.code for one in found} == codes | {"guard"}
    assert {one.where for one in found if one.code == "guard"} == set(guards)


def test_a_name_tells_whose_day_and_time_and_both_forms_are_read():
    at = vn_instant(datetime(2026, 11, 20, 10, 41, 3)) + 250  # noqa: DTZ001
    name = name_of("03390-quay02", at)
    assert name == "03390-quay02-20261120-104103-250.mcbak"
    assert taken_at(Path(name)) == at
    assert taken_at(Path("store-001795143600000.mcbak")) == 1_795_143_600_000
    assert taken_at(Path("ban-sao.mcbak")) == 0
    assert taken_at(Path("03390-quay02-20269999-104103-250.mcbak")) == 0


def test_names_of_both_forms_stand_by_time_and_only_ones_own_are_dropped(counter, tmp_path):
    label = "03390-quay02"
    earlier = tmp_path / f"store-{NOON - 9:015d}.mcbak"
    proved = tmp_path / f"store-{NOON - 8:015d}.mcbak"
    sibling = tmp_path / name_of("03390-quay01", NOON - 7)
    for one in (earlier, proved, sibling):
        one.write_bytes(b"somebody's")
    made = [
        back_up(counter.store, tmp_path, NOON + day, Series(label, {proved.name}, TWO)).path
        for day in range(3)
    ]
    assert backups_in(tmp_path, label) == [made[2], made[1], earlier]
    assert backups_in(tmp_path) == [made[2], made[1], sibling, earlier]
    assert not proved.exists(), "an old name known to be ours makes room like any other"
    assert verify(made[2], counter.store.key)


def test_only_verified_backups_push_out_old_ones(counter, tmp_path, monkeypatch):
    three = Series(rotation=Rotation(3, 0, 0))
    made = [back_up(counter.store, tmp_path, NOON + day, three).path for day in range(5)]
    assert backups_in(tmp_path) == made[:1:-1]

    def bad(*_):
        raise StoreError("backup.bad")

    monkeypatch.setattr(backup, "verify", bad)
    with pytest.raises(StoreError):
        back_up(counter.store, tmp_path, NOON + 9, three)
    assert backups_in(tmp_path) == made[:1:-1]
    assert list(tmp_path.glob("*.part")) == []


def restored(counter, tmp_path) -> None:
    """The PC as it comes out of a backup, with one request lost on this PC but held by the sibling."""
    made = back_up(counter.store, tmp_path / "b", NOON)
    counter.lost = counter.request("Sau khi sao lưu")
    counter.store.cover()
    counter.before = counter.store
    counter.store = None
    counter.backup = made


def test_a_backup_of_a_flat_battery_is_not_dropped_by_its_own_rotation(counter, tmp_path):
    """Dated 2009 it is the oldest of all; it holds what the newer names do not."""
    two = Series(rotation=TWO)
    for day in range(2):
        back_up(counter.store, tmp_path, NOON + day * 86_400_000, two)
    counter.busy_day()
    made = back_up(counter.store, tmp_path, NOON - 17 * 365 * 86_400_000, two)
    assert made.path.exists()
    assert verify(made.path, counter.key) == counter.port().vector().positions
    assert len(backups_in(tmp_path)) == 3


def test_restore_opens_the_next_life_offline_and_completes_the_old_one(counters, province, tmp_path):
    one, two = counters(1), counters(2)
    one.busy_day()
    restored(one, tmp_path)
    old = one.before
    one.store = old
    give(one, two)
    old.close()
    store = restore(one.backup.path, one.key, one.path, NOON + 5)
    assert (one.path.parent / f"{one.path.stem}-before-{NOON + 5}.db").exists()
    one.store = store
    from counter_app.storage.journals.appending import Author

    store.enrolled(Author(journal_of(1, 1), one.device_key))
    with pytest.raises(StoreError) as stopped:
        one.request("Không được ghi vào nhật ký cũ")
    assert stopped.value.code == "store.stopped"
    fresh, grant = SigningKey.fresh(), province.grant(1)
    opened = open_life(
        store, grant, province.hub_keys, fresh, ExchangeKey.fresh().public, NOON + 9,
        reason=OpenReason.RESTORED, previous=one.device_key,
    )  # fmt: skip
    assert opened.id == (journal_of(1, 2), 1)
    assert rows(store, "SELECT count(*) FROM requests WHERE name = 'Sau khi sao lưu'") == [(0,)]
    one.journal = journal_of(1, 2)
    assert give(two, one).parked == ()
    assert rows(store, "SELECT count(*) FROM requests WHERE name = 'Sau khi sao lưu'") == [(1,)]
    one.request("Việc mới")
    assert give(one, two).parked == ()
    assert one.port().vector() == two.port().vector()
    assert rebuilt_differs(two.store) == ()


def test_a_next_life_without_certificate_needs_a_spare_grant(counters, province):
    one, two = counters(1), counters(2)
    fresh, exchange = SigningKey.fresh(), ExchangeKey.fresh().public
    open_life(
        one.store, province.grant(1), province.hub_keys, fresh, exchange, NOON, reason=OpenReason.REPLACED
    )
    one.journal = journal_of(1, 2)
    assert [code for _, code in give(one, two).parked] == [NotAuthentic.code]
    three = counters(3)
    open_life(
        three.store, province.grant(3, spare=1), province.hub_keys, SigningKey.fresh(), exchange, NOON,
        reason=OpenReason.REPLACED,
    )  # fmt: skip
    three.journal = journal_of(3, 2)
    assert give(three, two).parked == ()


def test_an_expired_grant_opens_nothing(counter, province):
    with pytest.raises(GrantExpired):
        open_life(
            counter.store, province.grant(8), province.hub_keys, SigningKey.fresh(), bytes(32), 2**62 + 1
        )
    assert counter.store.author.journal == counter.journal


class Memory:
    """A secret store that is a dictionary."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}

    def get(self, name: str) -> str | None:
        return self.kept.get(name)

    def put(self, name: str, value: str) -> None:
        self.kept[name] = value


def test_the_same_machine_starts_again_and_again(counter):
    secrets = Memory()
    assert check_at_start(counter.store, secrets, MARKS) is Verdict.FIRST
    for _ in range(3):
        assert check_at_start(counter.store, secrets, MARKS) is Verdict.SAME
    assert secrets.kept[copy_guard.SECRET_NAME] == "4"


def test_a_kill_between_the_two_counters_is_no_copy(counter, monkeypatch):
    secrets = Memory()
    check_at_start(counter.store, secrets, MARKS)
    monkeypatch.setattr(secrets, "put", lambda *_: (_ for _ in ()).throw(OSError("killed")))
    with pytest.raises(OSError, match="killed"):
        check_at_start(counter.store, secrets, MARKS)
    monkeypatch.undo()
    assert check_at_start(counter.store, secrets, MARKS) is Verdict.SAME


def test_a_store_on_another_machine_stops_its_journal(counter):
    check_at_start(counter.store, Memory(), MARKS)
    assert check_at_start(counter.store, Memory(), ("machine-2", "x86_64")) is Verdict.OTHER_MACHINE
    counter.store.enrolled(counter.store.author)
    with pytest.raises(StoreError, match="other-machine"):
        counter.request()


def test_an_older_copy_put_back_on_its_own_machine_is_noticed(counter, tmp_path):
    secrets = Memory()
    check_at_start(counter.store, secrets, MARKS)
    counter.store.fold_wal()
    copy = tmp_path / "copy.db"
    copy.write_bytes(counter.path.read_bytes())
    check_at_start(counter.store, secrets, MARKS)
    old = Store.open(copy, counter.key)
    assert check_at_start(old, secrets, MARKS) is Verdict.OLDER_COPY
    old.close()


def test_a_lost_secret_is_not_taken_for_the_same_machine_and_can_be_accepted(counter):
    secrets = Memory()
    check_at_start(counter.store, secrets, MARKS)
    secrets.kept.clear()
    assert check_at_start(counter.store, secrets, MARKS) is Verdict.SECRETS_GONE
    copy_guard.accept(counter.store, secrets, MARKS)
    assert check_at_start(counter.store, secrets, MARKS) is Verdict.SAME


def test_this_machine_has_marks():
    assert all(copy_guard.machine_marks())
