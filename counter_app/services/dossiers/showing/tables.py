"""The catalogue in force, communes, reasons: read when the first dossier is looked at, never at the start."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from sqlalchemy import Connection

from counter_app.domain.catalogue import Catalogue, Finder
from counter_app.services import rules
from counter_app.storage.queries import unit as unit_queries
from counter_app.storage.this_pc import device

PROCEDURES = "procedures"
"""Name of the province's data sets that stand before the shipped catalogue, each with some procedures."""
RECENT = "procedures.recent"
MOST_RECENT = 5


def catalogue(connection: Connection, day: date) -> Catalogue:
    """The shipped catalogue with the province's parts over it that hold on ``day``."""
    return rules.catalogue_with(_parts(connection, day))


def _parts(connection: Connection, day: date) -> tuple[bytes, ...]:
    """What the province sent ahead waits for its day."""
    today = day.year * 10_000 + day.month * 100 + day.day
    sets = unit_queries.data_sets(connection, PROCEDURES)
    return tuple(row.content for row in sets if row.valid_from <= today)


@lru_cache(maxsize=2)
def _finder(parts: tuple[bytes, ...], day: date) -> Finder:
    return Finder(rules.catalogue_with(parts), day)


def finder(connection: Connection, day: date) -> Finder:
    """The search over procedures in force on ``day``; folded names are made once a day."""
    return _finder(_parts(connection, day), day)


def recent(connection: Connection) -> tuple[str, ...]:
    """Codes this PC used last, newest first."""
    return tuple(device.setting(connection, RECENT).split())


def remember(connection: Connection, code: str) -> None:
    """``code`` was used now."""
    codes = dict.fromkeys([code, *recent(connection)])
    device.put_setting(connection, RECENT, " ".join(list(codes)[:MOST_RECENT]))
