"""Format 2 of the exchange: the same request and answer with nothing said twice (``exchange`` has format 1).

Request: 'CCX' || 2 || unit as a number || sender's journal || sender's clock (ms) || most KiB wanted back
|| the newest generation of dictionary the sender has || brief vector || a bundle without its first four
bytes, or nothing || tag. Brief vector: the counters' journals as in a vector, without digest; how many of
the province's journals follow, each as its code and seq; digest. Code: (life - 1) * 2, plus 1 for the unit's
journal, 0 for ``common``; rising.
Answer to it: 0xF8 || flags and the rest as in format 1, but the hub's clock counts from the request's,
signed. 0xF8 begins no text in UTF-8 and no page of a captive portal.

Format 3, tight: request as in format 2, but most KiB wanted back is followed by one bit, the lowest, that
says whether another number follows it: how many KiB are on the way already, in the answer to the request
before this one. The hub leaves out what an answer of so many to this vector would hold, so that a second
answer leaves it while the first is on the line. Its bundle may be tight (``carrying.lean``).

A hub of before answers formats 2 and 3 with the refusal ``newer-format``; the sender then uses the one below.
"""

from __future__ import annotations

from sync.protocol.carrying.bundle import MAX_BUNDLE_BYTES
from sync.protocol.carrying.vector import MAX_JOURNALS, VECTOR_DIGEST_BYTES, Vector
from sync.protocol.carrying.wire import Reader, put_varint
from sync.protocol.naming.ids import (
    FIRST_LIFE,
    MAX_JOURNAL,
    MAX_LIFE,
    MAX_SEQ,
    common_journal,
    is_province,
    life_of,
    unit_journal,
)
from sync.protocol.refusals import Malformed

BRIEF, TIGHT = 2, 3
ANSWER_MARK = b"\xf8"
MAX_GENERATION = 255
KIB = 1024
MAX_WANT_KIB = MAX_BUNDLE_BYTES // KIB


def can_be_brief(vector: Vector, unit: str) -> bool:
    """Whether the province's journals in ``vector`` are ``common`` and those of ``unit`` alone."""
    provinces = (journal for journal in vector.positions if is_province(journal))
    return all(
        journal in (common_journal(life_of(journal)), unit_journal(unit, life_of(journal)))
        for journal in provinces
    )


def put_brief_vector(out: bytearray, vector: Vector, unit: str) -> None:
    """Append the brief form. Raises ValueError for a province's journal of another unit."""
    counters = sorted(journal for journal in vector.positions if not is_province(journal))
    put_varint(out, len(counters))
    before = 0
    for journal in counters:
        put_varint(out, journal - before)
        put_varint(out, vector.positions[journal])
        before = journal
    codes = sorted((_code(journal, unit), journal) for journal in vector.positions if is_province(journal))
    put_varint(out, len(codes))
    for code, journal in codes:
        put_varint(out, code)
        put_varint(out, vector.positions[journal])
    out += vector.digest


def take_brief_vector(reader: Reader, unit: str) -> Vector:
    """Read a brief vector. Raises Malformed for journals out of order, empty positions, too many of them."""
    positions: dict[int, int] = {}
    journal = 0
    for _ in range(reader.varint(MAX_JOURNALS)):
        step, seq = reader.varint(MAX_JOURNAL), reader.varint(MAX_SEQ)
        journal += step
        if not step or not seq or journal > MAX_JOURNAL or is_province(journal):
            raise Malformed("a brief vector names counters' journals once, in order, from seq 1")
        positions[journal] = seq
    before = -1
    for _ in range(reader.varint(2 * MAX_LIFE)):
        code, seq = reader.varint(2 * MAX_LIFE - 1), reader.varint(MAX_SEQ)
        if code <= before or not seq:
            raise Malformed("a brief vector names the province's journals once, in order, from seq 1")
        positions[_journal(code, unit)] = seq
        before = code
    return Vector(dict(sorted(positions.items())), reader.take(VECTOR_DIGEST_BYTES))


def _code(journal: int, unit: str) -> int:
    life = life_of(journal)
    of_unit = journal == unit_journal(unit, life)
    if not of_unit and journal != common_journal(life):
        raise ValueError(f"journal {journal} is none of unit {unit}")
    return (life - FIRST_LIFE) * 2 + of_unit


def _journal(code: int, unit: str) -> int:
    life = FIRST_LIFE + code // 2
    return unit_journal(unit, life) if code % 2 else common_journal(life)
