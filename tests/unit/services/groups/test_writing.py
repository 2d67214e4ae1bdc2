"""F9 of a group: whole pieces, one register line's name a person, nothing twice, papers after the commit."""

from __future__ import annotations

from dataclasses import replace

import pytest

from counter_app.domain.errors import DomainError
from counter_app.services.groups import writing
from counter_app.services.groups.writing import PIECE
from tests.unit.services.groups.school import FEE_OF_TWO, TWO_PAPERS, a_group, write_all


def sql(counter, text, *values):
    """Rows of the encrypted store."""
    with counter.store.read() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(text, values)]


def test_each_person_is_a_request_of_his_own_in_the_order_of_the_list(counter) -> None:
    form = a_group(30, papers=TWO_PAPERS)
    done = write_all(counter, form)
    members = counter.areas.groups.members(done.group)
    assert [member.name for member in members] == [person.name.upper() for person in form.people]
    assert [member.label for member in members] == [person.label for person in form.people]
    assert len({member.short_code for member in members}) == 30
    state = counter.state(members[7].request)
    assert state.group == done.group
    assert len(state.originals) == 2
    assert state.waits_for_number
    assert state.requester.id_number == form.people[7].id_number


def test_a_group_is_written_in_pieces_and_each_is_whole(counter) -> None:
    form = a_group(60)
    piece = counter.areas.groups.write_piece(form)
    seen = [(piece.taken, piece.done)]
    while not piece.done:
        piece = counter.areas.groups.write_piece(replace(form, group=piece.group))
        seen.append((piece.taken, piece.done))
    assert seen == [(PIECE, False), (2 * PIECE, False), (60, True)]
    assert "60 người" in piece.sentence
    assert "60 bản sao" in piece.sentence


def test_one_receipt_for_the_school_bears_all_the_money_and_no_person_owes_any(counter) -> None:
    done = write_all(counter, a_group(30, papers=TWO_PAPERS, given="1000000"))
    ((payer, amount, given, change),) = sql(counter, "SELECT payer, amount, given, change FROM receipts")
    assert (payer, amount) == ("Trường PTDTBT Bình Lư (tập huấn)", 30 * FEE_OF_TWO)
    assert given - change == amount
    assert given == 1_000_000
    assert sql(counter, "SELECT DISTINCT to_pay, pay FROM requests") == [(0, "group")]
    assert counter.state(done.group).to_pay == 0


def test_a_receipt_for_each_has_following_numbers(counter) -> None:
    write_all(counter, a_group(30, receipt="each"))
    rows = sql(counter, "SELECT number, amount FROM receipts ORDER BY number")
    assert [row[0] for row in rows] == list(range(rows[0][0], rows[0][0] + 30))
    assert {row[1] for row in rows} == {26_000}


def test_money_at_return_is_taken_once_for_the_whole_group(counter) -> None:
    done = write_all(counter, a_group(3, pay="return"))
    assert sql(counter, "SELECT count(*) FROM receipts") == [(0,)]
    paid = counter.areas.groups.take_money(done.group, "100")
    assert "78.000" in paid.sentence
    assert counter.state(done.group).to_pay == 0
    with pytest.raises(DomainError) as caught:
        counter.areas.groups.take_money(done.group, "")
    assert caught.value.code == "group.paid"


def test_who_is_not_ticked_is_not_written(counter) -> None:
    form = a_group(5)
    people = (replace(form.people[0], compared_at=0), *form.people[1:])
    done = write_all(counter, replace(form, people=people))
    names = [member.name for member in counter.areas.groups.members(done.group)]
    assert names == [person.name.upper() for person in form.people[1:]]


def test_who_is_not_ticked_stays_the_clerks_draft(counter) -> None:
    form = a_group(40)
    waits = replace(form.people[3], compared_at=0)
    piece = counter.areas.groups.write_piece(
        replace(form, people=(*form.people[:3], waits, *form.people[4:]))
    )
    assert (piece.taken, piece.planned) == (PIECE, 39)
    left = counter.areas.groups.load_draft()
    assert left is not None
    assert left.people == (waits,)
    assert left.papers == form.papers


def test_a_paper_that_one_person_did_not_bring_is_not_in_his_request(counter) -> None:
    form = a_group(3, papers=TWO_PAPERS)
    people = (form.people[0], replace(form.people[1], without=(0,)), form.people[2])
    done = write_all(counter, replace(form, people=people))
    states = [counter.state(member.request) for member in counter.areas.groups.members(done.group)]
    assert [len(state.originals) for state in states] == [2, 1, 2]
    assert states[1].originals[0].taken.pages == 1


def test_nothing_is_written_while_a_line_stops_it(counter) -> None:
    form = a_group(3)
    wrong = replace(form.people[1], id_number="123")
    with pytest.raises(DomainError):
        counter.areas.groups.write_piece(replace(form, people=(form.people[0], wrong, form.people[2])))
    assert sql(counter, "SELECT count(*) FROM requests") == [(0,)]
    assert counter.areas.groups.recent() == ()


