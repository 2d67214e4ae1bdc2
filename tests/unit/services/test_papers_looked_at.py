"""Originals of the same person on real stores: taken in today already, run out, foreign, taken again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from counter_app.domain.errors import DomainError
from counter_app.services.ports.copies import INFO, LOOK, STOP, RowForm
from tests.support.counter import Counter, form, person, take_in


def looks(counter: Counter, text: str, mark: str = "", who=None) -> dict[str, str]:
    """Codes and words of what must be looked at on a request of one row."""
    asked = form(text, who=who) if who else form(text)
    row = replace(asked.rows[0], mark=mark, seen=())
    seen = counter.areas.copies.view(replace(asked, rows=(row,)))
    return {one.code: one.title for one in seen.notices if one.level == LOOK}


def infos(counter: Counter, text: str, mark: str = "") -> list[str]:
    asked = form(text)
    seen = counter.areas.copies.view(replace(asked, rows=(replace(asked.rows[0], mark=mark),)))
    return [one.code for one in seen.notices if one.level == INFO and one.row == 0]


def test_the_same_original_twice_today_is_looked_at_with_the_earlier_slip(counter):
    take_in(counter, "hb 24x2", "gks 1x4")
    assert looks(counter, "hb 24x1") == {"original.today": "Dòng 1: Học bạ đã nhận hôm nay ở phiếu 01-0001."}
    assert looks(counter, "bang 1x1") == {}
    assert looks(counter, "hb 24x1", "A 12") == {}, "another number is another original"
    other = person("LÒ THỊ ẨM", "012186001234", sex="female")
    assert looks(counter, "hb 24x1", who=other) == {}, "another person"


def test_it_is_no_news_tomorrow(counter):
    take_in(counter, "hb 24x2")
    counter.clock.at += 86_400_000
    assert "original.today" not in looks(counter, "hb 24x1")


def test_f9_wants_it_seen(counter):
    take_in(counter, "hb 24x2")
    asked = form("hb 24x1")
    asked = replace(asked, rows=(replace(asked.rows[0], seen=()),))
    with pytest.raises(DomainError) as caught:
        counter.areas.copies.commit(replace(asked, given=str(counter.areas.copies.view(asked).total)))
    assert caught.value.code == "notice.unseen"
    row = replace(asked.rows[0], seen=("original.today",))
    done = counter.areas.copies.commit(replace(asked, rows=(row,)))
    assert counter.state(done.request).originals[0].taken.noticed == ("original.today",)


def test_a_paper_that_ran_out_is_looked_at_and_its_day_is_kept_in_words(counter):
    assert looks(counter, "hc 2x1", "B12; hh 140326") == {
        "paper.expired": "Dòng 1: Hộ chiếu hết hạn ngày 14/03/2026."
    }
    asked = form("hc 2x1")
    row = replace(asked.rows[0], mark="B12; hh 140331")
    done = counter.areas.copies.commit(replace(asked, rows=(row,)))
    assert counter.state(done.request).originals[0].taken.mark == "B12; hết hạn 14/03/2031"


def test_a_day_that_is_none_stops_the_row_in_words(counter):
    asked = form("hc 2x1")
    seen = counter.areas.copies.view(replace(asked, rows=(replace(asked.rows[0], mark="hh 31/02/2027"),)))
    (stop,) = [one for one in seen.notices if one.level == STOP and one.row == 0]
    assert stop.title == "Dòng 1: ngày 31/02/2027 không có trong lịch."


def test_foreign_papers_and_what_is_good_to_know(counter):
    assert list(looks(counter, "gks 1x1", "nn")) == ["paper.foreign"]
    assert looks(counter, "bang 1x1", "nn") == {}
    assert infos(counter, "bang 1x1", "nn") == ["paper.foreign_exempt"]
    assert infos(counter, "ct07 1x1") == ["paper.held", "paper.plain"]
    assert infos(counter, "hb 24x1") == []


def test_all_earlier_requests_can_be_taken_again_none_twice(counter):
    take_in(counter, "gks 1x4")
    counter.clock.at += 86_400_000
    take_in(counter, "hb 24x2p", "ck syll 1")
    counter.clock.at += 86_400_000
    take_in(counter, "gks 1x4")
    known = counter.areas.copies.known(person().id_number)
    assert [(one.slip, one.rows) for one in known.earlier] == [
        ("01-0001", ("gks 1x4",)), ("01-0001", ("hb 24x2p", "ck syll 1")),
    ]  # fmt: skip
    assert known.last_rows == ("gks 1x4",)
    assert known.earlier[0].day != known.earlier[1].day


def test_rows_of_signatures_have_no_kind_checks(counter):
    assert "paper.last_day" not in infos(counter, "ck cc 1")
    assert RowForm("ck cc 1").signing.signers == ()
