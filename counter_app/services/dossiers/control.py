"""Form 06 as a print of the journal: every hand-over with when it was given and when it was taken."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from counter_app.domain.dates import vn_datetime
from counter_app.domain.dossiers.clock.lateness import Timing, timeliness
from counter_app.domain.dossiers.entries import (
    DossierAccepted,
    DossierForwarded,
    DossierTaken,
    ResultRecorded,
    ResultReturned,
)
from counter_app.domain.dossiers.state import DossierState
from counter_app.domain.folding.fact import Fact
from counter_app.printing.forms.one_stop.content import Hop
from counter_app.services.workplace import Workplace
from counter_app.storage.queries import dossiers as queries
from counter_app.storage.queries import unit as unit_queries

_RESULT = {Timing.EARLY: "early", Timing.EXACT: "on_time", Timing.LATE: "late"}


def hops_of(connection: Connection, work: Workplace, state: DossierState) -> tuple[Hop, ...]:
    """One row a hand-over, from acceptance to return; an open one has no taking and no result yet."""
    names = {row.id: row.name for row in unit_queries.officials(connection, active_only=False)}
    found: list[dict[str, Any]] = []
    for fact in queries.history(connection, state.id):
        who = names.get(fact.facts.actor, "") if fact.facts.actor else ""
        _apply(found, fact, who, work.place.issuing)
    late = _late(connection, work, state)
    if found and state.result is not None:
        found[-1]["result"] = late
    return tuple(Hop(**row) for row in found)


def _apply(found: list[dict[str, Any]], fact: Fact, who: str, desk: str) -> None:
    """What one entry adds: a hand-over begins, or the open one is taken."""
    at, body = vn_datetime(fact.at), fact.body
    match body:
        case DossierAccepted():
            found.append(_hop(desk, None, "", at, who, "Tiếp nhận"))
        case DossierForwarded():
            found.append(_hop(body.to_name, at, who, None, "", body.words))
        case DossierTaken() if found and found[-1]["taken_at"] is None:
            found[-1].update(taken_at=at, taken_by=who)
        case DossierTaken():
            found.append(_hop(who, None, "", at, who, body.words))
        case ResultRecorded() if found:
            found[-1]["note"] = ", ".join(filter(None, (found[-1]["note"], f"{body.title} {body.number}")))
        case ResultReturned():
            found.append(_hop(desk, None, "", at, who, "Trả kết quả"))
        case _:
            pass


def _hop(body: str, handed: Any, by: str, taken: Any, taken_by: str, note: str) -> dict[str, Any]:
    return {"body": body, "handed_at": handed, "handed_by": by, "taken_at": taken, "taken_by": taken_by,
            "result": "", "note": note}  # fmt: skip


def _late(connection: Connection, work: Workplace, state: DossierState) -> str:
    """Early, on time or late by the result's own time (``law.md`` 6)."""
    if state.result is None:
        return ""
    calendar = work.rules(connection).calendar
    return _RESULT[timeliness(state.clock.promised, vn_datetime(state.result.at), calendar).timing]
