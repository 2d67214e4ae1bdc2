"""The typed row of the fast entry and the kinds it names."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.certification.taking_in.kinds_of_papers import (
    OTHER,
    PaperKind,
    PaperKinds,
    parse_paper_kinds,
)
from counter_app.domain.certification.taking_in.row_grammar import COPY, SIGNATURE, parse_row
from counter_app.domain.errors import DomainError
from counter_app.domain.fold_text import fold
from resources import load

KINDS = parse_paper_kinds(load.paper_kinds())


@pytest.mark.parametrize(
    ("typed", "key", "pages", "copies", "photo"),
    [
        ("hb 24x2", "hoc_ba", 24, 2, False),
        ("gks 1x4", "giay_khai_sinh", 1, 4, False),
        ("bang 1x3", "bang_tot_nghiep", 1, 3, False),
        ("hb 24x2p", "hoc_ba", 24, 2, True),
        ("HB 24 X 2 P", "hoc_ba", 24, 2, True),
        ("  hb24*2", "hoc_ba", 24, 2, False),
        ("hb 24×2", "hoc_ba", 24, 2, False),
        ("bằng 1x3", "bang_tot_nghiep", 1, 3, False),
        ("Học bạ 24x2", "hoc_ba", 24, 2, False),
        ("giấy khai sinh 1x1", "giay_khai_sinh", 1, 1, False),
        ("cc 1x2", "can_cuoc", 1, 2, False),
        ("ct07 1x2", "xac_nhan_cu_tru", 1, 2, False),
        ("so do 4x2", "qsdd", 4, 2, False),
        ("hb 999x200", "hoc_ba", 999, 200, False),
    ],
)
def test_copies(typed: str, key: str, pages: int, copies: int, photo: bool) -> None:
    row = parse_row(typed, KINDS)
    assert (row.matter, row.paper.key, row.pages, row.copies, row.photocopied) == (
        COPY, key, pages, copies, photo,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "key", "documents"),
    [
        ("ck syll 1", "so_yeu_ly_lich", 1),
        ("CK  Syll 12", "so_yeu_ly_lich", 12),
        ("ck ct07 3", "xac_nhan_cu_tru", 3),
    ],
)
def test_signatures(typed: str, key: str, documents: int) -> None:
    row = parse_row(typed, KINDS)
    assert (row.matter, row.paper.key, row.pages, row.copies) == (SIGNATURE, key, 0, documents)


def test_any_other_paper_by_its_name() -> None:
    row = parse_row("khác giấy nhập học 1x2", KINDS)
    assert (row.paper.key, row.name, row.pages, row.copies) == (OTHER, "Giấy nhập học", 1, 2)
    assert parse_row("ck khac đơn 2", KINDS).name == "Đơn"


def test_decomposed_typing() -> None:
    assert parse_row(unicodedata.normalize("NFD", "bằng 1x3"), KINDS).paper.key == "bang_tot_nghiep"
    assert parse_row(unicodedata.normalize("NFD", "khác giấy nhập học 1x2"), KINDS).name == "Giấy nhập học"


@pytest.mark.parametrize(
    ("typed", "code", "words"),
    [
        ("", "row.pattern", "Dòng còn trống."),
        ("hb", "row.pattern", "Chưa hiểu dòng “hb”."),
        ("hb 24", "row.pattern", "Chưa hiểu dòng “hb 24”."),
        ("hb 24x", "row.pattern", "Chưa hiểu dòng “hb 24x”."),
        ("24x2", "row.pattern", "Chưa hiểu dòng “24x2”."),
        ("hb -1x2", "row.pattern", "Chưa hiểu dòng “hb -1x2”."),
        ("hb 0x2", "pages.range", "Số trang phải từ 1 đến 999."),
        ("hb 1000x2", "pages.range", "Số trang phải từ 1 đến 999."),
        ("hb 10000x2", "pages.range", "Số trang phải từ 1 đến 999."),
        ("hb 1x0", "copies.range", "Số bản phải từ 1 đến 200."),
        ("hb 1x201", "copies.range", "Số bản phải từ 1 đến 200."),
        ("ck syll 0", "documents.range", "Số giấy tờ phải từ 1 đến 200."),
        ("ck gks 1x4", "row.pattern", "Chưa hiểu dòng “ck gks 1x4”."),
        ("hb 1x9999999999999999999", "row.pattern", "Chưa hiểu dòng"),
        ("xyz 1x1", "paper.unknown", "Không thấy “xyz”."),
        ("khac 1x1", "paper.name", "Nhập tên giấy tờ"),
    ],
)
def test_what_is_not_understood_has_words(typed: str, code: str, words: str) -> None:
    with pytest.raises(DomainError) as refusal:
        parse_row(typed, KINDS)
    assert (refusal.value.code, refusal.value.title[: len(words)]) == (code, words)
    assert refusal.value.words("en").title != refusal.value.title


def test_an_unknown_word_offers_the_nearest() -> None:
    with pytest.raises(DomainError) as refusal:
        parse_row("hbb 24x2", KINDS)
    assert refusal.value.title == "Không thấy “hbb”. Gần đúng: Học bạ (hb)."


def test_near_while_typing() -> None:
    assert KINDS.near("gk")[0].aliases[0].startswith("gk")
    assert KINDS.near("khai")[0].key == "giay_khai_sinh"
    assert KINDS.near("") == ()
    assert len(KINDS.near("g")) == 3


def test_a_unit_s_own_kinds_come_first() -> None:
    own = PaperKind("own", "Học bạ song ngữ", "Bilingual record", ("hb",))
    assert parse_row("hb 1x1", PaperKinds((own, *KINDS.kinds))).paper.key == "own"


@given(st.text(max_size=60))
def test_any_text_gives_a_row_or_words(text: str) -> None:
    try:
        row = parse_row(text, KINDS)
    except DomainError as error:
        assert error.title  # noqa: PT017 - either outcome is lawful
    else:
        assert 1 <= row.copies <= 200


@given(st.sampled_from(KINDS.kinds), st.integers(1, 999), st.integers(1, 200), st.booleans())
def test_every_alias_of_every_kind_works(kind: PaperKind, pages: int, copies: int, photo: bool) -> None:
    for alias in kind.aliases if kind.key != OTHER else ():
        row = parse_row(f"{alias} {pages}x{copies}{'p' if photo else ''}", KINDS)
        assert (row.paper, row.pages, row.copies, row.photocopied) == (kind, pages, copies, photo)


def test_aliases_are_folded_and_nobody_shares_one() -> None:
    aliases = [alias for kind in KINDS.kinds for alias in kind.aliases]
    assert len(aliases) == len(set(aliases))
    assert all(alias == fold(alias) for alias in aliases)
    assert len({kind.key for kind in KINDS.kinds}) == len(KINDS.kinds)
    assert not any(alias == "ck" or alias.startswith("ck ") for alias in aliases)


def test_get_by_stored_key() -> None:
    assert KINDS.get("hoc_ba") is not None
    assert KINDS.get("gone") is None


@pytest.mark.parametrize("raw", [b"", b"{}", b'{"kinds":[{"key":1}]}'])
def test_a_damaged_file_has_words(raw: bytes) -> None:
    with pytest.raises(DomainError) as refusal:
        parse_paper_kinds(raw)
    assert refusal.value.code == "table.file"
