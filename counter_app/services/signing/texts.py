"""The texts of a lot, in pile order, each with the copy's signed QR; or the list for the hand stamp."""

from __future__ import annotations

from datetime import date

import msgspec
from sqlalchemy import Connection

from counter_app.domain.certification.lines.copy_check import copy_code_of
from counter_app.domain.certification.lines.line_state import LineState
from counter_app.domain.certification.state import LotState, RequestState
from counter_app.domain.certification.taking_in.matters import COPY
from counter_app.domain.codes import provisional_code
from counter_app.domain.dates import vn_date
from counter_app.domain.organisation.decisions import MEDIUM_OF_TEXTS, policy
from counter_app.domain.registers.state import RegisterState
from counter_app.printing.forms.certification import CertificationPile, CertificationText, Medium
from counter_app.printing.forms.stamp_list import StampLine, StampList
from counter_app.services.papers import forms
from counter_app.services.papers.forms import Paper
from counter_app.services.signing.matter_texts import matter_texts_of
from counter_app.services.workplace import Workplace
from counter_app.storage.this_pc import device
from sync.protocol.journals.copy_code import write_copy_code
from sync.protocol.naming.ids import life_of

OFFSET_X = "overlay.x"
OFFSET_Y = "overlay.y"
_MEDIA = {"overlay": Medium.OVERLAY, "half_sheet": Medium.HALF_SHEET, "label": Medium.LABELS}


def texts_of(
    connection: Connection, work: Workplace, lot: LotState, lines: list[LineState]
) -> tuple[Paper, ...]:
    """The papers of a lot by the unit's medium, or as each row says; ``lines`` in pile order."""
    register: RegisterState = work.state(connection, lot.register)
    medium = policy(work.policies(connection), MEDIUM_OF_TEXTS)
    if register.register != COPY:
        return matter_texts_of(connection, work, lot, lines)
    numbers = f"{lot.first_number}-{lot.last_number}" if lot.count > 1 else f"{lot.first_number}"
    if medium == "stamp":
        data = _stamp_list(connection, work, lot, lines)
        return (Paper(forms.STAMP_LIST, f"Danh sách số {numbers}/{register.year}", data),)
    pile = CertificationPile(
        texts=tuple(_text(work, lot, line, register) for line in lines), medium=_MEDIA[medium],
        marks=work.place.marks(),
    )  # fmt: skip
    pile = msgspec.structs.replace(pile, **_offsets(connection))
    return (Paper(forms.CERTIFICATION, f"Lời chứng số {numbers}/{register.year}", pile),)


def _offsets(connection: Connection) -> dict[str, float]:
    """Where the block stands on a copy, millimetres, as the technician set it for the tray of copies."""
    found = {}
    for name, setting in (("offset_x", OFFSET_X), ("offset_y", OFFSET_Y)):
        value = device.setting(connection, setting)
        if value:
            found[name] = float(value)
    return found


def _text(work: Workplace, lot: LotState, line: LineState, register: RegisterState) -> CertificationText:
    author = work.store.author
    code = copy_code_of(line, work.place.unit, author.journal, register.register)
    return CertificationText(
        number=line.number, book=f"{line.book:02d}", year=line.year, day=_date(line.day),
        place=work.place.received_at, signer_lines=tuple(lot.signatory_line.split(" / ")),
        signer_name=lot.signatory_name, qr_payload=write_copy_code(code, author.key), copies=line.copies,
    )  # fmt: skip


def _stamp_list(connection: Connection, work: Workplace, lot: LotState, lines: list[LineState]) -> StampList:
    request: RequestState = work.state(connection, lines[0].request)
    place = work.place
    code = provisional_code(
        place.unit, place.counter_number, life_of(work.journal), vn_date(lot.numbered_at), request.daily
    )
    rows = tuple(
        StampLine(
            number=line.number, original=line.original_name, requester=line.requester_name,
            copies=line.copies, signer=line.signatory_line,
        )
        for line in lines
    )  # fmt: skip
    return StampList(
        head=place.head, book=f"{lot.book:02d}", year=lines[0].year, day=_date(lot.day),
        pile_code=code.digits,
        lines=rows, marks=place.marks(),
    )  # fmt: skip


def _date(day: int) -> date:
    return date(day // 10_000, day // 100 % 100, day % 100)
