"""Reading: register-years, their lines with every legal column, lots, and numbers nobody vouches for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Index, Table

from counter_app.domain.certification.lines.line_state import LineState
from counter_app.domain.certification.state import LotState
from counter_app.domain.folding.aggregate import Folded
from counter_app.domain.registers.state import RegisterState
from counter_app.storage.readings.reading import READ, Filled, Reading, key, key_of, link, text, whole
from counter_app.storage.statements import Row

lines = Table(
    "lines",
    READ,
    key(),
    key("register", primary=False),
    whole("number"),
    whole("book"),
    whole("year"),
    whole("term"),
    whole("day"),
    key("request", primary=False),
    whole("original"),
    key("lot", primary=False),
    text("requester_name"),
    text("parties"),
    text("original_name"),
    text("signatory_line"),
    whole("copies"),
    whole("fee"),
    text("state"),
    whole("numbered_at"),
    link("numbered_by"),
    whole("signed_at"),
    whole("struck_at"),
    text("reason"),
    text("remarks"),
    whole("printed"),
    text("file_digest"),
)
"""One row a register line; ``state`` numbered, signed, struck or annulled; ``remarks`` is column 8,
``parties`` column 3 where it holds more than the requester's name, ``file_digest`` the SHA-256 of
an electronic copy's signed file in hex, ``term`` 0 in a line of the old book."""

Index("ix_lines_number", lines.c.register, lines.c.number)
Index("ix_lines_day", lines.c.register, lines.c.day, lines.c.number)
Index("ix_lines_lot", lines.c.lot)
Index("ix_lines_unconfirmed", lines.c.numbered_at, sqlite_where=lines.c.state == "numbered")

line_changes = Table(
    "line_changes",
    READ,
    key("line"),
    key("entry"),
    key("register", primary=False),
    whole("number"),
    whole("day"),
    whole("at"),
    text("words"),
    whole("pasted"),
    sqlite_with_rowid=False,
)
"""One row an entry that changed what the book says of a line; ``pasted`` 1 once its slip came out."""

Index("ix_line_changes", line_changes.c.register, line_changes.c.day)

lots = Table(
    "lots",
    READ,
    key(),
    key("register", primary=False),
    key("signatory", primary=False),
    key("delegation", primary=False),
    text("signatory_name"),
    text("signatory_line"),
    text("prefix"),
    whole("term"),
    whole("book"),
    whole("first_number"),
    whole("count"),
    whole("day"),
    whole("numbered_at"),
    link("numbered_by"),
    whole("signed"),
    whole("struck"),
    whole("unconfirmed"),
)
"""One row a pile."""

Index("ix_lots_unconfirmed", lots.c.numbered_at, sqlite_where=lots.c.unconfirmed > 0)

registers = Table(
    "registers",
    READ,
    key(),
    text("register"),
    text("symbol"),
    whole("year"),
    whole("first_number"),
    whole("next_number"),
    whole("book"),
    whole("term"),
    whole("holder"),
    whole("last_numbered_at"),
    whole("unknown"),
    whole("doubles"),
    whole("missing_lines"),
    whole("closed_month"),
    whole("closed"),
    whole("frozen"),
    whole("conflicts"),
)
"""One row a register-year; ``holder`` is the journal with the pen, 0 on paper."""

register_spans = Table(
    "register_spans",
    READ,
    key("register"),
    text("kind", primary=True),
    whole("first", primary=True),
    whole("last"),
    sqlite_with_rowid=False,
)
"""Numbers of a register-year that are ``unknown``, ``double`` or ``to_enter`` from paper."""


def _line_rows(folded: Folded) -> Sequence[Iterable[Row]]:
    state: LineState = folded.state
    row = (
        state.id.key,
        state.register.key,
        state.number,
        state.book,
        state.year,
        state.term,
        state.day,
        state.request.key,
        state.original,
        state.lot.key,
        state.requester_name,
        state.parties,
        state.original_name,
        state.signatory_line,
        state.copies,
        state.fee,
        state.state,
        state.numbered_at,
        key_of(state.numbered_by),
        state.signed_at,
        state.struck_at,
        state.reason,
        state.remarks,
        len(state.printed),
        "" if state.file is None else state.file.digest.hex(),
    )
    changes = [
        (state.id.key, one.entry.key, state.register.key, state.number, state.day, one.at, one.words,
         int(one.pasted))
        for one in state.changes
    ]  # fmt: skip
    return (row,), changes


def _lot_rows(folded: Folded) -> Sequence[Iterable[Row]]:
    state: LotState = folded.state
    row = (
        state.id.key,
        state.register.key,
        state.signatory.key,
        state.delegation.key,
        state.signatory_name,
        state.signatory_line,
        state.prefix,
        state.term,
        state.book,
        state.first_number,
        state.count,
        state.day,
        state.numbered_at,
        key_of(state.numbered_by),
        state.signed,
        state.struck,
        state.unconfirmed,
    )
    return ((row,),)


def _register_rows(folded: Folded) -> Sequence[Iterable[Row]]:
    state: RegisterState = folded.state
    spans = {"unknown": state.unknown, "double": state.open_doubles, "to_enter": state.to_enter_from_paper}
    row = (
        state.id.key,
        state.register,
        state.symbol,
        state.year,
        state.first_number,
        state.next_number,
        state.book,
        state.term,
        state.holder,
        state.last_numbered_at,
        state.unknown_count,
        sum(span.size for span in state.open_doubles),
        state.missing_lines,
        max((month.month for month in state.closed_months), default=0),
        int(state.closed),
        int(folded.frozen),
        len(folded.open_conflicts),
    )
    rows = {(state.id.key, kind, s.first): s.last for kind, found in spans.items() for s in found}
    return (row,), [(*place, last) for place, last in rows.items()]


READINGS = (
    Reading("lines", 5, ("line",), (Filled(lines), Filled(line_changes, "line")), _line_rows),
    Reading("lots", 1, ("lot",), (Filled(lots),), _lot_rows),
    Reading(
        "registers", 5, ("register",), (Filled(registers), Filled(register_spans, "register")), _register_rows
    ),
)
