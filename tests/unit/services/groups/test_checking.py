"""Errors by line before anything is written, in words a clerk can act on."""

from __future__ import annotations

from dataclasses import replace

import pytest

from counter_app.services.ports.groups import LOOK, READY, STOP, TAKEN, UNTICKED, PersonLine
from tests.support.counter import MORNING, person, take_in
from tests.unit.services.groups.school import FEE_OF_TWO, TWO_PAPERS, a_group, pupil


def look_at(counter, *people: PersonLine, **more):
    """The view of a group of these."""
    return counter.areas.groups.view(replace(a_group(0, **more), people=people))


@pytest.mark.parametrize(
    ("change", "words", "field"),
    [
        ({"name": ""}, "Nhập họ và tên", "name"),
        ({"id_number": ""}, "Nhập số giấy tờ tùy thân", "id_number"),
        ({"id_number": "0122120"}, "phải có 12 chữ số, hiện có 7", "id_number"),
        ({"birth": "31/02/2012"}, "31/02/2012 không có trong lịch", "birth"),
        ({"birth": "15/09/2030"}, "sau hôm nay", "birth"),
        ({"address": "=HYPERLINK(1)"}, "công thức", "address"),
        ({"label": "@SUM(A1)"}, "công thức", "label"),
        ({"name": "Lò Văn 7"}, "ký tự “7”", "name"),
    ],
)
def test_a_wrong_cell_stops_its_line_and_names_the_cell(counter, change, words, field) -> None:
    view = look_at(counter, pupil(0), replace(pupil(1), **change))
    good, bad = view.lines
    assert good.state == READY
    assert bad.state == STOP
    assert words in " ".join(bad.words)
    assert bad.field == field
    assert not view.can_commit


def test_the_same_number_twice_stops_both_lines(counter) -> None:
    one = pupil(0)
    view = look_at(counter, one, pupil(1), replace(pupil(2), id_number=one.id_number))
    assert [line.state for line in view.lines] == [STOP, READY, STOP]
    assert "dòng 3" in view.lines[0].words[0]
    assert "dòng 1" in view.lines[2].words[0]


def test_a_person_who_came_today_is_looked_at_and_may_be_taken(counter) -> None:
    one = pupil(0)
    take_in(counter, who=person(one.name.upper(), one.id_number, birth=one.birth))
    line = look_at(counter, one).lines[0]
    assert (line.state, line.looks) == (LOOK, ("group.again_today",))
    assert look_at(counter, replace(one, seen=("group.again_today",))).lines[0].state == READY


def test_a_zero_that_a_spreadsheet_dropped_is_put_back_and_looked_at(counter) -> None:
    one = replace(pupil(0), id_number=pupil(0).id_number[1:])
    line = look_at(counter, one).lines[0]
    assert line.state == LOOK
    assert pupil(0).id_number in line.words[0]
    seen = replace(one, seen=line.looks)
    form = replace(a_group(0), people=(seen,))
    done = counter.areas.groups.write_piece(form)
    (member,) = counter.areas.groups.members(done.group)
    assert counter.state(member.request).requester.id_number == pupil(0).id_number


def test_a_number_that_disagrees_with_the_year_is_looked_at(counter) -> None:
    line = look_at(counter, replace(pupil(0), birth="15/09/2010")).lines[0]
    assert line.state == LOOK
    assert "identity.birth_year" in line.looks


def test_a_faulty_line_that_is_not_ticked_stops_nobody(counter) -> None:
    view = look_at(counter, pupil(0), replace(pupil(1, ticked=False), name=""))
    assert view.can_commit
    assert view.counts["ticked"] == 1
    assert view.total == 26_000


def test_sums_are_over_those_who_are_ticked(counter) -> None:
    form = a_group(4, papers=TWO_PAPERS)
    people = (replace(form.people[0], compared_at=0), *form.people[1:])
    view = counter.areas.groups.view(replace(form, people=people))
    assert view.lines[0].state == UNTICKED
    assert (view.total, view.originals, view.copies) == (3 * FEE_OF_TWO, 6, 9)


@pytest.mark.parametrize(
    ("papers", "words"),
    [
        ((), "Chưa có giấy tờ"),
        (("zzz 1x1",), "Không thấy"),
        (("ck syll 1",), "Nhóm chỉ nhận"),
        (("hb 0x1",), "Số trang"),
    ],
)
def test_papers_that_no_group_has_stop_it(counter, papers, words) -> None:
    view = counter.areas.groups.view(a_group(2, papers=papers))
    assert any(words.lower() in sentence.lower() for _, sentence in view.faults)


def test_money_that_is_short_stops_one_receipt_paid_now(counter) -> None:
    view = counter.areas.groups.view(a_group(3, given="50"))
    assert [field for field, _ in view.faults] == ["given"]
    assert counter.areas.groups.view(a_group(3, given="50", pay="return")).can_commit
    assert counter.areas.groups.view(a_group(3, given="100")).change == 22_000


def test_more_than_500_ticked_persons_are_more_than_one_group(counter) -> None:
    people = tuple(replace(pupil(0), id_number=f"{n:012d}") for n in range(501))
    sentences = [words for _, words in look_at(counter, *people).faults]
    assert any("nhiều nhất 500" in words for words in sentences)


def test_lines_that_are_written_show_so(counter) -> None:
    form = a_group(30)
    piece = counter.areas.groups.write_piece(form)
    view = counter.areas.groups.view(counter.areas.groups.resume(piece.group))
    assert [line.state for line in view.lines].count(TAKEN) == piece.taken
    assert view.lines[-1].state == READY


def test_a_group_without_a_name_or_people_says_so(counter) -> None:
    fields = [field for field, _ in counter.areas.groups.view(replace(a_group(0), name=" ")).faults]
    assert fields == ["name", "people"]


def test_the_tick_of_each_person_is_the_time_of_comparing_in_his_originals(counter) -> None:
    form = a_group(2, papers=TWO_PAPERS)
    later = replace(form.people[1], compared_at=MORNING + 60_000)
    done = counter.areas.groups.write_piece(replace(form, people=(form.people[0], later)))
    first, second = (counter.state(m.request) for m in counter.areas.groups.members(done.group))
    assert {o.taken.compared_at for o in first.originals} == {MORNING}
    assert {o.taken.compared_at for o in second.originals} == {MORNING + 60_000}


def test_number_and_birth_are_shown_as_they_were_read(counter) -> None:
    form = a_group(2)
    lost = replace(form.people[0], id_number=form.people[0].id_number[1:], birth="15092012")
    view = counter.areas.groups.view(replace(form, people=(lost, form.people[1])))
    assert (view.lines[0].id_number, view.lines[0].birth) == (form.people[0].id_number, "15/09/2012")
