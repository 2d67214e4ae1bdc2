"""Moment 2: the pile leaves for the signatory and its numbers are born (``sync.md`` 4, ``law.md`` 4.4).

Signatory named, authority checked at that instant, one entry for the lot and one for each line in the
same transaction; the numberer's seal on the lot covers every line through ``lines_digest``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from counter_app.domain.certification.entries import LineNoted, LineNumbered, LotNumbered
from counter_app.domain.certification.state import SUBMITTED, RequestState
from counter_app.domain.certification.taking_in.checks import (
    COMPLETE,
    MISSING,
    CheckRules,
    RequestCheck,
    check_request,
)
from counter_app.domain.certification.taking_in.circumstances import paper_words, parties_words, remarks_words
from counter_app.domain.certification.taking_in.intake import day_of
from counter_app.domain.drafting import draft
from counter_app.domain.errors import DomainError
from counter_app.domain.organisation import roles
from counter_app.domain.organisation.delegations import require_delegation, signatory_line
from counter_app.domain.organisation.state import DelegationState, OfficialState
from counter_app.domain.registers.pen import paper_numbers, take_numbers
from counter_app.domain.registers.state import RegisterState
from sync.protocol.journals.entry import Draft
from sync.protocol.naming.ids import SELF, pending

FROM_PAPER = "Cấp số trên tờ sổ giấy khi mất điện, nhập sau"


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
class Desk:
    """Where and when the numbers are born: this PC's journal, corrected time, last proof of the date (ms).

    ``date_confirmed``: the signatory confirmed the date under his key; ``holder_name`` is for the words only.
    Acts of a day without power are entered afterwards: ``paper_first`` is the first number that was used on
    the sheets, ``paper_day`` the day (``yyyymmdd``) on which it was.
    """

    journal: int
    now: int
    last_contact: int
    date_confirmed: bool = False
    holder_name: str = ""
    paper_first: int = 0
    paper_day: int = 0

    @property
    def day(self) -> int:
        """The day of certification, ``yyyymmdd``."""
        return self.paper_day if self.paper_first else day_of(self.now)

    def first_number(self, register: RegisterState, count: int) -> int:
        """The first of ``count`` numbers, when the pen and the clock allow it; raises what the pen says."""
        if self.paper_first:
            return paper_numbers(register, self.paper_first, count)
        return take_numbers(
            register,
            self.journal,
            count,
            self.now,
            last_contact=self.last_contact,
            date_confirmed=self.date_confirmed,
            holder_name=self.holder_name,
        )


@dataclass(frozen=True, slots=True)
class Pile:
    """Requests in pile order, as they lie on the desk.

    ``looked_at``: the one request of the pile was opened and looked at. ``salts`` are one per line, 4 bytes.
    """

    requests: tuple[RequestState, ...]
    salts: Sequence[bytes]
    looked_at: bool = False

    def size(self, register: str) -> int:
        """Originals that wait for a number of that kind of register."""
        return sum(1 for _ in _waiting(self.requests, register))


def number_lot(
    pile: Pile,
    signing: Signing,
    register: RegisterState,
    rules: CheckRules,
    desk: Desk,
    *,
    first_draft: int = 1,
) -> tuple[Draft, ...]:
    """``LotNumbered`` and a ``LineNumbered`` for each submitted original of the register, in pile order.

    ``first_draft`` is the place of the lot in its batch, from 1. ``rules.signatory`` and ``rules.authority``
    are replaced by what ``signing`` says. Raises DomainError ``lot.*``, ``role.*``, ``delegation.*``, and
    those of ``registers.pen.take_numbers`` (pen, clock, year, closed month).
    """
    roles.require(signing.numberer, roles.NUMBER, with_act=True)
    day = desk.day
    _check_pile(pile, register)
    first = desk.first_number(register, pile.size(register.register))
    _check_key(signing)
    roles.require(signing.signatory, roles.SIGN, with_act=True)
    delegation = require_delegation(signing.delegation, signing.signatory, register.register, day)
    _check_requests(
        pile, replace(rules, signatory=signing.signatory.id, authority=None, register=register.register)
    )
    bodies = _lines(pile, column_5(signing, delegation), register, first, day)
    lines = [
        draft(body, request.id, SELF, register.id, pending(first_draft))
        for (request, _), body in zip(_waiting(pile.requests, register.register), bodies, strict=True)
    ]
    lot = LotNumbered(
        signatory=signing.signatory.id,
        delegation=delegation.id,
        signatory_line=" / ".join(signatory_line(delegation, signing.signatory))[:120],
        signatory_name=signing.signatory.name,
        prefix=delegation.prefix,
        term=register.term,
        book=register.book,
        first_number=first,
        count=len(lines),
        day=day,
        lines_digest=lines_digest(line.body for line in lines),
        under_own_key=signing.under_own_key,
    )
    return (
        draft(lot, register.id, SELF, delegation.id),
        *lines,
        *_paper_notes(desk, len(lines), first_draft),
    )


def _paper_notes(desk: Desk, count: int, first_draft: int) -> Iterator[Draft]:
    """Lines entered from printed sheets say so in column 8; they follow the lines, which stay together."""
    if desk.paper_first:
        for place in range(first_draft + 1, first_draft + 1 + count):
            yield draft(LineNoted(FROM_PAPER), pending(place))


def lines_digest(bodies: Iterable[bytes]) -> bytes:
    """SHA-256 over the concatenated SHA-256 of the lines' bodies, in order (32 bytes)."""
    return hashlib.sha256(b"".join(hashlib.sha256(body).digest() for body in bodies)).digest()


