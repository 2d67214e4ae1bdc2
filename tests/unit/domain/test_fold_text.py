"""Folding for search."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.fold_text import drop_marks, fold, nfc


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Nguyễn Thị Đào", "nguyen thi dao"),
        ("  ĐẶNG\t Văn\n Ơ ", "dang van o"),
        ("Thúy", "thuy"),
        ("Thuý", "thuy"),
        ("ƯỚC ượt", "uoc uot"),
        ("Tả Lèng", "ta leng"),
        ("", ""),
        ("\u00a0 ", ""),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_composed_and_decomposed_fold_alike() -> None:
    name = "Lường Thị Ẫm Đặng"
    assert fold(unicodedata.normalize("NFD", name)) == fold(nfc(name)) == "luong thi am dang"


def test_drop_marks_keeps_case_and_spaces() -> None:
    assert drop_marks("Đỗ  Ẩn") == "Do  An"


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_a_fold_has_no_marks_and_no_double_spaces(text: str) -> None:
    folded = fold(text)
    assert "  " not in folded
    assert folded == folded.strip()
    assert not any(unicodedata.category(c) == "Mn" for c in folded)
    assert "đ" not in folded
