"""Names as typed and their order (ux 4.3, 6.4)."""

import random
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from counter_app.domain.collation import given_name_key, sort_key
from counter_app.domain.errors import DomainError
from counter_app.domain.names import MAX_NAME, clean_name, same_name


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("lý a vảng", "LÝ A VẢNG"),
        ("  Nguyễn   thị đào ", "NGUYỄN THỊ ĐÀO"),
        ("Páo", "PÁO"),
        ("h'hen niê", "H'HEN NIÊ"),
        ("k’brông", "K'BRÔNG"),
        ("Trần-Lê A.", "TRẦN-LÊ A."),
        ("Ly\u200b A", "LY A"),
        ("Lò\u00a0Văn\tỐn", "LÒ VĂN ỐN"),
    ],
)
def test_names_that_are_taken(typed: str, stored: str) -> None:
    assert clean_name(typed) == stored


def test_decomposed_input_is_composed() -> None:
    assert clean_name(unicodedata.normalize("NFD", "Đặng Thị Ẩn")) == "ĐẶNG THỊ ẨN"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "name.empty"),
        (" - ", "name.empty"),
        ("123", "name.empty"),
        ("Lý A 3", "name.character"),
        ("Lý|A", "name.character"),
        ("Lý\x00A", "name.character"),
        ("Иван", "name.character"),
        ("李", "name.character"),
        ("A" * (MAX_NAME + 1), "name.length"),
    ],
)
def test_names_that_are_refused(typed: str, code: str) -> None:
    with pytest.raises(DomainError) as refusal:
        clean_name(typed, "requester")
    assert (refusal.value.code, refusal.value.field) == (code, "requester")


def test_the_empty_name_says_what_to_do() -> None:
    with pytest.raises(DomainError) as refusal:
        clean_name("  ")
    assert refusal.value.title == "Nhập họ và tên như trên giấy tờ."


def test_what_cannot_be_seen_is_named_by_its_number() -> None:
    with pytest.raises(DomainError) as refusal:
        clean_name("A\x07B")
    assert "U+0007" in refusal.value.title


@given(st.text(max_size=130))
def test_a_taken_name_is_taken_again_unchanged(text: str) -> None:
    try:
        name = clean_name(text)
    except DomainError as error:
        assert error.title  # noqa: PT017 - either outcome is lawful
        return
    assert clean_name(name) == name
    assert unicodedata.is_normalized("NFC", name)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Thúy", "THUÝ", True),
        ("Hòa  Bình", "hoà bình", True),
        ("Hoa", "Hòa", False),
        ("Mã", "Má", False),
        ("Lê Ân", "Lê An", False),
        ("Ly A", "LyA", False),
    ],
)
def test_same_name(one: str, other: str, same: bool) -> None:
    assert same_name(one, other) is same


ORDERS = [
    "ma mà mả mã má mạ",
    "a à ă ằ â ầ b c d đ e ê g h i k l m n o ô ơ p q r s t u ư v x y",
    "Dũng Dương Đạt Đặng",
    "Ân Ẩn Ấn",
]


@pytest.mark.parametrize("order", ORDERS)
def test_dictionary_order(order: str) -> None:
    words = order.split()
    shuffled = words[:]
    random.Random(4).shuffle(shuffled)
    assert sorted(shuffled, key=sort_key) == words


def test_letters_come_before_tones() -> None:
    """A tone decides only among the same letters: Ám (a, m) is before An (a, n)."""
    assert sorted(["An", "Ám", "Ăn", "Ẳm"], key=sort_key) == ["Ám", "An", "Ẳm", "Ăn"]


def test_people_by_given_name_then_family() -> None:
    people = ["Trần Văn An", "Lê Thị Bình", "Đặng Thị An", "Dương Thị An", "Páo", "Nguyễn Ân"]
    assert sorted(people, key=given_name_key) == [
        "Dương Thị An", "Đặng Thị An", "Trần Văn An", "Nguyễn Ân", "Lê Thị Bình", "Páo",
    ]  # fmt: skip


@example(["0", " 0", "0 "])
@given(st.lists(st.text(max_size=12)))
def test_the_order_is_total_on_any_text(texts: list[str]) -> None:
    backwards = texts[::-1]
    assert sorted(texts, key=given_name_key) == sorted(backwards, key=given_name_key)
