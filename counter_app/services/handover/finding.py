"""Requests a person comes for: by slip, receipt, copy, card, number or name."""

from __future__ import annotations

from sqlalchemy import Connection

from counter_app.domain.card_qr import parse_card_qr
from counter_app.domain.certification.state import RequestState
from counter_app.domain.codes import ScanKind, classify_scan
from counter_app.domain.errors import DomainError
from counter_app.services.groups.handing import requests_of_code
from counter_app.services.search.resolve import request_of
from counter_app.services.workplace import Workplace
from counter_app.storage.queries import requests as request_queries
from counter_app.storage.search import search
from sync.protocol.naming.ids import EntryId

MOST = 20


def find(connection: Connection, work: Workplace, text: str) -> list[RequestState]:
    """What was meant, open requests first. Raises DomainError ``return.none``, ``card.*``."""
    one = request_of(connection, work, text)
    if one is not None:
        return [work.state(connection, one)]
    if together := requests_of_code(connection, work, text):
        return [work.state(connection, request) for request in together]
    scan = classify_scan(text)
    if scan.kind in (ScanKind.REQUEST, ScanKind.RECEIPT):
        raise _elsewhere()
    ids = _of_person(connection, text, scan.kind)
    if not ids:
        raise _nothing()
    states: list[RequestState] = [work.state(connection, request) for request in dict.fromkeys(ids)]
    return sorted(states, key=lambda state: (not any(o.is_open for o in state.originals), -state.taken_at))


def _of_person(connection: Connection, text: str, kind: ScanKind) -> list[EntryId]:
    number = "".join(text.split())
    if kind is ScanKind.IDENTITY_CARD:
        number = parse_card_qr(text).card.number
    rows = request_queries.requests_of_number(connection, number, MOST)
    if rows or kind in (ScanKind.IDENTITY_CARD, ScanKind.PERSONAL_NUMBER):
        return [row.id for row in rows]
    return [hit.subject for hit in search(connection, text, MOST, "request")]


def _nothing() -> DomainError:
    return DomainError(
        "Không thấy hồ sơ nào.", "Máy này chưa có hồ sơ của mã hoặc người này.",
        "Quét thẻ căn cước của người nhận, hoặc gõ họ tên.", "search", code="return.none",
        title_en="No request is found.", meaning_en="This PC holds none of this code or person.",
        remedy_en="Scan the card of the person, or type the name.",
    )  # fmt: skip


def _elsewhere() -> DomainError:
    return DomainError(
        "Phiếu này chưa có trên máy này.", "Phiếu của quầy khác, chưa nhận được dữ liệu.",
        "Nhận dữ liệu của quầy đó (mạng hoặc tệp), hoặc trả tại quầy đó.", "search", code="return.none",
        title_en="This slip is not on this PC yet.", meaning_en="It is another counter's.",
        remedy_en="Receive that counter's data, or hand over there.",
    )  # fmt: skip
