# ruff: noqa: E501 - a case stays on one line, like a row on paper
"""Refusal grounds (NĐ 23/2015 arts. 22, 25; TT 01/2020 art. 6) and personal numbers (law 5), by hand."""

from datetime import date

import pytest

from counter_app.domain.certification.taking_in.grounds import SIGNATURE, parse_grounds
from counter_app.domain.certification.taking_in.kinds_of_papers import parse_paper_kinds
from counter_app.domain.errors import DomainError
from counter_app.domain.identity import Sex, birth_year_of, personal_number, personal_number_notices, sex_of
from resources import load

GROUNDS = parse_grounds(load.refusal_grounds())
DAY = date(2026, 11, 20)


@pytest.mark.parametrize("day", [date(2015, 4, 10), date(2025, 10, 31), date(2025, 11, 1), DAY])
def test_six_grounds_in_the_order_of_article_22(day: date) -> None:
    found = GROUNDS.on(day)
    assert [ground.number for ground in found] == [1, 2, 3, 4, 5, 6]
    assert [ground.key for ground in found] == [
        "altered", "damaged", "secret", "unlawful", "not_legalised", "private",
    ]  # fmt: skip


def test_no_ground_before_the_decree() -> None:
    assert GROUNDS.on(date(2015, 4, 9)) == ()


def test_four_grounds_of_article_25_for_signatures() -> None:
    assert len(GROUNDS.on(DAY, SIGNATURE)) == 4


def test_grounds_since_the_amending_decree_are_marked_as_read_second_hand() -> None:
    assert {ground.status for ground in GROUNDS.on(date(2025, 10, 31))} == {"verified"}
    assert {ground.status for ground in GROUNDS.on(date(2025, 11, 1))} == {"secondary"}


@pytest.mark.parametrize(
    "kind",
    ["ho_chieu", "can_cuoc", "the_cu_tru", "giay_phep_lai_xe", "bang_tot_nghiep", "chung_chi", "bang_diem"],
)
def test_foreign_papers_that_need_no_legalisation(kind: str) -> None:
    """TT 01/2020 art. 6: passport, identity and residence cards, licence, diploma, certificate, transcript."""
    assert parse_paper_kinds(load.paper_kinds()).get(kind) is not None
    with pytest.raises(DomainError) as refusal:
        GROUNDS.check("not_legalised", kind, DAY)
    assert refusal.value.code == "ground.exempt"


@pytest.mark.parametrize("kind", ["giay_khai_sinh", "ket_hon", "other"])
def test_other_foreign_papers_need_it(kind: str) -> None:
    assert GROUNDS.check("not_legalised", kind, DAY).number == 5


def test_a_torn_passport_is_refused_all_the_same() -> None:
    assert GROUNDS.check("damaged", "ho_chieu", DAY).refusal.startswith("Không được chứng thực: ")


NUMBERS = [
    # number, year, sex, why: the fourth digit holds century and sex, the next two the year
    ("012098000001", 1998, Sex.MALE, "0: 1900s, male"),
    ("012198000001", 1998, Sex.FEMALE, "1: 1900s, female"),
    ("012205000001", 2005, Sex.MALE, "2: 2000s, male"),
    ("012305000001", 2005, Sex.FEMALE, "3: 2000s, female"),
    ("012400000001", 2100, Sex.MALE, "4: 2100s, male"),
    ("012599000001", 2199, Sex.FEMALE, "5: 2100s, female"),
]


@pytest.mark.parametrize(("number", "year", "sex", "why"), NUMBERS)
def test_what_a_personal_number_says(number: str, year: int, sex: Sex, why: str) -> None:
    assert (birth_year_of(number), sex_of(number)) == (year, sex), why
    assert personal_number_notices(number, year, sex) == ()


WARNINGS = [
    ("012098000001", 1989, Sex.MALE, {"identity.birth_year"}, "98 against 1989"),
    ("012098000001", 1998, Sex.FEMALE, {"identity.sex"}, "an even digit is male"),
    ("999098000001", 1998, Sex.MALE, {"identity.birthplace"}, "born abroad: codes outside the 63"),
    ("003098000001", 1998, Sex.MALE, {"identity.birthplace"}, "003 was never a province"),
    ("999305000001", 1998, Sex.MALE, {"identity.birthplace", "identity.birth_year", "identity.sex"}, "all"),
]


@pytest.mark.parametrize(("number", "year", "sex", "codes", "why"), WARNINGS)
def test_disagreements_warn_and_never_block(
    number: str, year: int, sex: Sex, codes: set[str], why: str
) -> None:
    assert personal_number(number) == number
    assert {notice.code for notice in personal_number_notices(number, year, sex)} == codes, why


@pytest.mark.parametrize("typed", ["", "1", "01209800001", "0120980000011", "01209800000a"])
def test_only_digits_and_length_block(typed: str) -> None:
    with pytest.raises(DomainError):
        personal_number(typed)


def test_the_message_counts_the_digits() -> None:
    with pytest.raises(DomainError) as refusal:
        personal_number("01209800001")
    assert refusal.value.title == "Số căn cước phải có 12 chữ số, hiện có 11."
