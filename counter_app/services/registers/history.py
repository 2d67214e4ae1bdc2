"""The acts on one register line in words, oldest first, each with its time and person."""

from __future__ import annotations

from sqlalchemy import Connection

from counter_app.domain.certification.codes import BY_SCAN
from counter_app.domain.certification.entries import (
    LineAnnulled,
    LineNoted,
    LineNumbered,
    LineSigned,
    LineStruck,
    Printed,
)
from counter_app.domain.dates import vn_datetime
from counter_app.domain.errors import DomainError
from counter_app.domain.folding.fact import Fact, read_fact
from counter_app.storage.journal import entries_of
from counter_app.storage.queries import unit as unit_queries
from sync.protocol.ids import EntryId


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
    when = f"{vn_datetime(fact.at):%H:%M %d/%m/%Y}"
    return " · ".join(part for part in (when, who, _act(fact)) if part)


def _act(fact: Fact) -> str:
    """What one entry did."""
    match fact.body:
        case LineNumbered() as body:
            return f"Cấp số {body.number:02d}/{body.year}, {body.copies} bản sao: {body.original_name}"
        case LineSigned() as body:
            how = "quét phiếu" if body.how == BY_SCAN else "cả xấp"
            return f"Xác nhận đã ký, đóng dấu ({how})"
        case LineStruck() as body:
            return f"Gạch số: {body.words}"
        case LineAnnulled() as body:
            return f"Huỷ bỏ giá trị theo {body.act_number}: {body.words}"
        case LineNoted() as body:
            return f"Ghi chú: {body.words}"
        case Printed() as body:
            return f"Đã in, bản in lần {body.copy_no}"
        case None:
            return "Mục này cần bản mới để đọc" if fact.is_newer else "Nội dung đã được xóa theo quy định"
        case _:
            return "Mục khác"
