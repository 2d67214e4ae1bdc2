"""Reading: what the search box finds - people, requests, dossiers, register lines, receipts,
refusals.

One document a subject: what is shown, and a folded text that FTS5 indexes. The database's own folding
misses đ (``dependencies.md`` 1, finding 2), so ``fold_text.fold`` alone decides on both sides.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from sqlalchemy import Connection, Index, Table

from counter_app.domain.certification.lines.line_state import LineState
from counter_app.domain.certification.state import RefusalState, RequestState
from counter_app.domain.dossiers.state import DossierState
from counter_app.domain.fold_text import fold
from counter_app.domain.folding.aggregate import Folded
from counter_app.domain.money.state import ReceiptState
from counter_app.domain.people.state import PersonState
from counter_app.storage.readings.reading import READ, key, text, whole
from counter_app.storage.statements import Row, insert_sql, put_sql, write_rows
from sync.protocol.naming.ids import EntryId

VERSION = 4
AGGREGATES = ("request", "line", "person", "receipt", "refusal", "dossier")

documents = Table(
    "documents",
    READ,
    key("id"),
    key("subject", primary=False),
    text("kind"),
    text("title"),
    text("second"),
    whole("day"),
    text("folded"),
)
"""What is shown of a hit. ``id`` is the row of the index: newer ones are larger, so the newest come first."""

Index("uq_documents_subject", documents.c.subject, unique=True)

CREATE_INDEX = (
    "CREATE VIRTUAL TABLE document_words USING fts5(folded, content='', contentless_delete=1,"
    " prefix='1 2 3', tokenize=\"unicode61 remove_diacritics 0 tokenchars '/-'\")"
)
NO_HIT = "SELECT rowid FROM document_words WHERE document_words MATCH 'zzzzzz' LIMIT 1"
DROP_INDEX = "DROP TABLE IF EXISTS document_words"
_INDEX = "INSERT INTO document_words (rowid, folded) VALUES (?, ?)"
_UNINDEX = "DELETE FROM document_words WHERE rowid = ?"
_SET = "INSERT INTO document_words (document_words, rank) VALUES (?, ?)"
_SETTINGS = {"automerge": 0, "crisismerge": 1_000}
"""No act merges the index: FTS5 would do the work of 64 pages at every fiftieth act, 20 ms within its commit.

