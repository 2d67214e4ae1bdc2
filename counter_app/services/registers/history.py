"""The acts on one register line in words, oldest first, each with its time and person."""

from __future__ import annotations

from sqlalchemy import Connection

from counter_app.domain.arrival.entries import OldLineWritten
from counter_app.domain.certification.entries import (
    LineAnnulled,
    LineCorrected,
    LineNoted,
    LineNumbered,
    LineSigned,
    LineStruck,
    Printed,
)
from counter_app.domain.certification.lines.codes import BY_SCAN
from counter_app.domain.contradictions.entries import ContradictionSettled
from counter_app.domain.dates import moment_text
from counter_app.domain.errors import DomainError
from counter_app.domain.folding.fact import Fact, read_fact
from counter_app.services.ports.saying import counted, say
from counter_app.storage.journals.journal import entries_of
from counter_app.storage.queries import unit as unit_queries
from sync.protocol.naming.ids import EntryId


def history_of(connection: Connection, subject: EntryId) -> tuple[str, ...]:
    """``07:42 20/11/2026 · Vàng Văn Thăng · Cấp số 1776`` and so on. Raises ``subject.unknown``."""
    facts = sorted((read_fact(entry) for entry in entries_of(connection, subject)), key=lambda f: f.place)
    if not facts:
        raise DomainError("Không thấy dòng này.", code="subject.unknown", title_en="No such line.")
    names: dict[EntryId, str] = {}
    for fact in facts:
        if fact.facts.actor is not None and fact.facts.actor not in names:
            row = unit_queries.official(connection, fact.facts.actor)
            names[fact.facts.actor] = "" if row is None else row.name
    return tuple(_sentence(fact, names) for fact in facts)


def _sentence(fact: Fact, names: dict[EntryId, str]) -> str:
    who = "" if fact.facts.actor is None else names.get(fact.facts.actor, "")
    when = moment_text(fact.at, "%H:%M %d/%m/%Y")
    return " · ".join(part for part in (when, who, _act(fact)) if part)


def _act(fact: Fact) -> str:
    """What one entry did."""
    match fact.body:
        case LineNumbered() as body:
            number, name = f"{body.number:02d}/{body.year}", body.original_name
            return say(
                f"Cấp số {number}, {body.copies} bản sao: {name}",
                f"Numbered {number}, {counted(body.copies, 'copy', 'copies')}: {name}",
            )
        case OldLineWritten() as body:
            number = f"{body.number:02d}/{body.year}"
            return say(f"Chép từ sổ cũ số {number}", f"Copied from the old book, number {number}")
        case LineSigned() as body:
            if body.how == BY_SCAN:
                return say("Xác nhận đã ký, đóng dấu (quét phiếu)", "Ink and seal confirmed (slip scanned)")
            return say("Xác nhận đã ký, đóng dấu (cả xấp)", "Ink and seal confirmed (whole pile)")
        case LineStruck() as body:
            return say(f"Gạch số: {body.words}", f"Struck: {body.words}")
        case LineAnnulled() as body:
            return say(
                f"Huỷ bỏ giá trị theo {body.act_number}: {body.words}",
                f"Annulled by {body.act_number}: {body.words}",
            )
        case LineCorrected() as body:
            return say(
                f"Đính chính cột ({body.column}): “{body.now}” thay cho “{body.was}”: {body.words}",
                f"Column ({body.column}) put right: “{body.now}” for “{body.was}”: {body.words}",
            )
        case LineNoted() as body:
            return say(f"Ghi chú: {body.words}", f"Note: {body.words}")
        case ContradictionSettled() as body:
            return say(f"Quyết định việc trùng: {body.words}", f"Contradiction decided: {body.words}")
        case Printed() as body:
            return say(f"Đã in, bản in lần {body.copy_no}", f"Printed, print {body.copy_no}")
        case None:
            if fact.is_newer:
                return say("Mục này cần bản mới để đọc", "A newer version is needed to read this")
            return say("Nội dung đã được xóa theo quy định", "The content was removed as the rules want")
        case _:
            return say("Mục khác", "Another item")
