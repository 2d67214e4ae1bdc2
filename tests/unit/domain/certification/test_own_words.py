"""Short words of papers that a unit chooses itself: in front, never two meanings, refused in words."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from counter_app.domain.certification.taking_in.own_words import (
    MOST_WORDS,
    own_words,
    set_own_word,
    with_own_words,
)
from counter_app.domain.certification.taking_in.row_grammar import MATTER_WORDS, parse_row
from counter_app.domain.errors import DomainError
from counter_app.domain.organisation import roles
from counter_app.domain.organisation.entries import UnitPolicySet
from counter_app.domain.organisation.state import OfficialState, unit_subject
from counter_app.services.rules import shipped_rules
from sync.protocol.journals.codec import decode_body
from sync.protocol.naming.ids import EntryId

KINDS = shipped_rules().kinds
UNIT = unit_subject("03390")
CLERK = OfficialState(EntryId(513, 1), "Lù Tập Huấn", "", (roles.INTAKE,), b"", "mai")
OUTSIDER = OfficialState(EntryId(513, 2), "Kỹ Thuật", "", (roles.TECHNICIAN,), b"", "ky")
NONE: Mapping[str, str] = {}


def put(word: str, paper: str, words: Mapping[str, str] = NONE, actor: OfficialState = CLERK):
    (made,) = set_own_word(actor, UNIT, (word, paper), with_own_words(KINDS, words), words)
    return made


def refused(
    word: str, paper: str, words: Mapping[str, str] = NONE, actor: OfficialState = CLERK
) -> DomainError:
    with pytest.raises(DomainError) as caught:
        put(word, paper, words, actor)
    return caught.value


def value(word: str, paper: str, words: Mapping[str, str] = NONE) -> tuple[str, str]:
    body = decode_body(UnitPolicySet, put(word, paper, words).body)
    return body.key, body.value


def test_a_word_stands_for_a_kind_known_by_name_or_by_its_word() -> None:
    assert value("xh", "học bạ") == value("xh", "hb") == ("alias.xh", "hoc_ba")


def test_a_name_the_program_does_not_know_becomes_a_kind_of_the_unit() -> None:
    assert value("tkb", "thời khóa biểu") == ("alias.tkb", "=Thời khóa biểu")
    typed = parse_row("TKB 1x2", with_own_words(KINDS, {"tkb": "=Thời khóa biểu"}))
    assert (typed.name, typed.paper.key, typed.copies) == ("Thời khóa biểu", "own.tkb", 2)


def test_the_units_word_is_the_first_one_offered() -> None:
    kinds = with_own_words(KINDS, {"xh": "hoc_ba"})
    found = kinds.find("xh")
    assert (found.key, found.aliases[0], "hb" in found.aliases) == ("hoc_ba", "xh", True)
    assert parse_row("xh 2x1", kinds).name == "Học bạ"


@pytest.mark.parametrize("typed", ["Tkb", "TKB", "tkb "])
def test_case_and_marks_do_not_matter(typed: str) -> None:
    assert value(typed, "Thời khóa biểu")[0] == "alias.tkb"
    assert value("đtk", "Thời khóa biểu")[0] == "alias.dtk"


@pytest.mark.parametrize("word", ["", "2a", "a b", "abcdefghijklm", "a-b", "ă!"])
def test_a_word_is_short_letters_and_digits(word: str) -> None:
    assert refused(word, "Thời khóa biểu").code == "alias.word"


@pytest.mark.parametrize("word", [*MATTER_WORDS, "khac", "p", "x"])
def test_words_of_the_grammar_keep_their_meaning(word: str) -> None:
    assert refused(word, "Học bạ").code == "alias.reserved"


def test_another_papers_word_is_refused_with_its_name() -> None:
    error = refused("hb", "Thời khóa biểu")
    assert (error.code, error.field, error.title) == ("alias.taken", "word", "“hb” đang là Học bạ.")
    assert error.words("en").title == "“hb” is School record."
    assert "đã là tên tắt" in refused("hb", "học bạ").title


def test_the_units_own_word_may_get_another_meaning_or_go() -> None:
    words = {"tkb": "=Thời khóa biểu"}
    assert value("tkb", "hb", words) == ("alias.tkb", "hoc_ba")
    assert value("tkb", "Thẻ kho", words) == ("alias.tkb", "=Thẻ kho")
    assert value("tkb", "", words) == ("alias.tkb", "")
    assert refused("zzz", "").code == "alias.none"


def test_a_word_that_was_taken_away_is_free_again() -> None:
    policies = {"alias.tkb": "", "alias.xh": "hoc_ba", "who_numbers": "registrar"}
    assert own_words(policies) == {"xh": "hoc_ba"}


def test_names_and_their_number_are_bounded() -> None:
    assert refused("tkb", "T").code == "alias.name"
    assert refused("tkb", "T" * 101).code == "alias.name"
    many = {f"w{number}": "=Giấy riêng" for number in range(MOST_WORDS)}
    assert refused("tkb", "Thời khóa biểu", many).code == "alias.many"
    assert value("w1", "Giấy khác hẳn", many)[0] == "alias.w1"


def test_a_kind_that_is_gone_breaks_nothing() -> None:
    kinds = with_own_words(KINDS, {"xh": "no_longer_there"})
    with pytest.raises(DomainError):
        kinds.find("xh")
    assert kinds.find("hb").key == "hoc_ba"


def test_who_takes_in_may_set_words_nobody_else() -> None:
    assert refused("tkb", "Thời khóa biểu", actor=OUTSIDER).code.startswith("role.")
