"""Requests by the day they were taken in, and what lies at the signers: counts without any name."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection


@dataclass(frozen=True, slots=True)
class DayCount:
    """One day (``yyyymmdd``) of all counters: requests with their originals and copies."""

    day: int
    requests: int
    originals: int
    copies: int


@dataclass(frozen=True, slots=True)
class Pending:
    """Requests without a number (their originals and copies), and numbered lines not signed yet."""

    requests: int
    originals: int
    copies: int
    lines: int
    line_copies: int


def by_day(connection: Connection, first: int, last: int) -> list[DayCount]:
    """Every day from ``first`` to ``last`` with requests, ascending."""
    sql = (
        "SELECT day, count(*) AS requests, sum(originals) AS originals, sum(copies) AS copies"
        " FROM requests WHERE day BETWEEN ? AND ? GROUP BY day ORDER BY day"
    )
    return [DayCount(*row) for row in connection.exec_driver_sql(sql, (first, last))]


def pending(connection: Connection) -> Pending:
    """What waits for a number anywhere, and what is at the signers."""
    waiting = connection.exec_driver_sql(
        "SELECT count(*), coalesce(sum(originals), 0), coalesce(sum(copies), 0)"
        " FROM requests WHERE waits_for_number = 1"
    ).one()
    lines = connection.exec_driver_sql(
        "SELECT count(*), coalesce(sum(copies), 0) FROM lines WHERE state = 'numbered'"
    ).one()
    return Pending(*waiting, *lines)
