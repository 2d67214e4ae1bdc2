"""From a scanned or typed code to the request it belongs to: slip, receipt, copy, short code."""

from __future__ import annotations

from sqlalchemy import Connection

from counter_app.domain.certification.lines.copy_check import REGISTER_CODES
from counter_app.domain.codes import ScanKind, classify_scan, parse_short
from counter_app.services.workplace import Workplace
from counter_app.storage.queries import desk as desk_queries
from counter_app.storage.queries import registers, requests
from counter_app.storage.queries.registers import LineRow
from sync.protocol.journals.copy_code import read_copy_code
from sync.protocol.naming.ids import EntryId
from sync.protocol.refusals import Refusal


def request_of(connection: Connection, work: Workplace, text: str) -> EntryId | None:
    """The request of a slip's or receipt's barcode, of a copy's QR, or of ``02-0018`` of today."""
    scan = classify_scan(text)
    if scan.code is not None:
        row = requests.request_by_code(connection, scan.code.digits)
        return None if row is None else row.id
    if scan.kind is ScanKind.COPY_QR:
        line = line_of_copy(connection, work, text)
        return None if line is None else line.request
    short = parse_short(text)
    if short is None:
        return None
    return desk_queries.request_of_day(connection, f"{work.place.unit}{short[0]:03d}", short[1], work.day())


def line_of_copy(connection: Connection, work: Workplace, text: str) -> LineRow | None:
    """The line whose number a copy's QR names, of this unit; not yet believed."""
    try:
        code = read_copy_code(text).code
    except Refusal:
        return None
    kind = next((name for name, byte in REGISTER_CODES.items() if byte == code.register), "")
    register = registers.register_of(connection, kind, code.year)
    if register is None or code.unit != work.place.unit:
        return None
    found = registers.line_by_number(connection, register.id, code.number)
    return found[0] if found else None
