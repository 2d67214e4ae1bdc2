"""How far this PC is with its people."""

from __future__ import annotations

from sqlalchemy import Connection

from counter_app.services.ports.founding import ADMIT, FOUND, READY
from counter_app.services.session import secrets
from counter_app.storage.queries import unit as unit_queries


def stage_of(connection: Connection) -> str:
    """FOUND while nobody of the unit is known, ADMIT while nobody known has an account here, else READY."""
    known = unit_queries.officials(connection, active_only=False)
    if not known:
        return FOUND
    return READY if any(secrets.has_key(connection, row.id) for row in known) else ADMIT