``merge_words`` does it in pieces when nobody waits.
"""
_HELD = "SELECT id, folded FROM documents WHERE subject = ?"
_SECONDS = 2**34 - 1


def document_id(at: int, subject: EntryId) -> int:
    """Row of the index for a subject begun at ``at`` (ms): by second, then seq, then a mark of the id.

    The same on every PC and after every rebuild, which a counter of arrivals would not be. Two subjects may
    meet on one row (two lives of one device, a clock that starts at the same second after each flat
    battery): seldom, and ``write_documents`` then gives the second one the next free row.
    """
    mark = subject.key * 0x9E3779B97F4A7C15 >> 47 & 0x1FFFF
    return min(at // 1000, _SECONDS) << 29 | (subject.seq & 0xFFF) << 17 | mark


def words(*parts: str) -> str:
    """Folded text of all ``parts``; numbers written with - or / are found by their pieces as well."""
    folded = [one for part in parts for word in part.split() if (one := _folded(word))]
    pieces = [piece for word in folded if "-" in word or "/" in word for piece in _pieces(word)]
    return " ".join((*folded, *pieces))


@lru_cache(maxsize=16_384)
def _folded(word: str) -> str:
    """One word folded; names and titles repeat, and folding them anew was a third of a rebuild."""
    return word.lower() if word.isascii() else fold(word)


def _pieces(word: str) -> list[str]:
    return [piece for piece in word.replace("/", "-").split("-") if piece]


def _day_text(day: int) -> str:
    return f"{day % 100:02d}/{day // 100 % 100:02d}/{day // 10_000}" if day else ""


def _born(birth: int) -> str:
    return str(birth // 10_000) if birth else ""


def _request(state: RequestState) -> Row:
    who = state.requester
    daily = f"{state.code[6:8]}-{state.daily:04d}"  # counter and running number, as on the day's screens
    titles = "; ".join(one.taken.name for one in state.originals)
    folded = words(who.name, who.id_number, who.phone, state.code, daily, titles, _day_text(state.day))
    return (
        document_id(state.taken_at, state.id),
        state.id.key,
        "request",
        who.name,
        titles,
        state.day,
        folded,
    )


def _line(state: LineState) -> Row:
    number = state.shown_number
    plain = f"{state.number}/{state.year}"
    folded = words(number, plain if plain != number else "", state.requester_name, state.original_name)
    shown = f"{state.requester_name} · {state.original_name}"
    return (document_id(state.numbered_at, state.id), state.id.key, "line", number, shown, state.day, folded)


def _person(state: PersonState) -> Row:
    folded = words(
        state.name, state.id_number, state.old_id_number, state.phone, _born(state.birth), state.address
    )
    place = document_id(state.recorded_at, state.id)
    return (place, state.id.key, "person", state.name, state.address, state.birth, folded)


def _receipt(state: ReceiptState) -> Row:
    number = f"{state.symbol} {state.number:07d}" if state.number else state.code
    folded = words(number, str(state.number or ""), state.code, state.payer, state.lookup)
    return (document_id(state.at, state.id), state.id.key, "receipt", number, state.payer, state.day, folded)


def _refusal(state: RefusalState) -> Row:
    name = state.requester.name
    folded = words(name, state.requester.id_number, state.original_name)
    place = document_id(state.refused_at, state.id)
    return (place, state.id.key, "refusal", name, state.original_name, state.day, folded)


def _dossier(state: DossierState) -> Row:
    who, title = state.party, state.procedure.name
    daily = f"{state.code[6:8]}-{state.daily:04d}" if state.code else ""
    others = " ".join(f"{one.name} {one.id_number}" for one in state.companions)
    codes = (state.code, daily, state.official_code, state.portal_code, state.old_code)
    folded = words(who.name, who.id_number, who.phone, *codes, title, others, _day_text(state.day))
    place = document_id(state.submitted_at, state.id)
    return (place, state.id.key, "dossier", who.name, title, state.day, folded)


_DOCUMENTS = {
    "request": _request,
    "line": _line,
    "person": _person,
    "receipt": _receipt,
    "refusal": _refusal,
    "dossier": _dossier,
}


def document(folded: Folded) -> Row | None:
    """The document of a subject, None for what is not searched for."""
    make = _DOCUMENTS.get(folded.aggregate)
    return None if make is None or folded.state is None else make(folded.state)  # type: ignore[operator]


def write_documents(connection: Connection, subjects: Iterable[Folded], *, fresh: bool = False) -> None:
    """Bring table and index up to date; a document whose words did not change leaves the index alone."""
    rows = [row for row in map(document, subjects) if row is not None]
    if fresh:
        _write_fresh(connection, rows)
        return
    placed: list[Row] = []
    changed: list[Row] = []
    gone: list[Row] = []
    for row in rows:
        held = connection.exec_driver_sql(_HELD, (row[1],)).first()
        place = _free_row(connection, row[0]) if held is None else held[0]
        if held is None or held[1] != row[6]:
            changed.append((place, row[6]))
        if held is not None and held[1] != row[6]:
            gone.append((place,))
        if held is None:  # taken at once: the next row may want the same place
            write_rows(connection, insert_sql(documents), [(place, *row[1:])])
        else:
            placed.append((place, *row[1:]))
    write_rows(connection, _UNINDEX, gone)
    write_rows(connection, put_sql(documents), placed)
    write_rows(connection, _INDEX, changed)


def leave_merging_to_idle_hours(connection: Connection) -> None:
    """From now on only ``merge_words`` merges the index; writes nothing where that is so already."""
    kept = {row[0]: row[1] for row in connection.exec_driver_sql("SELECT k, v FROM document_words_config")}
    for name, value in _SETTINGS.items():
        if kept.get(name) != value:
            connection.exec_driver_sql(_SET, (name, value))


def merge_words(connection: Connection, pages: int) -> bool:
    """Merge about ``pages`` pages of the index where four pieces of one size stand; False: nothing to do."""
    before = _changes(connection)
    connection.exec_driver_sql(_SET, ("merge", pages))
    return _changes(connection) - before >= 2  # one is the command itself (sqlite.org/fts5.html, 6.9)


def _write_fresh(connection: Connection, rows: list[Row]) -> None:
    """All of ``rows`` whose place is free, at once; then the few others, each on its next free place.

    Asks by place alone: the index by subject is made when everything is written.
    """
    before = _changes(connection)
    write_rows(connection, f"{insert_sql(documents)} ON CONFLICT (id) DO NOTHING", rows)
    if _changes(connection) - before < len(rows):
        rows = [_placed(connection, row) for row in rows]
    write_rows(connection, _INDEX, [(row[0], row[6]) for row in rows])


def _placed(connection: Connection, row: Row) -> Row:
    """``row`` where it stands now; written to the next free place when another subject has its own."""
    there = connection.exec_driver_sql("SELECT subject FROM documents WHERE id = ?", (row[0],)).scalar_one()
    if there == row[1]:
        return row
    moved = (_free_row(connection, row[0]), *row[1:])
    write_rows(connection, insert_sql(documents), [moved])
    return moved


def _changes(connection: Connection) -> int:
    return int(connection.exec_driver_sql("SELECT total_changes()").scalar_one())


def _free_row(connection: Connection, place: int) -> int:
    while connection.exec_driver_sql("SELECT 1 FROM documents WHERE id = ?", (place,)).first():
        place = place + 1 & 2**63 - 1
    return place


def drop_documents(connection: Connection, subjects: Sequence[EntryId]) -> None:
    """Take redacted subjects out of table and index."""
    for subject in subjects:
        row = connection.exec_driver_sql("SELECT id FROM documents WHERE subject = ?", (subject.key,)).first()
        if row is not None:
            connection.exec_driver_sql(_UNINDEX, (row[0],))
            connection.exec_driver_sql("DELETE FROM documents WHERE id = ?", (row[0],))
