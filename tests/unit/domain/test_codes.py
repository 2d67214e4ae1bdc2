"""Codes on papers and what a scan is."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.codes import (
    COPY_QR_PREFIX,
    ProvisionalCode,
    ScanKind,
    check_digit,
    classify_scan,
    has_valid_check,
    parse_provisional,
    parse_receipt_code,
    parse_short,
    provisional_code,
)
from counter_app.domain.errors import DomainError
from sync.protocol.journals.copy_code import CopyCode, digest_of_words, write_copy_code
from sync.protocol.naming.keys import SigningKey

CODES = st.builds(
    ProvisionalCode,
    st.from_regex(r"[0-9]{5}", fullmatch=True),
    st.integers(1, 999),
    st.integers(0, 9),
    st.dates(date(2000, 1, 1), date(2099, 12, 31)),
    st.integers(1, 9999),
)
SAMPLE = provisional_code("03390", 2, 1, date(2026, 11, 20), 18)


def test_damm_as_published() -> None:
    """The worked example of Damm's thesis: 572 takes 4."""
    assert check_digit("572") == "4"
    assert has_valid_check("5724")


def test_the_parts_stand_where_sync_puts_them() -> None:
    assert SAMPLE.body == "0339000212611200018"
    assert SAMPLE.digits[:-1] == SAMPLE.body
    assert (len(SAMPLE.digits), SAMPLE.short) == (20, "02-0018")
    assert SAMPLE.grouped.replace(" ", "") == SAMPLE.digits


def test_of_a_long_life_the_last_digit_is_printed() -> None:
    assert provisional_code("03390", 2, 13, date(2026, 11, 20), 1).life == 3


@given(CODES)
def test_codes_are_read_back(code: ProvisionalCode) -> None:
    assert parse_provisional(code.digits) == code
    assert parse_provisional(f" {code.grouped}\n") == code
    assert parse_receipt_code(code.receipt_digits) == code
    assert parse_short(code.short) == (code.counter, code.seq)


@given(CODES, st.integers(0, 19), st.integers(1, 9))
def test_every_wrong_digit_is_found(code: ProvisionalCode, place: int, step: int) -> None:
    digits = code.digits
    wrong = digits[:place] + str((int(digits[place]) + step) % 10) + digits[place + 1 :]
    with pytest.raises(DomainError):
        parse_provisional(wrong)


@given(CODES, st.integers(0, 18))
def test_every_swap_of_neighbours_is_found(code: ProvisionalCode, place: int) -> None:
    digits = code.digits
    swapped = digits[:place] + digits[place + 1] + digits[place] + digits[place + 2 :]
    if swapped != digits:
        with pytest.raises(DomainError):
            parse_provisional(swapped)


def impossible(body: str) -> str:
    return body + check_digit(body)


@pytest.mark.parametrize(
    "body",
    ["0339000012611200018", "0339000212613200018", "0339000212602300018", "0339000212611200000"],
    ids=["counter 0", "month 13", "30 February", "sequence 0"],
)
def test_a_right_check_digit_does_not_make_an_impossible_code_right(body: str) -> None:
    with pytest.raises(DomainError) as refusal:
        parse_provisional(impossible(body))
    assert refusal.value.code == "code.wrong"


@pytest.mark.parametrize(
    "parts",
    [("3390", 2, 1, 18), ("0339a", 2, 1, 18), ("03390", 0, 1, 18), ("03390", 1000, 1, 18),
     ("03390", 2, 10, 18),
     ("03390", 2, 1, 0), ("03390", 2, 1, 10_000)],
)  # fmt: skip
def test_parts_that_do_not_fit(parts: tuple[str, int, int, int]) -> None:
    unit, counter, life, seq = parts
    with pytest.raises(ValueError, match="digits"):
        ProvisionalCode(unit, counter, life, date(2026, 11, 20), seq)


def test_the_code_ends_with_the_century() -> None:
    with pytest.raises(ValueError, match="2000"):
        ProvisionalCode("03390", 2, 1, date(2100, 1, 1), 1)


@pytest.mark.parametrize(
    ("typed", "short"),
    [("02-0018", (2, 18)), (" 2-18 ", (2, 18)), ("002-18", (2, 18)), ("02-0000", None), ("00-1", None),
     ("02", None), ("-5", None), ("2-", None), ("02-00185", None), ("²-1", None), ("a-b", None)],
)  # fmt: skip
def test_short_forms(typed: str, short: tuple[int, int] | None) -> None:
    assert parse_short(typed) == short


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (SAMPLE.digits, ScanKind.REQUEST),
        (SAMPLE.digits + "\r\n", ScanKind.REQUEST),
        (SAMPLE.receipt_digits, ScanKind.RECEIPT),
        (COPY_QR_PREFIX + "ABC", ScanKind.COPY_QR),
        (COPY_QR_PREFIX.lower() + "abc", ScanKind.COPY_QR),
        ("MCX1:ABC", ScanKind.UNKNOWN),
        ("012098000001|145000001|A|B", ScanKind.IDENTITY_CARD),
        ("012098000001|", ScanKind.IDENTITY_CARD),
        ("012098000001", ScanKind.PERSONAL_NUMBER),
        (SAMPLE.digits[:-1], ScanKind.UNKNOWN),
        (SAMPLE.digits[:-1] + str((int(SAMPLE.digits[-1]) + 1) % 10), ScanKind.UNKNOWN),
        ("01209800000|x", ScanKind.UNKNOWN),
        ("8934567890123", ScanKind.UNKNOWN),
        ("", ScanKind.UNKNOWN),
        ("1" * 5000, ScanKind.UNKNOWN),
        ("https://example.invalid", ScanKind.UNKNOWN),
    ],
)
def test_a_scan_is_told_by_its_content(text: str, kind: ScanKind) -> None:
    assert classify_scan(text).kind is kind


@given(CODES)
def test_requests_and_receipts_are_never_taken_for_each_other(code: ProvisionalCode) -> None:
    assert classify_scan(code.digits).kind is ScanKind.REQUEST
    assert classify_scan(code.receipt_digits).kind is ScanKind.RECEIPT
    assert classify_scan(code.receipt_digits).code == code


@given(st.text())
def test_any_text_has_a_kind_and_shows_nothing_in_logs(text: str) -> None:
    scan = classify_scan(text)
    assert repr(scan) == f"Scan({scan.kind})"
    assert (scan.code is None) is (scan.kind not in (ScanKind.REQUEST, ScanKind.RECEIPT))


def test_a_copys_printed_code_is_known_for_what_it_is() -> None:
    """The prefix is that of the format which writes the QR, whatever it becomes."""
    code = CopyCode("00000", 257, 1, 2026, 7, date(2026, 11, 20), 2, digest_of_words("Học bạ"))
    assert classify_scan(write_copy_code(code, SigningKey.fresh())).kind is ScanKind.COPY_QR
