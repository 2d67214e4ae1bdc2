"""Rows of the province's readings, made of folded subjects; no citizen's name beyond the register's own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table

from counter_app.domain.certification.lines.line_state import LineState
from counter_app.domain.certification.state import RefusalState, RequestState
from counter_app.domain.dates import vn_date, vn_instant
from counter_app.domain.dossiers.portal import portal_state
from counter_app.domain.dossiers.state import DossierState
from counter_app.domain.folding.aggregate import Folded
from counter_app.domain.questions.state import QuestionState
from counter_app.domain.registers.state import RegisterState
from sync.hub.lookups.reading import row as lookup_row
from sync.hub.lookups.tables import lookup_rows
from sync.hub.reading.kpi import write_kpi
from sync.hub.tables import schema
from sync.hub.tables.engine import put, remove
from sync.hub.tickets import reading as tickets
from sync.protocol.naming.ids import EntryId

UnitOf = Callable[[EntryId], str]
"""The unit where a subject began."""


def local_day(at: int) -> int:
    """The calendar day in Viet Nam of moment ``at`` (ms) as ``yyyymmdd``; 0 for no moment."""
    if at <= 0:
        return 0
    day = vn_date(at)
    return day.year * 10_000 + day.month * 100 + day.day


def _register(state: RegisterState, folded: Folded) -> dict[str, Any]:
    return {
        "register": state.register,
        "symbol": state.symbol,
        "year": state.year,
        "next_number": state.next_number,
        "book": state.book,
        "term": state.term,
        "holder": state.holder,
        "unknown": state.unknown_count,
        "doubles": sum(span.size for span in state.open_doubles),
        "missing_lines": state.missing_lines,
        "closed_month": max((month.month for month in state.closed_months), default=0),
        "closed": int(state.closed),
    }


def _line(state: LineState, folded: Folded) -> dict[str, Any]:
    return {
        "register": state.register.key,
        "number": state.number,
        "book": state.book,
        "year": state.year,
        "day": state.day,
        "requester_name": state.column_3,
        "original_name": state.original_name,
        "signatory_line": state.signatory_line,
        "copies": state.copies,
        "fee": state.fee,
        "state": state.state,
        "remarks": state.remarks,
        "signed_day": local_day(state.signed_at),
    }


def _request(state: RequestState, folded: Folded) -> dict[str, Any]:
    handed = state.handed_over_at
    return {
        "code": state.code,
        "day": state.day,
        "channel": state.channel,
        "stage": state.stage,
        "originals": len(state.originals),
        "copies": sum(original.taken.copies for original in state.originals),
        "fees": state.fees,
        "paid": state.paid,
        "due_at": state.due_at,
        "handed_day": local_day(handed),
        "late": int(bool(handed) and handed > state.due_at),
    }


def _dossier(state: DossierState, folded: Folded) -> dict[str, Any]:
    """A waiting dossier has no due date and is never late; late counts on the promise in force at its end."""
    done = state.result.at if state.result is not None else 0
    promised = state.clock.promised
    return {
        "code": state.code,
        "official_code": state.official_code,
        "portal_code": state.portal_code,
        "day": state.day or local_day(state.submitted_at),
        "channel": state.channel,
        "procedure": state.procedure.code,
        "field": state.procedure.field,
        "stage": str(state.stage),
        "portal": portal_state(state),
        "due_at": 0 if state.clock.due is None else vn_instant(state.clock.due),
        "done_at": done,
        "late": int(bool(done) and promised is not None and done > vn_instant(promised)),
        "returned_day": local_day(state.returned_at),
    }


def _refusal(state: RefusalState, folded: Folded) -> dict[str, Any]:
    return {"day": state.day, "ground": state.ground}


def _question(state: QuestionState, folded: Folded) -> dict[str, Any]:
    return {
        "entry": state.entry.key,
        "code": state.code,
        "field": state.field,
        "words": state.words,
        "status": state.status,
        "how": state.how,
        "asked": len(state.answers),
    }


_TABLES: Mapping[str, tuple[Table, Callable[[Any, Folded], dict[str, Any]]]] = {
    "register": (schema.register_rows, _register),
    "line": (schema.line_rows, _line),
    "request": (schema.request_rows, _request),
    "dossier": (schema.dossier_rows, _dossier),
    "refusal": (schema.refusal_rows, _refusal),
    "question": (schema.question_rows, _question),
    "lookup": (lookup_rows, lookup_row),
}


def write_rows(connection: Connection, subjects: Sequence[Folded], unit_of: UnitOf) -> None:
    """Bring the readings up to date with ``subjects``; one of which nothing is readable goes."""
    for name, (table, row) in _TABLES.items():
        mine = [folded for folded in subjects if folded.aggregate == name]
        shown = [folded for folded in mine if folded.state is not None]
        rows = [
            {"subject": folded.subject.key, "unit": unit_of(folded.subject), **row(folded.state, folded)}
            for folded in shown
        ]
        put(connection, table, rows)
        gone = [folded.subject.key for folded in mine if folded.state is None]
        gone += [folded.subject.key for folded in subjects if not folded.aggregate]
        remove(connection, table, "subject", gone)
    tickets.write(connection, subjects, unit_of)
    write_kpi(connection, subjects, unit_of)
