"""The card's QR, from readers that cut, reorder, decompose and invent."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counter_app.domain.card_qr import MAX_TEXT, CardData, CardReading, parse_card_qr
from counter_app.domain.dates import PartialDate
from counter_app.domain.errors import DomainError
from counter_app.domain.identity import Sex

# Practice data: no such person.
FIELDS = [
    "012098000001", "145000001", "Lò Văn Tập Huấn", "02091998", "Nam",
    "Bản Bo, Tam Đường, Lai Châu", "10052021",
]  # fmt: skip
CARD = "|".join(FIELDS)
WORDS = "Đọc được mã nhưng thiếu phần, kiểm tra lại từng ô."
FULL = CardData(
    "012098000001",
    "LÒ VĂN TẬP HUẤN",
    PartialDate(1998, 9, 2),
    Sex.MALE,
    "Bản Bo, Tam Đường, Lai Châu",
    PartialDate(2021, 5, 10),
    "145000001",
)


def without(place: int) -> str:
    return "|".join(FIELDS[:place] + FIELDS[place + 1 :])


def test_the_card_of_2021() -> None:
    assert parse_card_qr(CARD) == CardReading(FULL, ())


def test_the_old_number_may_be_empty_or_dropped_by_the_reader() -> None:
    empty = parse_card_qr("|".join([FIELDS[0], "", *FIELDS[2:]]))
    dropped = parse_card_qr(without(1))
    assert empty == dropped
    assert empty.complete
    assert (empty.card.old_number, empty.card.issued) == ("", PartialDate(2021, 5, 10))


def test_the_card_of_2024_has_a_tail_that_is_ignored() -> None:
    assert parse_card_qr(CARD + "||Lò Văn Cha|Lò Thị Mẹ|") == CardReading(FULL, ())


def test_dates_with_slashes() -> None:
    assert (
        parse_card_qr(CARD.replace("02091998", "02/09/1998").replace("10052021", "10/05/2021")).card == FULL
    )


@pytest.mark.parametrize("edge", ["\r\n", "\t", "\n", " ", "\ufeff"])
def test_what_the_reader_puts_around_is_taken_off(edge: str) -> None:
    assert parse_card_qr(edge + CARD + edge).card == FULL


def test_decomposed_letters_are_joined_and_noticed() -> None:
    reading = parse_card_qr(unicodedata.normalize("NFD", CARD))
    assert reading.card == FULL
    assert [note.code for note in reading.notes] == ["card.composed"]


def test_birth_year_alone() -> None:
    for year in ("1950", "00001950"):
        assert parse_card_qr(CARD.replace("02091998", year)).card.birth == PartialDate(1950)


@pytest.mark.parametrize("length", range(42, len(CARD)))
def test_a_code_cut_after_the_name_gives_only_whole_parts(length: int) -> None:
    """Every part that is given equals the card's: a cut part is never taken for a whole one."""
    reading = parse_card_qr(CARD[:length])
    for name in ("number", "name", "birth", "sex", "address", "issued", "old_number"):
        assert getattr(reading.card, name) in (getattr(FULL, name), None, "")
    assert not reading.complete
    assert reading.notes[0].vi == WORDS


def test_a_cut_date_of_issue_is_not_taken_for_a_year() -> None:
    cut = parse_card_qr("|".join([*FIELDS[:6], "19052021"])[:-4])
    assert cut.card.issued is None
    assert not cut.complete


@pytest.mark.parametrize("length", range(39))
def test_a_code_cut_before_the_name_ends_is_refused_in_words(length: int) -> None:
    with pytest.raises(DomainError) as refusal:
        parse_card_qr(CARD[:length])
    assert refusal.value.title == WORDS


@pytest.mark.parametrize("first", range(1, 7))
def test_another_order_is_refused_in_words(first: int) -> None:
    with pytest.raises(DomainError) as refusal:
        parse_card_qr("|".join(FIELDS[first:] + FIELDS[:first]))
    assert (refusal.value.title, refusal.value.code) == (WORDS, "card.incomplete")


@pytest.mark.parametrize(
    ("place", "value", "attribute"),
    [
        (3, "31021998", "birth"),
        (3, "", "birth"),
        (4, "X", "sex"),
        (5, "", "address"),
        (6, "1005202", "issued"),
    ],
)
def test_an_unreadable_part_stays_empty_and_is_said(place: int, value: str, attribute: str) -> None:
    reading = parse_card_qr("|".join([*FIELDS[:place], value, *FIELDS[place + 1 :]]))
    assert not getattr(reading.card, attribute)
    assert not reading.complete


@pytest.mark.parametrize("char", ["\x00", "\x1b", "\n", "\x7f", "\u202e", "\u200b", "\ud800"])
def test_control_characters_inside_are_refused(char: str) -> None:
    with pytest.raises(DomainError) as refusal:
        parse_card_qr(CARD[:20] + char + CARD[20:])
    assert refusal.value.code == "card.characters"


def test_four_thousand_characters() -> None:
    with pytest.raises(DomainError) as refusal:
        parse_card_qr(CARD + "x" * (4000 - len(CARD)))
    assert refusal.value.code == "card.length"
    assert "4000" in refusal.value.title


def test_the_limit_of_length_itself_is_read() -> None:
    reading = parse_card_qr(CARD + "|" + "x" * (MAX_TEXT - len(CARD) - 1))
    assert reading.card == FULL


def test_too_many_fields() -> None:
    with pytest.raises(DomainError):
        parse_card_qr(CARD + "|" * 30)


def test_no_personal_data_in_repr_or_error() -> None:
    assert "TẬP HUẤN" not in repr(parse_card_qr(CARD))
    with pytest.raises(DomainError) as refusal:
        parse_card_qr("Lò Văn Tập Huấn|012098000001|x|y|z|t|u")
    for words in (refusal.value.words(), refusal.value.words("en")):
        assert "Tập Huấn" not in words.sentence


def reads_or_has_words(text: str) -> None:
    try:
        reading = parse_card_qr(text)
    except DomainError as error:
        assert error.code.startswith("card.")  # noqa: PT017 - either outcome is lawful
        assert error.words().title  # noqa: PT017
    else:
        assert len(reading.card.number) == 12
        assert reading.card.name == unicodedata.normalize("NFC", reading.card.name)


@settings(max_examples=400)
@given(st.text(max_size=1500))
def test_any_text(text: str) -> None:
    reads_or_has_words(text)


PART = st.one_of(st.sampled_from([*FIELDS, "", "00000000", "99999999", "//", "0000"]), st.text(max_size=20))


@settings(max_examples=800)
@given(st.lists(PART, max_size=25).map("|".join))
def test_any_parts_in_any_order(text: str) -> None:
    reads_or_has_words(text)


@settings(max_examples=800)
@given(st.data())
def test_a_card_with_some_characters_changed(data: st.DataObject) -> None:
    text = list(CARD)
    for _ in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(0, len(text) - 1))
        text[place] = data.draw(st.one_of(st.characters(), st.just("|"), st.just("")))
    reads_or_has_words("".join(text))
