"""Migrated stores equal fresh ones, triggers included; what a migration loses is seen at the next start."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory

from counter_app.storage import migrations, schema
from counter_app.storage.engine import fresh_key, open_engine, transaction
from counter_app.storage.journals.guards import GUARDS, missing_guards
from counter_app.storage.store import Store
from counter_app.storage.store_errors import StoreError
from counter_app.storage.this_pc.read_log import Read, logged_reads, read_log_intact
from sync.protocol.naming.ids import EntryId

LATER = """
from alembic import op
import sqlalchemy as sa
revision = "0004"
down_revision = "0003"

def upgrade():
    with op.batch_alter_table("entries", recreate="always") as batch:
        batch.add_column(sa.Column("extra", sa.Integer(), nullable=True))
    {more}
"""


def declared(engine) -> dict[str, str]:
    """sqlite_master without what SQLite names itself; white space does not count."""
    with transaction(engine, "read") as connection:
        rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL").all()
    return {
        name: re.sub(r"\s+", " ", sql).replace("( ", "(").replace(" )", ")").strip() for name, sql in rows
    }


def migrated(tmp_path) -> tuple[Path, bytes]:
    path, key = tmp_path / "migrated.db", fresh_key()
    engine = open_engine(path, key, create=True)
    migrations.upgrade(engine, None)
    engine.dispose()
    return path, key


def test_a_migrated_store_equals_a_fresh_one(tmp_path):
    path, key = migrated(tmp_path)
    store = Store.open(path, key)
    fresh = Store.create(tmp_path / "fresh.db", key)
    assert declared(store.engine) == declared(fresh.engine)
    assert set(GUARDS) <= set(declared(store.engine))
    store.close(), fresh.close()


def test_the_program_stands_at_the_newest_script():
    scripts = ScriptDirectory.from_config(migrations.config())
    assert scripts.get_current_head() == schema.REVISION


def scripts_with(tmp_path, more: str = "") -> Path:
    """The product's scripts and one more that rebuilds the table of entries."""
    folder = tmp_path / "scripts"
    (folder / "versions").mkdir(parents=True)
    for name in (
        "env.py",
        "script.py.mako",
        "versions/0001_first.py",
        "versions/0002_reads.py",
        "versions/0003_attachments.py",
    ):
        (folder / name).write_text((migrations.SCRIPTS / name).read_text())
    (folder / "versions" / "0004_later.py").write_text(LATER.format(more=more))
    return folder


def test_the_read_log_of_the_first_release_keeps_its_rows_and_its_chain(tmp_path):
    """Rows as release 1 wrote them: chained over five columns by a formula written out again here."""
    path, key = tmp_path / "first.db", fresh_key()
    engine = open_engine(path, key, create=True)
    migrations.upgrade(engine, None, "0001")
    chain, rows = b"", []
    for at in range(3):
        row = (at, 77, 88, "open_locked", "quên mật khẩu")
        chain = hashlib.sha256(chain + repr(row).encode()).digest()
        rows.append((*row, chain))
    with transaction(engine, "write") as connection:
        connection.exec_driver_sql(
            "INSERT INTO read_log (at, official, subject, screen, reason, chain) VALUES (?, ?, ?, ?, ?, ?)",
            rows,
        )
    engine.dispose()
    store = Store.open(path, key)
    store.log_read(Read(9, None, "month", (EntryId(256, 4),), 12))
    with store.read() as connection:
        assert read_log_intact(connection)
        kept = logged_reads(connection, 0, 10, 10)
    assert [(row.at, row.what, row.reason, row.shown) for row in kept] == [
        (9, "month", "", 12), *((at, "open_locked", "quên mật khẩu", 0) for at in (2, 1, 0))
    ]  # fmt: skip
    with store.write() as connection:
        connection.exec_driver_sql("UPDATE read_log SET reason = 'khác' WHERE at = 1")
        assert not read_log_intact(connection)
    store.close()


def test_batch_mode_keeps_entries_and_gets_its_triggers_back(tmp_path, counter):
    counter.busy_day()
    with counter.store.read() as connection:
        before = connection.exec_driver_sql("SELECT key, facts, digest FROM entries").all()
    migrations.upgrade(counter.store.engine, "0003", scripts=scripts_with(tmp_path))
    with counter.store.read() as connection:
        assert connection.exec_driver_sql("SELECT key, facts, digest FROM entries").all() == before
        assert missing_guards(connection) == ()
    with pytest.raises(StoreError) as refused, counter.store.write() as connection:
        connection.exec_driver_sql("DELETE FROM entries")
    assert refused.value.code == "store.append_only"


def test_triggers_lost_in_a_migration_are_seen_at_the_next_start(tmp_path, counter, monkeypatch):
    """The planted fault: batch mode without re-creating what it drops."""
    monkeypatch.setattr(migrations, "create_guards", lambda connection: None)
    migrations.upgrade(counter.store.engine, "0003", scripts=scripts_with(tmp_path))
    with counter.store.read() as connection:
        assert "entries_no_update" in missing_guards(connection)
    with counter.store.write() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0003'")
    counter.store.close()
    with pytest.raises(StoreError) as refused:
        Store.open(counter.path, counter.key)
    assert refused.value.code == "store.damaged"


def test_a_step_that_fails_leaves_the_store_as_it_was(tmp_path, counter):
    before = declared(counter.store.engine)
    with pytest.raises(RuntimeError, match="half way"):
        migrations.upgrade(
            counter.store.engine, "0003", scripts=scripts_with(tmp_path, 'raise RuntimeError("half way")')
        )
    assert declared(counter.store.engine) == before


def test_a_store_of_a_newer_program_stays_closed(counter):
    with counter.store.write() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0999'")
    counter.store.close()
    with pytest.raises(StoreError) as refused:
        Store.open(counter.path, counter.key)
    assert refused.value.code == "store.newer"


def test_an_application_that_is_one_zip_gives_alembic_a_copy_of_the_scripts(tmp_path: Path) -> None:
    inside = tmp_path / "app-1.zip" / "counter_app" / "storage" / "migrations"
    with migrations.scripts_on_disk(inside) as folder:
        found = ScriptDirectory.from_config(migrations.config(folder)).get_heads()
        assert folder != inside
    assert found == ScriptDirectory.from_config(migrations.config()).get_heads()
    assert not folder.exists()
