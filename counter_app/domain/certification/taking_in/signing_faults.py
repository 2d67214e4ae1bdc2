"""What stops a certification of signatures or of a transaction (NĐ 23/2015 arts. 9(3), 10, 23-25)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from counter_app.domain.certification.entries import Circumstances, OriginalTaken, Signer
from counter_app.domain.certification.lines import codes
from counter_app.domain.certification.taking_in.circumstances import (
    AUTHORISATION_CASES,
    AUTHORISATION_PAPER,
    OUTSIDE_GROUNDS,
    TOP_LEAST,
    TOP_MOST,
)
from counter_app.domain.certification.taking_in.matters import OF_COPIES, OF_SIGNATURES, SIGNATURE, TRANSLATOR
from counter_app.domain.certification.taking_in.row_words import NO_REMEDY, row_fault
from counter_app.domain.errors import DomainError, Notice
from counter_app.domain.fold_text import fold

_NOTHING = Circumstances()
MOST_SIGNERS = 20
"""Signers of one paper that its text can name on one page (own figure)."""


@dataclass(frozen=True, slots=True)
class Certifier:
    """Somebody of the office who receives or signs; number and address "" while they are not known."""

    name: str
    id_number: str = ""
    address: str = ""


def circumstance_faults(index: int, original: OriginalTaken, matter: str, day: date) -> Iterator[DomainError]:
    """Everything that stops what is said about the signing of one row; ``day`` is that of intake.

    A row of copies has nothing to say, least of all a place outside the office (art. 10).
    """
    facts = original.circumstances or _NOTHING
    if matter in OF_COPIES:
        if facts.outside_at or facts.outside_place:
            yield row_fault(
                index, "outside", "outside.copy", "bản sao không chứng thực ngoài trụ sở",
                "copies are not certified outside the office",
                remedy=("Nhận bản chính, cấp số tại trụ sở.", "Take it in; it is numbered at the seat."),
            )  # fmt: skip
        return
    yield from _signers(index, facts, matter, day)
    yield from _beside(index, facts, day)
    yield from _outside(index, facts)
    yield from _kind_of_paper(index, original, facts, matter)
    yield from _place_of_text(index, facts, matter)


def _place_of_text(index: int, facts: Circumstances, matter: str) -> Iterator[DomainError]:
    """A text under the signature needs its place on the sheet; that of a deal has a page of its own."""
    if facts.text_on != codes.TEXT_UNDER or matter not in OF_SIGNATURES:
        return
    if not TOP_LEAST <= facts.text_top <= TOP_MOST:
        yield row_fault(
            index, "text_top", "text.top",
            f"lời chứng dưới chữ ký bắt đầu cách mép trên từ {TOP_LEAST} đến {TOP_MOST} mm",
            f"the text under a signature begins {TOP_LEAST} to {TOP_MOST} mm below the upper edge",
            remedy=("Đo từ mép trên tờ giấy đến dưới chữ ký, hoặc chọn tờ riêng.",
                    "Measure from the upper edge to below the signature, or choose a page of its own."),
        )  # fmt: skip


def _signers(index: int, facts: Circumstances, matter: str, day: date) -> Iterator[DomainError]:
    if not facts.signers:
        yield row_fault(
            index, "signers", "signer.none", "chưa có người ký", "nobody signs it",
            remedy=("Nhập họ tên, số giấy tờ của người ký.", "Type name and number of who signs."),
        )  # fmt: skip
    if len(facts.signers) > MOST_SIGNERS:
        yield row_fault(
            index, "signers", "signer.many", f"một giấy tờ có nhiều nhất {MOST_SIGNERS} người ký",
            f"a paper has at most {MOST_SIGNERS} signers", remedy=NO_REMEDY,
        )  # fmt: skip
    seen: set[str] = set()
    for signer in facts.signers:
        yield from _person(index, signer, day, "người ký", "a signer")
        if signer.id_number and signer.id_number in seen:
            yield row_fault(
                index, "signers", "signer.twice", f"{signer.name} có hai lần", f"{signer.name} stands twice",
                remedy=NO_REMEDY,
            )  # fmt: skip
        seen.add(signer.id_number)
    if matter == TRANSLATOR and not facts.languages.strip():
        yield row_fault(
            index, "languages", "translation.languages", "chưa ghi dịch từ tiếng nào sang tiếng nào",
            "the languages of the translation are missing", remedy=NO_REMEDY,
        )  # fmt: skip


def _person(index: int, signer: Signer, day: date, vi: str, en: str) -> Iterator[DomainError]:
    """Name, number, and a paper that has not run out (art. 24(1))."""
    if not signer.name.strip() or not signer.id_number.strip():
        yield row_fault(
            index, "signers", "signer.identity", f"{vi} chưa đủ họ tên, số giấy tờ",
            f"name or identity number of {en} is missing", remedy=NO_REMEDY,
        )  # fmt: skip
    until = signer.valid_until
    if until and until < day.year * 10_000 + day.month * 100 + day.day:
        shown = f"{until % 100:02d}/{until // 100 % 100:02d}/{until // 10_000}"
        yield row_fault(
            index, "signers", "signer.expired", f"giấy tờ của {signer.name} hết hạn ngày {shown}",
            f"the identity paper of {signer.name} ran out on {shown}",
            remedy=("Từ chối, hoặc xem giấy tờ khác còn giá trị.", "Refuse, or look at a paper in force."),
        )  # fmt: skip
    if signer.how not in (codes.BY_HAND, codes.FINGERPRINT):
        yield row_fault(
            index, "signers", "signer.how", "chọn ký hoặc điểm chỉ", "choose signature or fingerprint",
            remedy=NO_REMEDY,
        )  # fmt: skip


def _beside(index: int, facts: Circumstances, day: date) -> Iterator[DomainError]:
    """Witness and interpreter are somebody else than those who sign."""
    signers = {signer.id_number for signer in facts.signers}
    beside = ((facts.witness, "người làm chứng", "the witness"),
              (facts.interpreter, "người phiên dịch", "the interpreter"))  # fmt: skip
    for person, vi, en in beside:
        if person is None:
            continue
        yield from _person(index, person, day, vi, en)
        if person.id_number in signers:
            yield row_fault(
                index, "signers", "beside.signs", f"{vi} không được là người ký", f"{en} may not be a signer",
                remedy=NO_REMEDY,
            )  # fmt: skip


def _outside(index: int, facts: Circumstances) -> Iterator[DomainError]:
    """Hour, minute, place and one of the reasons of art. 10, all or none."""
    if not (facts.outside_at or facts.outside_place or facts.outside_ground):
        return
    if not facts.outside_at or not facts.outside_place.strip():
        yield row_fault(
            index, "outside", "outside.place", "ngoài trụ sở phải ghi giờ, phút và địa điểm",
            "outside the office hour, minute and place are written", remedy=NO_REMEDY,
        )  # fmt: skip
    if facts.outside_ground not in OUTSIDE_GROUNDS:
        yield row_fault(
            index, "outside", "outside.ground", "chưa chọn lý do chứng thực ngoài trụ sở",
            "the reason for certifying outside the office is missing",
            remedy=("Già yếu, bị giữ, giam, hoặc lý do chính đáng khác (Điều 10).",
                    "Old age, detention, or another good reason (article 10)."),
        )  # fmt: skip


def _kind_of_paper(
    index: int, original: OriginalTaken, facts: Circumstances, matter: str
) -> Iterator[DomainError]:
    """A signature on an authorisation only in the four cases of TT 01/2020 art. 14."""
    if matter != SIGNATURE or original.kind != AUTHORISATION_PAPER:
        return
    if facts.authorisation not in AUTHORISATION_CASES:
        yield row_fault(
            index, "authorisation", "authorisation.case",
            "giấy ủy quyền chỉ chứng thực chữ ký trong bốn trường hợp (TT 01/2020, Điều 14)",
            "a signature on an authorisation is certified in four cases only (TT 01/2020 art. 14)",
            remedy=("Chọn trường hợp, hoặc chứng thực giao dịch: gõ gd.",
                    "Choose the case, or certify it as a transaction: type gd."),
        )  # fmt: skip


def conflict_faults(
    index: int, original: OriginalTaken, matter: str, office: Sequence[Certifier]
) -> Iterator[DomainError]:
    """A party who is himself receiver or signatory stops the row (art. 9(3)); copies have no party."""
    for signer in _parties(original, matter):
        if any(one.id_number and one.id_number == signer.id_number for one in office):
            yield row_fault(
                index, "signers", "conflict.self",
                f"{signer.name} vừa là người yêu cầu, vừa là người tiếp nhận hoặc người ký",
                f"{signer.name} asks and also receives or signs",
                remedy=("Giao người khác tiếp nhận, ký (Điều 9 khoản 3).",
                        "Another person receives or signs (article 9(3))."),
            )  # fmt: skip


def conflict_notices(original: OriginalTaken, matter: str, office: Sequence[Certifier]) -> tuple[Notice, ...]:
    """What may be a conflict of interest: the same whole name, or family name and address (art. 9(3))."""
    found = []
    for signer in _parties(original, matter):
        for one in office:
            if fold(one.name) == fold(signer.name):
                found.append(_same_name(signer.name))
            elif _kin(signer, one):
                found.append(_maybe_kin(signer.name, one.name))
    return tuple(dict.fromkeys(found))


def _parties(original: OriginalTaken, matter: str) -> tuple[Signer, ...]:
    return () if matter in OF_COPIES else (original.circumstances or _NOTHING).signers


def _kin(signer: Signer, one: Certifier) -> bool:
    """The same family name at the same address."""
    mine, theirs = fold(signer.name).split()[:1], fold(one.name).split()[:1]
    return bool(mine) and mine == theirs and bool(one.address) and fold(one.address) == fold(signer.address)


def _same_name(name: str) -> Notice:
    return Notice(
        "conflict.name",
        f"{name} cùng họ tên với người tiếp nhận hoặc người ký. Xem có phải một người (Điều 9 khoản 3).",
        f"{name} bears the name of who receives or signs. See whether it is one person (article 9(3)).",
        "signers",
    )


def _maybe_kin(name: str, other: str) -> Notice:
    return Notice(
        "conflict.kin",
        f"{name} cùng họ, cùng địa chỉ với {other}. Xem có phải người thân thích (Điều 9 khoản 3).",
        f"{name} has the family name and address of {other}. See whether they are kin (article 9(3)).",
        "signers",
    )
