"""Lines of the tracking register (form 07): every form 01 with the dossier it belongs to, as it stands."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy import Connection

from counter_app.storage.queries.select import select
from sync.protocol.naming.ids import EntryId


@dataclass(frozen=True, slots=True)
class TrackedRow:
    """One number of a counter's book; moments ms, 0 for none. ``code``: as this form was printed."""

    book: str = field(metadata={"sql": "f.book"})
    number: int = field(metadata={"sql": "f.number"})
    at: int = field(metadata={"sql": "f.at"})
    dossier: EntryId = field(metadata={"sql": "d.id"})
    code: str = field(metadata={"sql": "CASE f.code WHEN '' THEN d.code ELSE f.code END"})
    official_code: str = field(metadata={"sql": "d.official_code"})
    procedure_name: str = field(metadata={"sql": "d.procedure_name"})
    name: str = field(metadata={"sql": "d.name"})
    phone: str = field(metadata={"sql": "d.phone"})
    received_at: int = field(metadata={"sql": "d.received_at"})
    promised_at: int = field(metadata={"sql": "d.promised_at"})
    returned_at: int = field(metadata={"sql": "d.returned_at"})
    result_title: str = field(metadata={"sql": "d.result_title"})


def tracked(connection: Connection, first: int, last: int, journal: int = 0) -> list[TrackedRow]:
    """Lines of the days ``first`` to ``last`` (``yyyymmdd``), of one ``journal`` or (0) of all."""
    rest = (
        "FROM form_numbers f JOIN dossiers d ON d.id = f.dossier WHERE f.form = '01'"
        " AND f.day BETWEEN ? AND ? AND (? = 0 OR f.journal = ?) ORDER BY f.book, f.number, f.id"
    )
    return select(connection, TrackedRow, rest, (first, last, journal, journal))
