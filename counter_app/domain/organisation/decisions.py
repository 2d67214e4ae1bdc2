"""What people decide about officials, posts, delegations and settings of the unit.

They are written at the unit and valid at once; the hub may question or suspend them (``sync.md`` 5).
"""

from __future__ import annotations

import re
from typing import NamedTuple

import msgspec

from counter_app.domain.drafting import draft
from counter_app.domain.errors import DomainError
from counter_app.domain.fold_text import nfc
from counter_app.domain.identity import PaperKind, read_identity
from counter_app.domain.organisation import delegations as acts
from counter_app.domain.organisation import roles
from counter_app.domain.organisation.entries import (
    DelegationEnded,
    DelegationRecorded,
    OfficialChanged,
    OfficialKeySet,
    OfficialRecorded,
    PostRecorded,
    UnitPolicySet,
)
from counter_app.domain.organisation.state import DelegationState, OfficialState, UnitState
from counter_app.domain.seconds import Second, countersign
from sync.protocol.journals.entry import Draft
from sync.protocol.naming.ids import SELF, EntryId

Drafts = tuple[Draft, ...]


class Own(NamedTuple):
    """An official's own number and address as typed, None as they are; ``salt`` (4 bytes) goes with them."""

    id_number: str | None
    address: str | None
    salt: bytes


MOST_FIELD = 120
"""Characters of a field of work, as the entry holds them."""
MOST_ADDRESS = 300
"""Characters of an official's address."""
WHO_NUMBERS = "who_numbers"
RECEIVER_SIGNS = "receiver_signs"
MEDIUM_OF_TEXTS = "medium_of_texts"
TEXT_OF_SIGNATURES = "text_of_signatures"
"""Where the text of a signature stands unless the row says otherwise: a page of its own, or under it."""
COPIES_ON_THE_MOVE = "copies_on_the_move"
"""Where copies taken in on the move are numbered; what the law allows since NĐ 280/2025 was not read [U]."""
REMOTE_COMMUNE = "remote_commune"
"""Longer limits of remote communes hold here; which communes count is unverified (``law.md`` 3 [U])."""
POLICIES: dict[str, tuple[str, ...]] = {
    WHO_NUMBERS: ("signatory", "registrar"),
    RECEIVER_SIGNS: ("warn", "allow", "forbid"),
    MEDIUM_OF_TEXTS: ("overlay", "stamp", "half_sheet", "label"),
    TEXT_OF_SIGNATURES: ("page", "under"),
    REMOTE_COMMUNE: ("no", "yes"),
    COPIES_ON_THE_MOVE: ("seat", "anywhere"),
}
"""Settings of a unit and their values; the first is the default."""
CONTACT_PHONE = "contact_phone"
"""The one-stop's own number, printed on form 02; written freely, so it is none of ``POLICIES``."""
MOST_PHONE = 40
MOST_GROUND = 240
"""Characters of the ground of a setting."""
_PHONE = re.compile(r"[0-9+ ./()-]*")
FEWEST_DIGITS = 8


def policy(unit: UnitState | None, key: str) -> str:
    """The unit's setting, or its default. Raises KeyError for a setting that does not exist."""
    default = POLICIES[key][0]
    value = default if unit is None else unit.policy(key, default)
    return value if value in POLICIES[key] else default


def record_official(
    actor: OfficialState | None,
    name: str,
    title_line: str,
    official_roles: tuple[str, ...],
    key: bytes,
    login: str,
) -> Drafts:
    """A new official, sealed by ``actor``; None only for the first one of a unit, at set-up.

    The kind itself asks for no seal, since nobody could give the first one: the province asks about a later
    one that has none. Raises DomainError ``role.*``, ``official.name``, ``official.roles``.
    """
    if actor is not None:
        roles.require(actor, roles.MANAGE_PEOPLE)
    _check_particulars(name, official_roles)
    recorded = draft(OfficialRecorded(name.strip(), title_line, official_roles, key, login), SELF)
    return (msgspec.structs.replace(recorded, sealed=actor is not None),)


