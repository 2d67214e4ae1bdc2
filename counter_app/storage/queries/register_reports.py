"""Counts of register lines over a span of days, and the lines behind one count."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from counter_app.storage.queries.registers import LineRow
from counter_app.storage.queries.select import select

_JOINED = (
    "FROM registers JOIN lines ON lines.register = registers.id LEFT JOIN lots ON lots.id = lines.lot"
    " LEFT JOIN requests ON requests.id = lines.request"
)
_SIGNATORY = "coalesce(lots.signatory_name, iif(lines.term = 0, lines.signatory_line, ''))"
"""Who signed: a line of the old book names him itself."""
_OWN = "(requests.taken_by IS NOT NULL AND requests.taken_by = lots.signatory)"


@dataclass(frozen=True, slots=True)
class CountRow:
    """Lines of one register, signatory and state; ``own`` when the receiver signed himself; fee in dong."""

    kind: str
    signatory: str
    state: str
    own: bool
    numbers: int
    copies: int
    fees: int


def counts(connection: Connection, first: int, last: int) -> list[CountRow]:
    """Counts of the days ``first`` to ``last`` (``yyyymmdd``), numbers rebuilt from evidence among them."""
    rows = connection.exec_driver_sql(
        f"SELECT registers.register, {_SIGNATORY}, lines.state, {_OWN}, count(*),"
        f" sum(lines.copies), sum(lines.fee) {_JOINED} WHERE lines.day BETWEEN ?1 AND ?2 GROUP BY 1, 2, 3, 4"
        " UNION ALL SELECT registers.register, s.signatory_line, 'rebuilt', 0, count(*), sum(s.copies),"
        " sum(s.fee)"
        " FROM registers JOIN settled_numbers s ON s.register = registers.id"
        " WHERE s.outcome = 'rebuilt' AND s.line IS NULL AND s.day BETWEEN ?1 AND ?2 GROUP BY 1, 2"
        " ORDER BY 1, 2, 3, 4",
        (first, last),
    )
    return [
        CountRow(kind, signatory, state, bool(own), numbers, copies, fees)
        for kind, signatory, state, own, numbers, copies, fees in rows
    ]


def lines_behind(
    connection: Connection, first: int, last: int, kind: str, signatory: str, states: tuple[str, ...],
    *, own: bool,
) -> list[LineRow]:  # fmt: skip
    """Lines of a register and of a signatory ("" for all) in one of ``states``, by register and number."""
    marks = ", ".join("?" for _ in states)
    return select(
        connection, LineRow,
        "FROM lines WHERE id IN (SELECT lines.id " + _JOINED + " WHERE lines.day BETWEEN ? AND ?"
        " AND (? = '' OR registers.register = ?)"
        f" AND (? = '' OR {_SIGNATORY} = ?) AND lines.state IN ({marks})"
        f" AND (? = 0 OR {_OWN})) ORDER BY register, year, number, id",
        (first, last, kind, kind, signatory, signatory, *states, int(own)),
    )  # fmt: skip