def test_a_piece_that_breaks_leaves_no_half_and_the_next_try_goes_on(counter, monkeypatch) -> None:
    form = a_group(60)
    first = counter.areas.groups.write_piece(form)
    going = replace(form, group=first.group)
    real = writing.Writing._follow

    def dies(self, *args):
        real(self, *args)
        raise RuntimeError("the power is gone")

    monkeypatch.setattr(writing.Writing, "_follow", dies)
    with pytest.raises(RuntimeError):
        counter.areas.groups.write_piece(going)
    monkeypatch.setattr(writing.Writing, "_follow", real)
    assert counter.state(first.group).taken == PIECE
    counter.reopen()
    counter.sign_in("mai")
    (row,) = counter.areas.groups.recent()
    assert (row.taken, row.planned, row.here, row.complete) == (PIECE, 60, True, False)
    done = write_all(counter, counter.areas.groups.resume(first.group))
    assert (done.taken, done.done) == (60, True)
    assert sql(counter, "SELECT count(*), count(DISTINCT id_number) FROM requests") == [(60, 60)]


def test_another_clerk_of_this_pc_goes_on(counter) -> None:
    form = a_group(40)
    piece = counter.areas.groups.write_piece(form)
    counter.sign_in("hoa")
    rest = replace(counter.areas.groups.resume(piece.group), pay="now")
    assert rest.group == piece.group
    assert len(rest.people) == 40


def test_a_list_that_was_changed_is_not_gone_on_with(counter, monkeypatch) -> None:
    piece = counter.areas.groups.write_piece(a_group(40))
    other = replace(a_group(41), group=piece.group)
    monkeypatch.setattr(type(counter.areas.groups), "_fixed", lambda self, group: other)
    with pytest.raises(DomainError) as caught:
        counter.areas.groups.write_piece(other)
    assert caught.value.code == "group.list"


def test_a_group_that_stopped_may_end_with_a_ground_and_is_paid_for_what_is_written(counter) -> None:
    piece = counter.areas.groups.write_piece(a_group(40))
    with pytest.raises(DomainError) as caught:
        counter.areas.groups.end(piece.group, " ")
    assert caught.value.code == "group.ground"
    done = counter.areas.groups.end(piece.group, "Trường đem về bổ sung")
    assert done.done
    assert (done.taken, done.planned) == (PIECE, 40)
    assert sql(counter, "SELECT amount FROM receipts") == [(PIECE * 26_000,)]
    with pytest.raises(DomainError):
        counter.areas.groups.resume(piece.group)


def test_a_written_group_is_written_no_more(counter) -> None:
    done = write_all(counter, a_group(3))
    with pytest.raises(DomainError):
        counter.areas.groups.write_piece(replace(a_group(3), group=done.group))
    assert sql(counter, "SELECT count(*) FROM requests") == [(3,)]


def test_papers_come_after_the_commit_one_strip_and_a_list_for_all(counter) -> None:
    done = write_all(counter, a_group(3))
    assert counter.papers() == []
    assert counter.areas.groups.print_jobs(done.jobs) == ""
    assert sorted(path.name.split("-")[0] for path in counter.papers()) == ["group_list", "receipt", "strip"]


def test_a_strip_for_each_and_still_one_list(counter) -> None:
    done = write_all(counter, a_group(3, slip="each"))
    counter.areas.groups.print_jobs(done.jobs)
    assert sorted(path.name.split("-")[0] for path in counter.papers()) == [
        "group_list", "receipt", "strip", "strip", "strip",
    ]  # fmt: skip


def test_slips_of_persons_and_group_share_the_row_of_the_day(counter) -> None:
    from tests.support.counter import take_in

    before = take_in(counter)
    done = write_all(counter, a_group(3))
    after = take_in(counter, "bang 1x1")
    codes = [before.short_code, counter.areas.groups.recent()[0].short_code]
    codes += [member.short_code for member in counter.areas.groups.members(done.group)] + [after.short_code]
    assert codes == [f"01-{number:04d}" for number in range(1, 7)]


def test_the_draft_comes_back_and_goes_with_the_first_piece(counter) -> None:
    form = a_group(3, ticked=False)
    counter.areas.groups.save_draft(form)
    assert counter.areas.groups.load_draft() == form
    counter.areas.groups.write_piece(a_group(3))
    assert counter.areas.groups.load_draft() is None


def test_rebuilt_readings_are_the_live_ones(counter) -> None:
    write_all(counter, a_group(30))
    tables = ("request_groups", "group_members")
    live = [sql(counter, f"SELECT * FROM {table} ORDER BY id") for table in tables]
    with counter.store.write() as connection:
        counter.store.readings.rebuild(connection)
    assert [sql(counter, f"SELECT * FROM {table} ORDER BY id") for table in tables] == live
