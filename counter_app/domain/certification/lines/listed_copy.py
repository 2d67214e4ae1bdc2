"""The province's list on a copy, in the words of ``sync.md`` 4: one wording for page, counter and command.

Green is never said of more than the list knows: that the number stands and who signed the code. The paper's
own words, signature and seal are looked at by a person.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from counter_app.domain.certification.lines.copy_check import (
    Verdict,
    not_sent,
    recovering,
    shown_day,
)
from sync.protocol.journals import copy_verdict as of
from sync.protocol.journals.copy_code import CopyCode
from sync.protocol.journals.copy_verdict import ListVerdict


def describe_listed(told: ListVerdict) -> Verdict:
    """Title and meaning in both languages for a verdict of the list."""
    words: Verdict = _WORDS[told.kind](told)
    return words._replace(kind=told.kind)


def _number(told: ListVerdict) -> str:
    code = told.code
    return "" if code is None else f"{code.number:02d}/{code.year}"


def _said(code: CopyCode | None) -> str:
    """Day and number of copies that the code bears, in Vietnamese."""
    return "" if code is None else f"ngày {_of_date(code.day)}, {code.copies} bản"


def _of_date(day: date) -> str:
    return f"{day.day:02d}/{day.month:02d}/{day.year}"


def _valid(told: ListVerdict) -> Verdict:
    day = "" if told.code is None else _of_date(told.code.day)
    copies = 0 if told.code is None else told.code.copies
    return Verdict(
        of.VALID,
        f"Chữ ký đúng: số {_number(told)}, {told.unit_name}.",
        f"Mã ghi {_said(told.code)}. Vẫn nhìn chữ ký và dấu trên giấy.",
        f"The signature is right: number {_number(told)}, {told.unit_name}.",
        f"The code says {day}, copies: {copies}. Still look at signature and seal on the paper.",
    )


def _unconfirmed(told: ListVerdict) -> Verdict:
    return Verdict(
        of.UNCONFIRMED,
        f"Chữ ký đúng; số {_number(told)} chưa xác nhận đã ký, đóng dấu.",
        "Xem chữ ký và dấu trên giấy.",
        f"The signature is right; ink and seal of number {_number(told)} are not confirmed yet.",
        "Look at the signature and the seal on the paper.",
    )


def _annulled(told: ListVerdict) -> Verdict:
    return Verdict(
        of.ANNULLED_COPY,
        f"Số {_number(told)} đã huỷ ngày {shown_day(told.on)}.",
        "Bản sao này không còn giá trị.",
        f"Number {_number(told)} was annulled on {shown_day(told.on)}.",
        "This copy is of no value any more.",
    )


def _struck(told: ListVerdict) -> Verdict:
    return Verdict(
        of.STRUCK_COPY,
        f"Không đúng: số {_number(told)} là số gạch.",
        "Bản này không được ký, đóng dấu.",
        f"Not right: number {_number(told)} is struck.",
        "This paper was not signed and sealed.",
    )


def _unknown(told: ListVerdict) -> Verdict:
    return Verdict(
        of.UNKNOWN,
        f"Không đúng: sổ không có số {_number(told)}.",
        "Giữ bản sao và báo xã đã ghi trên bản.",
        f"Not right: the register has no number {_number(told)}.",
        "Keep the copy and tell the commune named on it.",
    )


def _altered(told: ListVerdict) -> Verdict:
    return Verdict(
        of.ALTERED,
        "Không đúng: mã đã bị sửa, hoặc không do máy của xã in.",
        "Giữ bản sao và báo xã đã ghi trên bản.",
        "Not right: the code was altered, or no PC of the commune printed it.",
        "Keep the copy and tell the commune named on it.",
    )


def _doubled(told: ListVerdict) -> Verdict:
    return Verdict(
        of.DOUBLED,
        f"Chữ ký đúng; số {_number(told)} cấp hai lần, xã đang xử lý.",
        "Không phải bản giả. Hỏi xã đã cấp.",
        f"The signature is right; number {_number(told)} was given twice, the commune is settling it.",
        "Not a forgery. Ask the commune that gave it.",
    )


def _revoked(told: ListVerdict) -> Verdict:
    return Verdict(
        of.REVOKED,
        f"Chữ ký đúng; máy đã in bị thu hồi ngày {shown_day(told.on)}.",
        f"Đối chiếu số {_number(told)} với sổ của xã.",
        f"The signature is right; the PC that printed it was revoked on {shown_day(told.on)}.",
        f"Compare number {_number(told)} with the commune's register.",
    )


def _no_key(told: ListVerdict) -> Verdict:
    return Verdict(
        of.NO_KEY,
        "Danh sách này chưa có máy đã in.",
        "Lấy danh sách mới hơn của tỉnh rồi quét lại; vẫn vậy thì hỏi xã đã cấp.",
        "This list does not know the PC that printed it.",
        "Get a newer list of the province and scan again; if it stays so, ask the commune.",
    )


def _other_province(told: ListVerdict) -> Verdict:
    unit = "" if told.code is None else told.code.unit
    return Verdict(
        of.OTHER_PROVINCE,
        f"Danh sách này không có đơn vị {unit}.",
        "Bản sao của tỉnh khác, hoặc danh sách cũ. Kiểm tra ở nơi đã cấp.",
        f"This list does not know unit {unit}.",
        "A copy of another province, or an old list. Check where it was made.",
    )


def _not_a_copy(told: ListVerdict) -> Verdict:
    return Verdict(
        of.NOT_A_COPY,
        "Đây không phải mã của bản sao chứng thực.",
        "Quét mã QR cạnh lời chứng.",
        "This is not the code of a certified copy.",
        "Scan the QR beside the certification.",
    )


def _newer(told: ListVerdict) -> Verdict:
    return Verdict(
        of.NEWER_CODE,
        "Mã của bản chương trình mới hơn.",
        "Cập nhật chương trình rồi quét lại.",
        "The code of a newer version.",
        "Update the program, then scan again.",
    )


def _unreadable(told: ListVerdict) -> Verdict:
    return Verdict(
        of.UNREADABLE,
        "Không đúng: mã trên bản sao bị hỏng hoặc bị sửa.",
        "Quét lại; vẫn vậy thì giữ bản sao và báo xã đã ghi trên bản.",
        "Not right: the code on the copy is damaged or was altered.",
        "Scan again; if it stays so, keep the copy and tell the commune named on it.",
    )


_WORDS: dict[str, Callable[[ListVerdict], Verdict]] = {
    of.VALID: _valid,
    of.UNCONFIRMED: _unconfirmed,
    of.ANNULLED_COPY: _annulled,
    of.STRUCK_COPY: _struck,
    of.UNKNOWN: _unknown,
    of.DOUBLED: _doubled,
    of.REVOKED: _revoked,
    of.NO_KEY: _no_key,
    of.OTHER_PROVINCE: _other_province,
    of.NOT_A_COPY: _not_a_copy,
    of.NEWER_CODE: _newer,
    of.UNREADABLE: _unreadable,
    of.ALTERED: _altered,
    of.NOT_SENT: lambda _: not_sent(),
    of.RECOVERING: lambda _: recovering(),
}
