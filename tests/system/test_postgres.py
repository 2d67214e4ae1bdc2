"""The hub on a real PostgreSQL: its own tests, guards and years, workers over TLS, a database that goes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from sync.client.engine import DONE, Engine, HubIdentity
from sync.client.internet import HubAddress, InternetLine
from sync.hub import cli
from sync.hub.backup import BackupBad, back_up, restore
from sync.hub.hub import Hub, WrongHub
from sync.hub.serving.server import HubServer
from sync.hub.tables import place, schema, versions
from sync.hub.tables.engine import Database
from sync.hub.tables.locks import lock_province
from sync.hub.tables.postgres import make_years, open_postgres
from sync.protocol.carrying.dictionaries import load_dictionary
from tests.support.postgres import VARIABLE, Databases
from tests.support.postgres_cluster import Cluster, programs
from tests.unit.hub.commune import Clock, Commune
from tests.unit.hub.test_exchange import rows

pytestmark = pytest.mark.system
ROOT = Path(__file__).resolve().parents[2]
UNIT = "03390"
SUITE_SECONDS = 2_400


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def address(databases: Databases) -> str:
    return databases.new()


@pytest.fixture
def hub(tmp_path: Path, address: str, clock: Clock) -> Iterator[Hub]:
    with Hub.open(tmp_path / "hub", practice=False, now=clock, database=address) as opened:
        opened.add_unit(UNIT, "Xã tập huấn")
        yield opened


@pytest.fixture
def counter(hub: Hub, tmp_path: Path, clock: Clock) -> Iterator[Commune]:
    made = Commune(hub, tmp_path, UNIT, clock, 1)
    yield made
    made.close()


def shapes(hub: Hub) -> dict[str, str]:
    """Tables and what of them is parted."""
    with hub.database.read() as connection:
        found = connection.execute(
            text("SELECT relname, relkind::text FROM pg_class WHERE relkind IN ('r', 'p')")
        )
        return {row[0]: row[1] for row in found}


@pytest.mark.timeout(SUITE_SECONDS + 60)
def test_the_hubs_own_tests_hold_on_postgresql_too(cluster: Cluster) -> None:
    """All of ``tests/unit/hub`` but what is about the encrypted file."""
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "tests/unit/hub",
            "-q",
            "-p",
            "no:randomly",
            "-p",
            "no:cacheprovider",
        ],
        cwd=ROOT,
        env={**os.environ, VARIABLE: cluster.address},
        capture_output=True,
        text=True,
        timeout=SUITE_SECONDS,
        check=False,
    )
    print(done.stdout[-3000:])
    assert done.returncode == 0


def test_entries_lie_in_parts_by_the_year_in_which_they_came(
    hub: Hub, counter: Commune, clock: Clock
) -> None:
    counter.request()
    counter.sync()
    found = shapes(hub)
    assert (found["entries"], found["entries_2026"], found["entries_2027"]) == ("p", "r", "r")
    clock.at = int(datetime(2027, 12, 31, 17, 0, 1, tzinfo=UTC).timestamp() * 1000)  # 2028 in Viet Nam
    hub.new_year()
    assert {"entries_2028", "entries_2029"} <= set(shapes(hub))
    counter.request("Năm sau")
    counter.sync()
    with hub.database.read() as connection:
        counted = connection.execute(text("SELECT count(*) FROM entries_2028")).scalar_one()
        other = connection.execute(text("SELECT count(*) FROM entries_other")).scalar_one()
    assert counted > 0
    assert other == 0


def test_a_year_that_was_not_prepared_loses_nothing(hub: Hub, counter: Commune, clock: Clock) -> None:
    clock.at = int(datetime(2031, 6, 1, tzinfo=UTC).timestamp() * 1000)
    counter.request()
    counter.sync()
    with hub.database.write(alone=True) as connection:
        held = connection.execute(text("SELECT count(*) FROM entries_other")).scalar_one()
        make_years(connection, clock.at)
    assert held > 0
    assert "entries_2031" not in shapes(hub)  # its entries stay where they are, and are found there
    assert "entries_2032" in shapes(hub)
    assert hub.word(UNIT).received == counter.port().vector()


@pytest.mark.parametrize(
    "words",
    ["DELETE FROM entries", "UPDATE entries SET digest = ''", "UPDATE checkpoints SET seq = seq + 1",
     "UPDATE entries SET body = 'x'"],
)  # fmt: skip
def test_the_database_itself_refuses_to_change_entries(hub: Hub, counter: Commune, words: str) -> None:
    counter.sync()
    with pytest.raises(DBAPIError, match="kept as it was written"), hub.database.write() as connection:
        connection.execute(text(words))


def test_older_tables_are_brought_forward_and_later_ones_refused(
    hub: Hub, tmp_path: Path, clock: Clock
) -> None:
    with hub.database.write(alone=True) as connection:
        connection.execute(text("DROP INDEX ix_entries_journal_kind"))
        connection.execute(text("CREATE INDEX ix_entries_kind ON entries (kind, key)"))
        connection.execute(text("DROP INDEX ix_dossier_rows_portal_code"))
        connection.execute(text("UPDATE settings SET value = '1' WHERE name = 'schema'"))
    Hub.open(tmp_path / "hub", now=clock).close()
    with hub.database.read() as connection:
        assert versions.found(connection) == versions.VERSION
        names = connection.execute(text("SELECT indexname FROM pg_indexes WHERE tablename = 'entries'"))
        assert set(names.scalars()) == {"entries_pkey", "ix_entries_journal_kind"}
        names = connection.execute(text("SELECT indexname FROM pg_indexes WHERE tablename = 'dossier_rows'"))
        assert "ix_dossier_rows_portal_code" in names.scalars()
    with hub.database.write(alone=True) as connection:
        later = schema.settings.update().where(schema.settings.c.name == "schema")
        connection.execute(later.values(value=str(versions.VERSION + 1)))
    with pytest.raises(WrongHub, match="tables of version"):
        Hub.open(tmp_path / "hub", now=clock)


def test_a_backup_holds_both_marks_and_comes_back_in_another_life(
    hub: Hub, counter: Commune, databases: Databases, tmp_path: Path, clock: Clock
) -> None:
    counter.busy_day()
    counter.sync()
    made = back_up(hub, tmp_path / "b" / "hub.dump")
    data = made.path.read_bytes()
    assert b"PGDMP" not in data
    assert "Nguyễn".encode() not in data
    counter.sync()
    word = counter.port().last_word()
    assert word is not None
    assert word.backed_up == word.received
    fresh = databases.new()
    with restore(made.path, tmp_path / "again", keys=hub.keys, now=clock, database=fresh) as again:
        assert again.life > hub.life
        counter.hub = counter.line.hub = again
        assert {one.code for one in counter.sync()} == {DONE}
        assert again.word(UNIT).received == counter.port().vector()
    assert place.remembered(tmp_path / "again") == fresh
    with pytest.raises(FileExistsError):
        restore(made.path, tmp_path / "third", keys=hub.keys, now=clock, database=fresh)


@pytest.mark.parametrize(
    "spoil", [lambda d: d[:-1], lambda d: d[: len(d) // 2], lambda d: d[:99] + b"x" + d[100:]]
)
def test_a_damaged_backup_brings_nothing_back(
    hub: Hub, counter: Commune, databases: Databases, tmp_path: Path, clock: Clock, spoil: object
) -> None:
    counter.sync()
    made = back_up(hub, tmp_path / "hub.dump")
    made.path.write_bytes(spoil(made.path.read_bytes()))  # type: ignore[operator]
    fresh = databases.new()
    with pytest.raises(BackupBad):
        restore(made.path, tmp_path / "again", keys=hub.keys, now=clock, database=fresh)
    with pytest.raises(WrongHub, match="restore was cut off"):
        Hub.open(tmp_path / "again", keys=hub.keys, now=clock, database=fresh)


def test_a_hub_begins_on_the_database_of_the_environment_and_keeps_to_it(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "new"
    monkeypatch.setenv(place.ADDRESS_VARIABLE, address)
    assert cli.main(["--folder", str(folder), "unit", "add", UNIT, "Xã tập huấn"]) == 0
    assert not (folder / place.DATABASE_NAME).exists()
    assert (folder / place.ADDRESS_NAME).stat().st_mode & 0o077 == 0
    monkeypatch.delenv(place.ADDRESS_VARIABLE)
    assert cli.main(["--folder", str(folder), "backup", str(tmp_path / "b.dump")]) == 0
    assert cli.main(["--folder", str(folder), "verify"]) == 0
    assert "journals=2" in capsys.readouterr().out


def test_a_file_has_one_worker(tmp_path: Path) -> None:
    assert cli.main(["--folder", str(tmp_path / "f"), "serve", "--practice", "--workers", "2"]) == 3


def engine_over(server: HubServer, counter: Commune) -> Engine:
    """The product's engine over TLS."""
    line = InternetLine(HubAddress(server.url, server.authority_pem))
    identity = HubIdentity(server.public_key, dictionaries=load_dictionary)
    return Engine(counter.port(), line, counter.device_key, identity, lambda: counter.at, lambda: 0)


