"""Home shows a school as one line; who is further, sent back or alone stands for himself."""

from __future__ import annotations

from counter_app.services.home import port as home_port
from counter_app.storage.queries.work_lines import work_lines
from tests.support.counter import CLERK, PIN, SIGNER, Counter, person, take_in
from tests.unit.services.groups.school import a_group, write_all


def lines(counter: Counter) -> list[tuple[str, str, str]]:
    """Name, second line and state of the work list."""
    return [(row.name, row.name_second, row.state) for row in counter.areas.home.home().rows]


def test_a_group_is_one_line_with_its_people_and_copies(counter) -> None:
    take_in(counter, "bang 1x3")
    form = a_group(24, papers=("hb 24x1", "gks 1x2"))
    write_all(counter, form)
    rows = counter.areas.home.home().rows
    (school,) = [row for row in rows if row.name == form.name]
    assert len(rows) == 2
    assert (school.name_second, school.state, school.code) == ("24 người", "submitted", "01-0002")
    assert "72 bản" in school.what
    assert "hb 24x1" in school.what_second


def test_those_who_are_further_stand_apart_and_one_sent_back_alone(counter) -> None:
    form = a_group(5)
    done = write_all(counter, form)
    requests = [member.request for member in counter.areas.groups.members(done.group)]
    counter.sign_in(SIGNER)
    signing = counter.areas.signing
    signing.confirm_witness(1_775, PIN)
    signing.number(tuple(requests[:2]), PIN)
    signing.return_to_clerk(requests[4], "pages", "")
    counter.sign_in(CLERK)
    assert sorted(lines(counter)) == sorted([
        (form.name, "2 trong 5 người", "numbered"),
        (form.name, "2 trong 5 người", "submitted"),
        (form.people[4].name.upper(), "CCCD …0004", "accepted"),
    ])  # fmt: skip


def test_two_groups_are_two_lines(counter) -> None:
    from dataclasses import replace

    write_all(counter, a_group(2))
    other = a_group(4)
    write_all(counter, replace(other, name="Trường khác (tập huấn)", people=other.people[2:]))
    assert sorted(name for name, _, _ in lines(counter)) == [
        "Trường PTDTBT Bình Lư (tập huấn)", "Trường khác (tập huấn)",
    ]  # fmt: skip


def test_a_school_hides_nobody_behind_the_first_lines(counter, monkeypatch) -> None:
    """Lines are put together before the list is cut: with room for two, the school and the one after it."""
    form = a_group(30)
    write_all(counter, form)
    take_in(counter, "bang 1x3", who=person("VÀNG THỊ SAU", "012190000001", birth="01/02/1990", sex="female"))
    monkeypatch.setattr(
        home_port, "work_lines", lambda connection, tab, now, end: work_lines(connection, tab, now, end, 2)
    )
    assert [(name, second) for name, second, _ in lines(counter)] == [
        (form.name, "30 người"), ("VÀNG THỊ SAU", "CCCD …0001")
    ]  # fmt: skip


def test_a_line_of_a_group_is_the_group_itself(counter) -> None:
    done = write_all(counter, a_group(3))
    alone = take_in(counter, "bang 1x3")
    rows = {row.target: row.subject for row in counter.areas.home.home().rows}
    assert rows == {"groups": done.group, "": alone.request}


def test_it_is_at_the_province_once_all_are(counter, monkeypatch) -> None:
    done = write_all(counter, a_group(4))
    last = counter.areas.groups.members(done.group)[-1].request
    (line,) = counter.areas.home.home().rows
    assert line.sync == "waiting"
    for short, told in ((1, "waiting"), (0, "received")):
        heard = {last.journal: last.seq - short}
        monkeypatch.setattr(home_port.exchange, "marks", lambda _connection, heard=heard: heard)
        assert counter.areas.home.home().rows[0].sync == told


def test_overdue_and_ready_lists_join_them_too(counter) -> None:
    form = a_group(3)
    done = write_all(counter, form)
    counter.clock.at += 5 * 86_400_000
    overdue = counter.areas.home.home("overdue").rows
    assert [(row.name, row.name_second, row.due_kind) for row in overdue] == [(form.name, "3 người", "bad")]
    counter.sign_in(SIGNER)
    signing = counter.areas.signing
    signing.confirm_witness(1_775, PIN)
    requests = tuple(member.request for member in counter.areas.groups.members(done.group))
    lot = signing.number(requests, PIN).lot
    signing.confirm(lot, None)
    counter.sign_in(CLERK)
    ready = counter.areas.home.home("ready").rows
    assert [(row.name, row.name_second, row.state) for row in ready] == [(form.name, "3 người", "ready")]
    assert counter.areas.home.home("overdue").rows == ()
