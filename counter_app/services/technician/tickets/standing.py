"""How this PC stands, as entries and the fleet's page have it: figures and codes alone."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from contextlib import suppress

import counter_app
from counter_app.domain.tickets.entries import MOST_CHECKS, Standing, Verdict
from counter_app.services.ports.technician import BackupRow, CheckRow
from counter_app.services.workplace import Workplace
from counter_app.storage.queries.exchange import sync_counts

_MOST_MB = 10**9


def standing_of(
    work: Workplace, backups: Sequence[BackupRow], rows: Sequence[CheckRow] = (), checked_at: int = 0
) -> Standing:
    """The standing now; ``rows`` of the self-test that ended at ``checked_at`` (ms, 0: not run)."""
    with work.store.read() as connection:
        oldest = sync_counts(connection).oldest_waiting
    free = 0
    with suppress(OSError):
        free = shutil.disk_usage(work.papers_folder.parent).free // 2**20
    proved = max((row.at for row in backups if row.verified), default=0)
    checks = tuple(Verdict(row.code[:40], row.verdict[:40]) for row in rows)[:MOST_CHECKS]
    return Standing(
        counter_app.__version__[:40], min(free, _MOST_MB), max(0, oldest), proved, checked_at, checks
    )
