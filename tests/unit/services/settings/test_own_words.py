"""The unit's short words on real stores: at every counter, in rows, kept over a restart."""

from __future__ import annotations

from pathlib import Path

import pytest

from counter_app.domain.errors import DomainError
from tests.support.counter import CLERK, TECHNICIAN, Counter, form, give, make_counter, take_in


def test_a_word_is_in_force_at_once_and_goes_away_again(counter: Counter) -> None:
    settings = counter.areas.settings
    settings.keep_paper_word("tkb", "thời khóa biểu")
    settings.keep_paper_word("xh", "hb")
    assert [(one.word, one.paper, one.own) for one in settings.paper_words()] == [
        ("tkb", "Thời khóa biểu", True), ("xh", "Học bạ", False),
    ]  # fmt: skip
    seen = counter.areas.copies.view(form("tkb 1x2", "xh 2x1"))
    assert [row.name for row in seen.rows] == ["Thời khóa biểu", "Học bạ"]
    assert counter.areas.copies.kinds("tk")[0].alias == "tkb"
    settings.keep_paper_word("tkb", "")
    assert [row.kind for row in counter.areas.copies.view(form("tkb 1x2")).rows] == [""]


def test_a_paper_of_the_unit_is_taken_in_and_taken_again(counter: Counter) -> None:
    counter.areas.settings.keep_paper_word("tkb", "thời khóa biểu")
    done = take_in(counter, "tkb 1x2")
    assert counter.state(done.request).originals[0].taken.name == "Thời khóa biểu"
    known = counter.areas.copies.known("012086006812")
    assert known is not None
    assert known.last_rows == ("tkb 1x2",)
    assert counter.areas.copies.kinds("")[0].alias == "tkb", "last used first"


def test_a_word_with_another_meaning_is_refused(counter: Counter) -> None:
    with pytest.raises(DomainError) as caught:
        counter.areas.settings.keep_paper_word("hb", "Thời khóa biểu")
    assert caught.value.code == "alias.taken"
    assert counter.areas.settings.paper_words() == ()


def test_a_technician_sets_no_words(counter: Counter) -> None:
    counter.sign_in(TECHNICIAN)
    with pytest.raises(DomainError) as caught:
        counter.areas.settings.keep_paper_word("tkb", "Thời khóa biểu")
    assert caught.value.code.startswith(("role.", "session."))


def test_the_other_counter_of_the_unit_types_the_same(counter: Counter, tmp_path: Path) -> None:
    counter.areas.settings.keep_paper_word("tkb", "thời khóa biểu")
    other = make_counter(tmp_path / "other", number=2, founder=counter)
    try:
        give(counter, other)
        other.sign_in(CLERK)
        assert other.areas.copies.view(form("tkb 1x2")).rows[0].name == "Thời khóa biểu"
    finally:
        other.close()
