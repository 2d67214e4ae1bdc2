"""Search as typed: words without diacritics in any order, numbers, codes, newest first (``ux.md`` 4.7)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from counter_app.domain.fold_text import fold
from counter_app.storage.statements import fetch
from sync.protocol.naming.ids import EntryId

MAX_TOKENS = 8
_GROUPED = (9, 10, 12)
"""Digits of old identity numbers, phones and identity numbers, which people write in groups."""
_FOUND = (
    "SELECT d.subject, d.kind, d.title, d.second, d.day FROM document_words w"
    " JOIN documents d ON d.id = w.rowid WHERE document_words MATCH ?"
)
_NEWEST = "ORDER BY w.rowid DESC LIMIT ?"


@dataclass(frozen=True, slots=True)
class Hit:
    """One hit: ``kind`` request, dossier, line, person, receipt or refusal; ``day`` is a person's birth."""

    subject: EntryId
    kind: str
    title: str
    second: str
    day: int


def match_of(typed: str) -> str:
    """The FTS5 expression for what was typed: every word as a prefix; "" when nothing is to be searched.

    Spaces inside grouped digits are closed (``012 345 678 901``); quotes are doubled, so that nothing typed
    can be read as an operator.
    """
    words = fold(typed).split()
    together = "".join(words)
    if len(together) in _GROUPED and all(word.isdigit() and len(word) <= 4 for word in words):
        words = [together]
    return " ".join('"' + word.replace('"', '""') + '"*' for word in words[:MAX_TOKENS] if _has_text(word))


def _has_text(word: str) -> bool:
    return any(char.isalnum() for char in word)


def search(connection: Connection, typed: str, limit: int = 30, kind: str = "") -> list[Hit]:
    """Hits for what was typed, newest first; ``kind`` narrows. Never raises for what a person types."""
    match = match_of(typed)
    if not match:
        return []
    if kind:
        rows = fetch(connection, f"{_FOUND} AND d.kind = ? {_NEWEST}", (match, kind, limit))
    else:
        rows = fetch(connection, f"{_FOUND} {_NEWEST}", (match, limit))
    return [Hit(EntryId.from_key(row[0]), *row[1:]) for row in rows]


def interrupt(connection: Connection) -> None:
    """Stop a running search of ``connection`` from another thread: the next key was pressed."""
    driver: Any = connection.connection.driver_connection
    driver.interrupt()
