"""What changed between two versions of the catalogue, in words, before the new one is taken into use."""

from __future__ import annotations

from dataclasses import dataclass

from counter_app.domain.catalogue.procedure import Catalogue, Fee, Limit, Procedure

NEW = "new"
ENDED = "ended"
REPLACED = "replaced"
NAME = "name"
LIMIT = "limit"
FEE = "fee"
PAPERS = "papers"
REVIEW = "review"


@dataclass(frozen=True, slots=True)
class Difference:
    """One change of one procedure; ``before`` and ``after`` are words for people or empty."""

    code: str
    title: str
    what: str
    before: str = ""
    after: str = ""


def differences(old: Catalogue, new: Catalogue) -> tuple[Difference, ...]:
    """Every change, by code; the newest version of each code is compared."""
    before = {p.code: p for p in old.procedures}
    after = {p.code: p for p in new.procedures}
    found: list[Difference] = []
    for code in sorted(before.keys() | after.keys()):
        found.extend(_of(before.get(code), after.get(code)))
    return tuple(found)


def _of(old: Procedure | None, new: Procedure | None) -> list[Difference]:
    if new is None:
        return [] if old is None else [Difference(old.code, old.title, ENDED, before=old.title)]
    if old is None:
        return [Difference(new.code, new.title, NEW, after=new.title)]
    return [
        Difference(new.code, new.title, what, before, after)
        for what, before, after in (
            (REPLACED, old.replaced_by, new.replaced_by),
            (ENDED, str(old.valid_to or ""), str(new.valid_to or "")),
            (NAME, old.name, new.name),
            (LIMIT, limit_words(old.limits), limit_words(new.limits)),
            (FEE, fee_words(old.fees), fee_words(new.fees)),
            (PAPERS, _papers(old), _papers(new)),
            (REVIEW, _review(old), _review(new)),
        )
        if before != after
    ]


_UNIT_WORDS = {
    "same_day": "trong ngày",
    "working_day": "ngày làm việc",
    "calendar_day": "ngày",
    "hour": "giờ làm việc",
    "month": "tháng",
}


def limit_words(limits: tuple[Limit, ...]) -> str:
    """``5 ngày làm việc``; ``chưa có`` when no limit is known - never 0."""
    return "; ".join(_one_limit(limit) for limit in limits) or "chưa có"


def fee_words(fees: tuple[Fee, ...]) -> str:
    """``8000 đ``; ``chưa có mức`` when no fee is known - never 0."""
    return "; ".join(_one_fee(fee) for fee in fees) or "chưa có mức"


def _one_limit(limit: Limit) -> str:
    if not limit.is_known:
        return "chưa có"
    unit = _UNIT_WORDS.get(limit.unit, limit.unit)
    return unit if limit.unit == "same_day" else f"{limit.value} {unit}"


def _one_fee(fee: Fee) -> str:
    return "chưa có mức" if fee.amount is None else f"{fee.amount} đ"


def _papers(procedure: Procedure) -> str:
    return "\n".join(
        f"{p.group.kind} {p.group.key}: {p.whole_text} ({p.originals}+{p.copies})" for p in procedure.papers
    )


def _review(procedure: Procedure) -> str:
    return "đã rà soát" if procedure.reviewed else "chưa rà soát"
