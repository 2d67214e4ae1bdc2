"""Moment 2: the pile leaves for the signatory and its numbers are born (``sync.md`` 4, ``law.md`` 4.4).

Signatory named, authority checked at that instant, one entry for the lot and one for each line in the
same transaction; the numberer's seal on the lot covers every line through ``lines_digest``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from counter_app.domain.certification.checks import (
    COMPLETE,
    MISSING,
    CheckRules,
    RequestCheck,
    check_request,
)
from counter_app.domain.certification.entries import LineNumbered, LotNumbered
from counter_app.domain.certification.intake import day_of
from counter_app.domain.certification.state import MAX_LOT, SUBMITTED, RequestState
from counter_app.domain.drafting import draft
from counter_app.domain.errors import DomainError
from counter_app.domain.organisation import roles
from counter_app.domain.organisation.delegations import require_delegation, signatory_line
from counter_app.domain.organisation.state import DelegationState, OfficialState
from counter_app.domain.registers.state import RegisterState
from sync.protocol.entry import Draft
from sync.protocol.ids import SELF, pending


@dataclass(frozen=True, slots=True)
class Signing:
    """Who signs, under which act, who numbers.

    ``registrar_may_number``: the unit lets the registrar number under his own key against the signatory's
    written act (wet ink); else only the signatory numbers, under his.
    """

    signatory: OfficialState
    delegation: DelegationState | None
    numberer: OfficialState
    registrar_may_number: bool = False

    @property
    def under_own_key(self) -> bool:
        """True when the signatory himself seals the lot."""
        return self.numberer.id == self.signatory.id


@dataclass(frozen=True, slots=True)
class Pile:
    """Requests in pile order, as they lie on the desk.

    ``looked_at``: the one request of the pile was opened and looked at. ``salts`` are one per line, 4 bytes.
    """

    requests: tuple[RequestState, ...]
    salts: Sequence[bytes]
    looked_at: bool = False

    @property
    def size(self) -> int:
        """Originals that wait for a number."""
        return sum(1 for _ in _waiting(self.requests))


def number_lot(
    pile: Pile,
    signing: Signing,
    register: RegisterState,
    rules: CheckRules,
    now: int,
    *,
    first_draft: int = 1,
) -> tuple[Draft, ...]:
    """``LotNumbered`` and a ``LineNumbered`` for each submitted original, in pile order.

    ``now`` in ms. The pen itself (holder, clock, closed register, paper witness) is the register's affair:
    call its guard before. ``first_draft`` is the place of the lot in its batch, from 1. ``rules.signatory``
    and ``rules.authority`` are replaced by what ``signing`` says. Raises DomainError ``lot.*``,
    ``role.*``, ``delegation.*``.
    """
    roles.require(signing.numberer, roles.NUMBER, with_act=True)
    day = day_of(now)
    _check_pile(pile, register, day)
    _check_key(signing)
    roles.require(signing.signatory, roles.SIGN, with_act=True)
    delegation = require_delegation(signing.delegation, signing.signatory, register.register, day)
    _check_requests(pile, replace(rules, signatory=signing.signatory.id, authority=None))
    bodies = _lines(pile, signing, delegation, register, day)
    lines = [
        draft(body, request.id, SELF, register.id, pending(first_draft))
        for (request, _), body in zip(_waiting(pile.requests), bodies, strict=True)
    ]
    lot = LotNumbered(
        signatory=signing.signatory.id,
        delegation=delegation.id,
        signatory_line=" / ".join(signatory_line(delegation, signing.signatory))[:120],
        signatory_name=signing.signatory.name,
        prefix=delegation.prefix,
        term=register.term,
        book=register.book,
        first_number=register.next_number,
        count=len(lines),
        day=day,
        lines_digest=lines_digest(line.body for line in lines),
        under_own_key=signing.under_own_key,
    )
    return (draft(lot, register.id, SELF, delegation.id), *lines)


def lines_digest(bodies: Iterable[bytes]) -> bytes:
    """SHA-256 over the concatenated SHA-256 of the lines' bodies, in order (32 bytes)."""
    return hashlib.sha256(b"".join(hashlib.sha256(body).digest() for body in bodies)).digest()


def _waiting(requests: Iterable[RequestState]) -> Iterable[tuple[RequestState, int]]:
    """Every submitted original of the pile, in order."""
    return (
        (request, index)
        for request in requests
        for index, original in enumerate(request.originals)
        if original.state == SUBMITTED
    )


