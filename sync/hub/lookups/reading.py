"""The reading behind the queue: one row a look-up, made of its folded state; nothing of the person."""

from __future__ import annotations

from typing import Any

from counter_app.domain.certification.taking_in.intake import day_of
from counter_app.domain.folding.aggregate import Folded
from counter_app.domain.lookups.state import WITHDRAWN, LookupState
from sync.hub.lookups.tables import lookup_rows

READINGS = (lookup_rows,)


def row(state: LookupState, folded: Folded) -> dict[str, Any]:
    """Columns beside subject and unit; what was called back expires when it would have lapsed."""
    expires = day_of(state.until) if state.status == WITHDRAWN else state.expires
    return {
        "system": state.system,
        "status": state.status,
        "is_open": int(state.is_open),
        "asked_at": state.asked_at,
        "until": state.until,
        "expires": expires,
    }
