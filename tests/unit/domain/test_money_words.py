# ruff: noqa: ISC004, SIM905 - lists of words, a case on one line
"""Amounts in Vietnamese words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.money_words import LARGEST, money_figures, money_words, number_words

SPELLED = [
    (0, "không"), (1, "một"), (4, "bốn"), (5, "năm"), (10, "mười"), (11, "mười một"), (14, "mười bốn"),
    (15, "mười lăm"), (20, "hai mươi"), (21, "hai mươi mốt"), (24, "hai mươi tư"), (25, "hai mươi lăm"),
    (44, "bốn mươi tư"), (55, "năm mươi lăm"), (91, "chín mươi mốt"), (100, "một trăm"),
    (101, "một trăm lẻ một"), (104, "một trăm lẻ bốn"), (105, "một trăm lẻ năm"), (110, "một trăm mười"),
    (111, "một trăm mười một"), (115, "một trăm mười lăm"), (121, "một trăm hai mươi mốt"),
    (1_000, "một nghìn"), (1_001, "một nghìn không trăm lẻ một"), (1_010, "một nghìn không trăm mười"),
    (1_105, "một nghìn một trăm lẻ năm"), (15_000, "mười lăm nghìn"), (52_000, "năm mươi hai nghìn"),
    (98_000, "chín mươi tám nghìn"), (1_000_000, "một triệu"), (1_000_005, "một triệu không trăm lẻ năm"),
    (1_005_000, "một triệu không trăm lẻ năm nghìn"),
    (1_234_567, "một triệu hai trăm ba mươi tư nghìn năm trăm sáu mươi bảy"),
    (10_000_021, "mười triệu không trăm hai mươi mốt"),
    (1_000_000_000, "một tỷ"), (2_000_000_001, "hai tỷ không trăm lẻ một"),
    (LARGEST, "chín trăm chín mươi chín tỷ chín trăm chín mươi chín triệu chín trăm chín mươi chín nghìn "
              "chín trăm chín mươi chín"),
]  # fmt: skip


@pytest.mark.parametrize(("number", "words"), SPELLED)
def test_numbers(number: int, words: str) -> None:
    assert number_words(number) == words


def test_money_begins_with_a_capital_unless_told() -> None:
    assert money_words(98_000) == "Chín mươi tám nghìn đồng"
    assert money_words(98_000, capital=False) == "chín mươi tám nghìn đồng"
    assert money_words(-2_000) == "Âm hai nghìn đồng"


@pytest.mark.parametrize("number", [-1, LARGEST + 1])
def test_outside_the_range(number: int) -> None:
    with pytest.raises(ValueError, match="spelled"):
        number_words(number)


def read_back(words: str) -> int:
    """A reader written the other way round: groups end at nghìn, triệu, tỷ."""
    digits = {w: n for n, w in enumerate("không một hai ba bốn năm sáu bảy tám chín".split())}
    digits |= {"mốt": 1, "tư": 4, "lăm": 5}
    total = group = last = 0
    for word in words.split():
        if word in digits:
            last = digits[word]
            group += last
        elif word in ("trăm", "mươi"):
            group += last * ((100 if word == "trăm" else 10) - 1)
        elif word == "mười":
            group += 10
        elif word != "lẻ":
            total += group * {"nghìn": 10**3, "triệu": 10**6, "tỷ": 10**9}[word]
            group = 0
    return total + group


@given(st.integers(0, LARGEST))
def test_words_say_the_number(number: int) -> None:
    assert read_back(number_words(number)) == number


@pytest.mark.parametrize(
    ("amount", "text"),
    [(0, "0\u00a0đ"), (2_000, "2.000\u00a0đ"), (1_234_000, "1.234.000\u00a0đ"), (-2_000, "−2.000\u00a0đ")],
)
def test_figures(amount: int, text: str) -> None:
    assert money_figures(amount) == text
