"""A head's account when its password is lost and no other head is at hand.

Two named officials of the unit witness the new key, or one of them under the province's act. What ``law.md``
7 says of two persons is carried over to this; no text of law was found for it [U]. The province asks the
head about every recovery that it did not allow itself.
"""

from __future__ import annotations

import msgspec

from counter_app.domain.drafting import draft
from counter_app.domain.errors import DomainError
from counter_app.domain.organisation import roles
from counter_app.domain.organisation.decisions import Drafts, ground_missing
from counter_app.domain.organisation.entries import KeyRecovered, RecoveryAllowed
from counter_app.domain.organisation.state import OfficialState, Permit
from counter_app.domain.seconds import Second, second_message
from sync.protocol.naming.ids import EntryId

TRUSTED = (roles.TWO_PERSONS_FIRST, roles.TWO_PERSONS_SECOND, roles.SIGN)
"""Whoever holds one of these rights may witness; with him a technician may, as at the founding of a unit."""


def first_message(body: KeyRecovered, official: EntryId) -> bytes:
    """What the first witness signs (46 bytes): the body with both seals empty, its kind and subject."""
    return second_message(msgspec.structs.replace(body, first_seal=b""), official)


def may_witness(held: tuple[str, ...]) -> bool:
    """True for roles with a right of ``TRUSTED``, and for a technician's."""
    return is_trusted(held) or bool(roles.grade(held, roles.MANAGE_DEVICES))


def is_trusted(held: tuple[str, ...]) -> bool:
    """True when one of ``TRUSTED`` belongs to these roles, under a written act or without."""
    return any(roles.grade(held, act) for act in TRUSTED)


def permit_on(official: OfficialState, day: int) -> Permit | None:
    """The province's act that nobody used yet and that holds on ``day`` (yyyymmdd)."""
    return next((permit for permit in official.allowed if permit.until >= day), None)


def recover_key(
    official: OfficialState, key: bytes, ground: str, first: Second, second: Second | None, day: int
) -> Drafts:
    """The head's new key (32 bytes), witnessed; without ``second`` under the province's act held here.

    Raises DomainError ``recovery.head``, ``.stopped``, ``.witness``, ``.technicians``, ``.alone``,
    ``second.same_person``, ``ground.missing``.
    """
    if not ground.strip():
        raise ground_missing()
    _check_head(official)
    permit = None if second is not None else permit_on(official, day)
    _check_witnesses(official, [one.official for one in (first, second) if one is not None], permit)
    unsigned = KeyRecovered(
        key, ground, first.official.id, b"", second.official.id if second else None, b"",
        permit.entry if permit else None,
    )  # fmt: skip
    body = msgspec.structs.replace(unsigned, first_seal=first.sign(first_message(unsigned, official.id)))
    if second is not None:
        body = msgspec.structs.replace(body, second_seal=second.sign(second_message(body, official.id)))
    return (draft(body, official.id),)


def allow_recovery(official: OfficialState, ground: str, until: int) -> Drafts:
    """The province's act, for its journal of the unit. Raises DomainError ``recovery.head``, ``.stopped``."""
    if not ground.strip():
        raise ground_missing()
    _check_head(official)
    return (draft(RecoveryAllowed(ground.strip(), until), official.id),)


def _check_head(official: OfficialState) -> None:
    if not roles.grade(official.roles, roles.MANAGE_PEOPLE):
        raise DomainError(
            f"{official.name} không phải người đứng đầu.", "Mật khẩu của cán bộ khác do người đứng đầu thay.",
            "Người đứng đầu mở trang Cán bộ, Ctrl+4.", code="recovery.head",
            title_en=f"{official.name} is no head of the unit.",
            meaning_en="A head replaces the passwords of the others.",
            remedy_en="The head opens the page of officials, Ctrl+4.",
        )  # fmt: skip
    if not official.active:
        raise DomainError(
            f"Tài khoản của {official.name} đã dừng.", "Tài khoản đã dừng thì không khôi phục.",
            "Báo tỉnh.", code="recovery.stopped", title_en=f"The account of {official.name} is stopped.",
            meaning_en="A stopped account is not recovered.", remedy_en="Tell the province.",
        )  # fmt: skip


def _check_witnesses(official: OfficialState, witnesses: list[OfficialState], permit: Permit | None) -> None:
    named = [official.id, *(one.id for one in witnesses)]
    if len(set(named)) < len(named):
        raise DomainError(
            "Một người không thể đứng hai tên.", "Người mất mật khẩu và người làm chứng phải khác nhau.",
            "Chọn người khác.", "second", code="second.same_person",
            title_en="One person cannot stand twice.",
            meaning_en="The head and the witnesses must be different persons.",
            remedy_en="Choose another person.",
        )  # fmt: skip
    for one in witnesses:
        if not (one.active and may_witness(one.roles)):
            raise _no_witness(one)
    if len(witnesses) == 1 and permit is None:
        raise DomainError(
            "Cần người làm chứng thứ hai, hoặc văn bản của tỉnh.", "Máy này chưa nhận văn bản nào của tỉnh.",
            "Mời thêm một người, hoặc nối tỉnh (mạng hoặc tệp) rồi làm lại.", "second", code="recovery.alone",
            title_en="A second witness is needed, or the province's act.",
            meaning_en="No act of the province has arrived here.",
            remedy_en="Ask one more person, or meet the province (line or file) and try again.",
        )  # fmt: skip
    if not any(is_trusted(one.roles) for one in witnesses):
        raise DomainError(
            "Kỹ thuật viên không làm chứng một mình.",
            "Phải có một công chức tư pháp, người ký hoặc lãnh đạo.",
            "Mời một người trong số đó.", "first", code="recovery.technicians",
            title_en="Technicians alone are no witnesses.",
            meaning_en="A registrar, a signatory or a head must be one of them.",
            remedy_en="Ask one of these.",
        )  # fmt: skip


def _no_witness(witness: OfficialState) -> DomainError:
    return DomainError(
        f"{witness.name} không làm chứng được việc này.",
        "Làm chứng: tư pháp - hộ tịch, người ký, lãnh đạo, kỹ thuật viên đang làm việc.",
        "Mời người khác.", "first", code="recovery.witness",
        title_en=f"{witness.name} cannot witness this.",
        meaning_en="Witnesses: registrar, signatory, heads, technician at work.",
        remedy_en="Ask another person.",
    )  # fmt: skip