def _lines(
    pile: Pile, signing: Signing, delegation: DelegationState, register: RegisterState, day: int
) -> list[LineNumbered]:
    """Column 5 names the signatory and his title."""
    title = delegation.signs_as or signing.signatory.title_line
    column_5 = f"{signing.signatory.name}, {title}"[:120]
    return [
        LineNumbered(
            number=register.next_number + offset,
            book=register.book,
            year=register.year,
            term=register.term,
            original=index,
            day=day,
            requester_name=request.requester.name,
            original_name=request.originals[index].taken.name,
            signatory_line=column_5,
            copies=request.originals[index].taken.copies,
            fee=request.originals[index].taken.fee,
            salt=salt,
        )
        for offset, ((request, index), salt) in enumerate(
            zip(_waiting(pile.requests), pile.salts, strict=True)
        )
    ]


def _check_pile(pile: Pile, register: RegisterState, day: int) -> None:
    """Size, one kind of papers, each request once, the year of the register."""
    ids = [request.id for request in pile.requests]
    if not ids or not pile.size:
        raise DomainError(
            "Chưa chọn phiếu nào còn chờ cấp số.",
            remedy="Quét phiếu, hoặc Ctrl+A để chọn các phiếu Đủ.",
            code="lot.empty",
            title_en="No slip that waits for a number is chosen.",
            remedy_en="Scan a slip, or press Ctrl+A for all that are complete.",
        )
    if len(set(ids)) != len(ids):
        raise DomainError(
            "Có phiếu được chọn hai lần.", code="lot.twice", title_en="A slip was chosen twice."
        )
    if pile.size > MAX_LOT:
        raise DomainError(
            f"Một lô có nhiều nhất {MAX_LOT} số, đang chọn {pile.size}.",
            remedy="Chia thành nhiều lô.",
            code="lot.size",
            title_en=f"A lot has at most {MAX_LOT} numbers; {pile.size} are chosen.",
            remedy_en="Make several lots.",
        )
    if any(request.register != register.register for request in pile.requests):
        raise DomainError(
            "Một lô chỉ gồm một loại việc chứng thực.",
            "Bản sao, chữ ký, giao dịch có sổ riêng.",
            "Chọn lại các phiếu cùng loại.",
            code="lot.kinds",
            title_en="A lot holds one kind of certification.",
            meaning_en="Copies, signatures and transactions have registers of their own.",
            remedy_en="Choose slips of one kind.",
        )
    if day // 10_000 != register.year:
        raise DomainError(
            f"Sổ này của năm {register.year}, hôm nay là năm {day // 10_000}.",
            "Số chứng thực bắt đầu lại từ 01 mỗi năm.",
            f"Mở sổ năm {day // 10_000}, hoặc kiểm tra ngày của máy.",
            code="lot.year",
            title_en=f"This register is of {register.year}, today is in {day // 10_000}.",
            meaning_en="Numbers begin again at 01 each year.",
            remedy_en=f"Open the register of {day // 10_000}, or check the PC's date.",
        )


def _check_key(signing: Signing) -> None:
    """The signatory's own key, unless the unit lets the registrar number (``architecture.md`` 1)."""
    if signing.under_own_key or signing.registrar_may_number:
        return
    raise DomainError(
        f"{signing.signatory.name} phải tự cấp số bằng mã PIN của mình.",
        "Đơn vị chưa cho tư pháp - hộ tịch cấp số thay.",
        "Mời người ký nhập PIN, hoặc lãnh đạo đổi quy định của đơn vị.",
        code="lot.own_key",
        title_en=f"{signing.signatory.name} gives the numbers under his own PIN.",
        meaning_en="The unit does not let the registrar number in his place.",
        remedy_en="Ask the signatory for his PIN, or the head to change the unit's setting.",
    )


def _check_requests(pile: Pile, rules: CheckRules) -> None:
    """Only *Đủ* in a lot; a *Cần xem* alone and looked at; a *Thiếu* never."""
    for request in pile.requests:
        check = check_request(request, rules)
        if check.verdict == COMPLETE:
            continue
        if check.verdict == MISSING:
            raise _not_ready(request, check)
        if len(pile.requests) > 1 or not pile.looked_at:
            raise _alone(request, check)


def _not_ready(request: RequestState, check: RequestCheck) -> DomainError:
    point = check.reasons[0]
    return DomainError(
        f"Phiếu {request.daily:04d} chưa cấp số được: {point.vi}",
        remedy="Trả lại người tiếp nhận (R), hoặc bỏ phiếu khỏi lô.",
        code="lot.not_ready",
        title_en=f"Slip {request.daily:04d} cannot be numbered: {point.en}",
        remedy_en="Send it back (R), or take it out of the lot.",
    )


def _alone(request: RequestState, check: RequestCheck) -> DomainError:
    point = check.reasons[0]
    return DomainError(
        f"Phiếu {request.daily:04d} cần xem riêng: {point.vi}",
        remedy="Mở phiếu bằng Enter hoặc quét phiếu, xem rồi nhấn F9.",
        code="lot.look",
        title_en=f"Slip {request.daily:04d} must be looked at alone: {point.en}",
        remedy_en="Open it with Enter or by its slip, look, then press F9.",
    )
