"""Identity papers: what blocks is length and characters only."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.errors import DomainError
from counter_app.domain.identity import (
    BIRTHPLACE_CODES,
    Identity,
    PaperKind,
    birth_year_of,
    grouped,
    masked,
    passport_notices,
    personal_number_notices,
    read_identity,
)


def test_there_were_sixty_three_provinces() -> None:
    assert len(BIRTHPLACE_CODES) == 63
    assert {"001", "012", "079", "096"} <= BIRTHPLACE_CODES


@pytest.mark.parametrize(
    ("kind", "typed", "number"),
    [
        (PaperKind.PERSONAL, " 012 098 000 001 ", "012098000001"),
        (PaperKind.PERSONAL, "012.098.000-001", "012098000001"),
        (PaperKind.OLD_NUMBER, "145 678 901", "145678901"),
        (PaperKind.PASSPORT, "c1234567", "C1234567"),
        (PaperKind.PASSPORT, "P00123456", "P00123456"),
        (PaperKind.ORGANISATION, "0100 000 000", "0100000000"),
        (PaperKind.ORGANISATION, "0100000000-001", "0100000000001"),
        (PaperKind.OTHER, " CT  07/12 ", "CT 07/12"),
    ],
)
def test_papers_that_are_taken(kind: PaperKind, typed: str, number: str) -> None:
    assert read_identity(kind, typed) == Identity(kind, number)


@pytest.mark.parametrize(
    ("kind", "typed", "code"),
    [
        (PaperKind.PERSONAL, "01209800000١", "identity.characters"),
        (PaperKind.PERSONAL, "C1234567", "identity.characters"),
        (PaperKind.PERSONAL, "", "identity.length"),
        (PaperKind.OLD_NUMBER, "14567890", "identity.cmnd"),
        (PaperKind.OLD_NUMBER, "14567890²", "identity.cmnd"),
        (PaperKind.PASSPORT, "C12", "identity.passport"),
        (PaperKind.PASSPORT, "Đ1234567", "identity.passport"),
        (PaperKind.ORGANISATION, "01000000001", "identity.organisation"),
        (PaperKind.OTHER, "  ", "identity.other"),
        (PaperKind.OTHER, "x" * 31, "identity.other"),
        (PaperKind.OTHER, "A\x00B", "identity.other"),
    ],
)
def test_papers_that_are_refused(kind: PaperKind, typed: str, code: str) -> None:
    with pytest.raises(DomainError) as refusal:
        read_identity(kind, typed, "paper")
    assert (refusal.value.code, refusal.value.field) == (code, "paper")
    assert refusal.value.words("en").title != refusal.value.title


@given(st.sampled_from(PaperKind), st.text(max_size=40))
def test_any_text_gives_a_paper_or_words(kind: PaperKind, text: str) -> None:
    try:
        identity = read_identity(kind, text)
    except DomainError as error:
        assert error.code.startswith("identity.")  # noqa: PT017 - either outcome is lawful
    else:
        assert read_identity(kind, identity.number) == identity


@given(st.from_regex(r"[0-9]{12}", fullmatch=True))
def test_notices_never_raise_and_agree_with_the_year(number: str) -> None:
    codes = {n.code for n in personal_number_notices(number, birth_year_of(number))}
    assert codes <= {"identity.birthplace"}


def test_foreign_passports_are_only_noticed() -> None:
    assert passport_notices("C1234567") == ()
    assert [n.code for n in passport_notices("X1Y2Z3")] == ["identity.passport_foreign"]


def test_numbers_for_the_eye() -> None:
    assert grouped("012098000001") == "012 098 000 001"
    assert Identity(PaperKind.PERSONAL, "012098000001").shown == "012 098 000 001"
    assert Identity(PaperKind.PASSPORT, "C1234567").shown == "C1234567"
    assert masked("012098000001") == "•••••••••001"
    assert masked("01") == "01"
