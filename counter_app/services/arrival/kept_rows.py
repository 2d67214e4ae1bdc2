"""Rows of old books that lie sealed beside the store while they are written: put back, and swept.

They hold citizens' names, so none outlives its use: a kill behind the last row, or a file that nobody let in
after all, leaves some, and the next look at the page lets them go.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Final

from sqlalchemy import Connection

from counter_app.services.arrival import plan
from counter_app.services.arrival.plan import Looked
from counter_app.services.workplace import Workplace
from counter_app.storage.queries import old_books
from counter_app.storage.queries.old_books import ArrivalRow

NOBODYS_MS: Final = 7 * 86_400_000
"""Rows that no entry names go after a week (own figure); the entry may still come from a sibling."""


def lacking_rows(connection: Connection, work: Workplace, looked: Looked) -> ArrivalRow | None:
    """The file with exactly these rows that stopped half way and whose rows are not on this PC any more."""
    begun = old_books.arrival_of_plan(connection, looked.plan.digest)
    if begun is None or begun.written >= begun.planned:
        return None
    return None if work.kept_files(plan.FOLDER).has(begun.plan_digest) else begun


def sweep(connection: Connection, work: Workplace) -> None:
    """Forget rows of files that are written, and old ones that no entry names. Raises nothing."""
    if work.store.reading_anew:  # which files there are is not known before that ended
        return
    found, kept = old_books.arrivals(connection), work.kept_files(plan.FOLDER)
    wanted = {row.plan_digest for row in found if row.written < row.planned}
    with suppress(OSError):  # a locked file goes at the next look
        for row in found:
            if row.plan_digest not in wanted:
                kept.drop(row.plan_digest)
        kept.sweep(wanted, work.now() - NOBODYS_MS)