def _waiting(requests: Iterable[RequestState], register: str) -> Iterable[tuple[RequestState, int]]:
    """Every submitted original of the pile that belongs to the register, in order."""
    return (
        (request, index)
        for request in requests
        for index, original in enumerate(request.originals)
        if original.state == SUBMITTED and request.register_of(original) == register
    )


def column_5(signing: Signing, delegation: DelegationState) -> str:
    """Name and title of the signatory as the register writes them."""
    title = delegation.signs_as or signing.signatory.title_line
    return f"{signing.signatory.name}, {title}"[:120]


def _lines(pile: Pile, signatory: str, register: RegisterState, first: int, day: int) -> list[LineNumbered]:
    return [
        LineNumbered(
            number=first + offset,
            book=register.book,
            year=register.year,
            term=register.term,
            original=index,
            day=day,
            requester_name=request.requester.name,
            original_name=paper_words(request.originals[index].taken),
            signatory_line=signatory,
            copies=request.originals[index].taken.copies,
            fee=request.originals[index].taken.fee,
            salt=salt,
            parties=parties_words(request.originals[index].taken, register.register),
            remarks=remarks_words(request.originals[index].taken),
        )
        for offset, ((request, index), salt) in enumerate(
            zip(_waiting(pile.requests, register.register), pile.salts, strict=True)
        )
    ]


def _check_pile(pile: Pile, register: RegisterState) -> None:
    """Something to number, each request once, one kind of papers."""
    ids = [request.id for request in pile.requests]
    wanted = register.register
    if len(set(ids)) != len(ids):
        raise DomainError(
            "Có phiếu được chọn hai lần.", code="lot.twice", title_en="A slip was chosen twice."
        )
    if any(wanted not in request.registers for request in pile.requests):
        raise DomainError(
            "Một lô chỉ gồm một loại việc chứng thực.",
            "Bản sao, chữ ký, giao dịch có sổ riêng.",
            "Chọn lại các phiếu cùng loại.",
            code="lot.kinds",
            title_en="A lot holds one kind of certification.",
            meaning_en="Copies, signatures and transactions have registers of their own.",
            remedy_en="Choose slips of one kind.",
        )
    if not pile.size(wanted):
        raise DomainError(
            "Chưa chọn phiếu nào còn chờ cấp số.",
            remedy="Quét phiếu, hoặc Ctrl+A để chọn các phiếu Đủ.",
            code="lot.empty",
            title_en="No slip that waits for a number is chosen.",
            remedy_en="Scan a slip, or press Ctrl+A for all that are complete.",
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
