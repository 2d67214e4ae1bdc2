"""What opens a backup on another PC: the store's key and the device's secret as text for the safe.

Twenty-seven groups of four letters and digits without I, L, O and U; the last bytes are a check, so that a
mistyped group is told before anything is tried. Whoever has it and a backup has everything (decision 037).
"""

from __future__ import annotations

import hashlib
from typing import Final, NamedTuple

from counter_app.domain.errors import DomainError

_LETTERS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MEANT: Final = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None, "\n": None, "\r": None})
_CHECK: Final = 3
_BYTES: Final = 64 + _CHECK
_SIGNS: Final = 108


class RecoveredKeys(NamedTuple):
    """32 bytes each."""

    store_key: bytes
    device_secret: bytes


def write_recovery_key(keys: RecoveredKeys) -> str:
    """``7K3M-9Q2T-…``, 27 groups."""
    secret = keys.store_key + keys.device_secret
    number = int.from_bytes(secret + _check(secret)) << (_SIGNS * 5 - _BYTES * 8)
    signs = [_LETTERS[number >> 5 * place & 31] for place in reversed(range(_SIGNS))]
    return "-".join("".join(signs[at : at + 4]) for at in range(0, _SIGNS, 4))


def read_recovery_key(text: str) -> RecoveredKeys:
    """The keys of a text, in any case and spacing. Raises DomainError ``recovery.mistyped``."""
    signs = text.upper().translate(_MEANT).strip()
    if len(signs) != _SIGNS or any(sign not in _LETTERS for sign in signs):
        raise _mistyped()
    number = 0
    for sign in signs:
        number = number << 5 | _LETTERS.index(sign)
    spare = _SIGNS * 5 - _BYTES * 8
    if number & ((1 << spare) - 1):
        raise _mistyped()
    found = (number >> spare).to_bytes(_BYTES)
    secret = found[:-_CHECK]
    if _check(secret) != found[-_CHECK:]:
        raise _mistyped()
    return RecoveredKeys(secret[:32], secret[32:])


def _check(secret: bytes) -> bytes:
    return hashlib.sha256(b"commune-counter recovery key 1" + secret).digest()[:_CHECK]


def _mistyped() -> DomainError:
    return DomainError(
        "Khóa khôi phục gõ chưa đúng.",
        "Khóa có 27 nhóm, mỗi nhóm 4 chữ số hoặc chữ cái; mã kiểm tra không khớp.",
        "So lại từng nhóm với tờ giấy trong két, rồi gõ lại.", code="recovery.mistyped",
        title_en="The recovery key is not typed right.",
        meaning_en="It has 27 groups of 4 digits or letters; the check does not agree.",
        remedy_en="Compare each group with the paper in the safe, then type it again.",
    )  # fmt: skip
