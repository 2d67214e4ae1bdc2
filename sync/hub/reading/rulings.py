"""The province's questions: asked once for each ``(entry, code)``, in the unit's province journal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection, select

from counter_app.domain.certification.entries import LotNumbered
from counter_app.domain.certification.taking_in.fees import copy_fee, signature_fee
from counter_app.domain.certification.taking_in.matters import COPY, OF_SIGNATURES
from counter_app.domain.dossiers.entries import DossierStopped, DueExtended
from counter_app.domain.errors import DomainError
from counter_app.domain.folding.aggregate import Folded
from counter_app.domain.folding.fact import Fact
from counter_app.domain.kinds import BY_BODY, BY_NUMBER
from counter_app.domain.money.fee_table import FeeTable, parse_fee_table
from counter_app.domain.organisation.entries import KeyRecovered, OfficialRecorded
from counter_app.domain.province.aggregates import in_force
from counter_app.domain.province.entries import DataPut
from counter_app.domain.province.state import DataState
from counter_app.domain.questions.decisions import ask
from counter_app.domain.rulings.checks import Fee, Surroundings, questions_about
from sync.hub.tables import journals, schema
from sync.hub.tables.engine import among, in_chunks, note, remove
from sync.protocol.journals.codec import decode_body
from sync.protocol.journals.entry import Draft, Entry
from sync.protocol.journals.system_kinds import EntryQuestioned, SystemKind
from sync.protocol.naming.ids import EntryId, device_of, is_province
from sync.protocol.refusals import Malformed

PATIENCE_MS = 24 * 3_600_000
"""How long an entry may wait for what it names before the province asks all the same."""
FEES = "fees"
_DATA_PUT = 450


def named_by(fact: Fact) -> tuple[EntryId, ...]:
    """Subjects that a question about ``fact`` looks at."""
    named = [*fact.facts.subjects, fact.facts.actor, getattr(fact.body, "second", None)]
    if isinstance(fact.body, KeyRecovered):
        named.append(fact.body.first)
    if isinstance(fact.body, LotNumbered):
        named += [fact.body.signatory, fact.body.delegation]
    elif isinstance(fact.body, DueExtended | DossierStopped):
        named.append(fact.body.delegation)
    return tuple(dict.fromkeys(subject for subject in named if subject is not None))


def is_premature(fact: Fact, around: Surroundings) -> bool:
    """Something ``fact`` names has not arrived, or waits itself: asking now could be unjust."""
    if fact.body is None or fact.facts.kind not in BY_NUMBER:
        return False
    for subject in named_by(fact):
        folded = around.subjects.get(subject)
        if folded is None or fact.id in folded.waiting or (folded.state is None and not folded.redacted):
            return True
    return False


def fee_table(connection: Connection) -> Fee | None:
    """The fees of copies and signatures by the tables in force, None while the province has put none."""
    versions = []
    for entry in journals.entries_of_kinds(connection, journals.COMMON, [_DATA_PUT]):
        try:
            body = decode_body(DataPut, entry.body or b"")
        except Malformed:
            continue
        versions.append(
            DataState(entry.id, body.name, body.valid_from, body.content, body.source, entry.facts.at)
        )
    if not any(version.name == FEES for version in versions):
        return None
    tables: dict[EntryId, FeeTable | None] = {}

    def fee(register: str, pages: int, copies: int, day: int) -> int | None:
        version = in_force(versions, FEES, day)
        if version is None:
            return None
        if version.id not in tables:
            tables[version.id] = _parsed(version.content)
        table = tables[version.id]
        try:
            on = date(day // 10_000, day // 100 % 100, day % 100)
            return None if table is None else _due(table, register, pages, copies, on)
        except (DomainError, ValueError):
            return None

    return fee


def _due(table: FeeTable, register: str, pages: int, copies: int, on: date) -> int | None:
    """As the counter counts it; nothing is asked about a register whose fees this version does not know."""
    if register in OF_SIGNATURES:
        return signature_fee(table, copies, on).amount
    return copy_fee(table, pages, copies, on).amount if register == COPY else None


def _parsed(content: bytes) -> FeeTable | None:
    try:
        return parse_fee_table(content)
    except DomainError:
        return None


def drafts_of_questions(
    connection: Connection, unit: str, facts: Sequence[Fact], subjects: dict[EntryId, Folded]
) -> list[Draft]:
    """What is to be asked about ``facts`` of ``unit`` and was not asked before."""
    around = Surroundings(subjects, fee_table(connection), founded_again(connection, unit, facts))
    found: dict[tuple[EntryId, str], Draft] = {}
    for fact in facts:
        if is_province(fact.id.journal):
            continue
        for question in questions_about(fact, around):
            main = fact.facts.subjects[0]
            found[fact.id, question.code] = ask(
                fact.id, main, question.code, question.field, question.words, question.theirs
            )
    asked = asked_about(connection, [entry for entry, _ in found])
    return [draft for (entry, code), draft in sorted(found.items()) if (entry.key, code) not in asked]


def founded_again(connection: Connection, unit: str, facts: Sequence[Fact]) -> frozenset[EntryId]:
    """Officials among ``facts`` whom nobody recorded, although another PC had founded ``unit`` before (by
    arrival here), or an official had sealed an act on this PC.
    """
    number = BY_BODY[OfficialRecorded].number
    alone = [fact.id for fact in facts if fact.facts.kind == number and fact.facts.actor is None]
    if not alone:
        return frozenset()
    recorded = journals.entries_of_kinds(connection, unit, [number])
    founders = [entry.id for entry in recorded if entry.facts.actor is None]
    came = _arrivals(connection, [*founders, *alone])

    def is_second(one: EntryId) -> bool:
        others = (other for other in founders if device_of(other.journal) != device_of(one.journal))
        return any(came[other] < came[one] for other in others) or _sealed_before(connection, one)

    return frozenset(filter(is_second, alone))


def _arrivals(connection: Connection, ids: Sequence[EntryId]) -> dict[EntryId, tuple[int, int]]:
    """When each came, and its key: two that came together are told apart by it."""
    entries = schema.entries
    wanted = among(connection, entries.c.key, sorted({one.key for one in ids}))
    rows = connection.execute(select(entries.c.key, entries.c.arrived).where(wanted))
    return {EntryId.from_key(key): (arrived, key) for key, arrived in rows}


def _sealed_before(connection: Connection, one: EntryId) -> bool:
    entries = schema.entries
    first = EntryId(one.journal, 1).key
    sealed = select(entries.c.key).where(entries.c.key.between(first, one.key - 1), entries.c.seal != b"")
    return connection.execute(sealed.limit(1)).first() is not None


def asked_about(connection: Connection, entries: Sequence[EntryId]) -> set[tuple[int, str]]:
    """``(entry key, code)`` of the questions already asked about ``entries``."""
    table = schema.rulings
    asked: set[tuple[int, str]] = set()
    for keys in in_chunks([entry.key for entry in entries]):
        rows = connection.execute(
            select(table.c.entry, table.c.code).where(among(connection, table.c.entry, keys))
        )
        asked.update((row[0], row[1]) for row in rows)
    return asked


def note_questions(connection: Connection, added: Sequence[Entry]) -> None:
    """Remember questions in ``added``: ours just written, or those a restored hub gets back from devices."""
    rows = []
    for entry in added:
        if entry.facts.kind != SystemKind.ENTRY_QUESTIONED or entry.body is None:
            continue
        try:
            body = decode_body(EntryQuestioned, entry.body)
        except Malformed:
            continue
        rows.append({"entry": body.entry.key, "code": body.code, "question": entry.id.key})
    note(connection, schema.rulings, rows)


def postponed(connection: Connection, unit: str) -> dict[int, int]:
    """``{key: since}`` of entries of ``unit`` that wait for their surroundings."""
    table = schema.unruled
    rows = connection.execute(select(table.c.key, table.c.since).where(table.c.unit == unit))
    return {row[0]: row[1] for row in rows}


def postpone(connection: Connection, unit: str, waiting: dict[int, int], ruled: Sequence[int]) -> None:
    """Keep what waits, forget what was ruled."""
    remove(connection, schema.unruled, "key", list(ruled))
    rows = [{"unit": unit, "key": key, "since": since} for key, since in waiting.items()]
    note(connection, schema.unruled, rows)
