"""A copy's QR against this PC's journals, offline, in the words of ``sync.md`` 4."""

from __future__ import annotations

from sqlalchemy import Connection

from counter_app.domain.certification.lines.copy_check import REGISTER_CODES, describe_copy
from counter_app.domain.certification.lines.line_state import LineState
from counter_app.domain.certification.lines.listed_copy import describe_listed
from counter_app.domain.dates import short_date, vn_date
from counter_app.services.ports.home import CopyVerdict
from counter_app.services.ports.saying import say
from counter_app.services.registers import held
from counter_app.services.search.resolve import line_of_copy
from counter_app.services.workplace import Workplace
from counter_app.storage.queries import desk as desk_queries
from sync.protocol.journals.check_list import CheckList
from sync.protocol.journals.copy_code import CopyCode, SignedCopyCode, read_copy_code
from sync.protocol.journals.copy_verdict import (
    ALTERED,
    ANNULLED_COPY,
    DOUBLED,
    NOT_SENT,
    RECOVERING,
    REVOKED,
    STRUCK_COPY,
    UNCONFIRMED,
    UNKNOWN,
    VALID,
    ListVerdict,
)
from sync.protocol.journals.copy_verdict import check as by_list
from sync.protocol.naming.ids import EntryId
from sync.protocol.refusals import NewerFormat, NotAuthentic, NotOurs, Refusal

_KINDS = {byte: name for name, byte in REGISTER_CODES.items()}


def check(
    connection: Connection, work: Workplace, text: str, listed: CheckList | None = None
) -> tuple[CopyVerdict, EntryId | None]:
    """What the scanned copy is worth, and the line it shows. Never raises for what was scanned.

    The unit's own register speaks first; ``listed``, the province's list, for other units and where the
    register here does not know: a sibling that this PC has not met may have numbered or annulled.
    """
    try:
        signed = read_copy_code(text)
    except Refusal as refusal:
        return _unreadable(refusal), None
    code = signed.code
    of_list = None if listed is None else by_list(text, listed)
    if code.unit != work.place.unit:
        told = None if of_list is None else _listed(of_list, listed)
        return (told or _other_unit(code)), None
    line = line_of_copy(connection, work, text)
    state: LineState | None = None if line is None else work.state(connection, line.id)
    kind = _KINDS.get(code.register, "")
    verdict = describe_copy(
        code,
        authentic=_authentic(connection, signed),
        line=state,
        register=held.register_now(connection, work, code.year, kind),
    )
    if of_list is not None and _list_knows_more(verdict.kind, of_list.kind):
        return _listed(of_list, listed), None if line is None else line.id
    told = CopyVerdict(
        verdict.kind,
        say(verdict.title, verdict.title_en),
        say(verdict.meaning, verdict.meaning_en),
        _fields(code, state),
    )
    return told, None if line is None else line.id


def _list_knows_more(here: str, of_list: str) -> bool:
    """The province's annulment stands before a register without it; else where this PC knows little."""
    if of_list in (ANNULLED_COPY, STRUCK_COPY):
        return here not in (ANNULLED_COPY, STRUCK_COPY, ALTERED)
    return here in (UNKNOWN, NOT_SENT) and of_list in (VALID, UNCONFIRMED, RECOVERING, REVOKED, DOUBLED)


def _listed(told: ListVerdict, listed: CheckList | None) -> CopyVerdict:
    """The list's word, with its day."""
    words = describe_listed(told)
    fields = () if told.code is None else _fields(told.code, None)
    if told.unit_name:
        fields = ((say("Đơn vị", "Unit"), told.unit_name), *fields)
    if listed is not None:
        issued = short_date(vn_date(listed.issued))
        fields = (*fields, (say("Danh sách của tỉnh", "Province's list"), issued))
    return CopyVerdict(
        told.kind, say(words.title, words.title_en), say(words.meaning, words.meaning_en), fields
    )


def _authentic(connection: Connection, signed: SignedCopyCode) -> bool | None:
    """None when the key of the PC that signed is not held here."""
    public = desk_queries.device_key(connection, signed.code.journal)
    if public is None:
        return None
    try:
        signed.verify(public)
    except NotAuthentic:
        return False
    return True


def _fields(code: CopyCode, line: LineState | None) -> tuple[tuple[str, str], ...]:
    """What the code says, and beside it what the register says."""
    told = [
        (say("Số chứng thực", "Number"), f"{code.number:02d}/{code.year}"),
        (say("Ngày", "Date"), short_date(code.day)),
        (say("Số bản sao", "Copies"), str(code.copies)),
    ]
    if line is not None:
        told += [
            (say("Bản chính", "Original"), line.original_name),
            (say("Người yêu cầu", "Requester"), line.requester_name),
            (say("Người ký", "Signatory"), line.signatory_line),
        ]
    return tuple(told)


def _unreadable(refusal: Refusal) -> CopyVerdict:
    if isinstance(refusal, NotOurs):
        return CopyVerdict(
            "unknown",
            say("Đây không phải mã của bản sao chứng thực.", "This is not the code of a certified copy."),
            say("Quét mã QR cạnh lời chứng.", "Scan the QR beside the certification."),
            (),
        )
    if isinstance(refusal, NewerFormat):
        return CopyVerdict(
            "unknown",
            say("Mã của bản chương trình mới hơn.", "The code of a newer version."),
            say(
                "Cập nhật chương trình trên máy này rồi quét lại.",
                "Update the program here, then scan again.",
            ),
            (),
        )
    return CopyVerdict(
        "altered",
        say("Mã trên bản sao bị hỏng hoặc bị sửa.", "The code on the copy is damaged or was altered."),
        say(
            "Quét lại; vẫn vậy thì giữ bản sao và báo lãnh đạo.",
            "Scan again; if it stays so, keep the copy and tell the supervisor.",
        ),
        (),
    )


def _other_unit(code: CopyCode) -> CopyVerdict:
    return CopyVerdict(
        "unknown",
        say(f"Bản sao của đơn vị khác (mã {code.unit}).", f"A copy of another unit (code {code.unit})."),
        say(
            "Máy này chỉ có sổ của đơn vị mình. Nhận danh sách của tỉnh (tệp *.mcl) rồi quét lại.",
            "This PC holds its own unit's register only. Take the province's list (*.mcl), then scan again.",
        ),
        _fields(code, None),
    )
