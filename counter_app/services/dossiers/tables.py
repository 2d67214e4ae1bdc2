"""The catalogue in force, communes, reasons: read when the first dossier is looked at, never at the start."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from sqlalchemy import Connection

from counter_app.domain.catalogue import Catalogue, Finder
from counter_app.services import rules
from counter_app.storage import device
from counter_app.storage.queries import unit as unit_queries

PROCEDURES = "procedures"
"""Name of the province's data set that stands before the shipped catalogue."""
RECENT = "procedures.recent"
MOST_RECENT = 5


def catalogue(connection: Connection) -> Catalogue:
    """The province's newest catalogue, else the shipped one."""
    sets = unit_queries.data_sets(connection, PROCEDURES)
    return rules.province_catalogue(sets[-1].content) if sets else rules.shipped_catalogue()


@lru_cache(maxsize=2)
def _finder(version: str, content: bytes, day: date) -> Finder:
    source = rules.province_catalogue(content) if content else rules.shipped_catalogue()
    return Finder(source, day)


def finder(connection: Connection, day: date) -> Finder:
    """The search over procedures in force on ``day``; folded names are made once a day."""
    sets = unit_queries.data_sets(connection, PROCEDURES)
    return _finder(catalogue(connection).version, sets[-1].content if sets else b"", day)


def recent(connection: Connection) -> tuple[str, ...]:
    """Codes this PC used last, newest first."""
    return tuple(device.setting(connection, RECENT).split())


def remember(connection: Connection, code: str) -> None:
    """``code`` was used now."""
    codes = dict.fromkeys([code, *recent(connection)])
    device.put_setting(connection, RECENT, " ".join(list(codes)[:MOST_RECENT]))
