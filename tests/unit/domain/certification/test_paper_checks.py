"""The last day of a paper, foreign papers, and what a kind of paper tells the clerk (``law.md`` 4.2)."""

from __future__ import annotations

from datetime import date

import pytest

from counter_app.domain.certification.entries import OriginalTaken
from counter_app.domain.certification.taking_in.paper_checks import (
    MarkFacts,
    mark_facts,
    paper_hints,
    paper_notices,
)
from counter_app.domain.errors import DomainError
from counter_app.services.rules import shipped_rules

DAY = date(2026, 11, 20)
KINDS = shipped_rules().kinds
EXEMPT = ("bang_tot_nghiep",)


def original(kind: str, mark: str = "") -> OriginalTaken:
    found = KINDS.get(kind)
    assert found is not None
    return OriginalTaken(kind, found.name, mark, 1, 1, 2_000, 1)


def notices(kind: str, mark: str = "") -> list[str]:
    return [one.code for one in paper_notices(original(kind, mark), DAY, EXEMPT)]


def hints(kind: str, mark: str = "") -> list[str]:
    return [one.code for one in paper_hints(original(kind, mark), KINDS.get(kind), DAY, EXEMPT)]


@pytest.mark.parametrize(
    ("typed", "words", "expires", "foreign"),
    [
        ("A 0451278", "A 0451278", None, False),
        ("hh 14/03/2026", "", date(2026, 3, 14), False),
        ("hh140331", "", date(2031, 3, 14), False),
        ("HH: 14.3.31", "", date(2031, 3, 14), False),
        ("hết hạn 14/03/2026", "", date(2026, 3, 14), False),
        ("hh 2027", "", date(2027, 12, 31), False),
        ("012; hạn 14/03/2026; nn", "012", date(2026, 3, 14), True),
        ("  B 1 ;; nước   ngoài ", "B 1", None, True),
        ("nn 12", "nn 12", None, False),
        ("hh", "hh", None, False),
        ("", "", None, False),
    ],
)
def test_a_mark_is_taken_apart(typed: str, words: str, expires: date | None, foreign: bool) -> None:
    assert mark_facts(typed, DAY) == MarkFacts(words, expires, foreign)


def test_a_mark_is_kept_in_words_that_read_the_same_again() -> None:
    kept = mark_facts("012;hh140331;nn", DAY)
    assert kept.text == "012; hết hạn 14/03/2031; nước ngoài"
    assert mark_facts(kept.text, DAY) == kept


@pytest.mark.parametrize("typed", ["hh 31/02/2027", "hh 14/33/2026", "hh 14/03/2026 x"])
def test_a_last_day_that_is_none_is_said(typed: str) -> None:
    with pytest.raises(DomainError) as caught:
        mark_facts(typed, DAY)
    assert caught.value.code.startswith("date.")


def test_a_paper_serves_on_its_last_day_and_is_looked_at_from_the_next() -> None:
    assert notices("can_cuoc", "hh 20/11/2026") == []
    assert notices("can_cuoc", "hh 19/11/2026") == ["paper.expired"]
    (seen,) = paper_notices(original("can_cuoc", "hh 14/03/2026"), DAY, EXEMPT)
    assert (seen.vi, seen.en) == (
        "Căn cước hết hạn ngày 14/03/2026.", "Căn cước ran out on 14/03/2026.",
    )  # fmt: skip


def test_a_foreign_paper_is_looked_at_unless_its_kind_needs_no_legalisation() -> None:
    assert notices("giay_khai_sinh", "nn") == ["paper.foreign"]
    assert notices("bang_tot_nghiep", "nn") == []
    assert hints("bang_tot_nghiep", "nn") == ["paper.foreign_exempt"]


def test_what_a_body_looks_up_itself_is_said_with_its_ground() -> None:
    assert hints("xac_nhan_cu_tru") == ["paper.held", "paper.plain"]
    held, plain = paper_hints(original("xac_nhan_cu_tru"), KINDS.get("xac_nhan_cu_tru"), DAY, EXEMPT)
    assert "NQ 66.7/2025/NQ-CP" in held.vi
    assert "NĐ 23/2015, Điều 6" in plain.vi
    assert hints("hoc_ba") == []


def test_a_paper_that_runs_out_is_looked_at_for_its_last_day_until_that_is_typed() -> None:
    assert hints("ho_chieu") == ["paper.plain", "paper.last_day"]
    assert hints("ho_chieu", "hh 14/03/2031") == ["paper.plain"]


def test_every_check_of_the_table_names_its_ground_and_how_sure_it_is() -> None:
    checks = [check for kind in KINDS.kinds for check in kind.checks]
    assert checks
    for check in checks:
        assert check.source
        assert check.status in ("verified", "secondary", "unverified")
        assert check.vi.endswith(".")
        assert check.en.endswith(".")