def change_official(
    actor: OfficialState,
    official: OfficialState,
    title_line: str,
    official_roles: tuple[str, ...],
    active: bool,
    ground: str,
    fields: tuple[str, ...] | None = None,
    own: Own | None = None,
) -> Drafts:
    """Title, roles, standing or fields of work change, with a ground; nobody changes his own roles or
    standing. ``fields`` None leaves them as they are, empty means every field; ``own`` None likewise.

    Raises DomainError ``role.*``, ``official.*``, ``ground.missing``; ``identity.*`` for a wrong number.
    """
    roles.require(actor, roles.MANAGE_PEOPLE)
    _check_particulars(official.name, official_roles)
    _need_ground(ground)
    if actor.id == official.id and (set(official_roles) != set(official.roles) or not active):
        raise DomainError(
            "Không thể tự đổi quyền của mình.",
            "Quyền do người khác giao.",
            "Nhờ Chủ tịch hoặc Giám đốc khác.",
            "roles",
            code="official.own_roles",
            title_en="Nobody changes his own rights.",
            meaning_en="Rights are given by another person.",
            remedy_en="Ask the Chairman or the director.",
        )
    if fields is not None and any(not field.strip() or len(field) > MOST_FIELD for field in fields):
        raise _official("fields", "Lĩnh vực không đúng.", "This field of work is not known.")
    body = OfficialChanged(title_line, official_roles, active, ground, fields, *_own(own))
    return (draft(body, official.id),)


def _own(own: Own | None) -> tuple[str | None, str | None, bytes | None]:
    """Number, address and salt as the entry holds them; nothing given, nothing kept."""
    if own is None or (own.id_number is None and own.address is None):
        return None, None, None
    number = own.id_number and read_identity(PaperKind.PERSONAL, own.id_number, "id_number").number
    return number, own.address and " ".join(own.address.split())[:MOST_ADDRESS], own.salt


def set_key(
    official: OfficialState, author: OfficialState, key: bytes, ground: str, second: Second
) -> Drafts:
    """A new sealing key after a forgotten passphrase; the supervisor ``second`` stands for it."""
    _need_ground(ground)
    unsigned = OfficialKeySet(key, ground, second.official.id, b"")
    return (draft(countersign(unsigned, official.id, author, second, roles.MANAGE_PEOPLE), official.id),)


def record_post(actor: OfficialState, name: str, code: str) -> Drafts:
    """A new post (vị trí việc làm)."""
    roles.require(actor, roles.MANAGE_PEOPLE)
    return (draft(PostRecorded(name, code), SELF),)


def record_delegation(actor: OfficialState, official: OfficialState, body: DelegationRecorded) -> Drafts:
    """A written act of the Chairman; valid at once.

    Raises DomainError ``role.*``, ``delegation.act_number``, ``.days``, ``.empty_scope``, ``.prefix``,
    ``.redelegated`` (NĐ 30/2020 art. 13(3)).
    """
    roles.require(actor, roles.MANAGE_PEOPLE)
    if body.delegated_under is not None:
        raise acts.redelegation_refused()
    if not body.act_number.strip():
        raise _field("act_number", "Chưa ghi số văn bản.", "The number of the act is missing.")
    if body.valid_to and body.valid_to < body.valid_from:
        raise _field("valid_to", "Ngày hết hạn trước ngày bắt đầu.", "The act ends before it begins.", "days")
    if not body.scope or any(scope not in acts.SCOPE_NAMES for scope in body.scope):
        raise _field("scope", "Chưa chọn phạm vi ký.", "Choose what may be signed.", "empty_scope")
    if body.prefix not in acts.PREFIXES:
        raise _field("prefix", "Cách ghi trước chữ ký không đúng.", "This prefix is not known.")
    return (draft(body, SELF, official.id),)


def end_delegation(actor: OfficialState, delegation: DelegationState, on: int, ground: str) -> Drafts:
    """An act ends early: not valid from ``on`` (yyyymmdd) on."""
    roles.require(actor, roles.MANAGE_PEOPLE)
    _need_ground(ground)
    if delegation.ended_on and delegation.ended_on <= on:
        raise _field("on", "Văn bản này đã kết thúc từ trước.", "The act has ended already.", "ended_before")
    return (draft(DelegationEnded(on, ground), delegation.id),)


