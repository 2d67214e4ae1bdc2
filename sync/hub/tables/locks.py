"""Who waits for whom on PostgreSQL; on SQLite the one writer stands for all of it.

Every transaction takes its locks in one order, so none waits in a circle:

1. the province, shared by whatever writes, alone for acts that change who may write (grants, revocation, the
   next life of a restored hub, ``common``);
2. readers of units, ascending;
3. head rows of journals, ascending; of a journal that has none yet, a lock of its number.

Nobody retries: a lock that does not come in time is an error, the request is answered "later" and the device
comes again (``sync.md`` 3).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

from sqlalchemy import ARRAY, BigInteger, Connection, Table, Text, bindparam, select, text

_ALONE = text("SELECT pg_advisory_xact_lock(:number)")
_SHARED = text("SELECT pg_advisory_xact_lock_shared(:number)")


def lock_province(connection: Connection, *, alone: bool) -> None:
    """Write beside others, or ``alone``: everybody else who writes has ended or waits."""
    if not waits_for_one_writer(connection):
        connection.execute(_ALONE if alone else _SHARED, {"number": _number("province", "")})


def lock_readers(connection: Connection, units: Iterable[str]) -> None:
    """Be the only reader of each of ``units`` until the end of the transaction."""
    if waits_for_one_writer(connection):
        return
    for unit in sorted(set(units)):
        connection.execute(_ALONE, {"number": _number("reader", unit)})


def lock_reader(connection: Connection, unit: str) -> None:
    """As ``lock_readers`` for one name, which may also be a matter within a unit that only readers touch."""
    lock_readers(connection, [unit])


def free_readers(connection: Connection, units: Sequence[str]) -> list[str]:
    """Those of ``units`` that nobody reads at this moment; holds nothing behind this transaction."""
    if waits_for_one_writer(connection) or not units:
        return list(units)
    asked = text(
        "SELECT u, pg_try_advisory_xact_lock(n) FROM unnest(:units, :numbers) AS t(u, n)"
    ).bindparams(bindparam("units", type_=ARRAY(Text)), bindparam("numbers", type_=ARRAY(BigInteger)))
    numbers = [_number("reader", unit) for unit in units]
    free = {row[0] for row in connection.execute(asked, {"units": list(units), "numbers": numbers}) if row[1]}
    return [unit for unit in units if unit in free]


def lock_heads(connection: Connection, heads: Table, journals: Iterable[int]) -> None:
    """Hold the head rows of ``journals``, in ascending order, also of those that begin just now.

    Positions are to be read after this call: what was read before may be old.
    """
    if waits_for_one_writer(connection):
        return
    wanted = sorted(set(journals))
    known = set(connection.execute(select(heads.c.journal).where(heads.c.journal.in_(wanted))).scalars())
    for journal in wanted:
        if journal not in known:
            connection.execute(_ALONE, {"number": _number("journal", str(journal))})
        row = select(heads.c.journal).where(heads.c.journal == journal)
        connection.execute(row.with_for_update())


def waits_for_one_writer(connection: Connection) -> bool:
    """True on SQLite, where a transaction that writes has no other beside it."""
    return connection.dialect.name == "sqlite"


def _number(what: str, which: str) -> int:
    digest = hashlib.sha256(f"{what} {which}".encode()).digest()
    return int.from_bytes(digest[:8], "big", signed=True)
