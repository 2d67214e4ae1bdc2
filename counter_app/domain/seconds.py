"""The second person: who may be it, what his signature covers, whether it is his.

The author's own signature lies beside the entry; the second person's lies inside the body, over the body
with an empty ``second_seal``, the number of its kind and its main subject, so that it cannot be shown for
another act or another line. Who signs never reads hexadecimal: the screen shows him the act in words.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import NamedTuple, TypeVar

import msgspec

from counter_app.domain.errors import DomainError
from counter_app.domain.field_types import Body
from counter_app.domain.kinds import BY_BODY
from counter_app.domain.organisation import roles
from counter_app.domain.organisation.state import OfficialState
from sync.protocol.journals.codec import encode_body
from sync.protocol.naming.ids import SELF, EntryId
from sync.protocol.naming.keys import Purpose, verify
from sync.protocol.refusals import NotAuthentic

_MARK = b"second person "


B = TypeVar("B", bound=Body)


class Second(NamedTuple):
    """The second person at the counter: his state, and his key opened by his PIN for this one act.

    ``sign(message)`` is ``SigningKey.sign(Purpose.OFFICIAL, message)`` of his key.
    """

    official: OfficialState
    sign: Callable[[bytes], bytes]


def second_message(body: Body, subject: EntryId = SELF) -> bytes:
    """What the second person signs (46 bytes): a mark, and SHA-256 of kind, main subject and unsigned body.

    ``subject`` is SELF when the entry begins its own subject. Never 32 bytes long, so it is no entry's seal.
    """
    unsigned = encode_body(msgspec.structs.replace(body, second_seal=b""))
    kind = BY_BODY[type(body)].number
    place = kind.to_bytes(2, "big") + subject.journal.to_bytes(4, "big") + subject.seq.to_bytes(8, "big")
    return _MARK + hashlib.sha256(place + unsigned).digest()


def countersign(
    body: B, subject: EntryId, author: OfficialState, second: Second, act: str = roles.TWO_PERSONS_SECOND
) -> B:
    """``body`` with the second person named and his signature over it, after every check.

    Raises DomainError ``second.same_person``, ``second.not_signed`` or what ``roles.may`` says of ``act``.
    """
    if second.official.id == author.id:
        raise _same_person(author)
    roles.require(second.official, act)
    named = msgspec.structs.replace(body, second=second.official.id, second_seal=b"")
    signed = msgspec.structs.replace(named, second_seal=second.sign(second_message(named, subject)))
    if refused := check_second(signed, subject, author.id, second.official, act):
        raise refused
    return signed


def check_second(
    body: Body,
    subject: EntryId,
    author: EntryId | None,
    second: OfficialState | None,
    act: str = roles.TWO_PERSONS_SECOND,
) -> DomainError | None:
    """Why the second person of ``body`` does not count, or None; the hub asks the same.

    ``second`` is the state of the official whom the body names; any key he ever had may have signed.
    Codes ``second.missing``, ``second.unknown``, ``second.same_person``, ``second.not_signed``, ``role.*``.
    """
    named: EntryId | None = getattr(body, "second", None)
    seal: bytes = getattr(body, "second_seal", b"")
    if named is None:
        return _refusal("missing", "Việc này cần người thứ hai xác nhận.", "This act needs a second person.")
    if second is None or second.id != named:
        return _refusal("unknown", "Máy này chưa biết người thứ hai.", "The second person is not known here.")
    if author == named:
        return _same_person(second)
    if refused := roles.may(second, act):
        return refused
    message = second_message(body, subject)
    if any(signed_second(key, message, seal) for _, key in second.keys):
        return None
    return _refusal(
        "not_signed",
        f"Chữ ký của {second.name} không khớp với việc này.",
        f"The signature of {second.name} does not fit this act.",
    )


def signed_second(key: bytes, message: bytes, seal: bytes) -> bool:
    """True if ``seal`` is the signature of ``key``'s owner over ``message`` (``second_message``)."""
    try:
        verify(key, Purpose.OFFICIAL, message, seal)
    except NotAuthentic:
        return False
    return True


def _same_person(official: OfficialState) -> DomainError:
    return _refusal(
        "same_person",
        f"{official.name} không thể tự xác nhận việc của mình.",
        f"{official.name} cannot confirm his own act.",
    )


def _refusal(code: str, title: str, title_en: str) -> DomainError:
    return DomainError(
        title,
        "Việc này phải có hai người chịu trách nhiệm.",
        "Mời người có quyền khác nhập mã PIN của mình.",
        "second",
        code=f"second.{code}",
        title_en=title_en,
        meaning_en="Two persons answer for this act.",
        remedy_en="Ask another person who has the right to enter his PIN.",
    )
