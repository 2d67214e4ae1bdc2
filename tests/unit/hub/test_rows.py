"""Rows that go straight to the driver: new ones refused twice, derived ones kept, others replaced."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, MetaData, Table, func, select
from sqlalchemy.exc import IntegrityError

from sync.hub.hub import Hub
from sync.hub.tables import postgres, schema
from sync.hub.tables.engine import add, note, put
from tests.unit.storage.world import NOON


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    with Hub.open(tmp_path, practice=True, now=lambda: NOON) as hub, hub.database.write() as open_one:
        yield open_one


def _all(connection: Connection, table: Table) -> list[tuple[object, ...]]:
    return [tuple(row) for row in connection.execute(table.select().order_by(*table.primary_key.columns))]


def test_a_new_row_may_not_be_there_already(connection: Connection) -> None:
    row = {"key": 7, "envelope": 8, "packed": b"x"}
    add(connection, schema.carried, [row])
    with pytest.raises(IntegrityError):
        add(connection, schema.carried, [row])


def test_a_derived_row_stays_as_it_was(connection: Connection) -> None:
    note(connection, schema.unruled, [{"unit": "00000", "key": 1, "since": 5}])
    note(
        connection,
        schema.unruled,
        [{"unit": "00000", "key": 1, "since": 9}, {"unit": "00000", "key": 2, "since": 9}],
    )
    assert _all(connection, schema.unruled) == [("00000", 1, 5), ("00000", 2, 9)]


def test_a_row_put_again_is_replaced(connection: Connection) -> None:
    put(connection, schema.backup_marks, [{"journal": 1, "seq": 4, "head": b"a"}])
    put(connection, schema.backup_marks, [{"journal": 1, "seq": 9, "head": b"b"}])
    assert _all(connection, schema.backup_marks) == [(1, 9, b"b")]


def test_a_table_that_is_all_key_is_put_twice_without_harm(connection: Connection) -> None:
    for _ in range(2):
        put(connection, schema.routed, [{"unit": "00000", "key": 3}])
    assert _all(connection, schema.routed) == [("00000", 3)]


def test_columns_find_their_place_whatever_order_they_are_named_in(connection: Connection) -> None:
    put(connection, schema.backup_marks, [{"head": b"h", "seq": 2, "journal": 1}])
    put(
        connection,
        schema.backup_marks,
        [{"journal": 2, "head": b"i", "seq": 3}, {"seq": 4, "journal": 3, "head": b"j"}],
    )
    assert _all(connection, schema.backup_marks) == [(1, 2, b"h"), (2, 3, b"i"), (3, 4, b"j")]


def test_a_single_column_is_written_too(connection: Connection) -> None:
    lonely = Table("lonely", MetaData(), schema.number("only", primary=True))
    lonely.create(connection)
    note(connection, lonely, [{"only": 4}, {"only": 5}, {"only": 4}])
    assert connection.execute(select(func.count()).select_from(lonely)).scalar_one() == 2


def test_nothing_is_written_for_no_rows(connection: Connection) -> None:
    for write in (add, note, put):
        write(connection, schema.unread, [])
    assert _all(connection, schema.unread) == []


def test_a_put_of_one_key_twice_keeps_the_last(connection: Connection) -> None:
    put(connection, schema.settings, [{"name": "n", "value": "1"}, {"name": "n", "value": "2"}])
    held = connection.execute(select(schema.settings.c.value).where(schema.settings.c.name == "n"))
    assert held.scalars().all() == ["2"]


def test_postgresql_takes_a_column_as_one_array_of_its_type() -> None:
    names = ("subject", "aggregate", "folded")
    assert postgres._statement(schema.snapshots, "put", names) == (
        'INSERT INTO "snapshots" ("subject", "aggregate", "folded")'
        " SELECT * FROM unnest(%(subject)b::bigint[], %(aggregate)b::text[], %(folded)b::bytea[])"
        " ON CONFLICT (subject) DO UPDATE SET"
        ' "aggregate" = excluded."aggregate", "folded" = excluded."folded"'
    )


@pytest.mark.parametrize(("how", "end"), [("add", "bigint[])"), ("note", "ON CONFLICT DO NOTHING")])
def test_postgresql_refuses_or_keeps_what_is_there(how: postgres.How, end: str) -> None:
    assert postgres._statement(schema.unread, how, ("unit", "key")).endswith(end)
