"""What a certified copy's code is worth by the province's list alone: pure, the same for page and counter.

No clock and no I/O: the list was opened and found good before (``check_list``). Words for people are chosen
above, by kind.
"""

from __future__ import annotations

import msgspec

from sync.protocol.journals.check_list import CheckList, ListedDevice, ListedUnit, ListedYear, holds_number
from sync.protocol.journals.copy_code import CopyCode, SignedCopyCode, read_copy_code
from sync.protocol.refusals import NewerFormat, NotAuthentic, NotOurs, Refusal

VALID = "valid"
UNCONFIRMED = "unconfirmed"
ALTERED = "altered"
ANNULLED_COPY = "annulled"
STRUCK_COPY = "struck"
UNKNOWN = "unknown"
NOT_SENT = "not_sent"
RECOVERING = "recovering"
DOUBLED = "doubled"
REVOKED = "revoked"
NO_KEY = "no_key"
OTHER_PROVINCE = "other_province"
NOT_A_COPY = "not_a_copy"
NEWER_CODE = "newer_code"
UNREADABLE = "unreadable"


class ListVerdict(msgspec.Struct, frozen=True):
    """``kind`` is one of the constants above; ``code`` is None where none could be read.

    ``unit_name`` as the list names the unit, "" when it does not know it; ``on`` the day of the annulment or
    revocation (``yyyymmdd``), 0 else.
    """

    kind: str
    code: CopyCode | None = None
    unit_name: str = ""
    on: int = 0


def check(code_text: str, held: CheckList) -> ListVerdict:
    """The verdict of ``held`` on a scanned text. Never raises for what was scanned."""
    try:
        signed = read_copy_code(code_text)
    except NotOurs:
        return ListVerdict(NOT_A_COPY)
    except NewerFormat:
        return ListVerdict(NEWER_CODE)
    except Refusal:
        return ListVerdict(UNREADABLE)
    unit = held.unit(signed.code.unit)
    if unit is None:
        return ListVerdict(OTHER_PROVINCE, signed.code)
    kind, on = _of_unit(signed, unit)
    return ListVerdict(kind, signed.code, unit.name, on)


def _of_unit(signed: SignedCopyCode, unit: ListedUnit) -> tuple[str, int]:
    """Kind and day for a code that names ``unit``."""
    code = signed.code
    device = next((device for device in unit.devices if device.journal == code.journal), None)
    if device is None:
        return NO_KEY, 0
    try:
        signed.verify(device.key)
    except NotAuthentic:
        return ALTERED, 0
    year = next((y for y in unit.years if (y.register, y.year) == (code.register, code.year)), None)
    kind, on = (NOT_SENT, 0) if year is None else _of_number(code.number, year)
    return _by_revoked(code, device, kind, on) if device.revoked_on else (kind, on)


def _of_number(number: int, year: ListedYear) -> tuple[str, int]:
    """What the register-year says of a number; what a person decided stands before what is still open."""
    annulled = next((one for one in year.annulled if one.number == number), None)
    if annulled is not None:
        return ANNULLED_COPY, annulled.on
    if number < year.first:
        return UNKNOWN, 0
    if number > year.upto:
        return (UNKNOWN if year.closed else NOT_SENT), 0
    for kind, packed in (
        (DOUBLED, year.doubled),
        (STRUCK_COPY, year.struck),
        (RECOVERING, year.recovering),
        (NOT_SENT, year.not_sent),
        (UNCONFIRMED, year.unconfirmed),
    ):
        if holds_number(packed, number):
            return kind, 0
    return VALID, 0


def _by_revoked(code: CopyCode, device: ListedDevice, kind: str, on: int) -> tuple[str, int]:
    """A stolen PC's key signs what its thief likes: after the day nothing counts, before it persons compare.

    A day in the code is the signer's own word, so that an earlier one is no proof either.
    """
    if kind in (ANNULLED_COPY, STRUCK_COPY):
        return kind, on
    if code.day.year * 10_000 + code.day.month * 100 + code.day.day > device.revoked_on:
        return ALTERED, 0
    return REVOKED, device.revoked_on