def workers_of(server: HubServer) -> list[int]:
    """Processes behind the parent."""
    told = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text("ascii")
    return [int(one) for one in told.split()]


def test_two_workers_answer_and_one_that_dies_is_replaced(hub: Hub, counter: Commune, tmp_path: Path) -> None:
    with HubServer(tmp_path / "hub", workers=2) as server:
        engine = engine_over(server, counter)
        assert {one.code for one in engine.until_idle()} == {DONE}
        first = workers_of(server)
        assert len(first) == 2
        os.kill(first[0], 9)
        counter.request("Sau khi một tiến trình chết")
        codes = [one.code for one in engine.until_idle()]
        while codes[-1] != DONE:  # the line it was on went with the worker: the device comes again
            codes = [one.code for one in engine.until_idle()]
        while len(set(workers_of(server)) - set(first)) < 1:
            pass
        assert hub.word(UNIT).received.positions[counter.journal] >= 2
    assert [row for row in rows(hub, schema.entries) if row[1] == counter.journal]


def test_a_database_that_goes_away_is_a_503_and_nothing_is_half(tmp_path: Path) -> None:
    """A server of its own, since it is stopped in the middle."""
    binaries = programs()
    if binaries is None:
        pytest.skip("PostgreSQL is not here")
    folder = Path(tempfile.mkdtemp(prefix="hub-postgres-gone-"))
    folder.chmod(0o755)
    own = Cluster(folder, binaries)
    own.make()
    own.start()
    try:
        databases, clock = Databases(own.address), Clock()
        with Hub.open(tmp_path / "hub", practice=False, now=clock, database=databases.new()) as hub:
            hub.add_unit(UNIT, "Xã tập huấn")
            counter = Commune(hub, tmp_path, UNIT, clock, 1)
            with HubServer(tmp_path / "hub") as server:
                engine = engine_over(server, counter)
                assert {one.code for one in engine.until_idle()} == {DONE}
                held = hub.word(UNIT).received
                counter.request()
                own.stop()
                assert [one.code for one in engine.until_idle()][-1] == "hub-failed"
                own.start()
                assert hub.word(UNIT).received == held
                assert {one.code for one in engine.until_idle()} == {DONE}
                assert hub.word(UNIT).received.covers(counter.journal, held.positions[counter.journal] + 1)
            counter.close()
    finally:
        own.stop()
        shutil.rmtree(folder, ignore_errors=True)


def test_a_lock_that_does_not_come_in_time_is_an_error_and_no_retry(address: str, hub: Hub) -> None:
    other = Database(open_postgres(address))
    with hub.database.write(alone=True), other.engine.connect() as plain:
        plain.execute(text("SET lock_timeout = 50"))
        with pytest.raises(DBAPIError, match="lock timeout"):
            lock_province(plain, alone=False)
    other.close()
