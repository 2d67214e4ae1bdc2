"""People, officials, delegations, settings of the unit, questions, the province's data."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from counter_app.storage.queries.select import one, select
from sync.protocol.naming.ids import EntryId


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person as recorded; ``joined_to`` names the record that stands for this one."""

    id: EntryId
    name: str
    id_kind: str
    id_number: str
    old_id_number: str
    birth: int
    sex: str
    address: str
    phone: str
    card_issued: int
    joined_to: EntryId | None


@dataclass(frozen=True, slots=True)
class OfficialRow:
    """An official; ``roles`` are codes separated by spaces."""

    id: EntryId
    name: str
    title_line: str
    roles: str
    login: str
    active: bool
    public_key: bytes


@dataclass(frozen=True, slots=True)
class DelegationRow:
    """An act that lets an official sign; days ``yyyymmdd``, 0 for no end; ``scope`` separated by spaces."""

    id: EntryId
    official: EntryId | None
    act_number: str
    act_date: int
    basis: str
    prefix: str
    scope: str
    valid_from: int
    valid_to: int
    signs_as: str
    ended_on: int


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """What the province asked about ``entry``."""

    id: EntryId
    entry: EntryId
    code: str
    field: str
    words: str
    subject: EntryId | None
    status: str
    how: str


@dataclass(frozen=True, slots=True)
class DataRow:
    """One version of a data set of the province."""

    id: EntryId
    name: str
    valid_from: int
    content: bytes


def people_with_number(connection: Connection, id_number: str) -> list[PersonRow]:
    """Candidates: records under an identity number, old or new; only a person may join them."""
    if not id_number:
        return []
    return select(
        connection, PersonRow,
        "FROM people WHERE id_number = ?1 OR old_id_number = ?1 ORDER BY joined_to IS NOT NULL, id DESC",
        (id_number,),
    )  # fmt: skip


def person(connection: Connection, subject: EntryId) -> PersonRow | None:
    """One record."""
    return one(connection, PersonRow, "FROM people WHERE id = ?", (subject.key,))


def officials(connection: Connection, active_only: bool = True) -> list[OfficialRow]:
    """Officials of the unit in the order they were recorded."""
    rest = "WHERE active = 1 " if active_only else ""
    return select(connection, OfficialRow, f"FROM officials {rest}ORDER BY id")


def official_of_login(connection: Connection, login: str) -> OfficialRow | None:
    """The active official who signs in under ``login``; of two, the first recorded."""
    return one(connection, OfficialRow, "FROM officials WHERE login = ? AND active = 1 ORDER BY id", (login,))


def official(connection: Connection, subject: EntryId) -> OfficialRow | None:
    """One official, also a former one."""
    return one(connection, OfficialRow, "FROM officials WHERE id = ?", (subject.key,))


def delegations(connection: Connection, day: int | None = None) -> list[DelegationRow]:
    """Acts, newest first; with ``day`` (``yyyymmdd``) only those valid on it."""
    if day is None:
        return select(connection, DelegationRow, "FROM delegations ORDER BY id DESC")
    return select(
        connection, DelegationRow,
        "FROM delegations WHERE valid_from <= ?1 AND (valid_to = 0 OR valid_to >= ?1)"
        " AND (ended_on = 0 OR ended_on > ?1) ORDER BY id DESC",
        (day,),
    )  # fmt: skip


def policies(connection: Connection) -> dict[str, str]:
    """Settings of the unit."""
    rows = connection.exec_driver_sql("SELECT name, value FROM unit_policies ORDER BY unit, name")
    return {row[0]: row[1] for row in rows}


def policies_of(connection: Connection, unit: EntryId) -> dict[str, str]:
    """Settings of one unit; those of others may be held too."""
    rows = connection.exec_driver_sql("SELECT name, value FROM unit_policies WHERE unit = ?", (unit.key,))
    return {row[0]: row[1] for row in rows}


def questions(connection: Connection, status: str = "open") -> list[QuestionRow]:
    """Questions of the province in one status, oldest first."""
    return select(connection, QuestionRow, "FROM questions WHERE status = ? ORDER BY id", (status,))


def question(connection: Connection, subject: EntryId) -> QuestionRow | None:
    """One question."""
    return one(connection, QuestionRow, "FROM questions WHERE id = ?", (subject.key,))


def data_sets(connection: Connection, name: str) -> list[DataRow]:
    """Every version of a data set, by the day it holds from; of one day the later entry comes last."""
    return select(connection, DataRow, "FROM data_sets WHERE name = ? ORDER BY valid_from, id", (name,))