def set_policy(actor: OfficialState, unit: EntryId, key: str, value: str, ground: str = "") -> Drafts:
    """A setting of the unit; ``unit`` is ``unit_subject(code)``, ``ground`` why, "" unsaid.

    Raises DomainError ``role.*``, ``policy.value``, ``policy.ground``.
    """
    roles.require(actor, roles.MANAGE_PEOPLE)
    ground = " ".join(nfc(ground).split())
    if value not in POLICIES.get(key, ()):
        raise DomainError(
            "Không có lựa chọn này.",
            "",
            "Chọn một trong các mục của danh sách.",
            key,
            code="policy.value",
            title_en="There is no such choice.",
            remedy_en="Choose one of the list.",
        )
    if len(ground) > MOST_GROUND:
        raise DomainError(
            f"Căn cứ ghi tối đa {MOST_GROUND} ký tự, hiện có {len(ground)}.",
            field="ground",
            code="policy.ground",
            title_en=f"The ground takes at most {MOST_GROUND} characters, now {len(ground)}.",
        )
    return (draft(UnitPolicySet(key, value, ground), unit),)


def contact_phone(unit: UnitState | None) -> str:
    """The number of the one-stop, "" while the unit never wrote one."""
    return "" if unit is None else unit.policy(CONTACT_PHONE)


def set_contact_phone(actor: OfficialState, unit: EntryId, typed: str) -> Drafts:
    """The number that papers name for questions; empty takes it away. Raises ``role.*``, ``policy.phone``."""
    roles.require(actor, roles.MANAGE_PEOPLE)
    number = " ".join(typed.split())
    digits = sum(sign.isdigit() for sign in number)
    fits = _PHONE.fullmatch(number) and len(number) <= MOST_PHONE and digits >= FEWEST_DIGITS
    if number and not fits:
        raise DomainError(
            "Số điện thoại chưa đúng.",
            f"Số có từ {FEWEST_DIGITS} chữ số, dài tối đa {MOST_PHONE} ký tự.",
            "Gõ như 0213 3798 001.",
            CONTACT_PHONE,
            code="policy.phone",
            title_en="This is no phone number.",
            meaning_en=f"It has at least {FEWEST_DIGITS} digits and at most {MOST_PHONE} characters.",
            remedy_en="Type it like 0213 3798 001.",
        )
    return (draft(UnitPolicySet(CONTACT_PHONE, number), unit),)


def _check_particulars(name: str, official_roles: tuple[str, ...]) -> None:
    if not name.strip():
        raise _official("name", "Chưa ghi họ tên.", "The name is missing.")
    if not official_roles or any(role not in roles.ROLES for role in official_roles):
        raise _official("roles", "Chưa chọn vai trò.", "Choose at least one role.")


def ground_missing() -> DomainError:
    """Words for an act whose reason was not written."""
    return DomainError(
        "Chưa ghi lý do.",
        "Lý do được lưu cùng việc này.",
        "Ghi lý do.",
        "ground",
        code="ground.missing",
        title_en="The reason is missing.",
        meaning_en="It is kept with this act.",
        remedy_en="Write the reason.",
    )


def _need_ground(ground: str) -> None:
    if not ground.strip():
        raise ground_missing()


def _official(field: str, title: str, title_en: str) -> DomainError:
    return DomainError(title, "", "Điền ô này.", field, code=f"official.{field}", title_en=title_en,
                       remedy_en="Fill in this field.")  # fmt: skip


def _field(field: str, title: str, title_en: str, code: str = "") -> DomainError:
    return DomainError(
        title,
        "Văn bản giao quyền phải đủ và đúng thì lời chứng mới có giá trị.",
        "Xem lại văn bản giấy.",
        field,
        code=f"delegation.{code or field}",
        title_en=title_en,
        meaning_en="A certification is only as good as the act behind it.",
        remedy_en="Look at the paper act.",
    )
