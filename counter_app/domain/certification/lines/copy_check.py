"""What a scanned copy's QR is worth, from what this PC holds: the words of ``sync.md`` 4.

A number of a lost PC, or one not yet sent, is never called annulled: the paper in a citizen's hand may be
the only evidence of it.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from counter_app.domain.certification.lines.line_state import LineState
from counter_app.domain.certification.state import ANNULLED, NUMBERED, STRUCK
from counter_app.domain.registers.spans import holds
from counter_app.domain.registers.state import RegisterState
from sync.protocol.journals.copy_code import CopyCode, digest_of_words
from sync.protocol.journals.copy_verdict import ALTERED as ALTERED
from sync.protocol.journals.copy_verdict import ANNULLED_COPY as ANNULLED_COPY
from sync.protocol.journals.copy_verdict import NOT_SENT as NOT_SENT
from sync.protocol.journals.copy_verdict import RECOVERING as RECOVERING
from sync.protocol.journals.copy_verdict import STRUCK_COPY as STRUCK_COPY
from sync.protocol.journals.copy_verdict import UNCONFIRMED as UNCONFIRMED
from sync.protocol.journals.copy_verdict import UNKNOWN as UNKNOWN
from sync.protocol.journals.copy_verdict import VALID as VALID

REGISTER_CODES: dict[str, int] = {
    "copy": 1,
    "signature": 2,
    "translator": 3,
    "transaction": 4,
    "electronic": 5,
}
"""Register kinds as one byte of the QR; never renumbered."""


class Verdict(NamedTuple):
    """``kind`` is one of the constants above; title and meaning in both languages."""

    kind: str
    title: str
    meaning: str
    title_en: str
    meaning_en: str


def copy_code_of(line: LineState, unit: str, journal: int, register: str = "copy") -> CopyCode:
    """What the QR on the copies of ``line`` says; ``journal`` is the device that signs it."""
    return CopyCode(
        unit=unit,
        journal=journal,
        register=REGISTER_CODES[register],
        year=line.year,
        number=line.number,
        day=date(line.day // 10_000, line.day // 100 % 100, line.day % 100),
        copies=line.copies,
        words=digest_of_words(line.original_name),
    )


def describe_copy(
    code: CopyCode,
    *,
    authentic: bool | None,
    line: LineState | None,
    register: RegisterState | None,
) -> Verdict:
    """The verdict on a code that could be read.

    ``authentic`` is None when this PC lacks the key of the device that signed; ``line`` is the line of that
    number in that register-year, ``register`` the register-year as held here (None: not held).
    """
    if authentic is False:
        return forged()
    if line is not None:
        return _against_line(code, line, authentic)
    if authentic is None:
        return _no_key()
    return _without_line(code, register)


def _against_line(code: CopyCode, line: LineState, authentic: bool | None) -> Verdict:
    differs = _differences(code, line)
    if differs:
        return Verdict(
            ALTERED,
            "Bản sao không khớp với sổ.",
            f"Khác ở: {', '.join(vi for vi, _ in differs)}. Giữ bản sao và báo lãnh đạo.",
            "The copy does not agree with the register.",
            f"It differs in: {', '.join(en for _, en in differs)}. Keep the copy and tell the supervisor.",
        )
    if line.state == ANNULLED:
        return Verdict(
            ANNULLED_COPY,
            f"Số {line.shown_number} đã huỷ bỏ giá trị.",
            f"{line.act_number}, ngày {shown_day(line.act_date)}: {line.words}",
            f"Number {line.shown_number} was annulled.",
            f"{line.act_number} of {shown_day(line.act_date)}: {line.words}",
        )
    if line.state == STRUCK:
        return Verdict(
            STRUCK_COPY,
            f"Số {line.shown_number} là số gạch.",
            f"Bản này không được ký, đóng dấu: {line.words}",
            f"Number {line.shown_number} is struck.",
            f"This paper was not signed and sealed: {line.words}",
        )
    if authentic is None:
        return _no_key()
    if line.state == NUMBERED:
        return Verdict(
            UNCONFIRMED,
            f"Sổ có số {line.shown_number}; chưa xác nhận đã ký, đóng dấu.",
            "Xem chữ ký và dấu trên giấy.",
            f"The register has number {line.shown_number}; ink and seal are not confirmed yet.",
            "Look at the signature and the seal on the paper.",
        )
    return Verdict(
        VALID,
        f"Bản sao đúng với sổ: số {line.shown_number}, ngày {shown_day(line.day)}.",
        f"{line.original_name}; {line.copies} bản; {line.signatory_line}.",
        f"The copy agrees with the register: number {line.shown_number} of {shown_day(line.day)}.",
        f"{line.original_name}; {line.copies} copies; {line.signatory_line}.",
    )


def _differences(code: CopyCode, line: LineState) -> list[tuple[str, str]]:
    """What the code and the line do not agree in; both languages."""
    fields = (
        (code.day.year * 10_000 + code.day.month * 100 + code.day.day == line.day, "ngày", "day"),
        (code.copies == line.copies, "số bản sao", "number of copies"),
        (code.words == digest_of_words(line.original_name), "tên bản chính", "name of the original"),
    )
    return [(vi, en) for same, vi, en in fields if not same]


def _without_line(code: CopyCode, register: RegisterState | None) -> Verdict:
    if register is None or code.number > register.last_number:
        return not_sent()
    if holds(register.unknown, code.number) or _is_voided(register, code.number):
        return recovering()
    if any(holds(recovery.rebuilt, code.number) for recovery in register.recoveries):
        return Verdict(
            VALID,
            f"Sổ có số {code.number}/{code.year}, khôi phục từ giấy tờ làm chứng.",
            "Đối chiếu bản này với dòng trong sổ.",
            f"The register has number {code.number}/{code.year}, rebuilt from evidence.",
            "Compare this copy with the line of the register.",
        )
    if register.missing_lines:
        return not_sent()
    return Verdict(
        UNKNOWN,
        f"Sổ không có số {code.number}/{code.year}.",
        "Giữ bản sao và báo lãnh đạo.",
        f"The register has no number {code.number}/{code.year}.",
        "Keep the copy and tell the supervisor.",
    )


def _is_voided(register: RegisterState, number: int) -> bool:
    """A number voided with minutes for lack of evidence: this copy is evidence."""
    return any(holds(recovery.voided, number) for recovery in register.recoveries)


def recovering() -> Verdict:
    """The number waits to be settled after a PC was lost."""
    return Verdict(
        RECOVERING,
        "Chữ ký đúng; sổ đang khôi phục.",
        "Bản sao này giúp khôi phục số: ghi lại, trả bản cho người dân.",
        "The signature is right; the register is being recovered.",
        "This copy helps to recover the number: note it down, give it back.",
    )


def not_sent() -> Verdict:
    """The number lies beyond what is held here."""
    return Verdict(
        NOT_SENT,
        "Chữ ký đúng; máy của xã chưa gửi về tỉnh.",
        "Số này chưa về đến đây. Hỏi lại sau, hoặc gọi xã đã cấp.",
        "The signature is right; the commune's PC has not sent it to the province.",
        "This number has not arrived here. Ask again later, or call the commune that gave it.",
    )


def forged() -> Verdict:
    """The signature is wrong."""
    return Verdict(
        ALTERED,
        "Mã trên bản sao đã bị sửa, hoặc không do máy của xã in.",
        "Giữ bản sao và báo lãnh đạo.",
        "The code on the copy was altered, or no PC of the commune printed it.",
        "Keep the copy and tell the supervisor.",
    )


def _no_key() -> Verdict:
    return Verdict(
        UNKNOWN,
        "Chưa kiểm tra được mã này.",
        "Máy này không có khóa của máy đã in. Cần nối tỉnh (mạng hoặc tệp).",
        "This code cannot be checked yet.",
        "This PC lacks the key of the PC that printed it. Meet the province (line or file).",
    )


def shown_day(day: int) -> str:
    """``22/11/2026`` of ``yyyymmdd``."""
    return f"{day % 100:02d}/{day // 100 % 100:02d}/{day // 10_000}"
